"""The rows of cases and engagements that focal points read and write: their countries' own, on every child table too."""

import django.db.models.deletion
from django.db import migrations, models

from core.db.policies import CLEARING, COUNTRIES, USER, Policy, operations
from core.db.country_role import ROLE

OWN_COUNTRY = f"country_id = ANY ({COUNTRIES})"
# PostgreSQL asks of a changed row, too, that it can be read: so an author reaches a draft that they discard, and who may clear one that they send back.
OWN_CASES = f"{OWN_COUNTRY} AND (author_id = {USER} OR reference IS NOT NULL OR country_id = ANY ({CLEARING}))"
OF_CASE = "EXISTS (SELECT FROM assistance_assistancerequest r WHERE r.id = request_id)"
OF_PLAN = "EXISTS (SELECT FROM assistance_responseplan p WHERE p.id = plan_id)"
CONCERNED = "ANY (ARRAY(SELECT meridian_engagement_ids()))"
SERIES = f"series IN (SELECT c.iso3 FROM countries_country c WHERE c.id = ANY ({COUNTRIES}))"

ENGAGEMENT_IDS = f"""
CREATE FUNCTION meridian_engagement_ids() RETURNS SETOF bigint LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT t.engagement_id FROM assistance_countryparticipation p JOIN assistance_engagementpart t ON t.id = p.part_id WHERE p.{OWN_COUNTRY}
    UNION SELECT r.engagement_id FROM assistance_recordedcountry r WHERE r.{OWN_COUNTRY}
$$;
REVOKE ALL ON FUNCTION meridian_engagement_ids() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION meridian_engagement_ids() TO {ROLE};
"""
# A view runs with its owner's rights: the only way by which the name of another country is learnt, and only of confirmed engagements.
NAMED_COUNTRIES = f"""
CREATE VIEW assistance_namedcountry AS
SELECT DISTINCT t.engagement_id, p.country_id
FROM assistance_engagement e JOIN assistance_engagementpart t ON t.engagement_id = e.id JOIN assistance_countryparticipation p ON p.part_id = t.id
WHERE e.state IN ('confirmed', 'delivered', 'verified') AND e.id = {CONCERNED};
GRANT SELECT ON assistance_namedcountry TO {ROLE};
"""
READ = ("programme", "programmemembership", "pillar", "theme", "reasoncode", "standard", "holiday")
HIDDEN = ("funding", "donor")  # joined by pages that staff see more of: no row of them


class Migration(migrations.Migration):
    dependencies = [("assistance", "0002_initial"), ("accounts", "0002_country_role"), ("countries", "0002_country_role")]

    operations = [
        migrations.RunSQL(ENGAGEMENT_IDS, "DROP FUNCTION meridian_engagement_ids()"),
        *operations(
            *(Policy(f"assistance_{name}", "SELECT") for name in READ),
            *(Policy(f"assistance_{name}", "SELECT", "false") for name in HIDDEN),
            Policy("assistance_assistancerequest", "SELECT, INSERT, UPDATE", OWN_CASES, OWN_COUNTRY),
            Policy("assistance_requesthistory", "INSERT", "false", "true"),
            Policy("assistance_referencecounter", "SELECT, INSERT, UPDATE", SERIES),
            Policy("assistance_statespan", "SELECT, INSERT, UPDATE", OF_CASE),
            Policy("assistance_caseclock", "SELECT, INSERT, UPDATE", OF_CASE),
            Policy("assistance_caseclockevent", "INSERT", "false", "true"),
            Policy("assistance_caseevent", "SELECT, INSERT", f"shared AND {OF_CASE}"),
            Policy("assistance_eventtext", "SELECT, INSERT", "EXISTS (SELECT FROM assistance_caseevent e WHERE e.id = event_id)"),
            Policy("assistance_responseplan", "SELECT, UPDATE", OF_CASE),
            Policy("assistance_responseplanevent", "INSERT", "false", "true"),
            Policy("assistance_plannedstep", "SELECT", OF_PLAN),
            Policy("assistance_planindicator", "SELECT", OF_PLAN),
            Policy("assistance_engagement", "SELECT", f"id = {CONCERNED}"),
            Policy("assistance_engagementpart", "SELECT", f"engagement_id = {CONCERNED}"),
            Policy("assistance_engagementevent", "SELECT", f"engagement_id = {CONCERNED}"),
            Policy("assistance_engagementrequest", "SELECT", OF_CASE),
            Policy("assistance_countryparticipation", "SELECT", OWN_COUNTRY),
            Policy("assistance_recordedcountry", "SELECT", OWN_COUNTRY),
            Policy("assistance_nextstep", "SELECT", OWN_COUNTRY),
        ),
        migrations.RunSQL(NAMED_COUNTRIES, "DROP VIEW assistance_namedcountry"),
        migrations.CreateModel(
            name="NamedCountry",
            fields=[
                ("pk", models.CompositePrimaryKey("engagement_id", "country_id", blank=True, editable=False, primary_key=True, serialize=False)),
                ("engagement", models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="assistance.engagement")),
                ("country", models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="countries.country")),
            ],
            options={"db_table": "assistance_namedcountry", "managed": False},
        ),
    ]
