"""The assessment as staff read it."""

from __future__ import annotations

from accounts.models import User
from assistance.requests.assessments import Assessment
from assistance.requests.field_sets import CHECKLIST, STILL_NEEDED
from assistance.requests.models import AssistanceRequest


def assessment_for(user: User, case: AssistanceRequest) -> dict[str, object] | None:
    """What the officer wrote for the manager, with what it still needs where it was sent back;
    nothing for the country, or before there is one."""
    if not user.is_programme_staff:
        return None
    found = Assessment.objects.select_related("written_by").filter(request=case).first()
    if found is None:
        return None
    sent_back = (
        found.returned_at
        and case.events.filter(text_hashes__has_key=STILL_NEEDED.name)
        .order_by("-id")
        .prefetch_related("texts")
        .first()
    )
    notes = [(label, found.notes.get(code, "")) for code, label in CHECKLIST]
    still_needed = [t.text for t in sent_back.texts.all()] if sent_back else []
    return {"row": found, "parts": found.parts(), "notes": notes, "still_needed": still_needed}


def present_assessment(case: AssistanceRequest, user: User) -> dict[str, object]:
    """Beside the form of who decides, or writes it anew."""
    return {"assessment": assessment_for(user, case)}
