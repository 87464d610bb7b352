"""The pages on which a country says what may be shown of its request, and on which an officer releases
the text: both show the line exactly as strangers will read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from django.utils import timezone

from assistance.programmes.models import Pillar
from assistance.requests.action_pages import ActionPage
from assistance.requests.choices import Publish
from assistance.requests.consent import shown_texts
from assistance.requests.models import AssistanceRequest
from assistance.requests.public_states import look_of, need_in_words, public_state_of
from assistance.requests.states import State
from countries.geography.models import Country

PREVIEW = "preview"  # the button that shows the line and saves nothing
SHOWN = ("publish", "public_title", "public_summary", "show_need")


@dataclass(frozen=True)
class PublicLine:
    """A line of the public register, of a request that may be read."""

    title: str
    summary: str
    language: str
    country: Country
    pillar: Pillar | None
    year: int
    state_label: str
    look: str
    need_words: str


def public_line(case: AssistanceRequest, given: Mapping[str, object]) -> PublicLine | None:
    """How strangers would read a request with these values of its consent; None where they would
    read nothing."""
    publish = str(given.get("publish"))
    texts = shown_texts(
        publish if publish in Publish.values else Publish.NOTHING,
        str(given.get("public_title") or "") or case.title,
        str(given.get("public_summary") or ""),
    )
    state = public_state_of(case.state, case.held_from)
    if "title" not in texts or state is None:
        return None
    is_said = bool(given.get("show_need")) and case.state == State.CLOSED
    received = case.received_on or timezone.localdate()
    return PublicLine(
        title=texts["title"],
        summary=texts.get("summary", ""),
        language=case.language,
        country=case.country,
        pillar=case.pillar,
        year=received.year,
        state_label=str(state.label),
        look=look_of(state),
        need_words=need_in_words(case.outcome) if is_said else "",
    )


class ConsentPage(ActionPage):
    """With the line for strangers above the form; a button shows it with what was typed."""

    template: ClassVar[str] = "requests/consent_form.html"

    def is_unjudged(self) -> bool:
        """Also when only the line is asked for."""
        return PREVIEW in self.request.POST or super().is_unjudged()

    def context(self) -> dict[str, object]:
        """The page of any action, and the line."""
        typed = {name: self.form[name].value() for name in SHOWN if name in self.form.fields}
        saved = {name: getattr(self.case, name) for name in SHOWN}
        return {**super().context(), "line": public_line(self.case, saved | typed)}
