"""What lies encrypted in the database: opened by its own key and purpose alone, and still after a
change of key or of the way."""

from __future__ import annotations

import base64
import copy
import hashlib
import pickle
from typing import Any

import pytest
from allauth.mfa.adapter import get_adapter
from cryptography.fernet import Fernet, InvalidToken

from core.encryption import DecryptionFailed, EncryptedField, cipher_for

TEXT = b"jane@example.org, +254 20 000"


def test_the_same_text_is_never_encrypted_the_same_way_and_opens_again() -> None:
    first, second = cipher_for("person").encrypt(TEXT), cipher_for("person").encrypt(TEXT)
    assert first != second and TEXT not in first
    assert cipher_for("person").decrypt(first) == cipher_for("person").decrypt(second) == TEXT


@pytest.mark.parametrize("place", [0, 5, 12, 20, -1])
def test_what_was_altered_opens_no_more(place: int) -> None:
    token = bytearray(cipher_for("person").encrypt(TEXT))
    token[place] ^= 1
    with pytest.raises(InvalidToken):
        cipher_for("person").decrypt(bytes(token))


def test_one_purpose_does_not_open_what_was_encrypted_for_another() -> None:
    with pytest.raises(InvalidToken):
        cipher_for("second factor").decrypt(cipher_for("person").encrypt(TEXT))


@pytest.mark.parametrize("token", [b"", b"gcm1.", b"gcm1.AAAA", b"gcm1.%%%", b"gAAAAA"])
def test_nonsense_opens_as_nothing(token: bytes) -> None:
    with pytest.raises(InvalidToken):
        cipher_for("person").decrypt(token)


def test_after_a_change_of_key_the_former_one_still_opens_until_it_is_taken_away(
    settings: Any,
) -> None:
    token, secret = cipher_for("person").encrypt(TEXT), get_adapter().encrypt("A" * 32)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another key " * 5
    assert cipher_for("person").decrypt(token) == TEXT and get_adapter().decrypt(secret) == "A" * 32
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(InvalidToken):
        cipher_for("person").decrypt(token)


def test_what_was_encrypted_the_former_way_still_opens(settings: Any) -> None:
    key = base64.urlsafe_b64encode(
        hashlib.sha256(b"second factor" + settings.SECRET_KEY.encode()).digest()
    )
    assert get_adapter().decrypt(Fernet(key).encrypt(b"A" * 32).decode()) == "A" * 32


def test_what_no_key_opens_is_written_back_as_it_was_however_often_it_is_copied(
    settings: Any,
) -> None:
    field = EncryptedField()
    token = field.get_prep_value("jane@example.org")
    settings.SECRET_KEY = "another key " * 5
    read = field.from_db_value(token)
    assert isinstance(read, DecryptionFailed) and read == "cannot be read: no key opens it"
    for same in (read, copy.deepcopy(read), pickle.loads(pickle.dumps(read))):
        assert field.get_prep_value(same) == token
