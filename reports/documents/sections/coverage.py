"""Which countries asked, were served, or were never reached."""

from __future__ import annotations

from django.utils.translation import gettext as _

from reports.documents.structure import Cell, Column, Section, Table, group_digits
from reports.documents.writer import Writer


def coverage(w: Writer) -> Section:
    """Countries by group, and those that were left out."""
    eligible, sentences = w.cell("countries_eligible").text, w.moved("countries_served")
    if "countries_never_reached" in w.figures:
        sentences.append(
            _(
                "Eligible countries: %(eligible)s, of which never reached by the end of the period:"
                " %(never)s."
            )
            % {"eligible": eligible, "never": w.cell("countries_never_reached").text}
        )
    else:
        sentences.append(_("Eligible countries: %(eligible)s.") % {"eligible": eligible})
    which = ("eligible", "asking", "served") if w.counts_demand else ("eligible", "served")
    labels = {"eligible": _("Eligible"), "asking": _("Asked"), "served": _("Served")}
    heads = [
        Column(_("Group")),
        *(Column(labels[x], True) for x in which),
        Column(_("Served before"), True),
    ]
    table = Table("coverage", _("Countries, by group"), heads)
    for group in w.names["group"]:
        codes = [f"countries_{x}.group.{group}" for x in which]
        if any(c in w.figures for c in codes):
            table.rows.append(
                [Cell(w.name("group", group)), *(w.cell(c) for c in codes), w.before(codes[-1])]
            )
    table.rows.append(
        [Cell(_("Total")), *(w.cell(f"countries_{x}") for x in which), w.before("countries_served")]
    )
    tables = [
        table,
        w.split("countries_served", "region", _("Region"), _("Countries served, by region")),
    ]
    if w.is_internal:  # which country asked is said to nobody else
        lists = (
            ("countries_unserved", _("Open request, not served")),
            ("countries_never_reached", _("Never reached")),
        )
        tables += [country_list(w, code, caption) for code, caption in lists if code in w.figures]
    return Section("coverage", _("Coverage"), sentences, [t for t in tables if t.rows])


def country_list(w: Writer, code: str, caption: str) -> Table:
    """Countries by name."""
    countries = w.snapshot["annex"]["country"]
    listed = [
        (w.country_name(countries[str(pk)]), countries[str(pk)]["reference"])
        for pk in w.figure(code)["rows"]["ids"]
    ]
    return Table(
        code,
        f"{caption} ({group_digits(len(listed))})",
        [Column(_("Country")), Column(_("Code"))],
        [[Cell(name), Cell(iso3)] for name, iso3 in sorted(listed)],
    )
