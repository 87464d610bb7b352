"""Stores a programme that a file says, with its pillars, themes, reasons, service standards and holidays.

Loading the same file twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import holidays
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from assistance.programmes.models import Holiday, Pillar, Programme, ReasonCode, Standard, Theme
from assistance.programmes.programme_file import (
    WrittenGroup,
    WrittenProgramme,
    WrittenRow,
    read_programme,
)
from assistance.requests.clocks import RULES
from assistance.tools.models import Tool
from core.file_nodes import FileMistakes
from countries.models import Country, CountryGroup, Instrument, Process

SHIPPED = Path(__file__).resolve().parent.parent / "reference" / "programmes"
SEEDED = "cybercrime"
FIRST_DAY = date(2013, 1, 1)  # from which standards of a file hold; the seeded programme began then
YEARS_BACK, YEARS_AHEAD = 6, 4
ListedModel = type[Pillar] | type[Theme] | type[ReasonCode]


@dataclass
class LoadedProgramme:
    """What came of loading: how many rows were added and changed, and how many are offered no more."""

    programme: Programme = field(default_factory=Programme)
    added: int = 0
    changed: int = 0
    ended: int = 0


def shipped_programmes() -> dict[str, Path]:
    """The files that come with Meridian, by code."""
    return {path.stem: path for path in sorted(SHIPPED.glob("*.yaml"))}


def name_references(programme: Programme) -> None:
    """Has the seeded programme's public pages name every tool, process and instrument, where they
    name none yet."""
    if not programme.tools.exists():
        programme.tools.set(Tool.objects.all())
    if not programme.processes.exists():
        programme.processes.set(Process.objects.all())
    if not programme.instruments.exists():
        programme.instruments.set(Instrument.objects.all())


def complete_seeded_programme() -> Programme:
    """The cybercrime programme: what is missing is added, what an administrator has changed stays."""
    written = read_programme(shipped_programmes()[SEEDED].read_bytes())
    programme = load_programme(written, keep=True).programme
    name_references(programme)
    return programme


@transaction.atomic
def load_programme(written: WrittenProgramme, *, keep: bool = False) -> LoadedProgramme:
    """Adds what is missing and changes what the file says otherwise; what the file leaves out of a list is
    offered no more, and stays where it was used. With `keep` what is there stays as it is.

    Raises FileMistakes where the file names a group or a shared row that is not there, or another name
    for a row that another programme uses too.
    """
    loaded = LoadedProgramme()
    for written_group in written.groups:
        refuse_foreign_group(written.code, written_group)
        load_group(loaded, written_group, keep=keep)
    group = CountryGroup.objects.filter(code=written.eligible_group).first()
    if group is None:
        known = ", ".join(CountryGroup.objects.order_by("code").values_list("code", flat=True))
        raise FileMistakes(
            [
                _("eligible_group: there is no group “%(code)s”. There are: %(known)s.")
                % {"code": written.eligible_group, "known": known}
            ]
        )
    values = {
        "title": written.names["en"],
        "names": written.names,
        "zone": written.zone,
        "holiday_country": written.holiday_country,
        "weekend": written.weekend,
        "currency": written.currency,
        "eligible_group": group,
    }
    programme, is_new = Programme.objects.select_for_update(of=("self",)).get_or_create(
        code=written.code, defaults=values
    )
    loaded.programme = programme
    loaded.added += is_new
    moved = not keep and programme.holiday_country != written.holiday_country
    if not keep:
        loaded.changed += change(programme, values)
    elif programme.title == written.names["en"] and set(programme.names) <= {"en"}:
        change(
            programme, {"names": written.names}
        )  # of an installation that is older than they are
    mistakes: list[str] = []
    for model, lists, rows in (
        (Pillar, programme.pillars, written.pillars),
        (Theme, programme.themes, written.themes),
        (ReasonCode, programme.reasons, written.reasons),
    ):
        had = set(lists.values_list("pk", flat=True))
        found = load_rows(loaded, model, rows, mistakes, keep=keep)
        if keep and had:
            lists.add(*(pk for pk, row_is_new in found.items() if row_is_new))
        else:
            loaded.ended += len(had - found.keys())
            lists.set(found)
    if mistakes:
        raise FileMistakes(mistakes)
    load_standards(loaded, written, keep=keep)
    if moved:
        replace_holidays(programme)
    load_holidays(programme)  # first: a year with a day of the file would count as loaded
    loaded.added += add_holidays(programme, written.holidays)
    return loaded


def refuse_foreign_group(programme: str, written: WrittenGroup) -> None:
    """Raises FileMistakes for a group by which another programme says who may ask it."""
    others = Programme.objects.filter(eligible_group__code=written.code).exclude(code=programme)
    for other in others[:1]:
        raise FileMistakes(
            [
                _("groups %(group)s: it says who may ask “%(programme)s”; give yours another code.")
                % {"group": written.code, "programme": other.title}
            ]
        )


def load_group(loaded: LoadedProgramme, written: WrittenGroup, *, keep: bool) -> None:
    """A group with its countries: who is added is a member from the day of the file, who is left out only
    until today (UTC). Raises FileMistakes for a country that is none."""
    countries = {c.iso3: c for c in Country.objects.filter(iso3__in=written.countries)}
    if unknown := sorted(set(written.countries) - countries.keys()):
        raise FileMistakes(
            [
                _("groups %(group)s: there is no country “%(code)s”.")
                % {"group": written.code, "code": code}
                for code in unknown
            ]
        )
    values: dict[str, object] = {"names": written.names, "source": written.source}
    group, is_new = CountryGroup.objects.get_or_create(code=written.code, defaults=values)
    loaded.added += is_new
    if keep and not is_new:
        return
    loaded.changed += change(group, values)
    today = timezone.now().date()
    going_on = group.memberships.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=today))
    current = {m.country.iso3: m for m in going_on.select_related("country")}
    for iso3 in countries.keys() - current.keys():
        # a membership that ended is not made longer: another one begins where it ended
        ended = group.memberships.filter(country=countries[iso3]).order_by("-valid_from").first()
        begins = max(filter(None, (written.valid_from, ended.valid_until if ended else None)))
        group.memberships.create(
            country=countries[iso3], valid_from=begins, decision=written.source
        )
        loaded.added += 1
    for iso3 in current.keys() - countries.keys():
        membership = current[iso3]
        membership.valid_until = today
        if membership.valid_from < today:
            membership.save(update_fields=["valid_until"])
        else:
            membership.delete()
        loaded.ended += 1


def load_rows(
    loaded: LoadedProgramme,
    model: ListedModel,
    rows: Sequence[WrittenRow],
    mistakes: list[str],
    *,
    keep: bool,
) -> dict[int, bool]:
    """Ids of a list of the file, and of each whether it is new; notes what is wrong."""
    known = {row.code: row for row in model.objects.filter(code__in=[r.code for r in rows])}
    found: dict[int, bool] = {}
    for order, written in enumerate(rows, 1):
        row = known.get(written.code)
        if row is None and written.is_shared:
            sentence = _("%(list)s: there is no “%(code)s” yet that could be shared.")
            mistakes.append(
                sentence % {"list": model._meta.verbose_name_plural, "code": written.code}
            )
        elif row is None:
            made = model.objects.create(code=written.code, order=order, **texts_of(written))
            loaded.added += 1
            found[made.pk] = True
        elif written.is_shared or keep:
            found[row.pk] = False
        else:
            if not row.programmes.exclude(pk=loaded.programme.pk).exists():
                loaded.changed += change(row, texts_of(written) | {"order": order})
            elif row.names != written.names:
                sentence = _("%(list)s: other programmes use “%(code)s”, under other names.")
                mistakes.append(
                    sentence % {"list": model._meta.verbose_name_plural, "code": written.code}
                )
            found[row.pk] = False
    return found


def texts_of(written: WrittenRow) -> dict[str, object]:
    """What a row of the file says of itself."""
    texts: dict[str, object] = {"names": written.names}
    if written.summaries:
        texts["summaries"] = written.summaries
    if written.used_for:
        texts["used_for"] = written.used_for
    return texts


def change(
    row: Programme | Pillar | Theme | ReasonCode | CountryGroup, values: dict[str, object]
) -> bool:
    """Saves what differs. Returns whether anything did."""
    differing = [name for name, value in values.items() if getattr(row, name) != value]
    for name in differing:
        setattr(row, name, values[name])
    if differing:
        row.save(update_fields=differing)
    return bool(differing)


def load_standards(loaded: LoadedProgramme, written: WrittenProgramme, *, keep: bool) -> None:
    """Standards that are missing hold from the beginning; another number of days holds from today."""
    programme = loaded.programme
    last = {s.code: s.days for s in programme.standards.order_by("valid_from")}
    made = []
    for rule in RULES.values():
        days = written.standards.get(rule.code, rule.days)
        if rule.code not in last:
            made.append(
                Standard(programme=programme, code=rule.code, days=days, valid_from=FIRST_DAY)
            )
        elif rule.code in written.standards and last[rule.code] != days and not keep:
            Standard.objects.update_or_create(
                programme=programme,
                code=rule.code,
                valid_from=programme.today(),
                defaults={"days": days},
            )
            loaded.changed += 1
    Standard.objects.bulk_create(made)


def add_holidays(programme: Programme, written: dict[date, str]) -> int:
    """Days of the file that are not there yet. Returns how many."""
    have = set(programme.holidays.filter(day__in=written).values_list("day", flat=True))
    return len(save_holidays(programme, ((d, t) for d, t in written.items() if d not in have)))


def load_holidays(programme: Programme) -> None:
    """Public holidays of the duty station's country, for years of which there are none yet."""
    this = timezone.now().year
    have = {day.year for day in programme.holidays.values_list("day", flat=True)}
    years = [year for year in range(this - YEARS_BACK, this + YEARS_AHEAD + 1) if year not in have]
    if years:
        found = holidays.country_holidays(programme.holiday_country, years=years, language="en_US")
        save_holidays(programme, sorted(found.items()))


def replace_holidays(programme: Programme) -> None:
    """The duty station is in another country: from tomorrow on its public holidays take the place of
    those that there were. What is past stays as it was worked out."""
    today = programme.today()
    programme.holidays.filter(day__gt=today).delete()
    years = range(today.year, today.year + YEARS_AHEAD + 1)
    found = holidays.country_holidays(programme.holiday_country, years=years, language="en_US")
    save_holidays(programme, ((day, title) for day, title in sorted(found.items()) if day > today))


def save_holidays(programme: Programme, days: Iterable[tuple[date, str]]) -> list[Holiday]:
    """In one query."""
    return Holiday.objects.bulk_create(
        Holiday(programme=programme, day=day, title=title[:120]) for day, title in days
    )
