"""The page on which an engagement is written: its record, parts and rows of participation as one
whole, saved together or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from accounts.models import User
from assistance.engagements import services, validators
from assistance.engagements.choices import NUMBERS
from assistance.engagements.forms import DatesReasonForm, EngagementForm
from assistance.engagements.models import Engagement
from assistance.engagements.part_form_sets import PartFormSet, countries_of, of_form, typed
from assistance.engagements.part_forms import PartForm, RowForm
from assistance.engagements.parts import MEASURES, Part
from assistance.engagements.planned_steps import part_of_step
from assistance.engagements.request_search import BUTTON, FIND, find_requests, linkable_requests
from assistance.plans.models import PlannedStep
from assistance.requests.choices import AssistanceType
from assistance.requests.models import AssistanceRequest
from core.numbers import ID_DIGITS, number_in
from core.side_by_side import show_beside
from core.workflow.exceptions import ActionNotAllowed, DomainError, EditConflict
from countries.geography.country_choices import CountryChoices
from countries.processes.models import ProcessSession

BLANK_ROWS = 1  # empty line below those with a country
MORE_ROWS = 3
MOST_PARTS, MOST_ROWS = 40, 120
# what another engagement like one has from it: neither dates nor numbers
ALIKE = (
    "type",
    "place",
    "modality",
    "pillar",
    "theme_codes",
    "funding",
    "partners",
    "lead_officer",
)


def record_of_support(session: ProcessSession) -> dict[str, object]:
    """What is known of an engagement that brings delegates to a session."""
    return {
        "title": _("Participation in: %(session)s") % {"session": session},
        "type": AssistanceType.PARTICIPATION,
        "place": session.place,
        "session": session,
    }


class EngagementFormSet:
    """Builds the forms from an engagement, from nothing, or from what was sent; judges; saves
    through `services`.

    With `again`, what was sent is shown again with more lines or parts, or as a draft (`unjudged`),
    and nothing is judged.
    """

    def __init__(
        self,
        user: User,
        *,
        data: QueryDict | None = None,
        engagement: Engagement | None = None,
        preselected: Iterable[AssistanceRequest] = (),
        unjudged: bool = False,
        like: Engagement | None = None,
        session: ProcessSession | None = None,
        step: PlannedStep | None = None,
    ) -> None:
        self.user, self.engagement, self.data, self.like = user, engagement, data, like
        self.session, self.step = session, step
        self.names = CountryChoices()
        self.again = data is not None and (
            unjudged or bool({"more_parts", "more_rows", BUTTON} & set(data))
        )
        self.judged = data is not None and not self.again
        self.general: list[str] = []  # what is wrong with the whole
        # apart from the one that the page shows
        instance = Engagement.objects.get(pk=engagement.pk) if engagement else None
        self.kept = (
            list(engagement.parts.live().prefetch_related("participations__country"))
            if engagement
            else []
        )
        self.form = EngagementForm(
            data if self.judged else None,
            instance=instance,
            user=user,
            preselected=list(preselected),
            found=self.found_requests(data) if data is not None and engagement is None else (),
        )
        if data is not None and self.again:
            self.form.initial = {**self.form.initial, **typed(self.form, data)}
            self.follow_request()
        if like is not None and data is None:
            alike = {name: getattr(like, name) for name in ALIKE}
            self.form.initial = {**self.form.initial, **alike}
        if session is not None and data is None:
            self.form.initial = {**self.form.initial, **record_of_support(session)}
        if step is not None and data is None:
            self.form.initial = {**self.form.initial, "title": step.what}
        self.currency = engagement.currency if engagement else self.form.likely_currency()
        self.today = engagement.programme.today() if engagement else self.form.today()
        self.dates = (
            DatesReasonForm(data if self.judged else None)
            if any(p.is_held for p in self.kept)
            else None
        )
        self.parts = list(
            self.sent_parts(data) if data is not None else self.kept_parts(preselected)
        )

    def follow_request(self) -> None:
        """Takes pillar and themes of the first request that is ticked, where none is chosen yet."""
        given = self.form.initial
        chosen = [str(pk) for pk in given.get("requests") or [] if str(pk).isdecimal()]
        first = linkable_requests(self.user).filter(pk__in=chosen[:1]).first() if chosen else None
        if first is not None and not given.get("pillar"):
            given["pillar"] = first.pillar_id
            given["theme_codes"] = given.get("theme_codes") or first.theme_codes

    def found_requests(self, data: QueryDict) -> list[AssistanceRequest]:
        """What the form has ticked already, and what was looked for."""
        sent = (number_in(pk, ID_DIGITS) for pk in data.getlist("requests"))
        keys = [pk for pk in sent if pk is not None]
        ticked = list(linkable_requests(self.user).filter(pk__in=keys)) if keys else []
        if BUTTON not in data:
            return ticked
        named = (self.names.find(str(data[name])) for name in data if name.endswith("-country"))
        countries = [country for country in named if country is not None]
        return [*ticked, *find_requests(self.user, data.get(FIND, ""), countries)]

    @staticmethod
    def number_sent(data: QueryDict, name: str, least: int, most: int) -> int:
        """A count from a hidden field, within bounds."""
        given = str(data.get(name, ""))
        return min(max(int(given), least), most) if given.isdecimal() and len(given) < 6 else least

    def make_part(
        self,
        index: int,
        initial: dict[str, object] | None,
        rows: Sequence[dict[str, object]] | None,
        count: int,
    ) -> PartFormSet:
        """The forms of one part; with `initial` unbound."""
        bound = self.data if initial is None and self.data is not None and self.judged else None
        prefix = f"part{index}"
        row = self.kept[index] if index < len(self.kept) else None
        part = PartForm(
            bound,
            prefix=prefix,
            initial=initial,
            first=index == 0,
            currency=self.currency,
            today=self.today,
            row=row,
        )
        lines = []
        for line in range(count):
            given = rows[line] if rows and line < len(rows) else None
            lines.append(
                RowForm(
                    bound,
                    prefix=f"{prefix}row{line}",
                    initial=given,
                    names=self.names,
                    line=line + 1,
                )
            )
        return PartFormSet(row.number if row else index + 1, part, lines, f"{prefix}rows", row)

    def sent_parts(self, data: QueryDict) -> Iterator[PartFormSet]:
        """The parts of what was sent; with `again`, with what was asked for added."""
        count = self.number_sent(data, "parts", 1, MOST_PARTS)
        last: PartFormSet | None = None
        for index in range(count):
            lines = self.number_sent(data, f"part{index}rows", 1, MOST_ROWS)
            if self.judged:
                yield self.make_part(index, None, None, lines)
                continue
            blank = self.make_part(index, {}, None, lines)
            given = typed(blank.form, data)
            rows = [typed(r, data) for r in blank.rows]
            more = MORE_ROWS if data.get("more_rows") == str(index + 1) else 0
            last = self.make_part(index, given, rows, min(lines + more, MOST_ROWS))
            yield last
        if "more_parts" in data and last is not None and count < MOST_PARTS:
            rows = [
                {"country": r.initial["country"]}
                for r in last.rows
                if r.initial and r.initial.get("country")
            ]
            yield self.make_part(count, {}, rows, len(rows) + BLANK_ROWS)

    def kept_parts(self, preselected: Iterable[AssistanceRequest]) -> Iterator[PartFormSet]:
        """The parts of the engagement; for a new one a part with the countries of the requests that
        were asked for."""
        if not self.kept:
            countries = [r.country for r in preselected]
            if self.like is not None and not countries:
                countries = countries_of(self.like)
            if self.engagement:
                countries = [
                    r.country for r in self.engagement.recorded_countries.select_related("country")
                ]
            rows: list[dict[str, object]] = [{"country": c.name} for c in dict.fromkeys(countries)]
            yield self.make_part(0, self.first_days(), rows, len(rows) + BLANK_ROWS)
        for index, part in enumerate(self.kept):
            initial = {n: getattr(part, n) for n in ("title", "starts_on", "ends_on")}
            initial |= {
                n: None if getattr(part, n) is None else f"{getattr(part, n).normalize():f}"
                for n in ("days", "hours", "planned_cost", "actual_cost")
            }
            rows = [
                {"country": p.country.name}
                | {n: getattr(p, n) for n in (*NUMBERS, "not_yet_known", "institutions")}
                for p in part.participations.all()
            ]
            yield self.make_part(index, initial, rows, len(rows) + BLANK_ROWS)

    def first_days(self) -> dict[str, object]:
        """The dates of the first part of a new record: those of the session that it supports, or of the
        step that it carries out, with that one's cost."""
        if self.step is not None:
            return part_of_step(self.step)
        if self.session is None:
            return {}
        return {"starts_on": self.session.starts_on, "ends_on": self.session.ends_on}

    def is_valid(self) -> bool:
        """Judges all forms, and what belongs together; every sentence is put beside its field."""
        self.form.is_valid()
        if self.dates is not None:
            self.dates.is_valid()
        kind = self.form.cleaned_data.get("type")
        for part in self.parts:
            part.form.is_valid()
            for row in part.rows:
                row.is_valid()
            part.removed = bool(part.form.cleaned_data.get("remove")) or (
                part.row is None
                and part is not self.parts[0]
                and part.form.is_blank()
                and all(r.is_blank() for r in part.rows)
            )
            if not part.removed:
                self.check_rows(part, kind)
        return not self.errors

    def check_rows(self, part: PartFormSet, kind: str | None) -> None:
        """Each country once a part; what each line says agrees with itself and with the type."""
        seen: dict[int, int] = {}
        for row in part.rows:
            country = row.cleaned_data.get("country")
            if country is not None and country.pk in seen:
                row.add_error(
                    "country",
                    _("%(country)s stands in line %(line)s already: one line a country.")
                    % {"country": country.name, "line": seen[country.pk]},
                )
            elif country is not None:
                seen[country.pk] = row.line
            for name, sentence in validators.wrong_in_row(row.cleaned_data, kind).items():
                row.add_error(name, sentence)

    def to_parts(self) -> list[Part]:
        """The parts, for `services`. Numbers that were left blank are None."""
        return [
            Part(
                **{n: part.form.cleaned_data[n] for n in MEASURES},
                number=part.row.number if part.row else None,
                as_expected=bool(part.form.cleaned_data.get("as_expected")),
                participations={
                    row.cleaned_data["country"].pk: {
                        n: row.cleaned_data[n] for n in (*NUMBERS, "not_yet_known", "institutions")
                    }
                    for row in part.rows
                    if row.cleaned_data["country"]
                },
            )
            for part in self.parts
            if not part.removed
        ]

    def save(self, expected_version: int | None = None) -> tuple[Engagement | None, int]:
        """The engagement and 200, or nothing and the status that says why: 409 for a change in the
        meantime, 422 for values that do not do."""
        try:
            if self.engagement is None:
                given = self.form.cleaned_data
                made = services.log_engagement(
                    self.user,
                    self.form.values(),
                    self.to_parts(),
                    self.form.linked(),
                    early_reason=given["early_reason"],
                    outcome=given.get("outcome", ""),
                    has_taken_place=given["has_taken_place"],
                )
                return made, 200
            reason = self.dates.cleaned_data["dates_reason"] if self.dates is not None else ""
            changed = services.update_engagement(
                self.user,
                self.engagement.pk,
                self.form.values(),
                self.to_parts(),
                dates_reason=reason,
                expected_version=expected_version,
            )
            return changed, 200
        except DomainError as refusal:
            self.put(refusal.errors)
            return None, 409 if isinstance(refusal, EditConflict | ActionNotAllowed) else 422
        except ValidationError as refusal:
            self.put(refusal.message_dict)
            return None, 422

    def show_beside(self, other: EngagementFormSet) -> None:
        """Puts what another form of this engagement says beside what differs here: of the record and
        of the parts' own fields."""
        show_beside(self.form, other.form)
        for mine, theirs in zip(self.parts, other.parts, strict=False):
            show_beside(mine.form, theirs.form)
            for line, other_line in zip(mine.rows, theirs.rows, strict=False):
                show_beside(line, other_line)

    def put(self, errors: dict[str, list[str]]) -> None:
        """Sentences from the record's rules, beside their fields or above all."""
        for name, sentences in errors.items():
            for sentence in sentences:
                if name in self.form.fields:
                    self.form.add_error(name, sentence)
                elif self.dates is not None and name in self.dates.fields:
                    self.dates.add_error(name, sentence)
                else:
                    self.general.append(sentence)

    @property
    def errors(self) -> list[dict[str, object]]:
        """Every sentence, with the place that it is about: for the head of the page."""
        if not self.judged:
            return []
        found: list[dict[str, object]] = [
            {"text": s} for s in (*self.general, *self.form.non_field_errors())
        ]
        found += of_form(self.form, "")
        found += of_form(self.dates, "") if self.dates is not None else []
        several = len(self.parts) > 1
        for part in self.parts:
            if part.removed:
                continue
            before = _("Part %(number)s") % {"number": part.number} + ", " if several else ""
            found += of_form(part.form, before)
            for row in part.rows:
                found += of_form(row, before + _("line %(number)s") % {"number": row.line} + ", ")
        return found
