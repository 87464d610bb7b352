"""Reading JSON that somebody sends."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import IO, Any, NoReturn

from django.core.exceptions import RequestDataTooBig
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

from core.types import Json, JsonObject

MOST_BYTES = 2 * 1024 * 1024  # every text of a request at its longest, escaped, has half of it
MOST_VALUES = (
    10_000  # in objects and lists of all depths: 40 parts of an engagement with 50 countries each
)


def once_each(pairs: list[tuple[str, Json]]) -> JsonObject:
    """An object of JSON.

    Raises ParseError where a name stands in it twice: which of the two was meant nobody can know.
    """
    found: JsonObject = {}
    for name, value in pairs:
        if name in found:
            raise ParseError(_("“%(name)s” is given twice") % {"name": name[:100]})
        found[name] = value
    return found


def no_number(name: str) -> NoReturn:
    """NaN and the infinities, which JSON does not have."""
    raise ParseError(_("%(name)s is no number of JSON") % {"name": name})


def refuse_many(sent: Json) -> None:
    """Raises ParseError for more values than anybody writes: each costs a check and a sentence."""
    waiting: list[Json] = [sent]
    left = MOST_VALUES
    while waiting:
        value = waiting.pop()
        items: Collection[Json] = ()
        if isinstance(value, dict | list):
            items = value.values() if isinstance(value, dict) else value
        left -= len(items)
        if left < 0:
            raise ParseError(_("it has more than %(most)s values") % {"most": MOST_VALUES})
        waiting.extend(item for item in items if isinstance(item, dict | list))


class BoundedJSONParser(JSONParser):
    """JSON in UTF-8, each name once, no deeper than it can be read, no more of it than anybody
    writes."""

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,
        parser_context: Mapping[str, object] | None = None,
    ) -> Any:
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
