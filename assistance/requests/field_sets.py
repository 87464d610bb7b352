"""Sets of fields that actions ask for: the assessment, a noted call, a country's consent, a plan,
evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from assistance.action_fields import Donors
from assistance.requests.assessments import PARTS, Recommendation, label_of_part
from assistance.requests.choices import Publish
from core.workflow.fields import Checklist, Choice, Day, Line, Money, Number, Rows, Text, Yes
from core.workflow.rows import Against
from files.action_fields import File

if TYPE_CHECKING:
    from assistance.requests.models import AssistanceRequest

CHECKLIST = (
    ("problem", _("The problem is described well enough to decide on")),
    ("help", _("It is clear what help is asked for")),
    ("authority", _("An authority of the State stands behind the request")),
    ("beneficiaries", _("The beneficiaries are named")),
    ("overlap", _("Other support has been looked at, so that nothing is done twice")),
    ("human_rights", _("Due diligence on human rights is done, or not needed")),
)
ASSESSMENT_FIELDS = (
    Checklist(
        "checklist",
        _("Checklist"),
        _("What you write here is read by staff only and is kept: name offices, not persons."),
        choices=CHECKLIST,
        shared=False,
    ),
    *(
        Line(
            f"note_{code}",
            label,
            _("What you found on this point."),
            shared=False,
            apart=True,
        )
        for code, label in CHECKLIST
    ),
    *(Text(name, label_of_part(name), shared=False, apart=True) for name in PARTS),
    Choice(
        "recommendation",
        _("Recommendation"),
        _("The manager reads it beside the decision."),
        choices=Recommendation.choices,
        shared=False,
        apart=True,
    ),
    Text(
        "reasons",
        _("Reasons of the recommendation"),
        required=False,
        shared=False,
        apart=True,
    ),
)
STILL_NEEDED = Text("still_needed", _("What the assessment still needs"), shared=False)
CALLED_BY = (("call", _("Call")), ("meeting", _("Meeting")), ("message", _("Message")))
SHARED_OR_NOT = (
    ("shared", _("Shared: the country reads it and is told")),
    ("internal", _("Internal: only staff read it and are told")),
)
CALL_FIELDS = (
    Line("whom", _("With whom")),
    Day("when", _("When")),
    Choice("by", _("By what"), choices=CALLED_BY),
    Text("said", _("What was said")),
    Choice("readers", _("Who reads it"), choices=SHARED_OR_NOT),
)
CONSENT_FIELDS = (
    Choice(
        "publish",
        _("What the public may learn of this request"),
        choices=Publish.choices,
    ),
    Line(
        "public_title",
        _("Title for the public"),
        _("Left empty: the title of the request. No names, no pending investigation."),
        required=False,
    ),
    Text(
        "public_summary",
        _("Summary for the public"),
        _("Two or three sentences. No names, no pending investigation."),
        required=False,
    ),
    Donors("donors", _("Donors to whom it may be shown"), required=False),
    Yes(
        "show_need",
        _("Your answer on whether the need was met may be shown, whatever it is"),
        required=False,
    ),
)
REASON = Text("reason", _("Reason"))
NOTE_SHOWN = Text("note", _("Explanation"), _("The country reads this."))
EVIDENCE = (("letter", _("Letter")), ("e-mail", _("E-mail")), ("call", _("Dated note of a call")))


def accepted_estimate(case: AssistanceRequest) -> Against | None:
    """The estimate with which a request was accepted, in the currency of its plan."""
    if case.estimate is None or case.estimate_currency != case.programme.currency:
        return None
    return Against(str(_("Estimate when it was accepted")), case.estimate)


PLAN_FIELDS = (
    Text(
        "summary",
        _("Summary of the plan"),
        _("Two or three sentences that the country can agree to."),
        required=False,
    ),
    Rows(
        "steps",
        _("Steps"),
        _("What will be done, when, by whom, at what estimated cost."),
        columns=(
            Line("what", _("What")),
            Day("starts_on", _("From")),
            Day("ends_on", _("Until")),
            Line("who", _("Who"), longest=200),
            Money(
                "cost",
                _("Estimated cost"),
                required=False,
                currency=lambda case: case.programme.currency,
            ),
        ),
        naming=("who",),
        against=accepted_estimate,
    ),
    Rows(
        "indicators",
        _("Indicators"),
        _("By what will be seen that it helped: where it stands now and where it should stand."),
        columns=(
            Line("title", _("Indicator")),
            Line("unit", _("Unit"), longest=60),
            Number("baseline", _("Baseline")),
            Number("target", _("Target")),
        ),
    ),
)
ON_BEHALF_FIELDS = (
    Choice(
        "evidence_kind",
        _("On the country's behalf: by what we know"),
        choices=EVIDENCE,
    ),
    Line("evidence_note", _("Its date, sender and reference")),
    File("evidence_file", _("Copy of it"), required=False),
)
MESSAGE_FIELDS = {
    "message": (Text("text", ""), File("file", "")),
    "note": (Text("text", "", shared=False), File("file", "", shared=False)),
}
