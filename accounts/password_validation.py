"""Passwords that the place where they are used gives away."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# Names of the product, of what it is for and of its roles; and rows of keys, which are nobody's own
# either.
WORDS = (
    "meridian",
    "assistance",
    "technical",
    "programme",
    "program",
    "cybercrime",
    "focal",
    "point",
    "officer",
    "manager",
    "administrator",
    "admin",
    "country",
    "request",
    "engagement",
    "report",
    "password",
    "welcome",
    "asistencia",
    "programa",
    "pays",
    "contraseña",
    "1234567890",
    "0987654321",
    "abcdefgh",
    "qwertyuiop",
    "qwerty",
    "asdfghjkl",
    "zxcvbnm",
)
LEAST_OWN = 8  # letters and digits beside such words and years
LEAST_KINDS = 5  # different ones among them


class PlaceWordsValidator:
    """Refuses a password that is little more than words of this place, the host's name and years
    (NIST SP 800-63B, section 5.1.1.2)."""

    def validate(self, password: str, user: object = None) -> None:
        """Raises ValidationError, saying what would be right."""
        host = (urlsplit(settings.BASE_URL).hostname or "").split(".")
        words = sorted({*WORDS, *(part for part in host if len(part) > 3)}, key=len, reverse=True)
        own = re.sub(
            r"(19|20)\d\d|[\W_]", "", re.sub("|".join(map(re.escape, words)), "", password.lower())
        )
        if len(own) < LEAST_OWN or len(set(own)) < LEAST_KINDS:
            raise ValidationError(
                _(
                    "This password is easy to guess here. Use words that have nothing to do with"
                    " this place."
                ),
                code="place_words",
            )

    def get_help_text(self) -> str:
        """For forms."""
        return _("Use words that have nothing to do with this place.")
