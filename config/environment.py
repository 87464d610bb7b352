"""What settings read from the environment: each value that cannot be meant is answered with a
sentence.

Our own rather than a library's: environs and django-environ raise errors of their own, which name
no remedy.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import TypedDict

from django.core.exceptions import ImproperlyConfigured
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict


def env_switch(name: str, default: bool) -> bool:
    """A yes/no environment variable; a sentence for anything else."""
    value = os.environ.get(name, "").strip().lower()
    if value in ("", "1", "true", "yes", "on", "0", "false", "no", "off"):
        return default if value == "" else value in ("1", "true", "yes", "on")
    raise ImproperlyConfigured(f"{name} is “{value}”; write yes or no.")


def env_number(name: str, default: int, least: int, most: int) -> int:
    """A whole-number environment variable within bounds; a sentence for anything else."""
    value = os.environ.get(name, "").strip() or str(default)
    if not value.isdigit() or not least <= int(value) <= most:
        raise ImproperlyConfigured(
            f"{name} is “{value}”; write a whole number from {least} to {most}."
        )
    return int(value)


def env_choice(name: str, default: str, *known: str) -> str:
    """An environment variable that is one of a few words; a sentence for anything else."""
    value = os.environ.get(name, "").strip() or default
    for word in known:
        if value.lower() == word.lower():
            return word
    raise ImproperlyConfigured(
        f"{name} is “{value}”; write {', '.join(known[:-1])} or {known[-1]}."
    )


def secret_key(data_dir: Path, production: bool) -> str:
    """The environment's key; for a local trial one made once and kept in the data folder."""
    given = os.environ.get("SECRET_KEY", "")
    if given or production:
        return given
    kept = data_dir / "secret-key"
    if not kept.exists():
        try:
            data_dir.mkdir(parents=True, exist_ok=True)
            kept.touch(0o600)
            kept.write_text(secrets.token_urlsafe(64))
        except OSError as error:
            raise ImproperlyConfigured(
                f"Meridian cannot write to {data_dir} ({error.strerror}). Set DATA_DIR to a folder"
                " that you may write to."
            ) from error
    return kept.read_text().strip()


def clamav_address() -> str:
    """Where the virus scanner listens; nothing where none is set.

    Raises ImproperlyConfigured for what is neither a socket's path nor host:port.
    """
    address = os.environ.get("CLAMAV", "").strip().removeprefix("unix:")
    host, _colon, port = address.rpartition(":")
    if (
        address
        and not address.startswith("/")
        and not (
            host and "/" not in host and port.isascii() and port.isdigit() and 0 < int(port) < 65536
        )
    ):
        raise ImproperlyConfigured(
            f"CLAMAV is “{address}”; write host:port, such as clamav:3310, or the path of a Unix"
            " socket."
        )
    return address


def sign_on_providers(given: dict[str, str]) -> dict[str, dict[str, object]]:
    """The OpenID Connect provider of the environment, as allauth describes it; nothing where none
    is set.

    Raises ImproperlyConfigured, naming what is missing of a provider that is only half described.
    """
    missing = [name for name, value in given.items() if not value]
    if len(missing) == len(given):
        return {}
    if missing:
        raise ImproperlyConfigured(
            f"Single sign-on is only half set: {', '.join(missing)} missing. Set all of"
            f" {', '.join(given)}, or none."
        )
    if (
        not given["OIDC_ISSUER"].startswith(("https://", "http://"))
        or "?" in given["OIDC_ISSUER"]
        or "#" in given["OIDC_ISSUER"]
    ):
        raise ImproperlyConfigured(
            f"OIDC_ISSUER is “{given['OIDC_ISSUER']}”; write the provider's address, such as"
            " https://login.example.org."
        )
    app = {
        "provider_id": "sso",  # in the address to which the provider sends people back
        "name": given["OIDC_NAME"],
        "client_id": given["OIDC_CLIENT_ID"],
        "secret": given["OIDC_CLIENT_SECRET"],
        "settings": {"server_url": given["OIDC_ISSUER"]},
    }
    return {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}


class DatabaseSettings(TypedDict):
    """A database as Django's settings describe it."""

    ENGINE: str
    NAME: str
    USER: str
    PASSWORD: str
    HOST: str
    PORT: str
    CONN_MAX_AGE: int
    CONN_HEALTH_CHECKS: bool
    OPTIONS: dict[str, str | int | None]


def database_parts() -> dict[str, str | int | None]:
    """DATABASE_URL as libpq itself takes it apart. Raises ImproperlyConfigured."""
    try:
        return conninfo_to_dict(os.environ.get("DATABASE_URL") or "postgresql:///meridian")
    except ProgrammingError:  # whose own words repeat the password
        raise ImproperlyConfigured(
            "DATABASE_URL cannot be read; write postgresql://user:password@host:5432/name."
        ) from None


def public_database_settings(password: str) -> DatabaseSettings:
    """The same database, as the role through which strangers read (`portal/public/wall/`)."""
    settings = database_settings()
    return settings | {"USER": "meridian_public", "PASSWORD": password}


def database_settings() -> DatabaseSettings:
    """Django's description of DATABASE_URL."""
    parts = database_parts()
    options = {
        k: v for k, v in parts.items() if k not in ("dbname", "user", "password", "host", "port")
    }
    return {
        "ENGINE": "config.database",
        "NAME": str(parts.get("dbname", "meridian")),
        "USER": str(parts.get("user", "")),
        "PASSWORD": str(parts.get("password", "")),
        "HOST": str(parts.get("host", "")),
        "PORT": str(parts.get("port", "")),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }
