"""Engagements whose people are tested and asked, for tests of evaluation."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from assistance.engagements import services as engagement_services
from assistance.engagements.models import Engagement
from assistance.engagements.part_models import EngagementPart
from assistance.evaluation.choices import Wave
from assistance.evaluation.signed_links import SurveyKey
from assistance.evaluation.survey_models import Survey, SurveyAnswer, SurveyInvitation
from assistance.evaluation.surveys import put_anew
from assistance.participants.models import Attendance, Person
from countries.models import Country
from tests import make
from tests.make import People


def delivered(people: People, **values: Any) -> Engagement:
    """A course that took place a week ago, with twelve people of two countries."""
    part = make.part(KEN={"women": 4, "men": 4}, FJI={"women": 2, "men": 2})
    deed = make.engagement(people.officer, part, **values)
    engagement_services.perform_action(people.officer, deed.pk, "deliver", {"outcome": "Done."})
    return Engagement.objects.get(pk=deed.pk)


def ended_on(deed: Engagement, day: date) -> Engagement:
    """As if its only part had ended on this day; its history is left as it is."""
    EngagementPart.objects.filter(engagement=deed).update(
        starts_on=day - timedelta(days=2), ends_on=day
    )
    Engagement.objects.filter(pk=deed.pk).update(starts_on=day - timedelta(days=2), ends_on=day)
    return Engagement.objects.get(pk=deed.pk)


def attendees(deed: Engagement, number: int, **values: Any) -> list[Person]:
    """People on the list of its only part who agree to be asked."""
    part, found = deed.parts.get(), []
    for n in range(number):
        about: dict[str, Any] = {
            "programme": deed.programme,
            "country": Country.objects.get(iso3="KEN"),
            "name": f"Attendee {n}",
            "email": f"attendee{n}@police.example",
            "may_be_asked": True,
            "keep_until": deed.programme.today() + timedelta(days=700),
        }
        person = Person.objects.create(**(about | values))
        Attendance.objects.create(part=part, person=person)
        found.append(person)
    return found


def opened(deed: Engagement, wave: Wave = Wave.END, asked: int = 12) -> Survey:
    """A wave that takes answers for sixty days from today."""
    today = deed.programme.today()
    return Survey.objects.create(
        engagement=deed,
        wave=wave,
        asked=asked,
        opened_on=today,
        closes_on=today + timedelta(days=60),
    )


def answered(survey: Survey, *answers: dict[str, Any]) -> None:
    """Answers of people, as the product keeps them."""
    put_anew(survey, [SurveyAnswer(**values) for values in answers])


def asked(survey: Survey, number: int) -> list[SurveyKey]:
    """Keys of people who are asked."""
    people = attendees(survey.engagement, number)
    rows = [SurveyInvitation.objects.create(survey=survey, person=person) for person in people]
    return [SurveyKey(invitation=row.pk) for row in rows]
