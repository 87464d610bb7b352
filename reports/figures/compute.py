"""Figures: SQL aggregates over the facts of a window, each with the ids that it counts."""

from __future__ import annotations

from decimal import Decimal

from reports.figures import facts
from reports.figures import scope as within
from reports.figures.beginnings import beginnings
from reports.figures.catalogue import SEX
from reports.figures.closings import closings
from reports.figures.counting import Figures, add_counts, add_figure, fetch_rows, share
from reports.figures.effort import effort
from reports.figures.facts import FigureWindow
from reports.figures.history import row_as_of, rows_as_of
from reports.figures.repeats import repeats


def compute_figures(window: FigureWindow) -> Figures:
    """All figures of a window.

    Runs inside a transaction; leaves the fact tables for whoever reads the annex from them.
    """
    facts.gather_facts(window)
    figures: Figures = {}
    for section in (
        demand,
        repeats,
        response,
        beginnings,
        closings,
        delivery,
        effort,
        coverage,
        records,
    ):
        section(window, figures)
    return figures


def demand(window: FigureWindow, figures: Figures) -> None:
    """What countries asked for."""
    whole = fetch_rows("""
        SELECT CASE WHEN GROUPING(pillar) = 0 THEN 'pillar' WHEN GROUPING(region) = 0 THEN 'region' WHEN GROUPING(urgency) = 0 THEN 'urgency' ELSE '' END,
               COALESCE(pillar, region, urgency, ''), count(*), array_agg(id ORDER BY id)
        FROM fact_request GROUP BY GROUPING SETS ((), (pillar), (region), (urgency))
        HAVING count(*) > 0
    """)
    add_counts(figures, "requests_received", whole)
    for dimension, column in (("group", "groups"), ("theme", "theme_codes")):
        for value, count, ids in fetch_rows(
            f"SELECT v, count(*), array_agg(id ORDER BY id) FROM fact_request, unnest({column}) v"
            " GROUP BY v"
        ):
            add_figure(figures, f"requests_received.{dimension}.{value}", count, ids)
    for count, ids in fetch_rows(
        "SELECT count(*), array_agg(id ORDER BY id) FROM fact_request WHERE state = 'merged'"
    ):
        add_figure(figures, "requests_received.merged", count, ids)
    ((count, ids),) = fetch_rows(
        "SELECT count(*), array_agg(id ORDER BY id) FROM fact_request WHERE"
        " cardinality(theme_codes) = 0"
    )
    add_figure(figures, "requests_without_theme", count, ids)
    day = "(e.at AT TIME ZONE %(zone)s)::date"
    reopened = fetch_rows(
        f"""SELECT count(DISTINCT r.id), array_agg(DISTINCT r.id ORDER BY r.id)
            FROM assistance_caseevent e JOIN assistance_assistancerequest r ON r.id = e.request_id JOIN countries_country c ON c.id = r.country_id
            WHERE e.action IN ('reopen', 'answer_late') AND r.programme_id = %(programme)s AND e.at < %(cutoff)s AND {day} >= %(start)s AND {day} < %(end)s
              AND {within.countries("r.country_id", "c.region", day)} AND {within.pillar_of_request("r.id")} AND {within.ENGAGEMENT_ONLY}""",
        window.parameters,
    )
    add_figure(figures, "requests_reopened", reopened[0][0], reopened[0][1])


