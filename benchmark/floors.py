"""Hand-written SQL for the answers that are measured: what an operation could not do without.

Each gives in one statement what the answer holds, for one reader, who is told apart as
`objects.visible_to` does. Names of tables are the product's own.
"""

from __future__ import annotations

from benchmark.readers import Reader

OPEN = (
    "('submitted', 'under_review', 'returned', 'waitlisted', 'accepted', 'plan_proposed',"
    " 'planned', 'in_delivery', 'delivered', 'on_hold')"
)
# what a row of a list says, with what has to be known to say who is awaited
ROW = """
    r.id, r.reference, r.title, r.state, r.turn, r.due_on, r.theme_codes, r.language, r.urgency,
    r.received_on, r.submitted_at, r.state_since, r.updated_at, r.version, r.priority,
    r.complete_since, r.next_look_on, r.hold_look_on, r.author_id, r.deciding_manager_id,
    c.iso3, c.name_en, p.code, i.code, i.names, o.id, o.name,
    (SELECT json_agg(json_build_array(k.standard, k.due_on, k.reminders))
       FROM assistance_caseclock k
      WHERE k.request_id = r.id AND k.ended_on IS NULL AND k.paused_on IS NULL),
    CASE WHEN r.state = 'in_delivery' THEN
      (SELECT json_agg(json_build_array(e.state, e.starts_on, e.ends_on))
         FROM assistance_engagementrequest l JOIN assistance_engagement e ON e.id = l.engagement_id
        WHERE l.request_id = r.id AND NOT e.did_not_take_place) END
"""
TABLES = """
    FROM assistance_assistancerequest r
    JOIN countries_country c ON c.id = r.country_id
    JOIN assistance_programme p ON p.id = r.programme_id
    LEFT JOIN assistance_pillar i ON i.id = r.pillar_id
    LEFT JOIN accounts_user o ON o.id = r.lead_officer_id
"""
OF_STAFF = (
    "r.programme_id = ANY(%(programmes)s) AND r.state <> 'discarded'"
    " AND (r.reference IS NOT NULL OR r.author_id = %(user)s)"
)
OF_COUNTRY = (
    "r.country_id = ANY(%(countries)s) AND r.state <> 'discarded'"
    " AND (r.reference IS NOT NULL AND r.state NOT IN ('draft', 'awaiting_clearance')"
    " OR r.author_id = %(user)s)"
)


def visible(reader: Reader) -> str:
    """The condition on the requests, `r`, that a reader sees."""
    return OF_COUNTRY if reader.is_focal_point else OF_STAFF


def list_of(
    reader: Reader, condition: str = "true", order: str = "r.id DESC", size: int = 26
) -> str:
    """A page of requests."""
    return (
        f"SELECT {ROW} {TABLES} WHERE {visible(reader)} AND {condition}"
        f" ORDER BY {order} LIMIT {size}"
    )


def count_of(reader: Reader, condition: str = "true") -> str:
    """How many requests, to 1,001."""
    return (
        "SELECT count(*) FROM (SELECT 1 FROM assistance_assistancerequest r"
        f" WHERE {visible(reader)} AND {condition} LIMIT 1001) AS few"
    )


def case_of(reader: Reader) -> str:
    """A request with everything that its page and its answer hold; the assessment is for staff."""
    assessment = "(SELECT to_json(t) FROM assistance_assessment t WHERE t.request_id = r.id)"
    return f"""
    SELECT r.*, c.*, p.*, i.*, o.name, m.name, a.name, f.title, d.title, n.name,
    (SELECT json_agg(k ORDER BY k.id) FROM assistance_caseclock k WHERE k.request_id = r.id),
    (SELECT json_agg(json_build_object('plan', q,
        'steps', (SELECT json_agg(s ORDER BY s.id) FROM assistance_plannedstep s
                   WHERE s.plan_id = q.id),
        'indicators', (SELECT json_agg(s ORDER BY s.id) FROM assistance_planindicator s
                        WHERE s.plan_id = q.id)) ORDER BY q.id)
       FROM assistance_responseplan q WHERE q.request_id = r.id),
    (SELECT json_agg(json_build_array(e.id, e.reference, e.title, e.type, e.state, e.starts_on,
        e.ends_on) ORDER BY e.id)
       FROM assistance_engagementrequest l JOIN assistance_engagement e ON e.id = l.engagement_id
      WHERE l.request_id = r.id),
    {"NULL" if reader.is_focal_point else assessment},
    (SELECT json_agg(json_build_array(t.key, t.name, t.size)) FROM files_attachment t
      WHERE t.owner_type = 'request' AND t.owner_id = r.id)
    {TABLES}
    LEFT JOIN accounts_user m ON m.id = r.deciding_manager_id
    LEFT JOIN accounts_user a ON a.id = r.author_id
    LEFT JOIN assistance_funding f ON f.id = r.funding_id
    LEFT JOIN assistance_donor d ON d.id = f.donor_id
    LEFT JOIN countries_institution n ON n.id = r.institution_id
    WHERE {visible(reader)} AND r.id = %(case)s"""


