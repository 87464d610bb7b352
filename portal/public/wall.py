"""The fourth wall: strangers are served through a login role of their own, which reads views made
for it and nothing else.

It is a member of no role, so that no injected statement can become another; its transactions are
read only. Rows and columns are chosen by the views, which run with their owner's rights. Source:
the law of public pages, points 7 to 12.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import ProgrammingError, connection, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from assistance.requests.public_states import PUBLIC_STATES, PublicState
from assistance.requests.states import State
from core.db.country_role import ROLE as COUNTRY_ROLE
from portal.public_messages.models import LONGEST_NAME, LONGEST_TEXT

ROLE = "meridian_public"
MAKE_ROLE = f"CREATE ROLE {ROLE} LOGIN NOINHERIT"
SETTINGS = (
    f"ALTER ROLE {ROLE} SET default_transaction_read_only = on",
    f"ALTER ROLE {ROLE} SET statement_timeout = '10s'",
)
MOST_AN_HOUR, MOST_A_DAY = 5, 200  # messages of strangers: from one address, and in all
PUBLIC = "(SELECT id FROM assistance_programme WHERE is_public AND is_active)"
TITLE = "COALESCE(NULLIF(r.public_title, ''), r.title)"
# says nothing of how many requests there are: nobody guesses it without the secret
ID = """left(encode(sha256(convert_to(
            (SELECT secret FROM portal_publicsecret)::text || r.id, 'UTF8')), 'hex'), 32)"""


# for an administrator who makes the role: Meridian's own user sets its password
LET_US = f"GRANT {ROLE} TO meridian WITH ADMIN TRUE, INHERIT FALSE, SET FALSE"
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
ALWAYS = ("INSERT OR UPDATE OR DELETE", "true")
# what strangers read changes with these, in the same transaction: table, when, of which row
CHANGES = (
    (
        "assistance_assistancerequest",
        "INSERT OR UPDATE",
        "NEW.released_title <> '' OR NEW.publish <> 'nothing'",
    ),
    ("assistance_programme", *ALWAYS),
    ("assistance_pillar", *ALWAYS),
    ("assistance_standard", *ALWAYS),
    ("assistance_programme_tools", *ALWAYS),
    ("assistance_programme_processes", *ALWAYS),
    ("assistance_programme_instruments", *ALWAYS),
    ("assistance_tool", *ALWAYS),
    ("assistance_toolversion", *ALWAYS),
    ("countries_instrument", *ALWAYS),
    ("countries_treatyaction", *ALWAYS),
    ("countries_process", *ALWAYS),
    ("countries_processsession", *ALWAYS),
    ("countries_sessiondocument", *ALWAYS),
    ("portal_newsitem", *ALWAYS),
    ("portal_newsitem_countries", *ALWAYS),
    ("portal_newstext", *ALWAYS),
    ("portal_newspicture", *ALWAYS),
    ("portal_newsagreement", *ALWAYS),
    ("countries_countrygroup", *ALWAYS),
    ("assistance_countrypublication", *ALWAYS),
    ("countries_focalpoint", *ALWAYS),
    ("accounts_user", "UPDATE", "OLD.is_active IS DISTINCT FROM NEW.is_active"),
    ("countries_institution", "UPDATE", "OLD.* IS DISTINCT FROM NEW.*"),
    ("countries_country", "UPDATE", "OLD.* IS DISTINCT FROM NEW.*"),
    ("reports_reportedition", "INSERT OR UPDATE", "NEW.audience = 'public'"),
)
# Once a transaction, however many rows changed. As the owner, since a country's people, who have no
# right on that table, withdraw their consent too.
RAISE_GENERATION = """
CREATE FUNCTION meridian_raise_generation() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    here text := pg_current_xact_id()::text;
BEGIN
    IF current_setting('meridian.generation_raised', true) IS DISTINCT FROM here THEN
        INSERT INTO portal_publicchange (steps) VALUES (1);
        PERFORM set_config('meridian.generation_raised', here, true);
    END IF;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION meridian_raise_generation() FROM PUBLIC;
INSERT INTO portal_publicsecret (id, secret) VALUES (1, gen_random_uuid());
"""
# Functions that act with their owner's rights are called by everybody unless it is taken away.
CALLED_BY_FEW = f"""
REVOKE ALL ON FUNCTION _pgh_attach_context() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION _pgh_attach_context() TO {COUNTRY_ROLE};
REVOKE ALL ON FUNCTION meridian_append_reach(bigint[]) FROM PUBLIC;
DO $$
DECLARE
    each regprocedure;
BEGIN
    -- a temporary table of the caller's must never stand for one of ours
    FOR each IN SELECT oid::regprocedure FROM pg_proc
        WHERE prosecdef AND pronamespace = 'public'::regnamespace
    LOOP
        EXECUTE format('ALTER FUNCTION %s SET search_path = public, pg_temp', each);
    END LOOP;
    EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
