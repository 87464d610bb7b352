"""What the two acts on consent do: the country says what may be shown, and an officer releases the
very text for strangers."""

from __future__ import annotations

from django.utils.translation import gettext as _

from assistance.requests import consent
from assistance.requests.choices import Publish
from assistance.requests.donor_consents import DonorConsent
from assistance.requests.effects import ActionContext, effect
from assistance.requests.errors import DomainError

LONGEST_TITLE = 200


@effect("set_consent")
def set_consent(doing: ActionContext) -> None:
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


def share_with(doing: ActionContext, donors: set[int]) -> None:
    """Ends the consents that are not among these from today on, and begins those that are new."""
    before = consent.donors_of(doing.case)
    doing.case.donor_consents.filter(until__isnull=True).exclude(donor_id__in=donors).update(
        until=doing.today
    )
    DonorConsent.objects.bulk_create(
        DonorConsent(request=doing.case, donor_id=pk, since=doing.today)
        for pk in sorted(donors - before)
    )


@effect("release_text")
def release_text(doing: ActionContext) -> None:
    """The texts as they are now; one that is changed later waits again."""
    texts = consent.texts_for_strangers(doing.case)
    if "title" in texts:
        doing.case.released_title = consent.text_digest(texts["title"])
    if "summary" in texts:
        doing.case.released_summary = consent.text_digest(texts["summary"])
