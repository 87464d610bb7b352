"""Events of a case as the API shows them, and messages as it takes them."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse
from rest_framework import serializers
from rest_framework.request import Request

from accounts.types import person_of
from assistance.timeline.models import CaseEvent
from assistance.timeline.presentation import (
    EventFile,
    Fact,
    TimelineEntry,
    TimelinePresenter,
    Words,
)
from core.api.serializers import StrictFieldsMixin, own_field
from core.workflow.fields import LONGEST_TEXT
from files import content_type


class WordsSerializer(serializers.Serializer[Words]):
    """What somebody wrote; empty where it was erased."""

    label = own_field(serializers.CharField())
    text = serializers.CharField(allow_blank=True)
    erased = serializers.BooleanField()


class FactSerializer(serializers.Serializer[Fact]):
    """A value that was given."""

    label = own_field(serializers.CharField())
    value = serializers.CharField()


class EventFileSerializer(serializers.Serializer[EventFile]):
    """A file that came with it."""

    name = serializers.CharField()
    size = serializers.IntegerField()
    url = serializers.URLField()


class EventSerializer(serializers.Serializer[CaseEvent]):
    """One act on a case."""

    id = serializers.IntegerField()
    action = serializers.CharField()
    label = own_field(serializers.CharField())
    at = serializers.DateTimeField()
    actor = serializers.CharField(allow_null=True, help_text="A name; null where the clock acted.")
    acted_for = serializers.CharField(
        allow_null=True, help_text="The absent person in whose place it was done."
    )
    from_state = serializers.CharField()
    to_state = serializers.CharField()
    round = serializers.IntegerField()
    on_behalf = serializers.BooleanField()
    shared = serializers.BooleanField()
    assigned_to = serializers.CharField(allow_blank=True)
    reference = serializers.CharField(
        allow_null=True,
        help_text="Of the case that it happened to: another one where that was merged into this.",
    )
    words = WordsSerializer(many=True)
    facts = FactSerializer(many=True)
    files = EventFileSerializer(many=True)


class MessageSerializer(StrictFieldsMixin, serializers.Serializer[None]):
    """What is written to the other side, or noted among staff."""

    text = serializers.CharField(max_length=LONGEST_TEXT)
    internal = serializers.BooleanField(default=False)
    file = serializers.FileField(required=False)

    def validate_file(self, upload: UploadedFile) -> UploadedFile:
        """Of an allowed kind and size."""
        content_type.check_upload(upload)
        return upload


def events_of(events: Iterable[CaseEvent], request: Request) -> list[dict[str, object]]:
    """The events as this reader may read them."""
    return [
        _event(entry, request)
        for entry in TimelinePresenter(
            events, for_country=person_of(request).is_focal_point
        ).entries()
    ]


def _event(entry: TimelineEntry, request: Request) -> dict[str, object]:
    event = entry["event"]
    files = [
        {
            "name": f["name"],
            "size": f["size"],
            "url": request.build_absolute_uri(reverse("file", args=[f["key"]])),
        }
        for f in entry["files"]
    ]
    return {
        "id": event.pk,
        "action": event.action,
        "label": entry["label"],
        "at": event.at,
        "actor": event.actor.name if event.actor else None,
        "acted_for": event.acted_for.name if event.acted_for else None,
        "from_state": event.from_state,
        "to_state": event.to_state,
        "round": event.round,
        "on_behalf": event.on_behalf,
        "shared": event.shared,
        "assigned_to": entry["assigned_to"],
        "reference": event.request.reference,
        "words": [w | {"label": str(w["label"])} for w in entry["words"]],
        "facts": [{"label": str(f["label"]), "value": f["value"]} for f in entry["facts"]],
        "files": files,
    }
