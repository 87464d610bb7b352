"""Numbers that come as text, as from hidden fields and addresses."""

from __future__ import annotations

ID_DIGITS = 18  # of an id that the database can hold


def number_in(text: str, longest: int = 9) -> int | None:
    """The whole number that somebody sent as text, of so many digits at most; None for anything else.

    Nine digits fit a version, `ID_DIGITS` an id.
    """
    return int(text) if text.isdecimal() and len(text) <= longest else None
