"""Writing an event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile

from accounts.models import User
from assistance.requests.models import AssistanceRequest
from assistance.timeline.models import CaseEvent, EventText, text_hash
from core.workflow.fields import ActionField
from files.models import Attachment, attach_file


def record_event(
    case: AssistanceRequest,
    user: User | None,
    code: str,
    *,
    from_state: str,
    fields: Sequence[ActionField] = (),
    data: Mapping[str, object] | None = None,
    shared: bool = True,
    on_behalf: bool = False,
    acted_for: User | None = None,
    extra: Mapping[str, object] | None = None,
    at: datetime | None = None,
) -> CaseEvent:
    """Adds an event to a case, in the caller's transaction: words to the side table, files
    attached, the rest into `data`."""
    apart = {n.name for n in fields if n.apart}
    given = {k: v for k, v in (data or {}).items() if v not in (None, "", []) and k not in apart}
    words = {n.name: str(given[n.name]) for n in fields if n.is_words and n.name in given}
    files = {n.name: given[n.name] for n in fields if n.is_file and n.name in given}
    kept = {
        n.name: n.kept(given[n.name])
        for n in fields
        if n.name in given and not n.is_words and not n.is_file
    }
    for name, upload in files.items():
        if isinstance(upload, UploadedFile):
            assert user is not None, "the clock sends no files"
            upload = attach_file("request", case.pk, upload, user, purpose=code, shared=shared)
        assert isinstance(upload, Attachment), "it is stored"
        kept[name] = {"key": str(upload.key), "name": upload.name, "size": upload.size}
    event = CaseEvent(
        request=case,
        round=case.round,
        action=code,
        from_state=from_state,
        to_state=case.state,
        actor=user,
        acted_for=acted_for,
        on_behalf=on_behalf,
        shared=shared,
        data={**kept, **(extra or {})},
        text_hashes={k: text_hash(v) for k, v in words.items()},
    )
    if at is not None:
        event.at = at
    event.save()
    EventText.objects.bulk_create(
        [EventText(event=event, field=k, text=v) for k, v in words.items()]
    )
    return event
