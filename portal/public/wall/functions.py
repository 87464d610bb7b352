"""The functions by which strangers write, and open what they hold a key to: one right each."""

from __future__ import annotations

from portal.public.wall.role import ROLE
from portal.public_messages.models import LONGEST_NAME, LONGEST_TEXT

MOST_AN_HOUR, MOST_A_DAY = 5, 200  # messages of strangers: from one address, and in all
# A message to the programme: five an hour from an address; in all, two hundred a day.
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
