"""Inviting people: nobody registers alone.

The link that sets a first password is made when the mail is sent and stands nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from core.registry import Registry

KIND = "account.invitation"
# who puts a message into the outbox: `writer(user, kind, subject, body)`
WRITERS: Registry[Callable[[User, str, str, str], None]] = Registry("writers of messages")


def send_invitation(user: User) -> None:
    """Puts the invitation into the outbox, in the caller's transaction and the invited person's
    language."""
    with translation.override(user.language):
        body = _(
            "An account was made for you in Meridian, where requests for technical assistance are"
            " handled. Choose a password to sign in:"
        )
        WRITERS.get("outbox")(user, KIND, _("Your account in Meridian"), body)


def path_of(user: User) -> str:
    """Where the person chooses a password; good until they have signed in or changed it, at most
    for PASSWORD_RESET_TIMEOUT."""
    key = default_token_generator.make_token(user)
    return reverse(
        "account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(user), "key": key}
    )
