"""The language in a public address, as the settings name it: `en`, `zh-hans`."""

from __future__ import annotations

import re

from django.conf import settings

CODES = tuple(code for code, _name in settings.LANGUAGES)


class LanguageConverter:
    """Takes one of the six languages, and nothing else."""

    regex = "|".join(re.escape(code) for code in CODES)

    def to_python(self, value: str) -> str:
        """The code."""
        return value

    def to_url(self, value: str) -> str:
        """The code."""
        return value
