"""One row of a tracker as a form: each mistake is a sentence that names its column."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from assistance.engagements.choices import NUMBERS, WITHOUT_PARTICIPANTS
from assistance.engagements.states import EngagementState
from assistance.imports.cells import AmountCell, DayCell, PeopleCell, TextCell
from assistance.imports.words import WORDS
from assistance.programmes.models import Pillar, Programme
from assistance.requests.choices import AssistanceType
from core.text import normalise
from core.validators import PrintableFormMixin
from countries.geography.country_names import CountryNames, UnknownCountry
from countries.models import Country

EARLIEST = date(1990, 1, 1)
YEARS_AHEAD = 10
# with these a record becomes an engagement with a dated part
DATED = (
    "type",
    "pillar",
    "starts_on",
    "ends_on",
)
TYPES = WORDS["types"]


@dataclass
class Lookups:
    """What rows refer to, loaded once a file."""

    programme: Programme
    today: date = field(init=False)  # at its duty station
    countries: CountryNames = field(default_factory=CountryNames)
    pillars: dict[str, Pillar] = field(default_factory=dict)
    types: dict[str, AssistanceType] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.today = self.programme.today()
        self.known_pillars = list(self.programme.pillars.all())
        for pillar in self.known_pillars:
            self.pillars |= {
                normalise(name): pillar for name in (pillar.code, *pillar.names.values())
            }
        for kind in AssistanceType:
            names = (kind.value, str(kind.label), *TYPES.get(kind.value, ()))
            self.types |= {normalise(name): kind for name in names}

    @property
    def latest(self) -> date:
        """The last day that a date may name."""
        return date(self.today.year + YEARS_AHEAD, 12, 31)

    def type(self, text: str) -> str:
        """The code of a type of assistance. Raises ValidationError with the known ones."""
        if normalise(text) in self.types:
            return str(self.types[normalise(text)].value)
        known = ", ".join(str(kind.label) for kind in AssistanceType)
        raise ValidationError(
            _("there is no type “%(value)s”. Known are: %(known)s.")
            % {
                "value": text,
                "known": known,
            }
        )

    def pillar(self, text: str) -> Pillar:
        """A pillar by its name in any language or by its code.

        Raises ValidationError with the known ones.
        """
        if normalise(text) in self.pillars:
            return self.pillars[normalise(text)]
        known = ", ".join(pillar.name for pillar in self.known_pillars)
        raise ValidationError(
            _("there is no pillar “%(value)s”. Known are: %(known)s.")
            % {
                "value": text,
                "known": known,
            }
        )


@dataclass(frozen=True)
class RowValues:
    """What a row without mistakes says."""

    foreign_id: str
    country: Country
    organisation: str
    title: str
    objectives: str
    budget: Decimal | None
    expense: Decimal | None
    contact: str
    type: str
    pillar: Pillar | None
    starts_on: date | None
    ends_on: date | None
    women: int | None
    men: int | None
    other: int | None
    unknown: int | None


class RowForm(PrintableFormMixin, forms.Form):
    """A row.

    Once valid, `state` says what the record becomes, `warnings` what the person should know,
    `unused` what is not taken over.
    """

    foreign_id = TextCell(most=60)
    country = TextCell()
    iso2 = TextCell()
    organisation = TextCell(most=200)
    title = TextCell(most=200)
    objectives = TextCell(one_line=False)
    budget = AmountCell()
    expense = AmountCell()
    contact = TextCell(most=200)
    type = TextCell()
    pillar = TextCell()
    starts_on = DayCell()
    ends_on = DayCell()
    women = PeopleCell()
    men = PeopleCell()
    other = PeopleCell()
    unknown = PeopleCell()

    def __init__(self, values: Mapping[str, object], lookups: Lookups) -> None:
        super().__init__(values)
        self.lookups = lookups
        self.state: str = EngagementState.RECORDED
        self.warnings: list[str] = []
        self.unused: tuple[str, ...] = ()

    @property
    def values(self) -> RowValues:
        """The values of a row that is valid."""
        return RowValues(**{f.name: self.cleaned_data[f.name] for f in fields(RowValues)})

    def clean_title(self) -> str:
        """Raises ValidationError where there is none."""
        title = str(self.cleaned_data["title"])
        if not title:
            raise ValidationError(_("the title is missing."))
        return title

    def clean_country(self) -> Country | None:
        """The country by its name."""
        return self._country(self.cleaned_data["country"], self.lookups.countries.find)

    def clean_iso2(self) -> Country | None:
        """The country by its code."""
        return self._country(self.cleaned_data["iso2"], self.lookups.countries.code)

    @staticmethod
    def _country(text: str, find: Callable[[str], Country]) -> Country | None:
        try:
            return find(text) if text else None
        except UnknownCountry as error:
            raise ValidationError(str(error)) from error

    def clean_type(self) -> str:
        """The code of the type, or an empty string."""
        text = self.cleaned_data["type"]
        return self.lookups.type(text) if text else ""

    def clean_pillar(self) -> Pillar | None:
        """The pillar, where one is named."""
        text = self.cleaned_data["pillar"]
        return self.lookups.pillar(text) if text else None

    def clean_starts_on(self) -> date | None:
        """A date within bounds."""
        return self._within_bounds(self.cleaned_data["starts_on"])

    def clean_ends_on(self) -> date | None:
        """A date within bounds."""
        return self._within_bounds(self.cleaned_data["ends_on"])

    def _within_bounds(self, day: date | None) -> date | None:
        if day is not None and not EARLIEST <= day <= self.lookups.latest:
            bounds = {"day": day, "first": EARLIEST, "last": self.lookups.latest}
            raise ValidationError(
                _("the date %(day)s is out of bounds: between %(first)s and %(last)s.") % bounds
            )
        return day

    def clean(self) -> dict[str, object]:
        """What concerns more than one cell."""
        values = self.cleaned_data
        if not self.errors.keys() & {"country", "iso2"}:
            self._agree_on_country()
        starts_on, ends_on = values.get("starts_on"), values.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error(
                "ends_on",
                _("the end (%(end)s) is before the start (%(start)s).")
                % {
                    "end": ends_on,
                    "start": starts_on,
                },
            )
        if not self.errors:
            self._decide_state()
        return values

    def _agree_on_country(self) -> None:
        by_name: Country | None = self.cleaned_data.get("country")
        by_code: Country | None = self.cleaned_data.get("iso2")
        if by_name is None and by_code is None:
            self.add_error("country", _("the country is missing. Write its name or its code."))
        elif by_name is not None and by_code is not None and by_name.pk != by_code.pk:
            self.add_error(
                "iso2",
                _(
                    "the code says “%(code)s” (%(iso2)s) but the name says “%(name)s”. Correct one"
                    " of them."
                )
                % {"code": by_code.name_en, "iso2": by_code.iso2, "name": by_name.name_en},
            )
        self.cleaned_data["country"] = by_name or by_code

    def _decide_state(self) -> None:
        """Recorded, unless type, pillar, dates and (where the type counts participants and the days
        are over) participation are all given."""
        values = self.cleaned_data
        given = [name for name in DATED if values.get(name)]
        reported = [name for name in NUMBERS if values.get(name) is not None]
        if len(given) == len(DATED):
            if values["ends_on"] > self.lookups.today:
                self.state = EngagementState.PLANNED
            elif reported or values["type"] in WITHOUT_PARTICIPANTS:
                self.state = EngagementState.DELIVERED
            else:
                self.warnings.append(
                    _(
                        "no participation is given, so it is recorded only and not counted as"
                        " delivered"
                    )
                )
        elif given or reported:
            self.warnings.append(
                _(
                    "type, pillar, start and end date are needed together for a dated engagement;"
                    " it is recorded only"
                )
            )
        if self.state == EngagementState.RECORDED:
            self.unused = tuple(
                name for name in ("starts_on", "ends_on", *NUMBERS) if values.get(name) is not None
            )
        elif reported and values["type"] in WITHOUT_PARTICIPANTS:
            self.unused = tuple(reported)
            self.warnings.append(
                _(
                    "this type has no participants, so the numbers are kept as a note and not"
                    " counted"
                )
            )
        for name, zero, below in (
            ("budget", _("the budget is zero"), _("the budget is below zero")),
            ("expense", _("the expense is zero"), _("the expense is below zero")),
        ):
            amount = values.get(name)
            if amount is not None and amount <= 0:
                self.warnings.append(below if amount < 0 else zero)
