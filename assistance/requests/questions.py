"""Questions to the country: numbered lines of what an officer asked, each with the answer that it
got, now or later.

Questions and answers are texts of the timeline, where they can be erased; here they are put beside
each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.workflow.fields import ActionField, Text, Yes
from files.action_fields import File

if TYPE_CHECKING:
    from assistance.timeline.models import CaseEvent

MOST = 30  # questions at once
ASKED = "questions"  # the text that an event of asking bears
ENUMERATED = re.compile(r"^\s*(?:\d{1,2}[.)]|[-–•*])\s+")
DONE = Yes(
    "done",
    gettext_lazy("We have said all that we can. Go on without further answers."),
    required=False,
)
FILE = File("file", gettext_lazy("File"), required=False)


@dataclass
class Question:
    """A question by its number, and its answer. A text that was erased is empty."""

    number: int
    text: str
    answer: str = ""
    is_answered: bool = False


def lines_of(text: str) -> list[str]:
    """One question a line, without the number or the dash that somebody wrote before it."""
    return [line for raw in text.splitlines() if (line := ENUMERATED.sub("", raw).strip())]


def answer_name(number: int) -> str:
    """The field of the answer to a question."""
    return f"answer_{number}"


# the texts of events that ask or answer
TEXTS = (ASKED, *(answer_name(number) for number in range(1, MOST + 1)))


def questions_and_answers(events: Iterable[CaseEvent]) -> list[Question]:
    """The questions that were asked last, with their answers, from a case's events in their order."""
    asked = read_all(events)
    return asked[-1] if asked else []


def read_all(events: Iterable[CaseEvent]) -> list[list[Question]]:
    """All that was asked, time by time, with the answers; `events` in their order, others than those
    of asking and answering are passed over."""
    found: list[list[Question]] = []
    for event in events:
        is_asking, is_answering = ASKED in event.text_hashes, bool(answered_in(event.text_hashes))
        texts = {t.field: t.text for t in event.texts.all()} if is_asking or is_answering else {}
        if is_asking:
            lines = lines_of(texts.get(ASKED, "")) or [""] * int(event.data.get("count", 1))
            found.append([Question(number, line) for number, line in enumerate(lines, 1)])
        elif is_answering and found:
            for question in found[-1]:
                name = answer_name(question.number)
                if name in event.text_hashes:
                    question.answer, question.is_answered = texts.get(name, ""), True
    return found


def answer_fields(questions: Sequence[Question]) -> tuple[ActionField, ...]:
    """The fields in which open questions are answered, all of them or some."""
    answers = (
        Text(answer_name(q.number), f"{q.number}. {q.text}".strip(), required=False)
        for q in questions
    )
    return (*answers, DONE, FILE)


def answered_in(names: Iterable[str]) -> list[int]:
    """The numbers of the questions that an event answers, from the names of its texts."""
    return sorted(
        int(name.removeprefix("answer_")) for name in names if re.fullmatch(r"answer_[0-9]+", name)
    )


def fields_of_answer(names: Iterable[str]) -> tuple[ActionField, ...]:
    """The fields that an event of answering bears, from the names of its texts."""
    return tuple(
        Text(answer_name(n), _("Answer to question %(number)s") % {"number": n})
        for n in answered_in(names)
    )
