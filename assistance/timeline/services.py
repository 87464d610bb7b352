"""Writing an event, and reading it back as labelled values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from assistance.action_fields import Officer
from assistance.requests.lifecycle import ACTIONS, ON_BEHALF_FIELDS, label_of
from assistance.requests.questions import DONE, fields_of_answer
from assistance.requests.states import State
from assistance.timeline.models import CaseEvent, EventText, text_hash
from core.workflow.fields import ActionField, Text
from files.action_fields import File
from files.models import Attachment, attach_file

MESSAGE_FIELDS = {
    "message": (Text("text", ""), File("file", "")),
    "note": (Text("text", "", shared=False), File("file", "", shared=False)),
}

HANDING = ("assign", "hand_over")  # events whose values are people
HANDED = (
    ("from", _("Until now")),
    ("lead_officer", _("Lead officer")),
    ("deciding_manager", _("Deciding manager")),
    ("author", _("Author")),
)


def record_event(
    case: Any,
    user: Any,
    code: str,
    *,
    from_state: str,
    fields: Sequence[ActionField] = (),
    data: dict[str, Any] | None = None,
    shared: bool = True,
    on_behalf: bool = False,
    acted_for: Any = None,
    extra: dict[str, Any] | None = None,
    at: Any = None,
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
        stored = (
            upload
            if isinstance(upload, Attachment)
            else attach_file("request", case.pk, upload, user, purpose=code, shared=shared)
        )
        kept[name] = {"key": str(stored.key), "name": stored.name, "size": stored.size}
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
        data=kept | (extra or {}),
        text_hashes={k: text_hash(v) for k, v in words.items()},
    )
    if at is not None:
        event.at = at
    event.save()
    EventText.objects.bulk_create(
        [EventText(event=event, field=k, text=v) for k, v in words.items()]
    )
    return event


def fields_of_event(event: CaseEvent) -> tuple[ActionField, ...]:
    """The declaration of the fields that an event may carry."""
    action = ACTIONS.get(event.action)
    if event.action == "answer":  # of earlier releases one text for all
        answers = (*fields_of_answer(event.text_hashes), *ACTIONS["answer_late"].fields, DONE)
        return answers + (ON_BEHALF_FIELDS if event.on_behalf else ())
    return (action.fields if action else MESSAGE_FIELDS.get(event.action, ())) + (
        ON_BEHALF_FIELDS if event.on_behalf else ()
    )


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

    def person(self, pk: Any, missing: str = "") -> str:
        """Somebody's name."""
        return self.names.get(Officer, {}).get(pk, missing)

    def entries(self) -> list[dict[str, Any]]:
        """One a event, in the order given: what, when, who, the words and the values."""
        return [self.entry(e) for e in self.events]

    def entry(self, event: CaseEvent) -> dict[str, Any]:
        """One event."""
        texts = {t.field: t for t in event.texts.all()}
        words, facts, files = [], [], []
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
            "label": str(_("Some of the questions answered"))
            if event.action == "answer" and event.to_state == State.RETURNED
            else label_of(event.action),
            "actor": event.actor,
            "words": words,
            "facts": facts,
            "files": files,
            "on_behalf": event.on_behalf,
            "shared": event.shared,
            "assigned_to": self.person(event.data.get("to", 0)),
        }
