"""Reading JSON that somebody sends."""

from __future__ import annotations

import json
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

MOST_BYTES = 2 * 1024 * 1024  # every text of a request at its longest, escaped, has half of it
MOST_VALUES = (
    10_000  # in objects and lists of all depths: 40 parts of an engagement with 50 countries each
)


def once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON.

    Raises ParseError where a name stands in it twice: which of the two was meant nobody can know.
    """
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise ParseError(_("“%(name)s” is given twice") % {"name": name[:100]})
        found[name] = value
    return found


def no_number(name: str) -> Any:
    """NaN and the infinities, which JSON does not have."""
    raise ParseError(_("%(name)s is no number of JSON") % {"name": name})


def refuse_many(sent: Any) -> None:
    """Raises ParseError for more values than anybody writes: each costs a check and a sentence."""
    waiting, left = [sent], MOST_VALUES
    while waiting:
        value = waiting.pop()
        items = (
            value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        )
        left -= len(items)
        if left < 0:
            raise ParseError(_("it has more than %(most)s values") % {"most": MOST_VALUES})
        waiting.extend(item for item in items if isinstance(item, dict | list))


class BoundedJSONParser(JSONParser):
    """JSON in UTF-8, each name once, no deeper than it can be read, no more of it than anybody
    writes."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        """What was sent.

        Raises RequestDataTooBig; ParseError, also for brackets nested beyond all use.
        """
        body = stream.read(MOST_BYTES + 1)
        if len(body) > MOST_BYTES:
            raise RequestDataTooBig
        try:
            sent = json.loads(
                body.decode("utf-8-sig"), object_pairs_hook=once_each, parse_constant=no_number
            )
        except RecursionError:
            raise ParseError(_("too many brackets within each other")) from None
        except ValueError as wrong:  # of JSON, of UTF-8, or of a number of too many digits
            raise ParseError(str(wrong)) from None
        refuse_many(sent)
        return sent