def response(window: FigureWindow, figures: Figures) -> None:
    """How the programme answered: decisions, standards kept, what is open."""
    decisions = fetch_rows("""
        SELECT CASE WHEN GROUPING(decision) = 0 THEN 'decision' ELSE '' END, COALESCE(decision, ''), count(*), array_agg(id ORDER BY id)
        FROM fact_decision GROUP BY GROUPING SETS ((), (decision)) HAVING count(*) > 0
    """)
    add_counts(figures, "decisions", decisions)
    ((median, counted, ids),) = fetch_rows(
        "SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY days_used), count(*), array_agg(id"
        " ORDER BY id) FROM fact_decision WHERE days_used IS NOT NULL"
    )
    add_figure(figures, "decision_days_median", median, ids, counted=counted)
    standards = fetch_rows("""
        SELECT COALESCE(standard, ''), count(*) FILTER (WHERE outcome = 'kept'), count(*), array_agg(id ORDER BY id)
        FROM fact_clock WHERE outcome <> 'left_out' GROUP BY GROUPING SETS ((), (standard)) HAVING count(*) > 0
    """)
    add_figure(figures, "standard_kept", None, [], numerator=0, denominator=0)
    for standard, kept, due, ids in standards:
        add_figure(
            figures,
            f"standard_kept.standard.{standard}" if standard else "standard_kept",
            share(kept, due),
            ids,
            numerator=kept,
            denominator=due,
        )
    ((kept, due, ids),) = fetch_rows(
        "SELECT count(*) FILTER (WHERE kept), count(*), array_agg(id ORDER BY id) FROM"
        " fact_record_due"
    )
    if due:
        add_figure(
            figures,
            "standard_kept.standard.record",
            share(kept, due),
            ids,
            kind="record",
            numerator=kept,
            denominator=due,
        )
    ((count, ids),) = fetch_rows(
        "SELECT count(*), array_agg(id ORDER BY id) FROM fact_clock WHERE outcome = 'left_out'"
    )
    add_figure(figures, "standard_left_out", count, ids)
    stock = fetch_rows(f"""
        WITH aged AS (SELECT *, {facts.AGE} AS age FROM fact_open)
        SELECT CASE WHEN GROUPING(state) = 0 THEN 'state' WHEN GROUPING(age) = 0 THEN 'age' WHEN GROUPING(turn) = 0 THEN 'turn' ELSE '' END,
               COALESCE(state, age, turn, ''), count(*), array_agg(id ORDER BY id)
        FROM aged GROUP BY GROUPING SETS ((), (state), (age), (turn)) HAVING count(*) > 0
    """)
    add_counts(figures, "open_requests", stock)
    ((count, ids),) = fetch_rows(
        f"SELECT count(*), array_agg(id ORDER BY id) FROM fact_open WHERE {OVERDUE}",
        window.parameters,
    )
    add_figure(figures, "open_overdue", count, ids)
    ((count, ids),) = fetch_rows(
        "SELECT count(*), array_agg(id ORDER BY id) FROM fact_open WHERE undecided"
    )
    add_figure(figures, "open_undecided", count, ids)


OVERDUE = "turn = 'programme' AND due_on < %(due_end)s"


def delivery(window: FigureWindow, figures: Figures) -> None:
    """What was done, for whom, at what cost.

    An engagement counts in the period of its last part; people and cost in that of their part.
    """
    engagements = fetch_rows("""
        SELECT CASE WHEN GROUPING(type) = 0 THEN 'type' WHEN GROUPING(pillar) = 0 THEN 'pillar' WHEN GROUPING(modality) = 0 THEN 'modality' ELSE '' END,
               COALESCE(type, pillar, modality, ''), count(*), array_agg(id ORDER BY id)
        FROM fact_delivered GROUP BY GROUPING SETS ((), (type), (pillar), (modality)) HAVING count(*) > 0
    """)
    add_counts(
        figures, "engagements_delivered", [row for row in engagements if not row[0] or row[1]]
    )
    ((count, ids),) = fetch_rows(
        "SELECT count(*), array_agg(id ORDER BY id) FROM fact_delivered WHERE state = 'delivered'"
    )
    add_figure(figures, "engagements_not_verified", count, ids)
    for theme, count, ids in fetch_rows(
        "SELECT t, count(*), array_agg(id ORDER BY id) FROM fact_delivered, unnest(theme_codes) t"
        " GROUP BY t"
    ):
        add_figure(figures, f"engagements_delivered.theme.{theme}", count, ids)
    people(figures)
    cost(window, figures)
    steps(window, figures)


