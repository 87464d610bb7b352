"""The columns of the list of messages of the public."""

from __future__ import annotations

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from core.tables import Column, Table
from portal.public_messages.models import PublicMessage


def message_cell(message: PublicMessage) -> SafeString:
    """The first words, which lead to the message."""
    return format_html(
        '<a class="title" dir="auto" href="{}">{}</a>',
        message.get_absolute_url(),
        f"{message.text[:100].strip()} …" if len(message.text) > 100 else message.text,
    )


def country_cell(message: PublicMessage) -> str:
    """For whose focal points."""
    return message.country.name if message.country is not None else "–"


def received_cell(message: PublicMessage) -> str:
    """The day in the reader's zone."""
    return date_format(timezone.localtime(message.received_at), "DATE_FORMAT")


MESSAGES: Table[PublicMessage] = Table(
    caption=_("Messages of the public"),
    empty=_("Nobody has written."),
    none_yet=_("Nobody has written."),
    columns=(
        Column("message", _("Message"), message_cell, css="wide"),
        Column("country", _("Addressed to"), country_cell),
        Column("received", _("Received"), received_cell, css="small soft"),
        Column("state", _("State"), lambda m: m.get_state_display(), css="small"),
    ),
)
