"""What the page of an instrument says: who signed and joined, how far it is from being in force."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from countries.geography.models import Country
from countries.geography.tile_map import PlacedCountry, TileKind, TileMap, tile_map
from countries.instruments.choices import Action
from countries.instruments.entry_into_force import (
    Progress,
    deposits_in,
    in_force_for,
    progress_of,
)
from countries.instruments.models import Instrument, TreatyAction


@dataclass
class CountryStatus:
    """What a country did about an instrument: the action whose day is known, or one that was
    reported; `in_force_on` is entered, or worked out by the instrument's rule."""

    country: Country
    signed: TreatyAction | None = None
    joined: TreatyAction | None = None
    denounced: TreatyAction | None = None
    in_force_on: date | None = None
    is_worked_out: bool = False

    @property
    def is_party(self) -> bool:
        """Whether it deposited, on a day that is known, and did not leave since."""
        if self.joined is None or not self.joined.is_exact:
            return False
        left = self.denounced.date_until if self.denounced is not None else None
        return left is None or (self.joined.date is not None and self.joined.date > left)

    @property
    def is_signatory(self) -> bool:
        """Whether it signed on a day that is known, and neither joined nor left."""
        is_signed = self.signed is not None and self.signed.is_exact
        return is_signed and not self.is_party and not self.has_left

    @property
    def has_left(self) -> bool:
        """Whether it left on a day that is known, and did not join again."""
        return self.denounced is not None and self.denounced.is_exact and not self.is_party


@dataclass
class InstrumentStatus:
    """An instrument as of today: its countries in the reader's order, what organisations did, and
    what is only reported."""

    instrument: Instrument
    progress: Progress
    countries: list[CountryStatus] = field(default_factory=list)
    organisations: list[TreatyAction] = field(default_factory=list)
    reported: list[TreatyAction] = field(default_factory=list)

    @property
    def parties(self) -> list[CountryStatus]:
        """Who deposited."""
        return [one for one in self.countries if one.is_party]

    @property
    def party_count(self) -> int:
        """How many there are."""
        return len(self.parties)

    @property
    def signatories(self) -> list[CountryStatus]:
        """Who signed, and is no party."""
        return [one for one in self.countries if one.is_signatory]

    @property
    def former_parties(self) -> list[CountryStatus]:
        """Who left."""
        return [one for one in self.countries if one.has_left]

    @property
    def signatures(self) -> int:
        """Signatures of countries whose day is known."""
        return sum(1 for one in self.countries if one.signed is not None and one.signed.is_exact)

    @property
    def missing(self) -> int:
        """Deposits that are still needed."""
        return max(self.progress.needed - self.progress.deposits, 0)

    @property
    def force_said(self) -> str:
        """Whether it is in force, or what is missing, as of today."""
        day = self.progress.in_force_on
        if day is not None:
            sentence = (
                _("In force since %(day)s.")
                if day <= timezone.now().date()
                else _("Enters into force on %(day)s.")
            )
            return sentence % {"day": date_format(day, "DATE_FORMAT")}
        if not self.missing:
            return _("Not in force: deposits of States that its rule names are missing.")
        return _("Not in force: %(n)s of %(needed)s deposits missing.") % {
            "n": self.missing,
            "needed": self.progress.needed,
        }

    @property
    def slots_said(self) -> str:
        """The same for who listens."""
        return _("%(n)s of %(needed)s places are filled") % {
            "n": min(self.progress.deposits, self.progress.needed),
            "needed": self.progress.needed,
        }

    @property
    def slots(self) -> list[bool]:
        """A place for each deposit that is needed, and whether it is filled."""
        return [n < self.progress.deposits for n in range(self.progress.needed)]


def reading_order() -> dict[int, int]:
    """The place of each country in the reader's order, by its id. One query."""
    return {pk: n for n, pk in enumerate(Country.objects.in_order().values_list("pk", flat=True))}


def status_of(
    instrument: Instrument, actions: Iterable[TreatyAction], order: Mapping[int, int]
) -> InstrumentStatus:
    """By all actions of the instrument, each with its country; `order` is that of the reader."""
    actions = list(actions)
    progress = progress_of(instrument, deposits_in(actions))
    status = InstrumentStatus(instrument, progress)
    by_country: dict[int, CountryStatus] = {}
    for action in actions:
        if not action.is_exact:
            status.reported.append(action)
        if action.country is None:
            status.organisations.append(action)
            continue
        entry = by_country.setdefault(action.country.pk, CountryStatus(action.country))
        take_action(entry, action)
    for entry in by_country.values():
        work_out_force(entry, instrument, progress)
    status.countries = sorted(by_country.values(), key=lambda one: order[one.country.pk])
    return status


