"""The columns of the list of tools, on its page and in its export."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assistance.tools.choices import ToolKind
from assistance.tools.models import Tool, ToolVersion
from core.tables import Column, Table, staff
from core.text import label_of


def latest(tool: Tool) -> ToolVersion | None:
    """The latest version, as the view prefetched them."""
    versions = list(tool.versions.all())
    return versions[0] if versions else None


def title_cell(tool: Tool) -> SafeString:
    """The title, which leads to the tool; what took its place."""
    replaced = (
        format_html(
            '<br><span class="small soft">{}</span>',
            gettext("replaced by %(title)s") % {"title": tool.replaced_by.title},
        )
        if tool.replaced_by is not None
        else ""
    )
    return format_html(
        '<a class="title" href="{}" dir="auto">{}</a>{}',
        tool.get_absolute_url(),
        tool.title,
        replaced,
    )


def links_cell(tool: Tool) -> SafeString:
    """Broken links are marked."""
    return format_html_join(
        "",
        '<span class="state late">{}</span>',
        ((gettext("broken link"),) for v in tool.versions.all() if v.broken_since),
    )


def of_latest(name: str) -> Callable[[Tool], object]:
    """A column of the latest version, for the export."""

    def value(tool: Tool) -> object:
        version = latest(tool)
        return "" if version is None else getattr(version, name)

    return value


TOOLS: Table[Tool] = Table(
    caption=_("Tools"),
    empty=_("No tool fits."),
    none_yet=_("No tool is entered."),
    columns=(
        Column(
            "title",
            _("Title"),
            title_cell,
            value=lambda t: t.title,
            sort="title",
            css="wide",
            heads_row=True,
        ),
        Column("code", _("Code"), value=lambda t: t.code),
        Column(
            "kind",
            _("Kind"),
            lambda t: label_of(ToolKind, t.kind),
            value=lambda t: label_of(ToolKind, t.kind),
            css="small",
        ),
        Column(
            "owner",
            _("Owned by"),
            lambda t: t.owner,
            value=lambda t: t.owner,
            sort="owner",
            css="small",
        ),
        Column(
            "languages",
            _("Languages"),
            of_latest("language_list"),
            value=of_latest("language_list"),
            css="small soft",
        ),
        Column("version", _("Version"), of_latest("label"), value=of_latest("label"), css="small"),
        Column("url", _("Web address"), value=of_latest("url")),
        Column("licence", _("Licence"), value=lambda t: t.licence),
        Column("note", _("What it is for"), value=lambda t: t.note),
        Column(
            "replaced_by",
            _("Replaced by"),
            value=lambda t: t.replaced_by.code if t.replaced_by else "",
        ),
        Column("links", _("Links"), links_cell, audience=staff),
    ),
)
