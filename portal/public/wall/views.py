"""The views that the role reads: which rows and columns of which tables."""

from __future__ import annotations

from collections.abc import Iterable

from assistance.requests.public_states import PUBLIC_STATES, PublicState
from assistance.requests.states import State

PUBLIC = "(SELECT id FROM assistance_programme WHERE is_public AND is_active)"
TITLE = "COALESCE(NULLIF(r.public_title, ''), r.title)"
# says nothing of how many requests there are: nobody guesses it without the secret
ID = """left(encode(sha256(convert_to(
            (SELECT secret FROM portal_publicsecret)::text || r.id, 'UTF8')), 'hex'), 32)"""


PLURALS = {"tool": "tools", "process": "processes", "instrument": "instruments"}


def is_released(text: str, digest: str) -> str:
    """SQL: whether an officer released that very text."""
    return f"encode(sha256(convert_to({text}, 'UTF8')), 'hex') = {digest}"


def counted_countries(figure: str) -> str:
    """SQL: ids of the countries that a figure of an edition counts."""
    return f"""COALESCE((SELECT f.ids FROM reports_figurerows f
                WHERE f.revision_id = e.revision_id AND f.audience = 'public'
                    AND f.figure = '{figure}'), '{{}}')"""


def naming(what: str) -> str:
    """SQL: ids of the public programmes whose pages name the thing `t`."""
    table = f"assistance_programme_{PLURALS[what]}"
    return (
        f"ARRAY(SELECT x.programme_id FROM {table} x WHERE x.{what}_id = t.id"
        f" AND x.programme_id IN {PUBLIC})"
    )


def one_of(column: str, states: Iterable[State]) -> str:
    """SQL: whether a column holds one of these states."""
    return f"{column} IN (" + ", ".join(f"'{state.value}'" for state in states) + ")"


def public_state() -> str:
    """SQL of `public_state_of`; empty where strangers read nothing."""
    examined = [state for state, seen in PUBLIC_STATES.items() if seen == PublicState.EXAMINED]
    shown = "".join(
        f" WHEN {one_of('r.state', (s for s, seen in PUBLIC_STATES.items() if seen == public))}"
        f" THEN '{public.value}'"
        for public in PublicState
    )
    return (
        f"CASE{shown} WHEN r.state <> '{State.ON_HOLD.value}' THEN ''"
        f" WHEN {one_of('r.held_from', examined)} THEN '{PublicState.EXAMINED.value}'"
        f" ELSE '{PublicState.UNDER_WAY.value}' END"
    )


