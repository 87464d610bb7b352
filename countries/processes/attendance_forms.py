"""The grid in which the attendance of a session is entered: a line a country."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.numbers import number_in
from core.text import Label
from core.validators import PrintableFormMixin
from countries.geography.country_choices import CountryChoices
from countries.geography.models import Country
from countries.processes.choices import DELEGATES, Level
from countries.processes.models import MOST_DELEGATES, ProcessSession, SessionAttendance
from countries.processes.registry import Support
from countries.processes.services import AttendanceLine

BLANK_LINES, MORE_LINES, MOST_LINES = 3, 10, 260


def delegates_field(label: Label) -> forms.IntegerField:
    """A number of delegates; empty means not known."""
    sentence = _("Write a whole number, or leave it empty if it is not known.")
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=MOST_DELEGATES,
        error_messages={"invalid": sentence, "min_value": sentence},
        widget=forms.NumberInput(attrs={"class": "narrow", "inputmode": "numeric"}),
    )


class LineForm(PrintableFormMixin, forms.Form):
    """A country at a session."""

    country = forms.CharField(
        label=_("Country"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"list": "countries", "autocomplete": "off", "dir": "auto"}),
    )
    women = delegates_field(_("Women"))
    men = delegates_field(_("Men"))
    other = delegates_field(_("Other"))
    unknown = delegates_field(_("Not known"))
    level = forms.ChoiceField(
        label=_("Level"), required=False, choices=[("", _("not known")), *Level.choices]
    )

    def __init__(
        self,
        data: Mapping[str, object] | None,
        *,
        prefix: str,
        choices: CountryChoices,
        initial: dict[str, object] | None = None,
    ) -> None:
        super().__init__(data, prefix=prefix, initial=initial)
        self.choices = choices
        self.supported: int | None = None
        number = int(prefix.removeprefix("line")) + 1
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = gettext("%(label)s, line %(number)s") % {
                "label": field.label,
                "number": number,
            }

    def clean_country(self) -> Country | None:
        """By name in any of the six languages, or by code."""
        return self.choices.clean(self.cleaned_data["country"])

    def clean(self) -> dict[str, object]:
        """Numbers are a country's."""
        given = super().clean() or {}
        filled = any(given.get(name) is not None for name in DELEGATES) or given.get("level")
        if filled and not given.get("country") and "country" not in self.errors:
            self.add_error("country", gettext("Write which country it is."))
        return given

    @property
    def line(self) -> AttendanceLine | None:
        """What it enters; nothing where no country is written."""
        country = self.cleaned_data.get("country")
        if country is None:
            return None
        numbers = {name: self.cleaned_data.get(name) for name in DELEGATES}
        return AttendanceLine(country, numbers, self.cleaned_data.get("level") or "")


@dataclass
class AttendanceGrid:
    """The lines of a session, as they are entered or as they were sent."""

    lines: list[LineForm]
    choices: CountryChoices
    is_whole: bool

    @classmethod
    def of_session(
        cls, session: ProcessSession, supported: Mapping[int, Support], more: int = 0
    ) -> AttendanceGrid:
        """What is entered, then the countries that were supported, then blank lines."""
        choices = CountryChoices()
        by_pk = {country.pk: country for country in choices.countries}
        there = {row.country_id: row for row in session.attendances.select_related("country")}
        initial = [initial_of(there[pk]) for pk in by_pk if pk in there]
        initial += [
            {"country": c.name} for pk, c in by_pk.items() if pk in supported and pk not in there
        ]
        initial += [{} for _line in range(BLANK_LINES + more)]
        lines = [
            LineForm(None, prefix=f"line{n}", choices=choices, initial=values)
            for n, values in enumerate(initial)
        ]
        return cls(lines, choices, session.attendance_is_whole).with_support(supported)

    @classmethod
    def of_sent(
        cls, data: QueryDict, supported: Mapping[int, Support], *, is_judged: bool
    ) -> AttendanceGrid:
        """What was sent; not judged where only more lines were asked for."""
        choices = CountryChoices()
        count = min(number_in(data.get("lines", "0"), 4) or 0, MOST_LINES)
        lines = [LineForm(data, prefix=f"line{n}", choices=choices) for n in range(count)]
        if not is_judged:
            lines = [
                LineForm(None, prefix=line.prefix or "", choices=choices, initial=typed_in(line))
                for line in lines
            ]
            blank = range(count, min(count + MORE_LINES, MOST_LINES))
            lines += [LineForm(None, prefix=f"line{n}", choices=choices) for n in blank]
        return cls(lines, choices, "is_whole" in data).with_support(supported)

    def with_support(self, supported: Mapping[int, Support]) -> AttendanceGrid:
        """Each line with how many of its country were supported."""
        for line in self.lines:
            country = self.choices.find(str(line["country"].value() or ""))
            support = supported.get(country.pk) if country is not None else None
            line.supported = support.people if support is not None else None
        return self

    def is_valid(self) -> bool:
        """Judges all lines; each country once."""
        for line in self.lines:
            line.is_valid()
        seen: set[int] = set()
        for line in self.lines:
            country = line.cleaned_data.get("country")
            if country is not None and country.pk in seen:
                line.add_error(
                    "country",
                    gettext("%(country)s stands in the list twice.") % {"country": country.name},
                )
            elif country is not None:
                seen.add(country.pk)
        return not any(line.errors for line in self.lines)

    def entered(self) -> list[AttendanceLine]:
        """What it enters."""
        return [line for line in (form.line for form in self.lines) if line is not None]

    @property
    def errors(self) -> list[tuple[str, str, str]]:
        """Id, label and sentence of each thing that is wrong."""
        return [
            (field.id_for_label, str(field.label), str(sentence))
            for line in self.lines
            for field in line
            for sentence in field.errors
        ]


def initial_of(row: SessionAttendance) -> dict[str, object]:
    """What a line shows of what is entered."""
    numbers = {name: getattr(row, name) for name in DELEGATES}
    return {"country": row.country.name, "level": row.level, **numbers}


def typed_in(line: LineForm) -> dict[str, object]:
    """What was typed into a line, unjudged."""
    return {name: line[name].value() for name in line.fields}


def removed_countries(session: ProcessSession, lines: Iterable[AttendanceLine]) -> Sequence[int]:
    """Ids of countries that were entered and stand in no line any more."""
    kept = {line.country.pk for line in lines}
    entered = session.attendances.values_list("country_id", flat=True)
    return [pk for pk in entered if pk not in kept]
