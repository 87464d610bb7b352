"""Do timelines, spans, clocks and references agree with the cases?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from django.db import connection

from assistance.timeline import hash_chain
from assistance.timeline.models import EventText
from audit.verification import list_ids

CHECKS = {
    "Cases whose state is not the one that their last event led to": """
        SELECT r.id FROM assistance_assistancerequest r
        JOIN LATERAL (SELECT to_state FROM assistance_caseevent WHERE request_id = r.id ORDER BY id DESC LIMIT 1) e ON true WHERE e.to_state <> r.state""",
    "Submitted cases without an event": """
        SELECT r.id FROM assistance_assistancerequest r
        WHERE r.reference IS NOT NULL AND NOT EXISTS (SELECT FROM assistance_caseevent e WHERE e.request_id = r.id AND e.to_state = 'submitted')""",
    "Cases whose present time span is not of their state": """
        SELECT r.id FROM assistance_assistancerequest r LEFT JOIN assistance_statespan s ON s.request_id = r.id AND s.left_at IS NULL
        WHERE s.state IS DISTINCT FROM r.state""",
    "Cases whose time spans have a gap": """
        SELECT DISTINCT request_id FROM (
            SELECT request_id, entered_at, lag(left_at) OVER (PARTITION BY request_id ORDER BY entered_at, id) AS before FROM assistance_statespan
        ) s WHERE before IS DISTINCT FROM entered_at AND before IS NOT NULL""",
    "Cases whose events do not follow from each other": """
        SELECT DISTINCT request_id FROM (
            SELECT request_id, from_state, lag(to_state, 1, 'draft') OVER (PARTITION BY request_id ORDER BY id) AS before FROM assistance_caseevent
        ) e WHERE from_state <> before ORDER BY 1""",
    "Cases whose time spans are not those of their events": """
        SELECT DISTINCT coalesce(e.request_id, s.request_id) FROM (
            SELECT request_id, to_state, at, row_number() OVER (PARTITION BY request_id ORDER BY id) AS n FROM assistance_caseevent WHERE from_state <> to_state
        ) e FULL JOIN (
            SELECT request_id, state, entered_at, lag(entered_at) OVER w AS before, row_number() OVER w - 1 AS n FROM assistance_statespan
            WINDOW w AS (PARTITION BY request_id ORDER BY id)
        ) s ON s.request_id = e.request_id AND s.n = e.n
        WHERE s.n IS DISTINCT FROM 0 AND (e.to_state IS DISTINCT FROM s.state OR s.entered_at IS DISTINCT FROM greatest(e.at, s.before)) ORDER BY 1""",
    "Ended cases with a clock that still runs": """
        SELECT DISTINCT r.id FROM assistance_assistancerequest r JOIN assistance_caseclock k ON k.request_id = r.id
        WHERE k.ended_on IS NULL AND r.turn = 'nobody' AND r.state <> 'on_hold'""",
    "Series of references with a gap or beyond their counter": """
        SELECT c.series || '-' || c.year FROM assistance_referencecounter c
        LEFT JOIN (SELECT reference FROM assistance_assistancerequest WHERE reference IS NOT NULL UNION ALL SELECT reference FROM assistance_engagement) r
          ON r.reference LIKE c.series || '-' || c.year || '-%'
        GROUP BY c.series, c.year, c.last HAVING count(r.reference) <> c.last""",
    "Engagements whose state is not the one that their last event led to": """
        SELECT g.id FROM assistance_engagement g
        JOIN LATERAL (SELECT to_state FROM assistance_engagementevent WHERE engagement_id = g.id ORDER BY id DESC LIMIT 1) e ON true WHERE e.to_state <> g.state""",
    "Engagements whose events do not follow from each other": """
        SELECT DISTINCT engagement_id FROM (
            SELECT engagement_id, from_state, lag(to_state, 1, from_state) OVER (PARTITION BY engagement_id ORDER BY id) AS before FROM assistance_engagementevent
        ) e WHERE from_state <> before ORDER BY 1""",
    "Engagements without an event": """
        SELECT g.id FROM assistance_engagement g WHERE NOT EXISTS (SELECT FROM assistance_engagementevent e WHERE e.engagement_id = g.id)""",
    "Events whose text is missing": """
        SELECT e.id FROM assistance_caseevent e, jsonb_object_keys(e.text_hashes) field
        WHERE NOT EXISTS (SELECT FROM assistance_eventtext t WHERE t.event_id = e.id AND t.field = field)""",
}


def findings() -> Iterator[str]:
    """A sentence for every check that does not hold."""
    with connection.cursor() as cursor:
        for what, sql in CHECKS.items():
            cursor.execute(sql)
            wrong = [row[0] for row in cursor.fetchall()]
            if wrong:
                yield f"{what}: {list_ids(wrong)}"
    yield from hash_chain.findings()
    altered = [
        t.event_id
        for t in EventText.objects.select_related("event").filter(erased_at__isnull=True).iterator()
        if not is_unaltered(t)
    ]
    if altered:
        yield f"Events whose text is not what their hash says: {list_ids(altered)}"


def is_unaltered(text: EventText) -> bool:
    """Whether a text is still the one whose hash the event kept."""
    kept: str | None = text.event.text_hashes.get(text.field)
    return hashlib.sha256(text.text.encode()).hexdigest() == kept