TIMELINE = """
    SELECT e.id, e.action, e.at, u.name, e.from_state, e.to_state, e.round, e.on_behalf, e.shared,
           e.data, (SELECT json_agg(json_build_array(t.field, t.text, t.erased_at))
                      FROM assistance_eventtext t WHERE t.event_id = e.id)
      FROM assistance_caseevent e LEFT JOIN accounts_user u ON u.id = e.actor_id
     WHERE e.request_id = %(case)s AND (e.shared OR %(inside)s) ORDER BY e.id DESC"""

# a line of the list of engagements, with the countries that take part
ENGAGEMENT = """
    SELECT e.id, e.reference, e.title, e.type, e.modality, e.state, e.starts_on, e.ends_on, e.place,
           i.code, i.names, o.name, p.code,
           (SELECT json_agg(json_build_array(c.iso3, c.name_en, a.women, a.men, a.other, a.unknown))
              FROM assistance_engagementpart s
              JOIN assistance_countryparticipation a ON a.part_id = s.id
              JOIN countries_country c ON c.id = a.country_id
             WHERE s.engagement_id = e.id)
      FROM assistance_engagement e
      JOIN assistance_programme p ON p.id = e.programme_id
      LEFT JOIN assistance_pillar i ON i.id = e.pillar_id
      LEFT JOIN accounts_user o ON o.id = e.lead_officer_id
"""
OF_COUNTRY_TOO = """
    EXISTS (SELECT 1 FROM assistance_engagementpart s
              JOIN assistance_countryparticipation a ON a.part_id = s.id
             WHERE s.engagement_id = e.id AND a.country_id = ANY(%(countries)s))
"""
COUNTRY = "SELECT * FROM countries_country WHERE iso3 = %(country)s"


def engagements_of(reader: Reader, condition: str = "true", size: int = 26) -> str:
    """A page of engagements, the latest first."""
    mine = OF_COUNTRY_TOO if reader.is_focal_point else "e.programme_id = ANY(%(programmes)s)"
    order = "e.ends_on DESC NULLS LAST, e.id DESC"
    return f"{ENGAGEMENT} WHERE {mine} AND {condition} ORDER BY {order} LIMIT {size}"


def queues_of(reader: Reader) -> list[str]:
    """The queues of a home page, each by an index and a limit of its own."""
    due = "r.due_on NULLS LAST, r.id"
    if reader.is_focal_point:
        return [
            list_of(reader, "r.state IN ('returned', 'plan_proposed', 'delivered')", due, 25),
            list_of(reader, "r.state = 'draft'", "r.updated_at DESC", 25),
            list_of(reader, f"r.state IN {OPEN} AND r.turn = 'programme'", due, 25),
            list_of(
                reader, f"r.state NOT IN {OPEN} AND r.state <> 'draft'", "r.updated_at DESC", 5
            ),
            engagements_of(reader, size=5),
        ]
    led = "(r.lead_officer_id = %(user)s OR r.lead_officer_id IS NULL)"
    return [
        list_of(
            reader,
            f"r.state IN ('submitted', 'accepted', 'planned', 'in_delivery') AND {led}",
            due,
            10,
        ),
        list_of(reader, f"r.state IN ('under_review', 'waitlisted', 'on_hold') AND {led}", due, 10),
        list_of(
            reader, f"r.state IN ('returned', 'plan_proposed', 'delivered') AND {led}", due, 10
        ),
        engagements_of(
            reader, "e.state IN ('planned', 'confirmed') AND e.lead_officer_id = %(user)s", 10
        ),
    ]