END $$;
"""


# The one thing that strangers write. Five an hour from an address; in all, two hundred a day.
TAKE_MESSAGE = f"""
CREATE FUNCTION public_send_message(
    to_programme bigint, to_country bigint, from_name text, answer_to text, words text,
    written_in text, from_address text
) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('public_send_message'));
    IF NOT EXISTS (SELECT FROM assistance_programme WHERE id = to_programme AND is_public AND is_active)
        OR length(words) NOT BETWEEN 1 AND {LONGEST_TEXT}
        OR length(from_name) NOT BETWEEN 1 AND {LONGEST_NAME}
        OR length(answer_to) NOT BETWEEN 3 AND 254
        OR (SELECT count(*) FROM portal_publicmessage WHERE address_digest = from_address
            AND received_at > now() - interval '1 hour') >= {MOST_AN_HOUR}
        OR (SELECT count(*) FROM portal_publicmessage
            WHERE received_at > now() - interval '1 day') >= {MOST_A_DAY}
    THEN
        RETURN false;
    END IF;
    INSERT INTO portal_publicmessage (programme_id, country_id, sender, reply_to, text, language,
        address_digest, received_at, state)
    VALUES (to_programme, to_country, from_name, answer_to, words, left(written_in, 10),
        left(from_address, 64), now(), 'new');
    RETURN true;
END $$;
REVOKE ALL ON FUNCTION public_send_message(bigint, bigint, text, text, text, text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public_send_message(bigint, bigint, text, text, text, text, text) TO {ROLE};
"""


# Asking for news by mail says the same for a known address as for a new one; an address is mailed the
# question once a day at most.
SUBSCRIBE = f"""
CREATE FUNCTION public_subscribe(to_programme bigint, mail text, written_in text, from_address text)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('public_subscribe'));
    IF NOT EXISTS (SELECT FROM assistance_programme WHERE id = to_programme AND is_public AND is_active)
        OR length(mail) NOT BETWEEN 3 AND 254
        OR (SELECT count(*) FROM portal_newssubscription WHERE address_digest = from_address
            AND asked_at > now() - interval '1 hour') >= {MOST_AN_HOUR}
        OR (SELECT count(*) FROM portal_newssubscription WHERE confirmed_on IS NULL
            AND asked_at > now() - interval '1 day') >= {MOST_A_DAY}
    THEN
        RETURN false;
    END IF;
    UPDATE portal_newssubscription
        SET mailed_at = NULL, asked_at = now(), language = left(written_in, 10)
        WHERE programme_id = to_programme AND lower(email) = lower(mail) AND confirmed_on IS NULL
            AND mailed_at < now() - interval '1 day';
    INSERT INTO portal_newssubscription (key, programme_id, email, language, asked_at, address_digest)
    VALUES (gen_random_uuid(), to_programme, mail, left(written_in, 10), now(), left(from_address, 64))
    ON CONFLICT DO NOTHING;
    RETURN true;
END $$;
CREATE FUNCTION public_confirm_subscription(of_key uuid, to_programme bigint)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE portal_newssubscription SET confirmed_on = COALESCE(confirmed_on, CURRENT_DATE)
        WHERE key = of_key AND programme_id = to_programme;
    RETURN FOUND;
END $$;
CREATE FUNCTION public_end_subscription(of_key uuid, to_programme bigint)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    DELETE FROM portal_newssubscription WHERE key = of_key AND programme_id = to_programme;
    RETURN FOUND;
