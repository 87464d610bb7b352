"""`manage.py import_tracker FILE [--apply]`: reads a legacy spreadsheet into engagements.

Without --apply it only shows what it would make.
"""

from __future__ import annotations

import unicodedata
from argparse import ArgumentParser
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from assistance.engagements.states import EngagementState
from assistance.imports import tracker
from assistance.imports.loading import load_tracker
from assistance.imports.reading import Unreadable
from assistance.programmes.models import Programme

WIDTHS = (6, 26, 44, 18, 18, 14)


class Command(BaseCommand):
    """Shows, and with --apply loads, all rows or none."""

    help = (
        "Reads a legacy tracker (CSV or XLSX) into engagements. Without --apply it shows what would"
        " be made and what is wrong."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the spreadsheet: XLSX, or CSV in UTF-8")
        parser.add_argument(
            "--apply", action="store_true", help="load it; without this nothing is changed"
        )
        parser.add_argument(
            "--programme",
            default="cybercrime",
            metavar="CODE",
            help="the programme that owns the records (default: cybercrime)",
        )
        parser.add_argument(
            "--as",
            dest="email",
            metavar="E-MAIL",
            help="the member of staff in whose name the records are made",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        programme, user = programme_of(options["programme"]), staff_of(options["email"])
        try:
            path: Path = options["file"]
            found = (
                load_tracker(path, programme, user)
                if options["apply"]
                else tracker.preview_tracker(path, programme)
            )
        except Unreadable as error:
            raise CommandError(str(error)) from error
        self.show(found)
        if not found.is_loadable:
            count = len(found.mistakes) + len(found.header.mistakes)
            sentence = ngettext(
                "Nothing was loaded: %(count)s mistake.",
                "Nothing was loaded: %(count)s mistakes.",
                count,
            )
            raise CommandError(sentence % {"count": count})
        self.stdout.write(self.closing(found, loaded=options["apply"]))

    def show(self, found: tracker.Preview) -> None:
        """The table of rows, then warnings about columns, then every mistake."""
        if found.rows:
            self.stdout.write(
                table_line(
                    (_("Row"), _("Country"), _("Title"), _("Budget"), _("Expense"), _("Becomes"))
                )
            )
        for row in found.rows:
            self.show_row(row, found.header.currency)
        for sentence in found.header.warnings:
            self.stdout.write(_("Note: %(sentence)s") % {"sentence": printable_line(sentence)})
        for sentence in found.header.mistakes:
            self.stdout.write(_("Mistake: %(sentence)s") % {"sentence": printable_line(sentence)})
        for mistake in found.mistakes:
            self.stdout.write(
                _("Mistake: %(sentence)s") % {"sentence": printable_line(str(mistake))}
            )

    def show_row(self, row: tracker.Row, currency: str) -> None:
        """A row and, below it, what the person should know."""
        becomes = _("already there") if row.is_there else str(EngagementState(row.state).label)
        amounts = (
            amount_text(row.values.budget, currency),
            amount_text(row.values.expense, currency),
        )
        self.stdout.write(
            table_line(
                (
                    str(row.number),
                    row.values.country.name,
                    row.values.title,
                    *amounts,
                    becomes,
                )
            )
        )
        if row.warnings and not row.is_there:
            self.stdout.write(" " * (WIDTHS[0] + 2) + "! " + "; ".join(row.warnings))

    def closing(self, found: tracker.Preview, *, loaded: bool) -> str:
        """How many were or would be made."""
        count, there = len(found.to_make), len(found.rows) - len(found.to_make)
        if loaded:
            text = ngettext(
                "%(count)s engagement was loaded.", "%(count)s engagements were loaded.", count
            ) % {"count": count}
        else:
            text = ngettext(
                "%(count)s engagement would be made.", "%(count)s engagements would be made.", count
            ) % {"count": count}
        if there:
            text += " " + ngettext(
                "%(count)s is already there.", "%(count)s are already there.", there
            ) % {"count": there}
        if not loaded and count:
            text += " " + _("Nothing was changed; add --apply to load them.")
        return text


def programme_of(code: str) -> Programme:
    """The programme with this code. Raises CommandError with the known ones."""
    programme = Programme.objects.filter(code=code).first()
    if programme is None:
        known = ", ".join(Programme.objects.values_list("code", flat=True)) or _(
            "none; run load_reference first"
        )
        raise CommandError(
            _("There is no programme “%(code)s”. Known are: %(known)s.")
            % {
                "code": code,
                "known": known,
            }
        )
    return programme


def staff_of(email: str | None) -> User | None:
    """The member of staff with this e-mail address, None where none is named.

    Raises CommandError.
    """
    if not email:
        return None
    user = User.objects.filter(email__iexact=email.strip(), is_active=True).first()
    if user is None or not user.is_programme_staff:
        raise CommandError(
            _("There is no active officer or manager with the e-mail address “%(email)s”.")
            % {"email": email}
        )
    return user


def printable_line(text: str) -> str:
    """On one line and without characters that steer a terminal."""
    return "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in text)


def amount_text(value: Decimal | None, currency: str) -> str:
    """With its currency, or a dash where none is given."""
    return "–" if value is None else f"{value:,.2f} {currency}"


def table_line(cells: tuple[str, ...]) -> str:
    """Cells below each other; numbers to the right; what is too long is cut."""
    shown = []
    for place, (cell, width) in enumerate(zip(cells, WIDTHS, strict=True)):
        text = printable_line(cell)
        text = text if len(text) <= width else text[: width - 1] + "…"
        shown.append(text.rjust(width) if place in (0, 3, 4) else text.ljust(width))
    return "  ".join(shown).rstrip()