def dashboard_of(_reader: Reader) -> list[str]:
    """What a quarter's figures count, each table gathered once."""
    return [
        """SELECT r.pillar_id, r.country_id, r.state, count(*) FROM assistance_assistancerequest r
            WHERE r.programme_id = %(programme_id)s AND r.received_on >= %(start)s
              AND r.received_on < %(end)s GROUP BY GROUPING SETS ((1), (2), (3))""",
        """SELECT e.type, e.pillar_id, e.modality, count(*) FROM assistance_engagement e
            WHERE e.programme_id = %(programme_id)s AND e.ends_on >= %(start)s
              AND e.ends_on < %(end)s AND e.state = 'verified'
            GROUP BY GROUPING SETS ((1), (2), (3))""",
        """SELECT a.country_id, sum(a.women), sum(a.men), sum(a.other), sum(a.unknown)
             FROM assistance_engagementpart s
             JOIN assistance_engagement e ON e.id = s.engagement_id
             JOIN assistance_countryparticipation a ON a.part_id = s.id
            WHERE e.programme_id = %(programme_id)s AND s.ends_on >= %(start)s
              AND s.ends_on < %(end)s GROUP BY 1""",
        """SELECT r.state, count(*) FROM assistance_assistancerequest r
            WHERE r.programme_id = %(programme_id)s AND r.state IN """
        + OPEN
        + " GROUP BY 1",
    ]


COPIED = (
    "programme_id, country_id, round, title, theme_codes, language, problem, tried_before,"
    " assistance_types, assistance_asked, expected_results, beneficiaries, other_institutions,"
    " security_force, other_support, national_contribution, urgency, urgency_reason,"
    " signatory_name, signatory_title, letter_reference, received_through, publish, public_title,"
    " public_summary, share_with_donors, show_need, estimate_currency"
)
EMPTY = (
    "released_title, released_summary, first_decision, returned_from, held_from, priority,"
    " not_covered, referred_to, outcome"
)


def draft_of(_reader: Reader) -> list[str]:
    """A draft as the product saves it, of what another case asks for, with the time of its state."""
    blanks = ", ".join("''" for _column in EMPTY.split(","))
    return [
        f"""
        INSERT INTO assistance_assistancerequest (state, turn, state_since, created_at, updated_at,
               version, author_id, {COPIED}, {EMPTY})
        SELECT 'draft', 'country', now(), now(), now(), 1, %(user)s, {COPIED}, {blanks}
          FROM assistance_assistancerequest WHERE id = %(case)s RETURNING id""",
        """
        INSERT INTO assistance_statespan (request_id, state, round, entered_at)
        SELECT id, state, round, state_since FROM assistance_assistancerequest
         WHERE author_id = %(user)s AND state = 'draft' ORDER BY id DESC LIMIT 1
        RETURNING request_id""",
    ]


def engagement_made(_reader: Reader) -> list[str]:
    """An engagement of one part and one country, as the product saves it."""
    return [
        """
        INSERT INTO assistance_engagement (programme_id, reference, state, version, title, pillar_id,
               theme_codes, tool_codes, type, modality, place, starts_on, ends_on, lead_officer_id, partners,
               objectives, outcome, follow_up, reach_method, origin, organisation, foreign_id,
               currency, contact, did_not_take_place, stage, sdg_targets, created_by_id,
               recorded_by_id, created_at, updated_at)
        SELECT %(programme_id)s, 'X' || nextval('assistance_engagementevent_id_seq'), 'planned', 1,
               'Measured', p.id, '{}', '{}', 'training_course', 'in_person', '', %(start)s, %(start)s,
               %(user)s, '', '', '', '', '', 'programme', '', '', 'USD', '', false, '', '{}',
               %(user)s, %(user)s, now(), now()
          FROM assistance_pillar p WHERE p.code = 'capacity_building' RETURNING id""",
        """
        INSERT INTO assistance_engagementpart (engagement_id, number, title, starts_on, ends_on,
               days, held_on)
        SELECT max(id), 1, '', %(start)s, %(start)s, 1, %(start)s FROM assistance_engagement
        RETURNING id""",
        """
        INSERT INTO assistance_countryparticipation (part_id, country_id, women, men, not_yet_known,
               institutions, is_expected)
        SELECT max(p.id), max(c.id), 4, 6, false, '', false
          FROM assistance_engagementpart p, countries_country c WHERE c.iso3 = %(country)s
        RETURNING id""",
        """
        INSERT INTO assistance_engagementevent (engagement_id, action, from_state, to_state, at,
               actor_id, note, data)
        SELECT max(id), 'plan', 'planned', 'planned', now(), %(user)s, '', '{}'
          FROM assistance_engagement RETURNING id""",
    ]
