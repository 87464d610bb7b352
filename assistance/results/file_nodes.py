"""The parts of a framework's file: names and values, each read with a sentence for what is wrong and
where."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.validators import validate_printable_line

MOST = Decimal(10) ** 15  # of a value
LONGEST = {"code": 20, "text": 500, "unit": 60, "title": 300, "responsible": 120, "value": 300}


@dataclass
class FrameworkFileError(Exception):
    """A file that is no framework: each mistake as a sentence that begins with its place."""

    mistakes: list[str]

    def __str__(self) -> str:
        return "\n".join(self.mistakes)


class Node:
    """A mapping of the file and where it stands; what is wrong in it is noted, not raised."""

    def __init__(self, mistakes: list[str], content: object, place: str) -> None:
        self.mistakes, self.place = mistakes, place
        self.content: Mapping[object, object] = {}
        if isinstance(content, Mapping):
            self.content = content
        else:
            self.wrong(_("names and values are expected here, such as “code: OC1”."))

    def wrong(self, sentence: str) -> None:
        """Notes a mistake."""
        self.mistakes.append(f"{self.place}: {sentence}")

    def knows(self, *names: str) -> None:
        """Notes names that mean nothing here."""
        for name in self.content:
            if name not in names:
                self.wrong(
                    _("“%(name)s” is not known here. Known are: %(known)s.")
                    % {"name": name, "known": ", ".join(names)}
                )

    def text(self, name: str, *, needed: bool = True) -> str:
        """A line of text."""
        found = self.content.get(name)
        if found is None or found == "":
            if needed:
                self.wrong(_("“%(name)s” is missing.") % {"name": name})
            return ""
        if isinstance(found, bool) or not isinstance(found, str | int | float):
            self.wrong(_("“%(name)s” is to be a text.") % {"name": name})
            return ""
        said, longest = str(found).strip(), LONGEST.get(name, 500)
        if len(said) > longest:
            self.wrong(
                _("“%(name)s” has %(n)s characters; at most %(most)s fit.")
                % {"name": name, "n": len(said), "most": longest}
            )
        try:
            validate_printable_line(said)
        except ValidationError as error:
            self.wrong(" ".join(error.messages))
        return said

    def one_of(self, name: str, values: Iterable[str]) -> str:
        """One of some words."""
        values = list(values)
        found = self.text(name)
        if found and found not in values:
            self.wrong(
                _("“%(name)s” is “%(value)s”; write one of: %(known)s.")
                % {"name": name, "value": found, "known": ", ".join(values)}
            )
        return found

    def whole(self, name: str, *, needed: bool = False) -> int | None:
        """A whole number of zero or more."""
        found = self.content.get(name)
        if found is None:
            if needed:
                self.wrong(_("“%(name)s” is missing.") % {"name": name})
            return None
        if isinstance(found, bool) or not isinstance(found, int) or not 0 <= found < MOST:
            self.wrong(_("“%(name)s” is to be a whole number of 0 or more.") % {"name": name})
            return None
        return found

    def number(self, name: str) -> Decimal | None:
        """A number; None where there is none, or words."""
        found = self.content.get(name)
        if found is None or isinstance(found, bool | str):
            return None
        try:
            number = Decimal(str(found))
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite() or abs(number) >= MOST:
            self.wrong(_("“%(name)s” is to be a number.") % {"name": name})
            return None
        return number

    def day(self, name: str) -> date | None:
        """A day."""
        found = self.content.get(name)
        try:
            if isinstance(found, date) and not isinstance(found, datetime):
                return found
            return date.fromisoformat(str(found))
        except ValueError:
            self.wrong(_("“%(name)s” is to be a day, written like 2026-01-31.") % {"name": name})
            return None

    def texts(self, name: str, longest: int = 60) -> list[str]:
        """A list of texts."""
        found = self.content.get(name) or []
        if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
            self.wrong(_("“%(name)s” is to be a list of texts.") % {"name": name})
            return []
        for one in found:
            if len(one) > longest:
                self.wrong(
                    _("“%(name)s” has %(n)s characters; at most %(most)s fit.")
                    % {"name": name, "n": len(one), "most": longest}
                )
        return [str(one) for one in found]

    def nodes(self, name: str) -> list[Node]:
        """A list of mappings, each named by its code where it has one."""
        found = self.content.get(name) or []
        if not isinstance(found, list):
            self.wrong(_("“%(name)s” is to be a list.") % {"name": name})
            return []
        return [
            Node(self.mistakes, one, f"{self.place}, {name} {place_of(one, number)}")
            for number, one in enumerate(found, 1)
        ]


def place_of(content: object, number: int) -> str:
    """By what a person finds an item of a list: its code, else its number."""
    code = content.get("code") if isinstance(content, Mapping) else None
    return str(code) if isinstance(code, str) and code else str(number)