END $$;
REVOKE ALL ON FUNCTION public_subscribe(bigint, text, text, text) FROM PUBLIC;
REVOKE ALL ON FUNCTION public_confirm_subscription(uuid, bigint) FROM PUBLIC;
REVOKE ALL ON FUNCTION public_end_subscription(uuid, bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public_subscribe(bigint, text, text, text) TO {ROLE};
GRANT EXECUTE ON FUNCTION public_confirm_subscription(uuid, bigint) TO {ROLE};
GRANT EXECUTE ON FUNCTION public_end_subscription(uuid, bigint) TO {ROLE};
"""
# By a key alone, of which the digest is kept; the number of the edition is told to nobody.
LIVING_LINK = """SELECT l.id, e.id AS edition FROM reports_donorlink l
            JOIN reports_reportrevision n ON n.report_id = l.report_id
            JOIN reports_reportedition e ON e.revision_id = n.id
        WHERE l.digest = of_key AND l.ended_at IS NULL AND l.ends_on >= CURRENT_DATE
            AND e.audience = 'donor' AND e.is_current AND e.published_at IS NOT NULL"""
OPEN_LINKS = f"""
CREATE FUNCTION public_open_donor_link(of_key text, from_address text)
RETURNS TABLE (kind text, title text, programme text, period_start date, period_end date,
    number smallint, published_at timestamptz, ends_on date, documents jsonb)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    living record;
BEGIN
    {LIVING_LINK} INTO living;
    IF NOT FOUND THEN RETURN; END IF;
    INSERT INTO reports_donorlinkopening (link_id, opened_at, document, address_digest)
    SELECT living.id, now(), '', left(from_address, 64)
        WHERE NOT EXISTS (SELECT FROM reports_donorlinkopening o WHERE o.link_id = living.id
            AND o.document = '' AND o.address_digest = left(from_address, 64)
            AND o.opened_at > now() - interval '1 hour');
    RETURN QUERY SELECT e.kind::text, e.title::text, p.title::text, e.period_start, e.period_end,
        e.number, e.published_at, l.ends_on,
        COALESCE((SELECT jsonb_agg(jsonb_build_object('key', d.key, 'language', d.language,
                'format', d.format, 'size', d.size) ORDER BY d.language, d.format)
            FROM reports_reportdocument d WHERE d.edition_id = e.id), '[]')
        FROM reports_reportedition e JOIN reports_donorlink l ON l.id = living.id
            JOIN reports_report t ON t.id = l.report_id
            JOIN reports_scheduleversion v ON v.id = t.version_id
            JOIN reports_schedule s ON s.id = v.schedule_id
            JOIN assistance_programme p ON p.id = s.programme_id
        WHERE e.id = living.edition;
END $$;
CREATE FUNCTION public_open_donor_document(of_key text, of_document uuid, from_address text)
RETURNS TABLE (language text, format text, sha256 text, content bytea, name text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    living record;
BEGIN
    {LIVING_LINK} INTO living;
    IF NOT FOUND THEN RETURN; END IF;
    INSERT INTO reports_donorlinkopening (link_id, opened_at, document, address_digest)
    SELECT living.id, now(), d.language || '.' || d.format, left(from_address, 64)
        FROM reports_reportdocument d WHERE d.key = of_document AND d.edition_id = living.edition
            AND NOT EXISTS (SELECT FROM reports_donorlinkopening o WHERE o.link_id = living.id
                AND o.document = d.language || '.' || d.format
                AND o.address_digest = left(from_address, 64)
                AND o.opened_at > now() - interval '1 hour');
    RETURN QUERY SELECT d.language::text, d.format::text, d.sha256::text, d.content,
        e.kind || '-' || e.period_start || '-r' || e.number
        FROM reports_reportdocument d JOIN reports_reportedition e ON e.id = d.edition_id
        WHERE d.key = of_document AND d.edition_id = living.edition;
END $$;
REVOKE ALL ON FUNCTION public_open_donor_link(text, text) FROM PUBLIC;
REVOKE ALL ON FUNCTION public_open_donor_document(text, uuid, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public_open_donor_link(text, text) TO {ROLE};
GRANT EXECUTE ON FUNCTION public_open_donor_document(text, uuid, text) TO {ROLE};
"""


def wall_sql() -> str:
    """Views, what the role may read, and the triggers that raise the generation."""
    usage = f"GRANT USAGE ON SCHEMA public TO {ROLE};"
    statements = [RAISE_GENERATION, TAKE_MESSAGE, SUBSCRIBE, OPEN_LINKS, CALLED_BY_FEW, usage]
    for name, rows in VIEWS.items():
        statements.append(f"CREATE VIEW {name} WITH (security_barrier) AS {rows};")
        statements.append(f"GRANT SELECT ON {name} TO {ROLE};")
    for table, event, condition in CHANGES:
        statements.append(
            f"CREATE TRIGGER public_generation AFTER {event} ON {table} FOR EACH ROW"
            f" WHEN ({condition}) EXECUTE FUNCTION meridian_raise_generation();"
        )
    return "\n".join(statements)


def make_public_role(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Creates the role where it is missing. Without the right to do so it says in a sentence what an
    administrator of the database must run."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = %s)", [ROLE])
        if cursor.fetchone()[0]:
            return
        cursor.execute(
            "SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user"
        )
        if not cursor.fetchone()[0]:
            asked = "; ".join((MAKE_ROLE, *SETTINGS, LET_US))
            raise RuntimeError(
                "The database's user cannot prepare the role through which strangers read. Ask the"
                f" database's administrator to run: {asked};"
            )
        for statement in (MAKE_ROLE, *SETTINGS):
            cursor.execute(statement)


def set_password(password: str) -> None:
    """Lets the role sign in with the password of the environment, after each `migrate`. Without the
    right to do so it says in a sentence what an administrator of the database must run."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT format('ALTER ROLE %%I PASSWORD %%L', %s, %s)", [ROLE, password])
        statement = cursor.fetchone()[0]
        try:
            with transaction.atomic():
                cursor.execute(statement)
        except ProgrammingError:
            raise RuntimeError(
                f"The database's user cannot set the password of {ROLE}. Ask the database's"
                f" administrator to run: {LET_US}; (with the user of DATABASE_URL for meridian)."
            ) from None


def raise_generation() -> None:
    """Makes every kept page an old one; does nothing before the table is there."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('portal_publicchange') IS NOT NULL")
        if cursor.fetchone()[0]:
            cursor.execute("INSERT INTO portal_publicchange (steps) VALUES (1)")


def fold_changes() -> int:
    """Puts all changes into one row; the number of now stays. Returns how many there were. Safe to
    run at the same time as anything."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH gone AS (DELETE FROM portal_publicchange RETURNING steps), folded AS (INSERT INTO"
            " portal_publicchange (steps) SELECT sum(steps) FROM gone HAVING count(*) > 0) SELECT"
            " count(*) FROM gone"
        )
        return int(cursor.fetchone()[0])
