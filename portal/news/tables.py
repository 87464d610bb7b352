"""The columns of the list of news."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from core.tables import Column, Table
from portal.news.models import NewsItem


def item_cell(item: NewsItem) -> SafeString:
    """The first title, which leads to the item."""
    texts = item.texts.all()
    title = texts[0].title if texts else _("No text yet")
    return format_html(
        '<a class="title" dir="auto" href="{}">{}</a>', item.get_absolute_url(), title
    )


def languages_cell(item: NewsItem) -> str:
    """The languages in which it is written."""
    return " ".join(text.language for text in item.texts.all())


NEWS: Table[NewsItem] = Table(
    caption=_("News"),
    empty=_("No news yet."),
    none_yet=_("No news yet."),
    columns=(
        Column("item", _("News"), item_cell, css="wide"),
        Column("happened", _("Day"), lambda i: date_format(i.happened_on, "DATE_FORMAT")),
        Column("languages", _("Languages"), languages_cell, css="small"),
        Column("state", _("State"), lambda i: i.get_state_display(), css="small"),
    ),
)
