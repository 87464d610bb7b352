"""The stamp in each form whose words are kept: whose form it is, about what, and from which version.

Signed: what is kept under a stamp can only be given back to whom the page was made for.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass

from django.core import signing

STAMP = "stamp"  # name of the hidden field
SALT = "accounts.drafts"
LONGEST = 14 * 3600  # seconds: a session, and the two hours in which its words are given back


@dataclass(frozen=True)
class Stamp:
    """Whose form it is. `object_id` is 0 and `version` None where nothing is changed that is there."""

    user_id: int
    form: str
    object_id: int
    version: int | None
    page: str

    def signed(self) -> str:
        """As it stands in the page."""
        return signing.dumps(astuple(self), salt=SALT, compress=True)


def read_stamp(text: object, max_age: int | None = LONGEST) -> Stamp | None:
    """What a signed stamp says; None of one that is none, or is older than `max_age` seconds."""
    if not isinstance(text, str) or not text:
        return None
    try:
        return Stamp(*signing.loads(text, salt=SALT, max_age=max_age))
    except (signing.BadSignature, TypeError, ValueError):
        return None
