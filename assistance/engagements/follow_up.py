"""What is added to an engagement beside its record: next steps and files, each with its line in the
timeline."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from accounts.models import User
from assistance.engagements.models import Engagement, NextStep
from assistance.engagements.services import lock_engagement
from assistance.engagements.timeline import record_engagement_event
from core import access
from core.workflow.exceptions import DomainError
from files.models import Attachment, attach_file


@transaction.atomic
def add_step(user: User, pk: int, values: Mapping[str, object]) -> NextStep:
    """A next step, open until done.

    Raises Http404 for who may not change the engagement, ValidationError for values that do not do.
    """
    engagement = lock_engagement(user, pk)
    step = NextStep(engagement=engagement, **values)
    step.full_clean()
    step.save()
    record_engagement_event(engagement, user, "add_step", engagement.state, note=step.what)
    return step


@transaction.atomic
def finish_step(user: User, pk: int, step_pk: int) -> NextStep:
    """Marks a next step as done today, at the duty station: staff who may change the engagement any
    step, a focal point one that their country is to do (rules of the programme, section 3).

    Raises Http404 for another, DomainError where it is done already.
    """
    steps = NextStep.objects.select_for_update().filter(pk=step_pk)
    if user.is_focal_point:
        engagement = get_object_or_404(Engagement.objects.visible_to(user), pk=pk)
        steps = steps.filter(side=NextStep.Side.THEIRS, country__in=access.country_ids(user))
    else:
        engagement = lock_engagement(user, pk)
    step = steps.filter(engagement=engagement).first()
    if step is None:
        raise Http404
    if step.done_on:
        raise DomainError(_("This step is marked as done already."))
    step.done_on = engagement.programme.today()
    step.save(update_fields=["done_on"])
    record_engagement_event(engagement, user, "finish_step", engagement.state, note=step.what)
    return step


@transaction.atomic
def add_file(user: User, pk: int, upload: UploadedFile, *, shared: bool) -> Attachment:
    """A file of the engagement; `shared` lets the countries that took part read it."""
    engagement: Engagement = lock_engagement(user, pk)
    stored = attach_file("engagement", pk, upload, user, shared=shared)
    record_engagement_event(
        engagement, user, "add_file", engagement.state, note=stored.name, data={"shared": shared}
    )
    return stored