def steps(window: FigureWindow, figures: Figures) -> None:
    """Engagements with next steps that were due by the end of the period and not done, as known at
    the cut-off.

    Of some countries: their own steps, the programme's towards them, and the programme's for
    everybody in an engagement that concerns them.
    """
    ((count, ids),) = fetch_rows(
        f"""SELECT count(DISTINCT step.engagement_id), array_agg(DISTINCT step.engagement_id ORDER BY step.engagement_id)
            FROM {rows_as_of("assistance_nextstepevent", "due_on < %(due_end)s")} step
            CROSS JOIN LATERAL {row_as_of("assistance_engagementhistory", "step.engagement_id")} e
            LEFT JOIN countries_country c ON c.id = step.country_id
            WHERE step.pgh_label <> 'delete' AND (step.done_on IS NULL OR step.done_on >= %(end)s) AND e.programme_id = %(programme)s
              AND (%(donor)s::bigint IS NULL OR {facts.donor_of("e.funding_id", "cutoff")} = %(donor)s)
              AND e.state <> 'cancelled' AND NOT e.did_not_take_place AND {within.pillar("e.pillar_id")}
              AND (%(engagement)s::bigint IS NULL OR e.pgh_obj_id = %(engagement)s)
              AND CASE WHEN step.country_id IS NOT NULL THEN {within.countries("step.country_id", "c.region", "%(last_day)s")}
                       ELSE {within.ALL_COUNTRIES} OR {facts.took_part_condition("e.pgh_obj_id", "cutoff", held_only=False)} END""",
        window.parameters,
    )
    add_figure(figures, "steps_overdue", count, ids)


def people(figures: Figures) -> None:
    """Participants by sex, pillar and group; women among those whose sex is known; rows that say
    too little."""
    sums = ", ".join(
        f"sum({sex}), array_agg(id ORDER BY id) FILTER (WHERE {sex} IS NOT NULL)" for sex in SEX
    )
    ((total, ids, counted, *by_sex),) = fetch_rows(
        "SELECT sum(total), array_agg(id ORDER BY id) FILTER (WHERE total IS NOT NULL),"
        f" count(total), {sums} FROM fact_participation WHERE counts_people"
    )
    add_figure(figures, "participants", int(total or 0), ids, counted=counted)
    for position, sex in enumerate(SEX):
        add_figure(
            figures, f"participants.{sex}", int(by_sex[2 * position] or 0), by_sex[2 * position + 1]
        )
    for pillar, total, ids in fetch_rows("""
        SELECT f.pillar, sum(p.total), array_agg(p.id ORDER BY p.id) FROM fact_participation p JOIN fact_part f ON f.id = p.part_id
        WHERE p.counts_people AND p.total IS NOT NULL GROUP BY f.pillar"""):
        add_figure(figures, f"participants.pillar.{pillar}", int(total), ids)
    for kind, total, ids in fetch_rows(
        "SELECT type, sum(total), array_agg(id ORDER BY id) FROM fact_participation WHERE"
        " counts_people AND total IS NOT NULL AND type <> '' GROUP BY type"
    ):
        add_figure(figures, f"participants.type.{kind}", int(total), ids)
    for group, total, ids in fetch_rows(
        "SELECT g, sum(total), array_agg(id ORDER BY id) FROM fact_participation, unnest(groups) g"
        " WHERE counts_people AND total IS NOT NULL GROUP BY g"
    ):
        add_figure(figures, f"participants.group.{group}", int(total), ids)
    ((women, men, ids),) = fetch_rows(
        "SELECT sum(women), sum(men), array_agg(id ORDER BY id) FROM fact_participation WHERE"
        " counts_people AND women IS NOT NULL AND men IS NOT NULL"
    )
    women, both = int(women or 0), int(women or 0) + int(men or 0)
    add_figure(figures, "women_share", share(women, both), ids, numerator=women, denominator=both)
    ((count, ids),) = fetch_rows(
        "SELECT count(*), array_agg(id ORDER BY id) FROM fact_participation WHERE counts_people AND"
        " (women IS NULL OR men IS NULL)"
    )
    add_figure(figures, "participation_incomplete", count, ids)


