"""Reading events back as labelled values."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypedDict

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from assistance.action_fields import Officer
from assistance.requests.field_sets import MESSAGE_FIELDS, ON_BEHALF_FIELDS
from assistance.requests.workflow import ACTIONS, WORKFLOW
from assistance.timeline.models import CaseEvent
from core.text import Label
from core.workflow.fields import ActionField
from files.models import Attachment

HANDING = ("assign", "hand_over")  # events whose values are people
HANDED = (
    ("from", _("Until now")),
    ("lead_officer", _("Lead officer")),
    ("deciding_manager", _("Deciding manager")),
    ("author", _("Author")),
)


def fields_of_event(event: CaseEvent) -> tuple[ActionField, ...]:
    """The declaration of the fields that an event may carry."""
    action = ACTIONS.get(event.action)
    if action is None:
        fields: tuple[ActionField, ...] = MESSAGE_FIELDS.get(event.action, ())
    elif action.fields_kept is not None:
        fields = action.fields_kept(event.text_hashes)
    else:
        fields = action.fields
    return fields + (ON_BEHALF_FIELDS if event.on_behalf else ())


def label_of_event(event: CaseEvent) -> str:
    """What happened, in words."""
    action = ACTIONS.get(event.action)
    if action and action.past_unmoved and event.from_state == event.to_state:
        return str(action.past_unmoved)
    return WORKFLOW.label_of(event.action)


class Words(TypedDict):
    """What somebody wrote; empty where it was erased."""

    label: Label
    text: str
    erased: bool


class Fact(TypedDict):
    """A value that was given."""

    label: Label
    value: str


class EventFile(TypedDict):
    """A file that came with it, as the event keeps it."""

    key: str
    name: str
    size: int


class TimelineEntry(TypedDict):
    """An event as its reader may read it."""

    event: CaseEvent
    label: str
    actor: User | None
    words: list[Words]
    facts: list[Fact]
    files: list[EventFile]
    on_behalf: bool
    shared: bool
    assigned_to: str


class TimelinePresenter:
    """Turns events into what a page or the API shows; looks up all names at once."""

    def __init__(self, events: Iterable[CaseEvent], *, for_country: bool) -> None:
        self.events = list(events)
        self.for_country = for_country
        self.names = self.names_shown()
        keys = {
            value["key"]
            for e in self.events
            for value in e.data.values()
            if isinstance(value, dict) and "key" in value
        }
        self.files = (
            {
                str(key)
                for key in Attachment.objects.filter(key__in=keys).values_list("key", flat=True)
            }
            if keys
            else set()
        )

    def names_shown(self) -> dict[type[ActionField], dict[int, str]]:
        """The names of all rows in the events' values, a query a kind of row."""
        ids: dict[type[ActionField], set[int]] = {Officer: set()}
        for event in self.events:
            for field in fields_of_event(event):
                if field.name in event.data:
                    ids.setdefault(type(field), set()).update(
                        field.named_ids(event.data[field.name])
                    )
            if event.action in HANDING:
                ids[Officer] |= {pk for pk in event.data.values() if isinstance(pk, int)}
        return {kind: kind.names_of(found) for kind, found in ids.items() if found}

    def person(self, pk: int, missing: str = "") -> str:
        """Somebody's name."""
        return self.names.get(Officer, {}).get(pk, missing)

    def entries(self) -> list[TimelineEntry]:
        """One a event, in the order given: what, when, who, the words and the values."""
        return [self.entry(e) for e in self.events]

    def entry(self, event: CaseEvent) -> TimelineEntry:
        """One event."""
        texts = {t.field: t for t in event.texts.all()}
        words: list[Words] = []
        facts: list[Fact] = []
        files: list[EventFile] = []
        for field in fields_of_event(event):
            if self.for_country and not field.shared:
                continue
            if field.name in texts:
                words.append(
                    {
                        "label": field.label,
                        "text": texts[field.name].text,
                        "erased": texts[field.name].erased_at is not None,
                    }
                )
            elif field.is_file and field.name in event.data:
                # one that was removed is not named
                files += (
                    [event.data[field.name]] if event.data[field.name]["key"] in self.files else []
                )
            elif field.name in event.data and not field.is_table:
                shown = field.shown(event.data[field.name], self.names)
                facts.append({"label": field.label, "value": shown})
        if event.action == "hand_over":
            facts = [
                {"label": label, "value": self.person(event.data[name], "–")}
                for name, label in HANDED
                if name in event.data
            ]
        return {
            "event": event,
            "label": label_of_event(event),
            "actor": event.actor,
            "words": words,
            "facts": facts,
            "files": files,
            "on_behalf": event.on_behalf,
            "shared": event.shared,
            "assigned_to": self.person(event.data.get("to", 0)),
        }
