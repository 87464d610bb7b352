"""Writing an event, and reading it back as labelled values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.dateparse import parse_date
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from assistance.funding.models import Donor
from assistance.programmes.models import ReasonCode
from assistance.requests.lifecycle import ACTIONS, ON_BEHALF_NEEDS, label_of
from assistance.requests.needs import WORDS, Kind, Need
from assistance.requests.questions import DONE, needs_of_answer
from assistance.requests.states import State
from assistance.timeline.models import CaseEvent, EventText, text_hash
from files.models import Attachment, attach_file

MESSAGE_NEEDS = {
    "message": (Need("text", Kind.TEXT, ""), Need("file", Kind.FILE, "")),
    "note": (Need("text", Kind.TEXT, "", shared=False), Need("file", Kind.FILE, "", shared=False)),
}

NAMING = ("who",)  # columns of rows that may hold a person's name
HANDED = (
    ("from", _("Until now")),
    ("lead_officer", _("Lead officer")),
    ("deciding_manager", _("Deciding manager")),
    ("author", _("Author")),
)


def json_value(value: Any) -> Any:
    """A cleaned value as JSON keeps it: rows of the database by their id, dates and decimals as
    text."""
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, date | Decimal):
        return str(value)
    if isinstance(value, list | tuple | models.QuerySet):
        return [json_value(v) for v in value]
    if isinstance(value, dict):
        return {k: json_value(v) for k, v in value.items()}
    return value


def kept_value(need: Need, value: Any) -> Any:
    """What an event keeps of a value, for good: of rows all but the columns that may name a person,
    who stands where they can be erased."""
    if need.kind == Kind.ROWS:
        return [{k: v for k, v in row.items() if k not in NAMING} for row in json_value(value)]
    return json_value(value)


def record_event(
    case: Any,
    user: Any,
    code: str,
    *,
    from_state: str,
    needs: Sequence[Need] = (),
    data: dict[str, Any] | None = None,
    shared: bool = True,
    on_behalf: bool = False,
    acted_for: Any = None,
    extra: dict[str, Any] | None = None,
    at: Any = None,
) -> CaseEvent:
    """Adds an event to a case, in the caller's transaction: words to the side table, files
    attached, the rest into `data`."""
    apart = {n.name for n in needs if n.apart}
    given = {k: v for k, v in (data or {}).items() if v not in (None, "", []) and k not in apart}
    words = {n.name: str(given[n.name]) for n in needs if n.kind in WORDS and n.name in given}
    files = {n.name: given[n.name] for n in needs if n.kind == Kind.FILE and n.name in given}
    kept = {
        n.name: kept_value(n, given[n.name])
        for n in needs
        if n.name in given and n.kind not in (*WORDS, Kind.FILE)
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


def needs_of_event(event: CaseEvent) -> tuple[Need, ...]:
    """The declaration of the fields that an event may carry."""
    action = ACTIONS.get(event.action)
    if event.action == "answer":  # of earlier releases one text for all
        needs = (*needs_of_answer(event.text_hashes), *ACTIONS["answer_late"].needs, DONE)
        return needs + (ON_BEHALF_NEEDS if event.on_behalf else ())
    return (action.needs if action else MESSAGE_NEEDS.get(event.action, ())) + (
        ON_BEHALF_NEEDS if event.on_behalf else ()
    )


class TimelinePresenter:
    """Turns events into what a page or the API shows; looks up all names at once."""

    def __init__(self, events: Iterable[CaseEvent], *, for_country: bool) -> None:
        self.events = list(events)
        self.for_country = for_country
        people = {e.data.get("lead_officer") for e in self.events} | {
            e.data.get("to") for e in self.events if e.action == "assign"
        }
        people |= {pk for e in self.events if e.action == "hand_over" for pk in e.data.values()}
        self.people = {
            u.pk: u.name
            for u in User.objects.filter(pk__in=[p for p in people if isinstance(p, int)])
        }
        reasons = {e.data.get("reason_code") for e in self.events} - {None}
        self.reasons = (
            {r.pk: r.name for r in ReasonCode.objects.filter(pk__in=reasons)} if reasons else {}
        )
        donors = {
            pk for e in self.events if e.action == "set_consent" for pk in e.data.get("donors", ())
        }
        self.donors = (
            dict(Donor.objects.filter(pk__in=donors).values_list("pk", "title")) if donors else {}
        )
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

    def entries(self) -> list[dict[str, Any]]:
        """One a event, in the order given: what, when, who, the words and the values."""
        return [self.entry(e) for e in self.events]

    def entry(self, event: CaseEvent) -> dict[str, Any]:
        """One event."""
        texts = {t.field: t for t in event.texts.all()}
        words, facts, files = [], [], []
        for need in needs_of_event(event):
            if self.for_country and not need.shared:
                continue
            if need.name in texts:
                words.append(
                    {
                        "label": need.label,
                        "text": texts[need.name].text,
                        "erased": texts[need.name].erased_at is not None,
                    }
                )
            elif need.kind == Kind.FILE and need.name in event.data:
                # one that was removed is not named
                files += (
                    [event.data[need.name]] if event.data[need.name]["key"] in self.files else []
                )
            elif need.name in event.data and need.kind != Kind.ROWS:
                facts.append(
                    {"label": need.label, "value": self.value(need, event.data[need.name])}
                )
        if event.action == "hand_over":
            facts = [
                {"label": label, "value": self.people.get(event.data[name], "–")}
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
            "assigned_to": self.people.get(event.data.get("to", 0), ""),
        }

    def value(self, need: Need, value: Any) -> str:
        """One kept value in the reader's language."""
        if need.kind == Kind.DATE:
            day = parse_date(value)
            return date_format(day, "DATE_FORMAT") if day else str(value)
        if need.kind in (Kind.MONEY, Kind.DECIMAL):
            return number_format(Decimal(value), use_l10n=True, force_grouping=True)
        if need.kind == Kind.OFFICER:
            return self.people.get(value, "")
        if need.kind == Kind.REASON:
            return self.reasons.get(value, "")
        if need.kind in (Kind.CHOICE, Kind.CHECKLIST):
            labels = dict(need.choices)
            chosen = value if isinstance(value, list) else [value]
            return " · ".join(str(labels.get(v, v)) for v in chosen)
        if need.kind == Kind.YES:
            return "✓" if value else str(_("No"))
        if need.kind == Kind.DONORS:
            return " · ".join(self.donors.get(pk, "–") for pk in value)
        return str(value)
