"""The review: officer, assessment, questions and answers, time, supplements, calls. Rows of the table, and what each does beside moving the state.

Source: the rules of the programme, section 1.
"""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from assistance.action_fields import Officer
from assistance.requests import fields, questions
from assistance.requests.action_context import CaseContext
from assistance.requests.actors import FOCAL_POINT, MANAGER, OFFICER, Recipient
from assistance.requests.assessment_presentation import present_assessment
from assistance.requests.assessments import PARTS, Assessment, values_of
from assistance.requests.field_sets import ASSESSMENT_FIELDS, CALL_FIELDS, CHECKLIST, STILL_NEEDED
from assistance.requests.models import AssistanceRequest
from assistance.requests.states import OPEN
from assistance.requests.states import State as S
from core.workflow.actions import COMPUTED, SAME, Action
from core.workflow.exceptions import DomainError
from core.workflow.fields import ActionField, Choice, Day, Line, Text
from files.action_fields import File
from files.models import Attachment


def start_review(doing: CaseContext) -> None:
    """The case has an officer."""
    if doing.data["letter"] == "not" and not doing.data.get("why_not"):
        raise DomainError(_("Say why the letter is not authenticated."), "why_not")
    doing.case.lead_officer = doing.data["lead_officer"]


def mark_complete(doing: CaseContext) -> None:
    """The assessment is there for the manager.

    Complete is a request since the first time in its round; of a second time the country reads
    nothing.
    """
    given = values_of(doing.data, CHECKLIST)
    empty = [name for name in (*PARTS, "recommendation") if not given[name]] + [
        f"note_{code}" for code, _label in CHECKLIST if not doing.data.get(f"note_{code}")
    ]
    if empty:
        raise DomainError.for_fields(
            {name: _("This is needed: the manager decides on it.") for name in empty}
        )
    write_assessment(doing, given)
    if doing.case.complete_since is not None:
        doing.shared = False
    doing.case.complete_since = doing.case.complete_since or doing.now


def write_assessment(doing: CaseContext, given: dict[str, object]) -> None:
    """Takes the place of the one before, which stays in history."""
    own = {
        "round": doing.case.round,
        "written_by": doing.user,
        "written_at": doing.now,
        "returned_at": None,
    }
    Assessment.objects.update_or_create(request=doing.case, defaults=given | own)


def return_assessment(doing: CaseContext) -> None:
    """The officer works on it once more; the request stays complete and undecided, and no clock is
    touched."""
    Assessment.objects.update_or_create(
        request=doing.case,
        defaults={"returned_at": doing.now},
        create_defaults={
            "round": doing.case.round,
            "written_by": doing.user,
            "returned_at": doing.now,
        },
    )


def ask(doing: CaseContext) -> None:
    """Remembers where the answer leads back to, and how many questions there are."""
    count = len(questions.lines_of(doing.data["questions"]))
    if not 0 < count <= questions.MOST:
        raise DomainError(
            _("Write one question or more, at most %(most)s, each on a line of its own.")
            % {"most": questions.MOST},
            "questions",
        )
    doing.extra["count"] = count
    doing.case.returned_from = doing.case.state


def answer(doing: CaseContext) -> str:
    """Back to where it was asked from, once every question is answered or the country says that it
    is done."""
    open_numbers = [q.number for q in doing.case.open_questions()]
    answered = [n for n in open_numbers if doing.data.get(questions.answer_name(n))]
    done = bool(doing.data.get("done"))
    if not (answered or done or doing.data.get("file")):
        raise DomainError(
            _("Answer one question or more, choose a file, or say that you are done.")
        )
    if len(answered) < len(open_numbers) and not done:
        return S.RETURNED
    state, doing.case.returned_from = doing.case.returned_from or S.UNDER_REVIEW, ""
    return state


def ask_for_time(doing: CaseContext) -> None:
    """A date ahead."""
    if doing.data["until"] <= doing.today:
        raise DomainError(_("Choose a date after today."), "until")


def give_time(doing: CaseContext) -> None:
    """The programme's word moves the country's clock."""
    ask_for_time(doing)
    doing.clocks.give_time(doing.data["until"])


def supplement(doing: CaseContext) -> None:
    """Text or file."""
    if not doing.data.get("text") and not doing.data.get("file"):
        raise DomainError(_("Write something or choose a file."), "text")


def note_call(doing: CaseContext) -> None:
    """What was said stands where both sides read it, or where only staff do."""
    if doing.data["when"] > doing.today:
        raise DomainError(_("Write the day on which you spoke: today or before."), "when")
    doing.shared = doing.data["readers"] == "shared"


def officer_or_oneself(case: AssistanceRequest, user: User) -> dict[str, object]:
    """The officer who has the case, else who takes it."""
    return {"lead_officer": case.lead_officer_id or user.pk}


def is_to_be_assessed(case: AssistanceRequest) -> bool:
    """Not complete yet, or its assessment was returned."""
    return case.complete_since is None or case.has_open_assessment


def is_assessed(case: AssistanceRequest) -> bool:
    """Its assessment is with the manager."""
    return case.complete_since is not None and not case.has_open_assessment


def last_assessment(case: AssistanceRequest, user: User) -> dict[str, object]:
    """What an officer wrote last, to go on from; empty where there is nothing yet."""
    assessment = Assessment.objects.filter(request=case).first()
    if assessment is None:
        return {}
    notes = {f"note_{code}": note for code, note in assessment.notes.items()}
    return notes | {
        name: getattr(assessment, name) for name in (*PARTS, "recommendation", "reasons")
    }


