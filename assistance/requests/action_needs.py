"""What the larger actions of the table ask for: the assessment, a noted call, a country's consent."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from assistance.requests.assessments import PARTS, Recommendation, label_of_part
from assistance.requests.choices import Publish
from assistance.requests.needs import Kind, Need

CHECKLIST = (
    ("problem", _("The problem is described well enough to decide on")),
    ("help", _("It is clear what help is asked for")),
    ("authority", _("An authority of the State stands behind the request")),
    ("beneficiaries", _("The beneficiaries are named")),
    ("overlap", _("Other support has been looked at, so that nothing is done twice")),
    ("human_rights", _("Due diligence on human rights is done, or not needed")),
)
ASSESSMENT_NEEDS = (
    Need(
        "checklist",
        Kind.CHECKLIST,
        _("Checklist"),
        _("What you write here is read by staff only and is kept: name offices, not persons."),
        choices=CHECKLIST,
        shared=False,
    ),
    *(
        Need(
            f"note_{code}",
            Kind.LINE,
            label,
            _("What you found on this point."),
            shared=False,
            apart=True,
        )
        for code, label in CHECKLIST
    ),
    *(Need(name, Kind.TEXT, label_of_part(name), shared=False, apart=True) for name in PARTS),
    Need(
        "recommendation",
        Kind.CHOICE,
        _("Recommendation"),
        _("The manager reads it beside the decision."),
        choices=Recommendation.choices,
        shared=False,
        apart=True,
    ),
    Need(
        "reasons",
        Kind.TEXT,
        _("Reasons of the recommendation"),
        required=False,
        shared=False,
        apart=True,
    ),
)
CALLED_BY = (("call", _("Call")), ("meeting", _("Meeting")), ("message", _("Message")))
SHARED_OR_NOT = (
    ("shared", _("Shared: the country reads it and is told")),
    ("internal", _("Internal: only staff read it and are told")),
)
CALL_NEEDS = (
    Need("whom", Kind.LINE, _("With whom")),
    Need("when", Kind.DATE, _("When")),
    Need("by", Kind.CHOICE, _("By what"), choices=CALLED_BY),
    Need("said", Kind.TEXT, _("What was said")),
    Need("readers", Kind.CHOICE, _("Who reads it"), choices=SHARED_OR_NOT),
)
CONSENT_NEEDS = (
    Need(
        "publish",
        Kind.CHOICE,
        _("What the public may learn of this request"),
        choices=Publish.choices,
    ),
    Need(
        "public_title",
        Kind.LINE,
        _("Title for the public"),
        _("Left empty: the title of the request. No names, no pending investigation."),
        required=False,
    ),
    Need(
        "public_summary",
        Kind.TEXT,
        _("Summary for the public"),
        _("Two or three sentences. No names, no pending investigation."),
        required=False,
    ),
    Need("donors", Kind.DONORS, _("Donors to whom it may be shown"), required=False),
    Need(
        "show_need",
        Kind.YES,
        _("Your answer on whether the need was met may be shown, whatever it is"),
        required=False,
    ),
)
