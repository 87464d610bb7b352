"""The parts of a file that people write in YAML: names and values, each read with a sentence for what
is wrong and where."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

import yaml
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.validators import validate_printable_line

MOST = Decimal(10) ** 15  # of a value
LARGEST = 1_000_000  # bytes of a file
LONGEST = {"code": 20, "text": 500, "unit": 60, "title": 300, "responsible": 120, "value": 300}


@dataclass
class FileMistakes(Exception):
    """What is wrong in a file: each mistake as a sentence that begins with its place."""

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

    def text(self, name: str, *, needed: bool = True, longest: int = 0) -> str:
        """A line of text, of at most so many characters, or of what is usual for the name."""
        found = self.content.get(name)
        if found is None or found == "":
            if needed:
                self.wrong(_("“%(name)s” is missing.") % {"name": name})
            return ""
        if isinstance(found, bool) or not isinstance(found, str | int | float):
            self.wrong(_("“%(name)s” is to be a text.") % {"name": name})
            return ""
        said, longest = str(found).strip(), longest or LONGEST.get(name, 500)
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

    def texts_by_language(
        self, name: str, languages: Iterable[str], longest: int, *, needed: bool = True
    ) -> dict[str, str]:
        """A text in each of some languages; none where none is needed and none is there."""
        if name not in self.content and not needed:
            return {}
        wanted = tuple(languages)
        node = Node(self.mistakes, self.content.get(name, {}), f"{self.place}, {name}")
        node.knows(*wanted)
        return {language: node.text(language, longest=longest) for language in wanted}

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


def read_yaml(content: bytes) -> object:
    """What a file says, in YAML or JSON, which YAML includes. Raises FileMistakes for one that cannot be
    read."""
    if len(content) > LARGEST:
        raise FileMistakes([_("The file is larger than such a file can be: 1 MB.")])
    try:
        return yaml.safe_load(content)
    except (yaml.YAMLError, UnicodeDecodeError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        place = _("line %(n)s") % {"n": mark.line + 1} if mark else _("the whole file")
        raise FileMistakes(
            [_("%(place)s: this is neither YAML nor JSON.") % {"place": place}]
        ) from error
