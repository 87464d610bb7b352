"""A picture of the memory that a worker holds while it makes a report."""

from __future__ import annotations

from html import escape

WIDTH, HEIGHT, LEFT, BOTTOM = 720, 260, 60, 40
BOUND = 400  # MB


def memory_picture(series: list[tuple[float, int]], title: str) -> str:
    """An SVG of kilobytes over seconds, with the bound."""
    last = max((second for second, _size in series), default=1.0) or 1.0
    top = max([BOUND * 1.1, *(size / 1024 for _second, size in series)])

    def place(second: float, megabytes: float) -> str:
        x = LEFT + second / last * (WIDTH - LEFT - 20)
        return f"{x:.1f},{HEIGHT - BOTTOM - megabytes / top * (HEIGHT - BOTTOM - 30):.1f}"

    points = " ".join(place(second, size / 1024) for second, size in series)
    (left, bound), (right, _bound) = (place(s, BOUND).split(",") for s in (0, last))
    marks = "".join(
        f'<text x="{x}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{second:.0f} s</text>'
        for second in (0, last / 2, last)
        for x in (place(second, 0).split(",")[0],)
    ) + "".join(
        f'<text x="{LEFT - 8}" y="{float(place(0, size).split(",")[1]) + 4:.1f}"'
        f' text-anchor="end">{size} MB</text>'
        for size in (0, 200, BOUND)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}"'
        f' viewBox="0 0 {WIDTH} {HEIGHT}" role="img" font-family="sans-serif" font-size="12">'
        f"<title>{escape(title)}</title>"
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>'
        f'<text x="{LEFT}" y="18" font-weight="bold">{escape(title)}</text>'
        f'<line x1="{left}" y1="{bound}" x2="{right}" y2="{bound}" stroke="#b3261e"'
        ' stroke-dasharray="5 4"/>'
        f'<polyline fill="none" stroke="#1f5fa8" stroke-width="2" points="{points}"/>{marks}</svg>\n'
    )
