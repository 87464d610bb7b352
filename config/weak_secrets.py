"""What others would guess or reach: keys and passwords that are only fit for a trial, and addresses
of the internet."""

from __future__ import annotations

import ipaddress
from urllib.parse import unquote, urlsplit

SHORTEST_SECRET = 50  # characters
FIRST_TRIED = {
    "meridian",
    "postgres",
    "postgresql",
    "redis",
    "valkey",
    "database",
    "broker",
    "password",
    "passw0rd",
    "secret",
    "admin",
    "root",
    "user",
    "test",
    "guest",
    "qwerty",
    *("1234567890"[:n] for n in range(1, 11)),
}
EXAMPLES = ("example.org", "example.com", "example.net")  # RFC 2606: nobody's
# RFC 2606, 6761, 6762; and custom
PRIVATE_ENDINGS = (
    "localhost",
    "localdomain",
    "local",
    "internal",
    "lan",
    "home",
    "test",
    "example",
    "invalid",
)


def is_sample(secret: str) -> bool:
    """Whether a secret is only fit for a trial: few different characters, or words of a sample."""
    return len(set(secret)) < 5 or "sample" in secret.lower() or "change" in secret.lower()


def is_weak_key(key: str) -> bool:
    """Whether a key, the present one or a former one, is too short or a sample."""
    return len(key) < SHORTEST_SECRET or is_sample(key)


def is_first_tried(user: str, password: str) -> bool:
    """Whether a password of database or broker is the user's name, one that everybody tries first,
    or one of an example."""
    plain = password.lower()
    return plain in {user.lower(), *FIRST_TRIED} or "sample" in plain or "change" in plain


def host_of(url: str) -> str:
    """The host that an address names; empty where it names none or cannot be read."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def sign_in_of(url: str) -> tuple[str, str]:
    """User and password that an address holds, each empty where it holds none or cannot be read."""
    try:
        parts = urlsplit(url)
        return unquote(parts.username or ""), unquote(parts.password or "")
    except ValueError:
        return "", ""


def is_of_the_internet(host: str) -> bool:
    """Whether a host's name or address is one that others can reach: none of this machine, of a
    private network or of a name kept for those."""
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        kept = (
            host.rpartition(".")[2] in PRIVATE_ENDINGS
            or host.endswith((".home.arpa", *(f".{each}" for each in EXAMPLES)))
            or host in EXAMPLES
        )
        return "." in host and not kept
