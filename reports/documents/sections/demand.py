"""What countries asked for."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.documents.structure import Section, group_digits
from reports.documents.writer import Writer


def demand(w: Writer) -> Section | None:
    """Requests received."""
    if not w.counts_demand:
        return None
    sentences = w.moved("requests_received")
    merged = w.count("requests_received.merged")
    if merged:
        sentences.append(
            ngettext(
                "%(n)s of them was later merged into another.",
                "%(n)s of them were later merged into others.",
                merged,
            )
            % {"n": group_digits(merged)}
        )
    reopened = w.count("requests_reopened")
    if reopened:
        sentences.append(
            ngettext("%(n)s request was reopened.", "%(n)s requests were reopened.", reopened)
            % {"n": group_digits(reopened)}
        )
    pillars = list(w.names["pillar"])
    tables = [
        w.split(
            "requests_received", "pillar", _("Pillar"), _("Requests received, by pillar"), pillars
        ),
        w.split("requests_received", "region", _("Region"), _("Requests received, by region")),
        w.split(
            "requests_received",
            "group",
            _("Group"),
            _("Requests received, by group of countries"),
            whole=False,
        ),
        w.split(
            "requests_received", "theme", _("Theme"), _("Requests received, by theme"), whole=False
        ),
    ]
    tables[2].note = _(
        "Groups as of the day of submission. A country may belong to several groups, and a request"
        " may have several themes: these need not add up."
    )
    return Section("demand", _("Demand"), sentences, tables)
