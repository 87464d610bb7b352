"""What was done, for whom, at what cost."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.documents.sections.effort import campaigns, effort
from reports.documents.structure import Section, Table, group_digits, plural_count, whole_percent
from reports.documents.writer import Writer


def delivery(w: Writer) -> Section:
    """Engagements, participants, cost."""
    pillars = list(w.names["pillar"])
    tables = [
        w.split("engagements_delivered", "type", _("Type"), _("Engagements delivered, by type")),
        w.split(
            "engagements_delivered",
            "pillar",
            _("Pillar"),
            _("Engagements delivered, by pillar"),
            pillars,
        ),
        w.split(
            "engagements_delivered",
            "modality",
            _("Modality"),
            _("Engagements delivered, by modality"),
            whole=False,
        ),
        by_sex(w),
        w.split("participants", "pillar", _("Pillar"), _("Participations, by pillar"), pillars),
        w.split("participants", "type", _("Type"), _("Participations, by type of engagement")),
    ]
    tables += [effort(w), campaigns(w)]
    if w.is_internal:
        tables += costs(w)
    if w.figure("records_without_dates")["value"]:
        tables.append(records(w))
    return Section("delivery", _("Delivery"), sentences_of(w), tables)


def costs(w: Writer) -> list[Table]:
    """Cost by donor; in a report on some countries that of what was for them alone, and below the
    total, never added, the whole cost of what was shared with others."""
    if "cost.alone" not in w.figures:
        return [w.split("cost", "donor", _("Donor"), _("Cost, by donor"))]
    table = w.split(
        "cost.alone", "donor", _("Donor"), _("Cost of what was for these countries alone, by donor")
    )
    others = w.figure("cost.shared").get("others") or 0
    if others:
        label = ngettext(
            "Not added: whole cost of what was shared with %(n)s other country",
            "Not added: whole cost of what was shared with %(n)s other countries",
            others,
        )
        table.rows.append(w.line(label % {"n": group_digits(others)}, "cost.shared"))
    return [table]


def sentences_of(w: Writer) -> list[str]:
    """What was done and for whom, how it moved, and what the figures leave out."""
    done, people, served = (
        w.cell(c) for c in ("engagements_delivered", "participants", "countries_served")
    )
    sentences = [
        ngettext(
            "%(n)s engagement was delivered.",
            "%(n)s engagements were delivered.",
            plural_count(done),
        )
        % {"n": done.text},
        ngettext(
            "There was %(n)s participation (a person counts once in each part).",
            "There were %(n)s participations (a person counts once in each part).",
            plural_count(people),
        )
        % {"n": people.text},
        ngettext("%(n)s country was served.", "%(n)s countries were served.", plural_count(served))
        % {"n": served.text},
    ]
    sentences += w.moved("engagements_delivered")
    sentences += w.moved("participants")
    if parts := w.parts("women_share"):
        women, both = parts
        sentences.append(
            _(
                "Participations where both women and men are reported: %(all)s; women among them:"
                " %(women)s (%(share)s)."
            )
            % {
                "all": group_digits(both),
                "women": group_digits(women),
                "share": whole_percent(women, both),
            }
        )
    return sentences + left_out(w)


def left_out(w: Writer) -> list[str]:
    """What is not reported, came too late, or bears another currency."""
    sentences = []
    gaps = w.count("participation_incomplete")
    if gaps:
        sentences.append(
            ngettext(
                "For %(n)s row of participation something is not reported.",
                "For %(n)s rows of participation something is not reported.",
                gaps,
            )
            % {"n": group_digits(gaps)}
        )
    foreign = w.count("cost_in_other_currencies")
    if foreign:
        sentences.append(
            ngettext(
                "The cost of %(n)s engagement is in another currency, and in no sum.",
                "The cost of %(n)s engagements is in another currency, and in no sum.",
                foreign,
            )
            % {"n": group_digits(foreign)}
        )
    return sentences


def by_sex(w: Writer) -> Table:
    """Participations by sex, and the share of women."""
    table = Table("participants.sex", _("Participations, by sex"), w.heads(_("Sex")))
    for sex in ("women", "men", "other", "unknown"):
        table.rows.append(w.line(w.name("sex", sex), f"participants.{sex}"))
    table.rows.append(w.total("participants"))
    table.rows.append(w.line(_("Share of women"), "women_share"))
    return table


def records(w: Writer) -> Table:
    """Imported records of others."""
    rows = [
        w.line(_("Recorded without dates"), "records_without_dates"),
        w.line(_("Their budget"), "records_budget"),
    ]
    if w.figure("records_in_other_currencies")["value"]:
        rows.append(w.line(_("Budget in another currency"), "records_in_other_currencies"))
    return Table("records", _("Imported records of others"), w.heads(""), rows)
