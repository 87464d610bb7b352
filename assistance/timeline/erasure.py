"""Erasing what somebody wrote or who signed: the event, its hash and the record of the erasure stay
(rules of the programme, section 8)."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts.privacy.models import Look
from assistance.requests.models import AssistanceRequest
from assistance.timeline.models import EventText

SIGNED = ("agreed_by_name",)


@transaction.atomic
def erase_texts(event_id: int, *, path: str) -> int:
    """All texts of one event; how many there were."""
    erased = EventText.objects.filter(event=event_id, erased_at__isnull=True).update(
        text="", erased_at=timezone.now()
    )
    Look.objects.create(
        act=Look.Act.ERASED, subject="event", subject_id=event_id, persons=erased, path=path
    )
    return erased


@transaction.atomic
def erase_signatory(reference: str, *, path: str) -> AssistanceRequest:
    """Who signed a request, which is returned, and who agreed to its plans.

    Raises AssistanceRequest.DoesNotExist.
    """
    case = AssistanceRequest.objects.select_for_update().get(reference=reference)
    case.signatory_name = case.signatory_title = ""
    case.version += 1
    case.save(update_fields=["signatory_name", "signatory_title", "version"])
    case.plans.update(agreed_by_name="")
    EventText.objects.filter(event__request=case, field__in=SIGNED, erased_at__isnull=True).update(
        text="", erased_at=timezone.now()
    )
    Look.objects.create(act=Look.Act.ERASED, subject="request", subject_id=case.pk, path=path)
    return case