def present_request(case: AssistanceRequest, user: User) -> dict[str, object]:
    """What the country wrote and sent, beside the form of who reads it."""
    return {
        "request_steps": fields.filled_values(case),
        "words_language": fields.language_of_words(case),
        "files": Attachment.objects.visible_to(user).of("request", case.pk),
    }


def present_request_and_assessment(case: AssistanceRequest, user: User) -> dict[str, object]:
    """The same, with the assessment that was written before."""
    return present_request(case, user) | present_assessment(case, user)


def open_answers(case: AssistanceRequest) -> tuple[ActionField, ...]:
    """A field an open question."""
    return questions.answer_fields(case.open_questions())


def kept_answers(names: Collection[str]) -> tuple[ActionField, ...]:
    """The fields that an event of answering bears; of earlier releases one text for all."""
    earlier = (Text("answers", gettext_lazy("Answers")), questions.FILE)
    return (*questions.fields_of_answer(names), *earlier, questions.DONE)


NOTE_CALL = Action(
    "note_call",
    gettext_lazy("Note a call"),
    gettext_lazy("Call noted"),
    tuple(OPEN),
    SAME,
    OFFICER,
    CALL_FIELDS,
    (Recipient.COUNTRY, Recipient.OFFICER),
    weight=62,
    effect=note_call,
)

ACTIONS = (
    Action(
        "start_review",
        gettext_lazy("Start the review"),
        gettext_lazy("Review started"),
        (S.SUBMITTED,),
        S.UNDER_REVIEW,
        OFFICER,
        (
            Officer("lead_officer", gettext_lazy("Officer who takes the case"), shared=False),
            Choice(
                "letter",
                gettext_lazy("Letter"),
                choices=(
                    ("authenticated", gettext_lazy("Authenticated")),
                    ("not", gettext_lazy("Not authenticated")),
                ),
                shared=False,
            ),
            Line(
                "why_not",
                gettext_lazy("If not authenticated: why"),
                required=False,
                shared=False,
            ),
        ),
        (Recipient.COUNTRY,),
        weight=1,
        effect=start_review,
        initial=officer_or_oneself,
        beside=present_request,
    ),
    Action(
        "mark_complete",
        gettext_lazy("Mark as complete"),
        gettext_lazy("Request found complete"),
        (S.UNDER_REVIEW,),
        SAME,
        OFFICER,
        ASSESSMENT_FIELDS,
        (Recipient.MANAGER,),
        weight=1,
        effect=mark_complete,
        guard=is_to_be_assessed,
        initial=last_assessment,
        beside=present_request_and_assessment,
        calls_for_action=True,
    ),
    Action(
        "return_assessment",
        gettext_lazy("Return the assessment"),
        gettext_lazy("Assessment returned"),
        (S.UNDER_REVIEW,),
        SAME,
        MANAGER,
        (STILL_NEEDED,),
        (Recipient.OFFICER,),
        shared=False,
        weight=21,
        effect=return_assessment,
        guard=is_assessed,
    ),
    Action(
        "ask",
        gettext_lazy("Ask the country"),
        gettext_lazy("Questions sent"),
        (S.UNDER_REVIEW, S.WAITLISTED),
        S.RETURNED,
        OFFICER,
        (
            Text(
                "questions",
                gettext_lazy("Questions"),
                gettext_lazy("One a line. Our clock stops until the country answers."),
            ),
        ),
        (Recipient.COUNTRY,),
        weight=20,
        effect=ask,
        beside=present_request,
        calls_for_action=True,
    ),
    Action(
        "answer",
        gettext_lazy("Answer the questions"),
        gettext_lazy("Questions answered"),
        (S.RETURNED,),
        COMPUTED,
        FOCAL_POINT,
        notify=(Recipient.OFFICER,),
        weight=1,
        effect=answer,
        past_unmoved=gettext_lazy("Some of the questions answered"),
        fields_for=open_answers,
        fields_kept=kept_answers,
        calls_for_action=True,
    ),
    Action(
        "ask_for_time",
        gettext_lazy("Ask for more time"),
        gettext_lazy("More time asked for"),
        (S.RETURNED, S.PLAN_PROPOSED),
        SAME,
        FOCAL_POINT,
        (
            Day("until", gettext_lazy("Until when")),
            Line("why", gettext_lazy("Why"), required=False),
        ),
        (Recipient.OFFICER,),
        weight=30,
        effect=ask_for_time,
        calls_for_action=True,
    ),
    Action(
        "give_time",
        gettext_lazy("Give more time"),
        gettext_lazy("More time given"),
        (S.RETURNED, S.PLAN_PROPOSED),
        SAME,
        OFFICER,
        (Day("until", gettext_lazy("Until when")),),
        (Recipient.COUNTRY,),
        weight=30,
        effect=give_time,
    ),
    Action(
        "supplement",
        gettext_lazy("Add something"),
        gettext_lazy("Supplement received"),
        tuple(OPEN),
        SAME,
        FOCAL_POINT,
        (
            Text("text", gettext_lazy("What you want to add"), required=False),
            File("file", gettext_lazy("File"), required=False),
        ),
        (Recipient.OFFICER,),
        weight=60,
        effect=supplement,
    ),
    NOTE_CALL,
)
