"""How often states, months and words of titles are found, among all requests and among those of them
that were simulated: copies should not show."""

from __future__ import annotations

from django.db import connection

# the kind of thing, one of its values, how often it is found among all and among the simulated
FREQUENCIES = """
SELECT kind, value, count(*), count(*) FILTER (WHERE id <= %s) FROM (
    SELECT id, 'state' AS kind, state AS value FROM assistance_assistancerequest
    UNION ALL
    SELECT id, 'month', to_char(received_on, 'YYYY-MM') FROM assistance_assistancerequest
    WHERE received_on IS NOT NULL
    UNION ALL
    SELECT id, 'word', unnest(string_to_array(lower(title), ' '))
    FROM assistance_assistancerequest
) found GROUP BY kind, value ORDER BY kind, count(*) DESC, value
"""
SHOWN = 4  # of a kind, the most frequent


def frequencies(last: int) -> dict[str, dict[str, tuple[float, float]]]:
    """By kind and value: which share, in per cent, of all requests' states, months of receipt and
    words of titles it is, and of those of the simulated requests, whose numbers end with `last`."""
    counts: dict[str, dict[str, tuple[int, int]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(FREQUENCIES, [last])
        for kind, value, everywhere, simulated in cursor.fetchall():
            counts.setdefault(kind, {})[value] = (everywhere, simulated)
    found = {}
    for kind, values in counts.items():
        both = [max(1, sum(pair[side] for pair in values.values())) for side in (0, 1)]
        found[kind] = {
            value: (100 * everywhere / both[0], 100 * simulated / both[1])
            for value, (everywhere, simulated) in values.items()
        }
    return found


def comparison(last: int) -> list[str]:
    """Lines that set the frequencies of all beside those of the simulated requests."""
    lines = []
    for kind, values in frequencies(last).items():
        widest = max(abs(everywhere - simulated) for everywhere, simulated in values.values())
        few = ", ".join(
            f"{value} {everywhere:.2f} % ({simulated:.2f} %)"
            for value, (everywhere, simulated) in list(values.items())[:SHOWN]
        )
        lines.append(
            f"By {kind}, of all (of those simulated): {few}, …; {len(values):,} in all, at most"
            f" {widest:.2f} points apart."
        )
    return lines
