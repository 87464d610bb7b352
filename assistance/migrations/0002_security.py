"""What the country role reaches of cases and engagements: its countries' own, on every child table
too.

People and files, too, since only here it is known for whom somebody works and what a file belongs
to. Events are sealed from here on.
"""

from django.db import migrations

from assistance.timeline.hash_chain import install_hash_chain
from core.db.country_role import ROLE
from core.db.policies import CLEARING, COUNTRIES, USER, Policy, policy_operations

OWN_COUNTRY = f"country_id = ANY ({COUNTRIES})"
# PostgreSQL asks of a changed row, too, that it can be read: so an author reaches a draft that they
# discard, and who may clear one that they send back.
OWN_CASES = (
    f"{OWN_COUNTRY} AND (author_id = {USER} OR reference IS NOT NULL"
    f" OR country_id = ANY ({CLEARING}))"
)
OF_CASE = "EXISTS (SELECT FROM assistance_assistancerequest r WHERE r.id = request_id)"
OF_PLAN = "EXISTS (SELECT FROM assistance_responseplan p WHERE p.id = plan_id)"
OF_EVENT = "EXISTS (SELECT FROM assistance_caseevent e WHERE e.id = event_id)"
CONCERNED = "ANY (ARRAY(SELECT meridian_engagement_ids()))"
SERIES = f"series IN (SELECT c.iso3 FROM countries_country c WHERE c.id = ANY ({COUNTRIES}))"

ENGAGEMENT_IDS = f"""
CREATE FUNCTION meridian_engagement_ids() RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT t.engagement_id FROM assistance_countryparticipation p
        JOIN assistance_engagementpart t ON t.id = p.part_id WHERE p.{OWN_COUNTRY}
    UNION SELECT r.engagement_id FROM assistance_recordedcountry r WHERE r.{OWN_COUNTRY}
$$;
REVOKE ALL ON FUNCTION meridian_engagement_ids() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION meridian_engagement_ids() TO {ROLE};
"""
# A view runs with its owner's rights: the only way by which the name of another country is learnt,
# and only of confirmed engagements.
NAMED_COUNTRIES = f"""
CREATE VIEW assistance_namedcountry AS
SELECT DISTINCT t.engagement_id, p.country_id
FROM assistance_engagement e
    JOIN assistance_engagementpart t ON t.engagement_id = e.id
    JOIN assistance_countryparticipation p ON p.part_id = t.id
WHERE e.state IN ('confirmed', 'delivered', 'verified') AND e.id = {CONCERNED};
GRANT SELECT ON assistance_namedcountry TO {ROLE};
"""
# Their names are read, since a country chooses among them; what they gave is not.
READ = (
    "programme",
    "programmemembership",
    "pillar",
    "theme",
    "reasoncode",
    "standard",
    "holiday",
    "donor",
)
HIDDEN = ("funding",)  # joined by pages that staff see more of: no row of it
# Without a grant or a policy the role reaches no row and no column of an assessment.
WALLED = ("assistance_assessment", "assistance_assessmenthistory")

# Of people: themselves, who speaks or spoke for their countries, and who works or worked for
# programmes, since those stay in the records of that time.
PEOPLE = f"""
    id = {USER}
    OR role IN ('officer', 'manager')
    OR EXISTS (SELECT FROM assistance_programmemembership m WHERE m.user_id = accounts_user.id)
    OR EXISTS (SELECT FROM countries_focalpoint f
        WHERE f.user_id = accounts_user.id AND f.country_id = ANY ({COUNTRIES}))
"""
# Of their own row, which alone the policy lets them write, what the page of the account asks for.
WRITTEN = "name, title, phone, language, time_zone, deputy_id, absent_from, absent_until"

OF_REQUEST = (
    "owner_type = 'request'"
    " AND EXISTS (SELECT FROM assistance_assistancerequest r WHERE r.id = owner_id)"
)
OF_ENGAGEMENT = (
    "owner_type = 'engagement'"
    " AND EXISTS (SELECT FROM assistance_engagement e WHERE e.id = owner_id)"
)


class Migration(migrations.Migration):
    dependencies = [
        ("assistance", "0001_initial"),
        ("accounts", "0002_security"),
        ("countries", "0002_security"),
        ("files", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(ENGAGEMENT_IDS),
        *policy_operations(
            *(Policy(f"assistance_{name}", "SELECT") for name in READ),
            *(Policy(f"assistance_{name}", "SELECT", "false") for name in HIDDEN),
            Policy(
                "assistance_assistancerequest", "SELECT, INSERT, UPDATE", OWN_CASES, OWN_COUNTRY
            ),
            Policy("assistance_requesthistory", "INSERT", "false", "true"),
            Policy("assistance_referencecounter", "SELECT, INSERT, UPDATE", SERIES),
            Policy("assistance_statespan", "SELECT, INSERT, UPDATE", OF_CASE),
            Policy("assistance_caseclock", "SELECT, INSERT, UPDATE", OF_CASE),
            Policy("assistance_caseclockevent", "INSERT", "false", "true"),
            Policy("assistance_caseevent", "SELECT, INSERT", f"shared AND {OF_CASE}"),
            Policy("assistance_eventtext", "SELECT, INSERT", OF_EVENT),
            Policy("assistance_responseplan", "SELECT, UPDATE", OF_CASE),
            Policy("assistance_responseplanevent", "INSERT", "false", "true"),
            Policy("assistance_plannedstep", "SELECT", OF_PLAN),
            Policy("assistance_planindicator", "SELECT", OF_PLAN),
            Policy("assistance_donorconsent", "SELECT, INSERT, UPDATE", OF_CASE),
            Policy("assistance_donorconsentevent", "INSERT", "false", "true"),
            Policy("assistance_engagement", "SELECT", f"id = {CONCERNED}"),
            Policy("assistance_engagementpart", "SELECT", f"engagement_id = {CONCERNED}"),
            Policy("assistance_engagementevent", "SELECT", f"engagement_id = {CONCERNED}"),
            Policy("assistance_engagementrequest", "SELECT", OF_CASE),
            Policy("assistance_countryparticipation", "SELECT", OWN_COUNTRY),
            Policy("assistance_recordedcountry", "SELECT", OWN_COUNTRY),
            Policy("assistance_nextstep", "SELECT", OWN_COUNTRY),
            Policy("accounts_user", f"SELECT, UPDATE ({WRITTEN})", PEOPLE, f"id = {USER}"),
            Policy(
                "files_attachment",
                "SELECT, INSERT",
                f"is_shared AND ({OF_REQUEST} OR {OF_ENGAGEMENT})",
                f"is_shared AND {OF_REQUEST}",
            ),
            Policy("files_attachmentevent", "INSERT", "false", "true"),
        ),
        *(migrations.RunSQL(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY") for table in WALLED),
        migrations.RunSQL(NAMED_COUNTRIES),
        migrations.RunPython(install_hash_chain),
    ]