def take_action(entry: CountryStatus, action: TreatyAction) -> None:
    """What a country did: of several the last, and one whose day is known before one that was only
    reported."""
    if action.action == Action.IN_FORCE:
        entry.in_force_on = action.date if action.is_exact else entry.in_force_on
        return
    place = {Action.SIGNED: "signed", Action.DENOUNCED: "denounced"}.get(
        Action(action.action), "joined"
    )
    before = getattr(entry, place)
    if before is None or action.is_exact or not before.is_exact:
        setattr(entry, place, action)


def work_out_force(entry: CountryStatus, instrument: Instrument, progress: Progress) -> None:
    """From which day the instrument binds a party for which that is not entered."""
    if entry.in_force_on is None and entry.is_party and entry.joined and entry.joined.date:
        entry.in_force_on = in_force_for(instrument, entry.joined.date, progress)
        entry.is_worked_out = entry.in_force_on is not None


def statuses_of_country(country: Country) -> list[tuple[Instrument, CountryStatus | None]]:
    """What a country did about each instrument. Three queries."""
    entries: dict[int, CountryStatus] = {}
    for action in TreatyAction.objects.filter(country=country).order_by("date", "id"):
        take_action(entries.setdefault(action.instrument_id, CountryStatus(country)), action)
    open_ended = [pk for pk, one in entries.items() if one.is_party and one.in_force_on is None]
    deposits: dict[int, list[TreatyAction]] = {}
    for deposit in (
        TreatyAction.objects.deposits().filter(instrument__in=open_ended).select_related("country")
    ):
        deposits.setdefault(deposit.instrument_id, []).append(deposit)
    found: list[tuple[Instrument, CountryStatus | None]] = []
    for instrument in Instrument.objects.all():
        entry = entries.get(instrument.pk)
        if entry is not None and instrument.pk in open_ended:
            progress = progress_of(instrument, deposits_in(deposits.get(instrument.pk, [])))
            work_out_force(entry, instrument, progress)
        found.append((instrument, entry))
    return found


def map_of(status: InstrumentStatus, countries: Iterable[PlacedCountry] | None = None) -> TileMap:
    """Parties, signatories, who left, what is only reported, and all others; `countries` as
    `tile_map` takes them."""
    party, signed = TileKind("v3", _("party")), TileKind("v2", _("signed"))
    left, reported = TileKind("v0", _("left")), TileKind("v1", _("reported"))
    none = TileKind("", _("neither signed nor joined"))
    kinds = {
        one.country.pk: party
        if one.is_party
        else left
        if one.has_left
        else signed
        if one.is_signatory
        else reported
        for one in status.countries
    }
    label = _("%(instrument)s, one tile a country") % {"instrument": status.instrument.short_name}
    return tile_map(label, kinds, none, countries=countries)


def steps_of(instrument: Instrument, progress: Progress, today: date) -> list[dict[str, object]]:
    """The way of an instrument: adopted, opened, open until, deposits, in force."""
    last_deposit = _("Deposit number %(n)s") % {"n": progress.needed}
    steps: list[tuple[str, date | None]] = [
        (_("Adopted"), instrument.adopted_on),
        (_("Opened for signature"), instrument.opened_on),
    ]
    if instrument.closes_on:
        steps.append((_("Open for signature until"), instrument.closes_on))
    steps += [(last_deposit, progress.reached_on), (_("In force"), progress.in_force_on)]
    shown = [
        step for step in steps if step[1] is not None or step[0] in (last_deposit, _("In force"))
    ]
    rows: list[dict[str, object]] = []
    is_next = True
    for label, day in shown:
        is_past = day is not None and day <= today
        rows.append({"label": label, "day": day, "past": is_past, "now": is_next and not is_past})
        is_next = is_next and is_past
    return rows


@dataclass(frozen=True)
class GroupCount:
    """How many members of a group signed, and are parties."""

    name: str
    signed: int
    parties: int


def count_by_group(
    status: InstrumentStatus, members: Mapping[str, tuple[str, set[int]]]
) -> list[GroupCount]:
    """By group, of which name and members (ids) are given by its code."""
    signed = {
        one.country.pk for one in status.countries if one.signed is not None and one.signed.is_exact
    }
    parties = {one.country.pk for one in status.parties}
    return [
        GroupCount(name, len(signed & countries), len(parties & countries))
        for name, countries in members.values()
    ]