def cost(window: FigureWindow, figures: Figures) -> None:
    """Recorded cost in the programme's currency, by donor and pillar; what bears another currency
    is counted, never added.

    Narrowed to countries, the cost of parts in which nobody else took part stands apart from the
    whole cost of the others: the two are never added. Source: the rules, section 6.
    """
    currency = {"currency": window.programme.currency}
    others = facts.others_took_part("fact_part.id")
    if window.scope.narrows_countries:
        code, which = "cost.alone", f"NOT {others}"
        shared_cost(figures, others, currency)
    else:
        code, which = "cost", "true"
    rows = fetch_rows(
        f"""
        SELECT CASE WHEN GROUPING(donor_id) = 0 THEN 'donor' WHEN GROUPING(pillar) = 0 THEN 'pillar' ELSE '' END,
               COALESCE(donor_id::text, pillar, ''), sum(cost), array_agg(DISTINCT engagement_id ORDER BY engagement_id), count(*)
        FROM fact_part WHERE cost IS NOT NULL AND currency = %(currency)s AND {which}
        GROUP BY GROUPING SETS ((), (donor_id), (pillar)) HAVING count(*) > 0
        """,
        currency,
    )
    add_figure(figures, code, Decimal(0), [], counted=0)
    for dimension, value, total, ids, counted in rows:
        key = value or ("none" if dimension == "donor" else "")
        add_figure(
            figures, f"{code}.{dimension}.{key}" if dimension else code, total, ids, counted=counted
        )
    told_apart = (
        ("cost_in_other_currencies", "cost IS NOT NULL AND currency <> %(currency)s"),
        ("engagements_without_cost", "cost IS NULL"),
        ("engagements_without_funding", "donor_id IS NULL"),
    )
    for code, which in told_apart:
        ((count, ids),) = fetch_rows(
            "SELECT count(DISTINCT engagement_id), array_agg(DISTINCT engagement_id ORDER BY"
            f" engagement_id) FROM fact_part WHERE {which}",
            currency,
        )
        add_figure(figures, code, count, ids)


def shared_cost(figures: Figures, others: str, currency: dict[str, str]) -> None:
    """The whole cost of parts in which countries outside the scope took part too, and how many
    these were."""
    ((total, ids, parts),) = fetch_rows(
        f"""SELECT sum(cost), array_agg(DISTINCT engagement_id ORDER BY engagement_id), count(*)
            FROM fact_part WHERE cost IS NOT NULL AND currency = %(currency)s AND {others}""",
        currency,
    )
    ((countries,),) = fetch_rows(
        "SELECT count(DISTINCT o.country_id) FROM fact_others o JOIN fact_part f ON f.id ="
        " o.part_id WHERE f.cost IS NOT NULL AND f.currency = %(currency)s",
        currency,
    )
    add_figure(figures, "cost.shared", total or Decimal(0), ids, counted=parts, others=countries)


