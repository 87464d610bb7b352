"""Gathers this app's models, the case and what stands by it first.

Rows of one instant stand in a record's history in the order in which models are loaded.
"""

from assistance.requests.models import AssistanceRequest, ReferenceCounter  # isort: skip
from assistance.requests.clock_models import CaseClock, StateSpan  # isort: skip

from assistance.commitments.models import CommitmentLink
from assistance.due_diligence.models import DueDiligence
from assistance.engagements.models import (
    Engagement,
    EngagementEvent,
    EngagementRequest,
    NamedCountry,
    NextStep,
    RecordedCountry,
)
from assistance.engagements.part_models import CountryParticipation, EngagementPart
from assistance.evaluation.score_models import (
    KnowledgeAttempt,
    KnowledgeQuestion,
    KnowledgeTest,
    PersonScore,
    ScoreSheet,
)
from assistance.evaluation.survey_models import Survey, SurveyAnswer, SurveyInvitation
from assistance.funding.models import Donor, Funding
from assistance.notes.models import CountryNote
from assistance.participants.models import Attendance, Person
from assistance.plans.models import PlanDraft, PlanIndicator, PlannedStep, ResponsePlan
from assistance.plans.result_models import PlanIndicatorValue
from assistance.plans.step_models import StepEngagement
from assistance.programmes.models import (
    Holiday,
    Pillar,
    Programme,
    ProgrammeMembership,
    ReasonCode,
    Standard,
    Theme,
)
from assistance.publications.models import CountryPublication
from assistance.requests.assessments import Assessment
from assistance.requests.donor_consents import DonorConsent
from assistance.results.models import (
    Indicator,
    IndicatorTarget,
    Outcome,
    Output,
    ResultsFramework,
)
from assistance.results.narratives import OutputNarrative
from assistance.results.value_models import IndicatorRating, IndicatorValue
from assistance.saved_views.models import SavedView
from assistance.timeline.models import CaseEvent, EventSeal, EventText
from assistance.tools.models import Tool, ToolVersion

__all__ = [
    "Assessment",
    "AssistanceRequest",
    "Attendance",
    "CaseClock",
    "CaseEvent",
    "CommitmentLink",
    "CountryNote",
    "CountryParticipation",
    "CountryPublication",
    "Donor",
    "DonorConsent",
    "DueDiligence",
    "Engagement",
    "EngagementEvent",
    "EngagementPart",
    "EngagementRequest",
    "EventSeal",
    "EventText",
    "Funding",
    "Holiday",
    "Indicator",
    "IndicatorRating",
    "IndicatorTarget",
    "IndicatorValue",
    "KnowledgeAttempt",
    "KnowledgeQuestion",
    "KnowledgeTest",
    "NamedCountry",
    "NextStep",
    "Outcome",
    "Output",
    "OutputNarrative",
    "Person",
    "PersonScore",
    "Pillar",
    "PlanDraft",
    "PlanIndicator",
    "PlanIndicatorValue",
    "PlannedStep",
    "Programme",
    "ProgrammeMembership",
    "ReasonCode",
    "RecordedCountry",
    "ReferenceCounter",
    "ResponsePlan",
    "ResultsFramework",
    "SavedView",
    "ScoreSheet",
    "Standard",
    "StateSpan",
    "StepEngagement",
    "Survey",
    "SurveyAnswer",
    "SurveyInvitation",
    "Theme",
    "Tool",
    "ToolVersion",
]
