"""Network addresses of strangers: told apart by a digest, which leads back to none without our key."""

from __future__ import annotations

import hmac
from hashlib import sha256

from django.conf import settings
from django.http import HttpRequest

from accounts.security_log import remote_address


def address_digest(request: HttpRequest) -> str:
    """By what a visitor's network address is known again, and never read."""
    address = remote_address(request)
    return hmac.new(settings.SECRET_KEY.encode(), address.encode(), sha256).hexdigest()
