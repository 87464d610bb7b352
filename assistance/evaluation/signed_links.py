"""Signed links that need no account: of a survey for everybody in a room, of one person's invitation,
of a test before and after.

A link says nothing but whose questions it opens; whether it still does is asked of the database.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from uuid import UUID

import qrcode
from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from qrcode.image.svg import SvgPathImage

from assistance.evaluation.choices import Stage
from assistance.evaluation.score_models import KnowledgeTest
from assistance.evaluation.survey_models import Survey, SurveyInvitation

LIVES_DAYS = 60  # rules of the programme, section 9
ROOM, PERSON = "room", "person"
SURVEYS, TESTS = Signer(salt="evaluation.survey"), Signer(salt="evaluation.test")


class BrokenLink(ValueError):
    """That nobody made this link here."""


@dataclass(frozen=True)
class SurveyKey:
    """What the key of a survey's link says: one of the two."""

    survey: int | None = None
    invitation: UUID | None = None


def room_link(survey: Survey) -> str:
    """The whole address for everybody who is in the room."""
    return address_of("survey", SURVEYS.sign(f"{ROOM}-{survey.pk}"))


def personal_link(invitation: SurveyInvitation) -> str:
    """The whole address for one person, once."""
    return address_of("survey", SURVEYS.sign(f"{PERSON}-{invitation.pk}"))


def knowledge_link(test: KnowledgeTest, stage: Stage) -> str:
    """The whole address of a test at one stage."""
    return address_of("knowledge_test", TESTS.sign(f"{test.pk}-{stage.value}"))


def address_of(name: str, key: str) -> str:
    """The key stands in the query, which no log of ours takes."""
    return f"{settings.BASE_URL.rstrip('/')}{reverse(name)}?key={key}"


def read_survey_key(key: str) -> SurveyKey:
    """Whose questions it opens. Raises BrokenLink."""
    try:
        kind, _dash, value = SURVEYS.unsign(key).partition("-")
        if kind == ROOM:
            return SurveyKey(survey=int(value))
        return SurveyKey(invitation=UUID(value))
    except (BadSignature, ValueError):
        raise BrokenLink from None


def read_test_key(key: str) -> tuple[int, Stage]:
    """Which test, at which stage. Raises BrokenLink."""
    try:
        pk, _dash, stage = TESTS.unsign(key).partition("-")
        return int(pk), Stage(stage)
    except (BadSignature, ValueError):
        raise BrokenLink from None


def qr_code(address: str) -> SafeString:
    """An SVG that telephones read: drawn here, fetched from nowhere."""
    drawn, out = qrcode.make(address, image_factory=SvgPathImage, border=2), BytesIO()
    drawn.save(out)
    return mark_safe(out.getvalue().decode().partition("?>")[2])  # noqa: S308  # holds squares alone
