"""The progress report in one language: its chapters, sentences and tables, built from the snapshot alone."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.documents.structure import (
    LEFT_TO_RIGHT,
    MOST_LISTED,
    RIGHT_TO_LEFT,
    Cell,
    Column,
    Document,
    Headline,
    Section,
    Table,
    grouped,
    percent,
    value_text,
)
from reports.figures.catalogue import COUNT, DAYS, FIGURES, MONEY, PEOPLE, SHARE, definition_of
from reports.schedules import periods


class Builder:
    """Builds the document of one snapshot in one language. Use inside `translation.override`."""

    def __init__(self, snapshot: dict[str, Any], highlights: str, language: str) -> None:
        self.snapshot, self.highlights, self.language = snapshot, highlights, language
        self.figures: dict[str, dict[str, Any]] = snapshot["figures"]
        self.currency = snapshot["programme"]["currency"]
        self.names = snapshot["names"]
        self.start, self.end = (date.fromisoformat(snapshot["period"][k]) for k in ("start", "end"))
        previous = [date.fromisoformat(snapshot["previous"][k]) for k in ("start", "end")]
        self.period, self.period_before = periods.name(self.start, self.end), periods.name(*previous)

    def build(self) -> Document:
        """The whole."""
        cutoff = datetime.fromisoformat(self.snapshot["cutoff"])
        return Document(
            language=self.language,
            title=_("Progress report"),
            period=self.period,
            programme=self.snapshot["programme"]["title"],
            facts=[
                (_("Period"), self.period),
                (_("Compared with"), self.period_before),
                (_("Counts what was recorded before"), date_format(cutoff, "DATE_FORMAT")),
            ],
            headlines=[
                self.headline(code)
                for code in ("requests_received", "standard_kept.standard.decision", "engagements_delivered", "participants", "countries_served")
            ],
            highlights=self.highlights,
            sections=[self.demand(), self.response(), self.delivery(), self.coverage(), self.annex()],
            notes=[(str(d.label), str(d.definition)) for d in FIGURES.values()],
        )

    # figures and names

    def figure(self, code: str) -> dict[str, Any]:
        """A figure of the snapshot; what nothing was counted for is zero, or no share."""
        unit = definition_of(code).unit
        return self.figures.get(code) or {
            "unit": unit,
            "value": 0 if unit in (COUNT, PEOPLE) else None,
            "previous": 0 if unit in (COUNT, PEOPLE) else None,
            "rows": {"ids": []},
        }

    def name(self, dimension: str, value: str) -> str:
        """The name of a pillar, region, group …, in this language, else in English."""
        known = self.names.get(dimension, {}).get(value, {})
        return known.get(self.language[:2]) or known.get("en") or value

    def cell(self, code: str) -> Cell:
        """A figure's value."""
        f = self.figure(code)
        value = f["value"]
        if f["unit"] == SHARE and f.get("denominator"):
            value = f["numerator"] / f["denominator"]
        elif f["unit"] == MONEY and value is not None:
            value = Decimal(str(value))
        text = value_text(f["unit"], f["value"], f.get("numerator"), f.get("denominator"), self.currency)
        return Cell(text, value, f["unit"], code if code in self.figures else "")

    def before(self, code: str) -> Cell:
        """Its value in the period before."""
        f = self.figure(code)
        value = f.get("previous")
        if f["unit"] == SHARE:
            numerator, denominator = f.get("previous_numerator"), f.get("previous_denominator")
            return Cell(value_text(SHARE, value, numerator, denominator), numerator / denominator if denominator else None, SHARE)
        value = Decimal(str(value)) if f["unit"] == MONEY and value is not None else value
        return Cell(value_text(f["unit"], value, currency=self.currency), value, f["unit"])

    def difference(self, code: str) -> tuple[str, int]:
        """The change from the period before, in words and as -1, 0, 1; empty where there is nothing to compare."""
        now, then = self.cell(code), self.before(code)
        if now.value is None or then.value is None:
            return "", 0
        change = now.value - then.value
        sign = (change > 0) - (change < 0)
        points = now.kind == SHARE
        amount = grouped(round(abs(change) * 100)) if points else value_text(now.kind, abs(change), currency=self.currency)
        mark = LEFT_TO_RIGHT if self.language in RIGHT_TO_LEFT else ""  # else the sign would stand behind its number
        return f"{mark}{'+' if sign > 0 else '−' if sign < 0 else '±'}{amount}", sign

    def change(self, code: str) -> Cell:
        """The change as a cell: signed in words, a number in a spreadsheet."""
        now, then = self.cell(code), self.before(code)
        known = now.value is not None and then.value is not None
        return Cell(self.difference(code)[0], now.value - then.value if known else None, now.kind)

    def headline(self, code: str) -> Headline:
        """A figure on top, with its change."""
        definition = definition_of(code)
        label = str(definition.label)
        if code == "standard_kept.standard.decision":
            label = _("Decided within the standard")
        text, sign = self.difference(code)
        if definition.unit == SHARE:
            change = _("%(value)s before") % {"value": self.before(code).text}
        else:
            change = _("%(change)s on the period before") % {"change": text} if text else ""
        look = "" if not definition.better or not sign else ("up" if (sign > 0) == (definition.better == "up") else "down")
        return Headline(label, self.cell(code), change, look)

    def values_of(self, code: str, dimension: str) -> list[str]:
        """The values by which a figure is told apart, largest first."""
        prefix = f"{code}.{dimension}."
        found = [c.removeprefix(prefix) for c in self.figures if c.startswith(prefix)]
        return sorted(found, key=lambda v: (-float(self.figures[prefix + v]["value"] or 0), v))

    def split(self, code: str, dimension: str, head: str, caption: str, values: list[str] | None = None, *, whole: bool = True) -> Table:
        """A figure by one dimension: value, period before, change; with the whole at the end."""
        table = Table(
            f"{code}.{dimension}", caption, [Column(head), Column(self.period, True), Column(self.period_before, True), Column(_("Difference"), True)]
        )
        for value in values if values is not None else self.values_of(code, dimension):
            table.rows.append(self.line(self.name(dimension, value), f"{code}.{dimension}.{value}"))
        if whole:
            table.rows.append(self.line(_("Total"), code))
        return table

    def line(self, label: str, code: str) -> list[Cell]:
        """Label, value, before, change."""
        return [Cell(label), self.cell(code), self.before(code), self.change(code)]

    # chapters

    def demand(self) -> Section:
        """Requests received."""
        received, then = self.figure("requests_received")["value"], self.figure("requests_received").get("previous") or 0
        sentences = [
            ngettext(
                "Countries submitted %(n)s request; in the period before it was %(then)s.",
                "Countries submitted %(n)s requests; in the period before it was %(then)s.",
                received,
            )
            % {"n": grouped(received), "then": grouped(then)}
        ]
        merged = self.figure("requests_received.merged")["value"]
        if merged:
            sentences.append(
                ngettext("%(n)s of them was later merged into another.", "%(n)s of them were later merged into others.", merged)
                % {"n": grouped(merged)}
            )
        reopened = self.figure("requests_reopened")["value"]
        if reopened:
            sentences.append(ngettext("%(n)s request was reopened.", "%(n)s requests were reopened.", reopened) % {"n": grouped(reopened)})
        pillars = list(self.names["pillar"])
        tables = [
            self.split("requests_received", "pillar", _("Pillar"), _("Requests received, by pillar"), pillars),
            self.split("requests_received", "region", _("Region"), _("Requests received, by region")),
            self.split("requests_received", "group", _("Group"), _("Requests received, by group of countries"), whole=False),
            self.split("requests_received", "theme", _("Theme"), _("Requests received, by theme"), whole=False),
        ]
        tables[2].note = _(
            "Groups as of the day of submission. A country may belong to several groups, and a request may have several themes: these need not add up."
        )
        return Section("demand", _("Demand"), sentences, tables)

    def response(self) -> Section:
        """Decisions, standards, what is open."""
        sentences = []
        kept = self.figure("standard_kept.standard.decision")
        if kept.get("denominator"):
            sentences.append(
                _("Of %(due)s decisions due in the period, %(kept)s were taken in time (%(share)s).")
                % {"due": grouped(kept["denominator"]), "kept": grouped(kept["numerator"]), "share": percent(kept["numerator"], kept["denominator"])}
            )
        median, waiting = self.figure("decision_days_median"), self.figure("open_undecided")["value"]
        if median["value"] is not None:
            sentences.append(
                _(
                    "From a complete request to the first decision it took %(days)s working days in the median (%(n)s decisions); "
                    "%(waiting)s complete requests still waited at the end."
                )
                % {"days": value_text(DAYS, median["value"]), "n": grouped(median.get("counted", 0)), "waiting": grouped(waiting)}
            )
        return Section(
            "response",
            _("Response"),
            sentences,
            [
                self.standards(),
                self.split("decisions", "decision", _("Decision"), _("First decisions"), ["accept", "waitlist", "refer", "decline"]),
                self.split("open_requests", "state", _("State"), _("Open requests at the end of the period, by state"), self.states()),
                self.oldest(),
            ],
        )

    def states(self) -> list[str]:
        """The open states that occur, in the order of the life cycle."""
        return [s for s in self.names["state"] if f"open_requests.state.{s}" in self.figures]

    def standards(self) -> Table:
        """Service standards: kept, of how many, share, share before."""
        table = Table(
            "standards",
            _("Service standards"),
            [
                Column(_("Standard")),
                Column(_("Kept"), True),
                Column(_("Due in the period"), True),
                Column(_("Share"), True),
                Column(self.period_before, True),
            ],
            note=_("Left out because no longer asked for before the due date: %(n)s.") % {"n": grouped(self.figure("standard_left_out")["value"])},
        )
        for standard in self.names["standard"]:
            code = f"standard_kept.standard.{standard}"
            f = self.figures.get(code)
            if f is None:
                continue
            kept, due = f["numerator"], f["denominator"]
            table.rows.append(
                [
                    Cell(self.name("standard", standard)),
                    Cell(grouped(kept), kept, COUNT),
                    Cell(grouped(due), due, COUNT, code),
                    self.cell(code),
                    self.before(code),
                ]
            )
        return table

    def oldest(self) -> Table:
        """Open requests that wait longest."""
        ids = self.figure("open_requests")["rows"]["ids"]
        cases = self.snapshot["annex"]["request"]
        table = Table("oldest", _("Waiting longest"), [Column(_("Request")), Column(_("Country")), Column(_("Received on")), Column(_("State"))])
        for pk in sorted(ids, key=lambda i: (cases[str(i)]["received_on"], i))[:MOST_LISTED]:
            case = cases[str(pk)]
            table.rows.append(
                [
                    Cell(case["reference"]),
                    Cell(self.country(case["country"])),
                    self.date(case["received_on"]),
                    Cell(self.name("state", case["state"] or "")),
                ]
            )
        return table

    def delivery(self) -> Section:
        """Engagements, participants, cost."""
        done, people, served = (self.figure(c)["value"] for c in ("engagements_delivered", "participants", "countries_served"))
        sentences = [
            _("%(n)s engagements were delivered; %(people)s participants came from %(countries)s countries.")
            % {"n": grouped(done), "people": grouped(people), "countries": grouped(served)}
        ]
        women = self.figure("women_share")
        if women.get("denominator"):
            sentences.append(
                _("Of %(all)s participants whose sex is reported, %(women)s were women (%(share)s).")
                % {
                    "all": grouped(women["denominator"]),
                    "women": grouped(women["numerator"]),
                    "share": percent(women["numerator"], women["denominator"]),
                }
            )
        gaps = self.figure("participation_incomplete")["value"]
        if gaps:
            sentences.append(
                ngettext(
                    "For %(n)s row of participation something is not reported.", "For %(n)s rows of participation something is not reported.", gaps
                )
                % {"n": grouped(gaps)}
            )
        late = self.figure("late_for_previous")["value"]
        if late:
            sentences.append(
                ngettext(
                    "%(n)s engagement of the period before was entered after its cut-off.",
                    "%(n)s engagements of the period before were entered after its cut-off.",
                    late,
                )
                % {"n": grouped(late)}
            )
        pillars = list(self.names["pillar"])
        tables = [
            self.split("engagements_delivered", "type", _("Type"), _("Engagements delivered, by type")),
            self.split("engagements_delivered", "pillar", _("Pillar"), _("Engagements delivered, by pillar"), pillars),
            self.split("engagements_delivered", "modality", _("Modality"), _("Engagements delivered, by modality"), whole=False),
            self.by_sex(),
            self.split("participants", "pillar", _("Pillar"), _("Participants, by pillar"), pillars),
            self.split("cost", "donor", _("Donor"), _("Cost, by donor")),
        ]
        if self.figure("records_without_dates")["value"]:
            tables.append(self.records())
        return Section("delivery", _("Delivery"), sentences, tables)

    def by_sex(self) -> Table:
        """Participants by sex."""
        table = Table(
            "participants.sex",
            _("Participants, by sex"),
            [Column(_("Sex")), Column(self.period, True), Column(self.period_before, True), Column(_("Difference"), True)],
        )
        for sex in ("women", "men", "other", "unknown"):
            table.rows.append(self.line(self.name("sex", sex), f"participants.{sex}"))
        table.rows.append(self.line(_("Total"), "participants"))
        table.rows.append([Cell(_("Share of women")), self.cell("women_share"), self.before("women_share"), self.change("women_share")])
        return table

    def records(self) -> Table:
        """Imported records of others."""
        columns = [Column(""), Column(self.period, True), Column(self.period_before, True), Column(_("Difference"), True)]
        rows = [self.line(_("Recorded without dates"), "records_without_dates"), self.line(_("Their budget"), "records_budget")]
        return Table("records", _("Imported records of others"), columns, rows)

    def coverage(self) -> Section:
        """Countries by group, and those that were left out."""
        eligible, served, never = (self.figure(c)["value"] for c in ("countries_eligible", "countries_served", "countries_never_reached"))
        sentences = [
            _("%(served)s countries were served; %(eligible)s are eligible, of which %(never)s had never been reached by the end of the period.")
            % {"served": grouped(served), "eligible": grouped(eligible), "never": grouped(never)}
        ]
        table = Table(
            "coverage",
            _("Countries, by group"),
            [Column(_("Group")), Column(_("Eligible"), True), Column(_("Asked"), True), Column(_("Served"), True), Column(_("Served before"), True)],
        )
        for group in self.names["group"]:
            codes = [f"countries_{what}.group.{group}" for what in ("eligible", "asking", "served")]
            if any(c in self.figures for c in codes):
                table.rows.append([Cell(self.name("group", group)), *(self.cell(c) for c in codes), self.before(codes[2])])
        table.rows.append(
            [Cell(_("Total")), *(self.cell(f"countries_{w}") for w in ("eligible", "asking", "served")), self.before("countries_served")]
        )
        tables = [
            table,
            self.split("countries_served", "region", _("Region"), _("Countries served, by region")),
            self.country_list("countries_unserved", _("Asked, not served")),
            self.country_list("countries_never_reached", _("Never reached")),
        ]
        return Section("coverage", _("Coverage"), sentences, [t for t in tables if t.rows])

    def country_list(self, code: str, caption: str) -> Table:
        """Countries by name."""
        countries = self.snapshot["annex"]["country"]
        listed = [(self.country_name(countries[str(pk)]), countries[str(pk)]["reference"]) for pk in self.figure(code)["rows"]["ids"]]
        return Table(
            code,
            f"{caption} ({grouped(len(listed))})",
            [Column(_("Country")), Column(_("Code"))],
            [[Cell(name), Cell(iso3)] for name, iso3 in sorted(listed)],
        )

    def annex(self) -> Section:
        """Every case and engagement counted, by reference."""
        received = self.figure("requests_received")["rows"]["ids"]
        cases = self.snapshot["annex"]["request"]
        requests = Table(
            "annex.requests", _("Requests received"), [Column(_("Request")), Column(_("Country")), Column(_("Pillar")), Column(_("Received on"))]
        )
        for case in sorted((cases[str(i)] for i in received), key=lambda c: (c["received_on"], c["reference"])):
            requests.rows.append(
                [
                    Cell(case["reference"]),
                    Cell(self.country(case["country"])),
                    Cell(self.name("pillar", case["pillar"] or "")),
                    self.date(case["received_on"]),
                ]
            )
        return Section("annex", _("Annex: what was counted"), [], [requests, self.annex_engagements()])

    def annex_engagements(self) -> Table:
        """Engagements delivered, with what was recorded after the period's end marked."""
        known = self.snapshot["annex"]["engagement"]
        table = Table(
            "annex.engagements",
            _("Engagements delivered"),
            [
                Column(_("Engagement"), weight=2),
                Column(_("Title"), weight=5),
                Column(_("Type"), weight=2),
                Column(_("From"), weight=2),
                Column(_("Until"), weight=2),
                Column(_("Recorded after the period"), weight=2),
            ],
        )
        delivered = [known[str(i)] for i in self.figure("engagements_delivered")["rows"]["ids"]]
        for e in sorted(delivered, key=lambda e: (e["ends_on"] or "", e["reference"])):
            mark = "✓" if e["recorded_after_period"] else ""
            table.rows.append(
                [
                    Cell(e["reference"]),
                    Cell(e["title"]),
                    Cell(self.name("type", e["type"])),
                    self.date(e["starts_on"]),
                    self.date(e["ends_on"]),
                    Cell(mark),
                ]
            )
        return table

    def date(self, text: str | None) -> Cell:
        """A date of the snapshot."""
        day = date.fromisoformat(text) if text and text != "None" else None
        return Cell(date_format(day, "DATE_FORMAT") if day else "", day, "date")

    def country(self, iso3: str) -> str:
        """A country's name by its code."""
        found = next((c for c in self.snapshot["annex"]["country"].values() if c["reference"] == iso3), None)
        return self.country_name(found) if found else iso3

    def country_name(self, country: dict[str, Any]) -> str:
        """In this language."""
        return str(country["names"].get(self.language[:2]) or country["names"]["en"])


def build(snapshot: dict[str, Any], highlights: str, language: str) -> Document:
    """The document of a snapshot in a language."""
    with translation.override(language):
        return Builder(snapshot, highlights, language).build()
