"""What a country lets others read. Rows of the table, and what each does beside moving the state.

Source: the rules of the programme, section 1.
"""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from assistance.requests import consent
from assistance.requests.action_context import CaseContext
from assistance.requests.actors import FOCAL_POINT, OFFICER, Recipient
from assistance.requests.choices import Publish
from assistance.requests.donor_consents import DonorConsent
from assistance.requests.field_sets import CONSENT_FIELDS
from assistance.requests.models import AssistanceRequest
from assistance.requests.states import ALL_SUBMITTED
from core.workflow.actions import SAME, Action
from core.workflow.exceptions import DomainError

LONGEST_TITLE = 200


def set_consent(doing: CaseContext) -> None:
    """Narrowing by any focal point, at once.

    Raises DomainError, field by field, for what only who may clear can widen.
    """
    case, given = doing.case, doing.data
    donors = {donor.pk for donor in given.get("donors") or ()}
    if given["publish"] == Publish.SUMMARY and not given.get("public_summary"):
        raise DomainError(
            _("Write the summary that may be published, or choose another answer above."),
            "public_summary",
        )
    if len(given.get("public_title") or "") > LONGEST_TITLE:
        raise DomainError(
            _("At most %(most)s characters can be kept.") % {"most": LONGEST_TITLE}, "public_title"
        )
    wider = consent.widened_fields(case, given, donors)
    if wider and not consent.may_widen(doing.user, case):
        sentence = _(
            "Only a colleague who may clear requests can let others read more, or change what is"
            " public. You can narrow it at once."
        )
        raise DomainError.for_fields(dict.fromkeys(wider, sentence))
    case.publish, case.show_need, case.consent_on = (
        given["publish"],
        bool(given.get("show_need")),
        doing.today,
    )
    case.public_title, case.public_summary = (
        given.get("public_title") or "",
        given.get("public_summary") or "",
    )
    case.share_with_donors = bool(donors)
    share_with(doing, donors)


def share_with(doing: CaseContext, donors: set[int]) -> None:
    """Ends the consents that are not among these from today on, and begins those that are new."""
    before = consent.donors_of(doing.case)
    doing.case.donor_consents.filter(until__isnull=True).exclude(donor_id__in=donors).update(
        until=doing.today
    )
    DonorConsent.objects.bulk_create(
        DonorConsent(request=doing.case, donor_id=pk, since=doing.today)
        for pk in sorted(donors - before)
    )


def release_text(doing: CaseContext) -> None:
    """The texts as they are now; one that is changed later waits again."""
    texts = consent.texts_for_strangers(doing.case)
    if "title" in texts:
        doing.case.released_title = consent.text_digest(texts["title"])
    if "summary" in texts:
        doing.case.released_summary = consent.text_digest(texts["summary"])


def is_submitted(case: AssistanceRequest) -> bool:
    """Whether the programme has it."""
    return case.reference is not None


def has_text_to_release(case: AssistanceRequest) -> bool:
    """Whether a text waits for an officer."""
    return case.reference is not None and consent.waits_for_release(case)


def present_consent(case: AssistanceRequest, user: User) -> dict[str, object]:
    """What was said before."""
    names = ("publish", "public_title", "public_summary", "show_need")
    return {name: getattr(case, name) for name in names} | {
        "donors": sorted(consent.donors_of(case))
    }


ACTIONS = (
    Action(
        "set_consent",
        gettext_lazy("Say what may be shown"),
        gettext_lazy("Consent changed"),
        ALL_SUBMITTED,
        SAME,
        FOCAL_POINT,
        CONSENT_FIELDS,
        (Recipient.OFFICER, Recipient.COUNTRY),
        weight=75,
        effect=set_consent,
        guard=is_submitted,
        initial=present_consent,
    ),
    Action(
        "release_text",
        gettext_lazy("Release the text for the public"),
        gettext_lazy("Text for the public released"),
        ALL_SUBMITTED,
        SAME,
        OFFICER,
        notify=(Recipient.COUNTRY,),
        weight=74,
        effect=release_text,
        guard=has_text_to_release,
    ),
)