STATE = public_state()
# views whose columns grew in a later migration, each with all that it has now
GROWN = {
    "public_programme": """
        SELECT p.id, p.code, p.title, g.names AS eligible_names,
            (SELECT s.days FROM assistance_standard s
                WHERE s.programme_id = p.id AND s.code = 'decision' AND s.valid_from <= CURRENT_DATE
                ORDER BY s.valid_from DESC LIMIT 1) AS decision_days,
            p.names
        FROM assistance_programme p JOIN countries_countrygroup g ON g.id = p.eligible_group_id
        WHERE p.is_public AND p.is_active""",
    "public_pillar": """
        SELECT id, code, names, summaries, "order",
            ARRAY(SELECT l.programme_id FROM assistance_programme_pillars l
                WHERE l.pillar_id = p.id) AS programmes
        FROM assistance_pillar p
        WHERE valid_from <= CURRENT_DATE AND (valid_until IS NULL OR valid_until > CURRENT_DATE)""",
}
VIEWS = {
    "public_generation": "SELECT COALESCE(sum(steps), 0)::bigint AS number FROM portal_publicchange",
    "public_programme": """
        SELECT p.id, p.code, p.title, g.names AS eligible_names,
            (SELECT s.days FROM assistance_standard s
                WHERE s.programme_id = p.id AND s.code = 'decision' AND s.valid_from <= CURRENT_DATE
                ORDER BY s.valid_from DESC LIMIT 1) AS decision_days
        FROM assistance_programme p JOIN countries_countrygroup g ON g.id = p.eligible_group_id
        WHERE p.is_public AND p.is_active""",
    "public_pillar": """
        SELECT id, code, names, summaries, "order" FROM assistance_pillar
        WHERE valid_from <= CURRENT_DATE AND (valid_until IS NULL OR valid_until > CURRENT_DATE)""",
    "public_country": """
        SELECT id, iso3, tile_column, tile_row,
            name_en, name_fr, name_es, name_ar, name_ru, name_zh,
            sort_en, sort_fr, sort_es, sort_ar, sort_ru, sort_zh
            , EXISTS (SELECT FROM countries_focalpoint f JOIN accounts_user u ON u.id = f.user_id
                WHERE f.country_id = c.id AND u.is_active AND f.valid_from <= CURRENT_DATE
                AND (f.valid_until IS NULL OR f.valid_until > CURRENT_DATE)) AS has_focal_point
        FROM countries_country c""",
    "public_country_page": f"""
        SELECT p.id, p.programme_id, p.country_id,
            CASE WHEN p.names_institution THEN COALESCE((
                SELECT i.name FROM countries_focalpoint f
                    JOIN countries_institution i ON i.id = f.institution_id
                    JOIN accounts_user u ON u.id = f.user_id
                WHERE f.country_id = p.country_id AND u.is_active AND f.valid_from <= CURRENT_DATE
                    AND (f.valid_until IS NULL OR f.valid_until > CURRENT_DATE)
                ORDER BY f.is_primary DESC, f.valid_from LIMIT 1), '') ELSE '' END AS institution
        FROM assistance_countrypublication p
        WHERE p.has_page AND p.programme_id IN {PUBLIC}""",
    "public_request": f"""
        SELECT {ID} AS id, r.programme_id, r.country_id, r.pillar_id,
            {TITLE} AS title,
            CASE WHEN r.publish = 'summary' AND r.public_summary <> ''
                    AND {is_released("r.public_summary", "r.released_summary")}
                THEN r.public_summary ELSE '' END AS summary,
            r.language, EXTRACT(YEAR FROM r.received_on)::int AS year,
            {STATE} AS state,
            CASE WHEN r.show_need AND r.state = 'closed' THEN r.outcome ELSE '' END AS need_met
        FROM assistance_assistancerequest r
        WHERE r.publish IN ('title', 'summary') AND r.reference IS NOT NULL
            AND ({STATE}) <> ''
            AND r.programme_id IN {PUBLIC}
            AND {is_released(TITLE, "r.released_title")}""",
    "public_edition": f"""
        SELECT e.id, s.programme_id, e.kind, e.title,
            e.kind = 'progress' AND v.group_id IS NULL AND v.region = '' AND v.pillar_id IS NULL
                AND v.donor_id IS NULL AND NOT EXISTS (SELECT
                    FROM reports_scheduleversion_countries c WHERE c.scheduleversion_id = v.id)
                AS is_whole,
            e.period_start, e.period_end, e.number, e.published_at, t.cutoff_at,
            e.snapshot::jsonb -> 'figures' AS figures,
            {counted_countries("countries_served")} AS served,
            {counted_countries("countries_eligible")} AS eligible
        FROM reports_reportedition e
            JOIN reports_reportrevision n ON n.id = e.revision_id
            JOIN reports_report t ON t.id = n.report_id
            JOIN reports_scheduleversion v ON v.id = t.version_id
            JOIN reports_schedule s ON s.id = v.schedule_id
        WHERE e.audience = 'public' AND e.is_current AND e.published_at IS NOT NULL
            AND s.programme_id IN {PUBLIC}""",
    "public_tool": f"""
        SELECT t.id, t.code, t.title, t.kind, t.owner, t.licence, t.note,
            {naming("tool")} AS programmes
        FROM assistance_tool t WHERE t.replaced_by_id IS NULL AND {naming("tool")} <> '{{}}'""",
    "public_tool_version": """
        SELECT v.id, v.tool_id, v.label, v.languages, v."order",
            CASE WHEN v.broken_since IS NULL THEN v.url ELSE '' END AS url
        FROM assistance_toolversion v WHERE v.tool_id IN (SELECT id FROM public_tool)""",
    "public_instrument": f"""
        SELECT t.id, t.code, t.names, t.short_names, t."order", t.reference, t.depositary, t.source,
            t.adopted_on, t.opened_on, t.closes_on, t.deposits_needed, t.members, t.members_needed,
            t.days_after, t.later_days, t.months_after, t.on_first_of_month,
            {naming("instrument")} AS programmes
        FROM countries_instrument t WHERE {naming("instrument")} <> '{{}}'""",
    "public_treaty_action": """
        SELECT a.id, a.instrument_id, a.country_id, a.organisation, a.action, a.precision, a.date,
            a.date_until, a.source, '' AS note
        FROM countries_treatyaction a WHERE a.instrument_id IN (SELECT id FROM public_instrument)""",
    "public_process": f"""
        SELECT t.id, t.code, t.names, t."order", t.full_names, t.summaries, t.mandate,
            t.mandate_url, t.since,
            (SELECT n.code FROM public_instrument n WHERE n.id = t.instrument_id)
                AS instrument_code, {naming("process")} AS programmes
        FROM countries_process t WHERE {naming("process")} <> '{{}}'""",
    "public_session": """
        SELECT s.id, s.process_id, s.names, s.kind, s.starts_on, s.ends_on, s.place
        FROM countries_processsession s WHERE s.process_id IN (SELECT id FROM public_process)""",
    "public_session_document": """
        SELECT d.id, d.session_id, d.symbol, d.title, d.kind, d.dated_on, d.languages, d.url,
            d.source
        FROM countries_sessiondocument d WHERE d.session_id IN (SELECT id FROM public_session)""",
    "public_news": f"""
        SELECT x.id, n.key, n.programme_id, x.language, x.title, x.text, n.happened_on,
            n.published_at,
            ARRAY(SELECT c.country_id FROM portal_newsitem_countries c WHERE c.newsitem_id = n.id)
                AS countries
        FROM portal_newsitem n JOIN portal_newstext x ON x.item_id = n.id
        WHERE n.state = 'published' AND n.programme_id IN {PUBLIC}
            AND NOT EXISTS (SELECT FROM portal_newsitem_countries c WHERE c.newsitem_id = n.id
                AND NOT EXISTS (SELECT FROM assistance_countrypublication p
                    WHERE p.country_id = c.country_id AND p.programme_id = n.programme_id
                        AND p.has_page)
                AND NOT EXISTS (SELECT FROM portal_newsagreement a WHERE a.item_id = n.id
                    AND a.country_id = c.country_id AND a.text_mark = n.text_mark)
                AND NOT EXISTS (SELECT FROM public_request r WHERE r.country_id = c.country_id
                    AND r.programme_id = n.programme_id))""",
    "public_news_picture": """
        SELECT p.id, p.key, n.key AS item_key, p.descriptions, p.taken_by, p.width, p.height,
            p.small, p.large
        FROM portal_newspicture p JOIN portal_newsitem n ON n.id = p.item_id
        WHERE n.key IN (SELECT key FROM public_news)""",
    "public_document": """
        SELECT d.id, d.key, d.edition_id, d.language, d.format, d.size, d.sha256, d.content
        FROM reports_reportdocument d
        WHERE d.audience = 'public' AND d.edition_id IN (SELECT id FROM public_edition)""",
}
