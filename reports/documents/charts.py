"""Charts of a report: bars drawn by Vega-Lite, and the equal-tile map. Pictures in the page and in
the PDF, each beside its table.

A chart is made from the table that it stands with, so that the two cannot differ. The same table
gives the same bytes.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import TypedDict

import vl_convert
from django.core.cache import cache as kept
from django.utils.translation import gettext as _
from redis.exceptions import RedisError

from reports.documents.fonts import font_folders
from reports.documents.structure import Cell, Chart, Table, in_picture
from reports.figures.units import COUNT, MONEY, PEOPLE

INK, SOFT, RULE, NOW, BEFORE = "#1b2430", "#56606f", "#dcd9d0", "#0a5796", "#9db8cf"
FAMILIES = "Noto Sans, Noto Sans Arabic, Noto Sans CJK SC"
KEEP = 30 * 24 * 3600  # seconds; what is forgotten is drawn again
MOST_BARS = 14
WIDTH, STEP = 430, 13  # of the bars and of each of them, in pixels
# periods between given dates have long names: none is cut
LEGEND = {
    "labelColor": INK,
    "labelFontSize": 10,
    "labelFont": FAMILIES,
    "labelLimit": 0,
}
CONFIG = {
    "font": FAMILIES,
    "view": {"stroke": None},
    "axis": {"labelColor": INK, "labelFontSize": 10, "labelFont": FAMILIES},
    "legend": LEGEND,
    "text": {"font": FAMILIES},
}
OWN_NUMBERS = re.compile(r"\b(clip|gradient_)(\d+)\b")


class Bar(TypedDict):
    """One bar: of what, in which of the periods shown, how long, and the number at its end."""

    label: str
    period: str
    which: int
    value: float
    text: str


class PointOfLine(TypedDict):
    """One point of a line of shares; None is a gap."""

    label: str
    share: float | None
    text: str


@cache
def prepare_fonts() -> None:
    """Tells the drawing library, once a process, where the fonts are whose widths it measures."""
    for folder in font_folders():
        vl_convert.register_font_directory(str(folder))


def bars_of(table: Table, *, rtl: bool) -> Chart | None:
    """Bars of a table of label, this period and, where there is one, the period before: both
    periods beside each other. None where there is nothing to draw."""
    rows = [r for r in table.rows if is_bar(r)][:MOST_BARS]
    if not any(cell.value for r in rows for cell in r[1:3]):
        return None
    shown = [column.label for column in table.columns[1:3]]
    values: list[Bar] = [
        {
            "label": in_picture(row[0].text, rtl=rtl),
            "period": in_picture(period, rtl=rtl),
            "which": which,
            "value": float(row[which + 1].number or 0),
            "text": in_picture(row[which + 1].text, rtl=rtl),
        }
        for row in rows
        for which, period in enumerate(shown)
    ]
    picture = draw_svg(
        specification(values, [in_picture(period, rtl=rtl) for period in shown], rtl=rtl)
    )
    return Chart(f"{table.code}.bars", table.caption, describe_bars(table), picture)


def is_bar(row: list[Cell]) -> bool:
    """Whether a row of a table is one of its bars: a number, and no total."""
    return (
        row[1].kind in (COUNT, PEOPLE, MONEY) and row[1].value is not None and not row[0].is_total
    )


def describe_bars(table: Table) -> str:
    """What the bars of a table show, in words."""
    rows = [r for r in table.rows if is_bar(r)][:MOST_BARS]
    if len(table.columns) < 3:
        return _("Bars: %(what)s, %(now)s. %(values)s.") % {
            "what": table.caption,
            "now": table.columns[1].label,
            "values": "; ".join(f"{r[0].text} {r[1].text}" for r in rows),
        }
    return _("Bars: %(what)s, %(now)s (%(before)s in brackets). %(values)s.") % {
        "what": table.caption,
        "now": table.columns[1].label,
        "before": table.columns[2].label,
        "values": "; ".join(f"{r[0].text} {r[1].text} ({r[2].text})" for r in rows),
    }


def specification(values: list[Bar], shown: list[str], *, rtl: bool) -> dict[str, object]:
    """In Vega-Lite 5: a bar a label and period shown, their numbers at the end, mirrored where the
    language runs from right to left."""
    labels = list(dict.fromkeys(v["label"] for v in values))
    end = {"align": "right" if rtl else "left", "dx": -4 if rtl else 4}
    y = {
        "field": "label",
        "type": "nominal",
        "sort": labels,
        "title": None,
        "axis": {
            "orient": "right" if rtl else "left",
            "labelLimit": 220,
            "domain": False,
            "ticks": False,
        },
    }
    x = {
        "field": "value",
        "type": "quantitative",
        "title": None,
        "scale": {"reverse": rtl, "nice": True},
        "axis": None,
    }
    offset = {"field": "which", "type": "ordinal", "scale": {"paddingInner": 0.1}}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": WIDTH,
        "height": {"step": STEP, "for": "offset"},
        "background": "#ffffff",
        "padding": 6,
        "data": {"values": values},
        "encoding": {"y": y, "yOffset": offset, "x": x},
        "layer": [
            {
                "mark": {"type": "bar", "cornerRadiusEnd": 1},
                "encoding": {
                    "color": {
                        "field": "period",
                        "type": "nominal",
                        "title": None,
                        "scale": {"domain": shown, "range": [NOW, BEFORE][: len(shown)]},
                        "legend": {
                            "orient": "top",
                            "direction": "horizontal",
                            "symbolType": "square",
                        },
                    }
                },
            },
            {
                "mark": {"type": "text", "baseline": "middle", "fontSize": 9, "color": SOFT, **end},
                "encoding": {"text": {"field": "text"}},
            },
        ],
        "config": (
            CONFIG | {"legend": LEGEND | {"layout": {"top": {"anchor": "end" if rtl else "start"}}}}
        ),
    }


def line_of(table: Table, *, rtl: bool) -> Chart | None:
    """A line of shares over months, the oldest first as the language reads; months without a share
    are a gap. None where no month has one."""
    alternative = said_of_line(table)
    if not alternative:
        return None
    values: list[PointOfLine] = [
        {
            "label": in_picture(row[0].text, rtl=rtl),
            "share": None if row[1].number is None else float(row[1].number),
            "text": in_picture(row[1].text, rtl=rtl),
        }
        for row in table.rows
    ]
    return Chart(
        f"{table.code}.line",
        table.caption,
        alternative,
        draw_svg(line_specification(values, rtl=rtl)),
    )


def said_of_line(table: Table) -> str:
    """What the line of a table shows, in words; nothing where no row has a share."""
    values = "; ".join(
        f"{row[0].text} {row[1].text}" for row in table.rows if row[1].value is not None
    )
    return (
        _("Line: %(what)s. %(values)s.") % {"what": table.caption, "values": values}
        if values
        else ""
    )


def line_specification(values: list[PointOfLine], *, rtl: bool) -> dict[str, object]:
    """In Vega-Lite 5: a line from nothing to all, a point and its number a month, mirrored where
    the language runs from right to left."""
    x = {
        "field": "label",
        "type": "ordinal",
        "sort": [v["label"] for v in values],
        "title": None,
        "scale": {"reverse": rtl},
        "axis": {"labelAngle": -40, "labelLimit": 120, "domain": False, "ticks": False},
    }
    y = {
        "field": "share",
        "type": "quantitative",
        "title": None,
        "scale": {"domain": [0, 1]},
        "axis": {
            "orient": "right" if rtl else "left",
            "values": [0, 0.5, 1],
            "labels": False,
            "domain": False,
            "ticks": False,
            "gridColor": RULE,
        },
    }
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": WIDTH + 90,
        "height": 120,
        "background": "#ffffff",
        "padding": 6,
        "data": {"values": values},
        "encoding": {"x": x, "y": y},
        "layer": [
            {
                "mark": {
                    "type": "line",
                    "color": NOW,
                    "point": {"color": NOW, "size": 36},
                    "invalid": "break-paths-show-domains",
                }
            },
            {
                "transform": [{"filter": "datum.share !== null"}],
                "mark": {"type": "text", "dy": -9, "fontSize": 9, "color": SOFT},
                "encoding": {"text": {"field": "text"}},
            },
        ],
        "config": CONFIG,
    }


def draw_svg(specification: Mapping[str, object]) -> str:
    """The SVG of a specification."""
    return svg_of(json.dumps(specification, ensure_ascii=False))


@lru_cache(maxsize=500)
def svg_of(specification: str) -> str:
    """The SVG of a specification in JSON, which takes a tenth of a second to draw.

    It is drawn once: this process remembers it for the other languages and formats of a report,
    the cache for pages of other processes.
    """
    given = json.loads(specification)
    text = json.dumps(given, sort_keys=True, ensure_ascii=False)
    digest = hashlib.sha256(text.encode()).hexdigest()
    found = recall_picture(f"drawing:{digest}")
    if found is None:
        prepare_fonts()
        found = renumber_clips(vl_convert.vegalite_to_svg(given), digest[:10])
        remember_picture(f"drawing:{digest}", found)
    return left_to_right(found)


def left_to_right(svg: str) -> str:
    """A picture whose texts start at their left, whatever the direction of the page around it: its
    places are counted from there.

    Arabic words still run from right to left within their text.
    """
    return svg.replace("<svg ", '<svg direction="ltr" ', 1)


def recall_picture(key: str) -> str | None:
    """A picture that was drawn before; None where there is none, or where the cache does not
    answer."""
    try:
        found: str | None = kept.get(key)
    except (RedisError, OSError):
        return None
    return found


def remember_picture(key: str, svg: str) -> None:
    """Keeps a picture, where the cache answers."""
    try:
        kept.set(key, svg, KEEP)
    except (RedisError, OSError):
        pass  # drawn again next time


def as_pixels(svg: str) -> str:
    """The same picture as an SVG that holds pixels, three to a unit.

    In the PDF of a language whose letters join: its writer loses there which letters a joined glyph
    stands for, and PDF/UA forbids that.
    """
    prepare_fonts()
    body = base64.b64encode(vl_convert.svg_to_png(svg, scale=3)).decode()
    size = re.search(r'width="([\d.]+)" height="([\d.]+)"', svg)
    assert size is not None, "every picture says its size"
    width, height = size.groups()
    size_said = f'width="{width}" height="{height}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size_said}><image {size_said}'
        f' href="data:image/png;base64,{body}"/></svg>'
    )


def renumber_clips(svg: str, name: str) -> str:
    """The library numbers its clips through the whole process; here each picture counts its own, so
    that its bytes repeat.

    With the picture's name before the number, since several pictures stand in one page: there, the
    first of two equal ids would clip both.
    """
    numbers: dict[str, int] = {}
    return OWN_NUMBERS.sub(
        lambda m: f"{m[1]}-{name}-{numbers.setdefault(m[0], len(numbers) + 1)}", svg
    )
