"""What is told of messages of the public, and who may still be told."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import access
from notifications.types import KINDS, Group, Kind, pk_in
from portal.public_messages.models import PublicMessage
from portal.public_messages.services import ARRIVED, FORWARDED

GROUP = Group(
    "public_messages",
    _("Messages of the public"),
    _("You get this because somebody wrote to the programme or to your country."),
    verb="public_message.read",
)


def reads_message(user: User, path: str) -> bool:
    """Whether the message is still there, and one that the person sees; of the list, whether they
    still work for a programme."""
    if path == reverse("public_messages"):
        return bool(access.programme_ids(user))
    pk = pk_in(path, "public_message")
    return pk is not None and PublicMessage.objects.visible_to(user).filter(pk=pk).exists()


def register_own_kinds() -> None:
    """Tells the outbox."""
    for code in (ARRIVED, FORWARDED):
        KINDS.register(code, Kind(GROUP, reads_message))