def coverage(window: FigureWindow, figures: Figures) -> None:
    """Which countries asked, were served, or were never reached."""
    eligible = f"""eligible AS (SELECT m.country_id FROM fact_membership m JOIN countries_country c ON c.id = m.country_id
                   WHERE m.group_id = %(eligible)s AND m.valid_from <= %(last_day)s AND (m.valid_until IS NULL OR m.valid_until > %(last_day)s)
                     AND {within.countries("m.country_id", "c.region", "%(last_day)s")})"""
    for code, source in (
        ("countries_served", "fact_participation"),
        ("countries_asking", "fact_request"),
    ):
        ((count, ids),) = fetch_rows(
            "SELECT count(DISTINCT country_id), array_agg(DISTINCT country_id ORDER BY country_id)"
            f" FROM {source}"
        )
        add_figure(figures, code, count, ids)
        for group, count, ids in fetch_rows(
            "SELECT g, count(DISTINCT country_id), array_agg(DISTINCT country_id ORDER BY"
            f" country_id) FROM {source}, unnest(groups) g GROUP BY g"
        ):
            add_figure(figures, f"{code}.group.{group}", count, ids)
    for region, count, ids in fetch_rows(
        "SELECT region, count(DISTINCT country_id), array_agg(DISTINCT country_id ORDER BY"
        " country_id) FROM fact_participation GROUP BY region"
    ):
        add_figure(figures, f"countries_served.region.{region}", count, ids)
    ((count, ids),) = fetch_rows(
        f"WITH {eligible} SELECT count(*), array_agg(country_id ORDER BY country_id) FROM eligible",
        window.parameters,
    )
    add_figure(figures, "countries_eligible", count, ids)
    by_group = fetch_rows(
        f"""WITH {eligible} SELECT m.code, count(*), array_agg(e.country_id ORDER BY e.country_id) FROM eligible e JOIN fact_membership m USING (country_id)
            WHERE m.valid_from <= %(last_day)s AND (m.valid_until IS NULL OR m.valid_until > %(last_day)s) GROUP BY m.code""",
        window.parameters,
    )
    for group, count, ids in by_group:
        add_figure(figures, f"countries_eligible.group.{group}", count, ids)
    ((count, ids),) = fetch_rows(
        """SELECT count(DISTINCT r.country_id), array_agg(DISTINCT r.country_id ORDER BY r.country_id) FROM fact_open o JOIN assistance_assistancerequest r ON r.id = o.id
           WHERE r.country_id NOT IN (SELECT country_id FROM fact_participation)"""
    )
    add_figure(figures, "countries_unserved", count, ids)
    if (
        window.scope.donor is None and window.scope.engagement is None
    ):  # theirs would say whom everybody's work has not reached
        never_reached(window, figures, eligible)


def never_reached(window: FigureWindow, figures: Figures, eligible: str) -> None:
    """Eligible countries (a common table) without any support, ever or for a year."""
    ((count, ids),) = fetch_rows(
        f"WITH {eligible} SELECT count(*), array_agg(country_id ORDER BY country_id) FROM eligible"
        " WHERE country_id NOT IN (SELECT country_id FROM fact_reached)",
        window.parameters,
    )
    add_figure(figures, "countries_never_reached", count, ids)
    ((count, ids),) = fetch_rows(
        f"""WITH {eligible} SELECT count(*), array_agg(country_id ORDER BY country_id) FROM eligible
            WHERE country_id NOT IN (SELECT country_id FROM fact_reached WHERE last_on >= (%(last_day)s::date + 1 - interval '12 months')::date)""",
        window.parameters,
    )
    add_figure(figures, "countries_without_help_for_a_year", count, ids)


def records(window: FigureWindow, figures: Figures) -> None:
    """Imported records of others; their budgets as far as they are in the programme's currency."""
    ((count, ids, budget, ours, others, theirs),) = fetch_rows(
        """SELECT count(*), array_agg(id ORDER BY id),
                  sum(budget) FILTER (WHERE currency = %(currency)s), array_agg(id ORDER BY id) FILTER (WHERE budget IS NOT NULL AND currency = %(currency)s),
                  count(budget) FILTER (WHERE currency <> %(currency)s), array_agg(id ORDER BY id) FILTER (WHERE budget IS NOT NULL AND currency <> %(currency)s)
           FROM fact_record""",
        {"currency": window.programme.currency},
    )
    add_figure(figures, "records_without_dates", count, ids)
    add_figure(figures, "records_budget", budget or Decimal(0), ours)
    add_figure(figures, "records_in_other_currencies", others, theirs)
