"""Reading JSON that somebody sends."""

from __future__ import annotations

import json
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser


def once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON. Raises ParseError where a name stands in it twice: which of the two was meant nobody can know."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _value in pairs]
        raise ParseError(_("“%(name)s” is given twice") % {"name": next(n for n in names if names.count(n) > 1)[:100]})
    return found


def no_number(name: str) -> Any:
    """NaN and the infinities, which JSON does not have."""
    raise ParseError(_("%(name)s is no number of JSON") % {"name": name})


class BoundedJSONParser(JSONParser):
    """JSON in UTF-8, each name once, no deeper than it can be read."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        """What was sent. Raises ParseError, also for brackets nested beyond all use."""
        try:
            return json.loads(stream.read().decode("utf-8-sig"), object_pairs_hook=once_each, parse_constant=no_number)
        except RecursionError:
            raise ParseError(_("too many brackets within each other")) from None
        except ValueError as wrong:  # of JSON, of UTF-8, or of a number of too many digits
            raise ParseError(str(wrong)) from None
