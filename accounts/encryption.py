"""Encryption of what must not be read from a copy of the database: second factors, addresses and telephone numbers of persons."""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import models


def keys() -> list[str]:
    """SECRET_KEY, then those that it took the place of (SECRET_KEY_FALLBACKS)."""
    return [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]


def box(purpose: str) -> MultiFernet:
    """Encrypts under the present key, decrypts under former ones too. Each purpose has keys of its own."""
    return MultiFernet([Fernet(base64.urlsafe_b64encode(hashlib.sha256(purpose.encode() + key.encode()).digest())) for key in keys()])


def marks(purpose: str, text: str) -> list[str]:
    """Keyed hashes (HMAC-SHA256) by which a text is found again without being stored: under the present key first, then under former ones."""
    return [hmac.new(key.encode(), f"{purpose}:{text.strip().lower()}".encode(), hashlib.sha256).hexdigest() for key in keys()]


class EncryptedField(models.TextField):
    """A text that the database keeps encrypted. It cannot be searched; what no key opens any more reads as empty."""

    PURPOSE = "person"

    def get_prep_value(self, value: Any) -> Any:
        """Encrypted; an empty text stays empty."""
        return box(self.PURPOSE).encrypt(str(value).encode()).decode() if value else ""

    def from_db_value(self, value: str | None, *args: Any) -> str:
        """Decrypted."""
        try:
            return box(self.PURPOSE).decrypt(value.encode()).decode() if value else ""
        except InvalidToken:
            return ""
