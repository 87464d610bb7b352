"""Encryption of what must not be read from a copy of the database: second factors, addresses and
telephone numbers of persons."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _


def encryption_keys() -> list[str]:
    """SECRET_KEY, then those that it took the place of (SECRET_KEY_FALLBACKS)."""
    return [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]


class Cipher:
    """Encrypts under the present key with AES-256-GCM, decrypts what former keys and the former way
    (Fernet) have encrypted, too.

    Each purpose has keys of its own (HKDF-SHA256, RFC 5869), and what is encrypted for one is not
    decrypted for another.
    """

    MARK = b"gcm1."  # before what is encrypted: which way it was
    # bytes, random: under one key good for some four thousand million texts (NIST SP 800-38D, 8.3)
    NONCE = 12

    def __init__(self, purpose: str) -> None:
        self.purpose = purpose.encode()

    def encrypt(self, text: bytes) -> bytes:
        """In letters, digits, - and _, which a text column keeps."""
        nonce = os.urandom(self.NONCE)
        return self.MARK + base64.urlsafe_b64encode(
            nonce + self._cipher(encryption_keys()[0]).encrypt(nonce, text, self.purpose)
        )

    def decrypt(self, token: bytes) -> bytes:
        """Back. Raises InvalidToken for what no key opens, or what was altered."""
        if not token.startswith(self.MARK):
            former = [
                hashlib.sha256(self.purpose + key.encode()).digest() for key in encryption_keys()
            ]
            return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in former]).decrypt(
                token
            )
        try:
            raw = base64.b64decode(token.removeprefix(self.MARK), altchars=b"-_", validate=True)
        except binascii.Error:
            raise InvalidToken from None
        for key in encryption_keys():
            try:
                return self._cipher(key).decrypt(raw[: self.NONCE], raw[self.NONCE :], self.purpose)
            except (InvalidTag, ValueError):
                continue
        raise InvalidToken

    def _cipher(self, key: str) -> AESGCM:
        """Under a key of this purpose alone."""
        return AESGCM(
            HKDF(algorithm=SHA256(), length=32, salt=None, info=b"meridian " + self.purpose).derive(
                key.encode()
            )
        )


def cipher_for(purpose: str) -> Cipher:
    """What encrypts for a purpose."""
    return Cipher(purpose)


def blind_index(purpose: str, text: str) -> list[str]:
    """Keyed hashes (HMAC-SHA256) by which a text is found again without being stored: under the
    present key first, then under former ones."""
    return [
        hmac.new(
            key.encode(), f"{purpose}:{text.strip().lower()}".encode(), hashlib.sha256
        ).hexdigest()
        for key in encryption_keys()
    ]


class DecryptionFailed(str):
    """Stands where no key opens what is stored: it reads as a sentence that says so, and is written
    back as what was stored.

    So a forgotten SECRET_KEY_FALLBACKS destroys nothing: once the key is named again, everything
    can be read.
    """

    stored: str

    def __new__(cls, sentence: str, stored: str = "") -> DecryptionFailed:
        """`stored` is what the database holds, encrypted."""
        made = super().__new__(cls, sentence)
        made.stored = stored
        return made


if TYPE_CHECKING:  # at run time the class takes no types
    TextField = models.TextField[str, str]
else:
    TextField = models.TextField


class EncryptedField(TextField):
    """A text that the database keeps encrypted.

    It cannot be searched; what no key opens reads as `DecryptionFailed` and stays as it is stored.
    """

    PURPOSE = "person"

    def get_prep_value(self, value: object) -> str:
        """Encrypted; an empty text stays empty, and what could not be read stays as it was."""
        if isinstance(value, DecryptionFailed):
            return value.stored
        return cipher_for(self.PURPOSE).encrypt(str(value).encode()).decode() if value else ""

    def from_db_value(self, value: str | None, *args: object) -> str:
        """Decrypted."""
        try:
            return cipher_for(self.PURPOSE).decrypt(value.encode()).decode() if value else ""
        except InvalidToken:
            return DecryptionFailed(_("cannot be read: no key opens it"), value or "")
