"""Writing, reviewing, publishing and withdrawing news.

Source: the rules of the programme, section 11: draft (officer), in review, published (manager, not
the author where there is another), withdrawn (manager, at once). A country is named only where a
request of it may be read by title, where it has a public page, or where a focal point of it agreed
to the text. Withdrawal deletes pictures.
"""

from __future__ import annotations

import hashlib

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import User
from assistance.programmes.models import ProgrammeMembership
from assistance.publications.models import CountryPublication
from assistance.requests.choices import Publish
from assistance.requests.consent import released_texts
from assistance.requests.models import AssistanceRequest
from assistance.requests.public_states import PUBLIC_STATES
from assistance.requests.states import State
from core import access
from core.text import join_list
from core.workflow.exceptions import ActionNotAllowed, DomainError
from countries.models import Country, FocalPoint
from notifications.models import Notification
from portal.news.models import NewsAgreement, NewsItem, NewsState

ASKED = "news.agreement"
# from which states an action leads where
MOVES = {
    "send_to_review": ((NewsState.DRAFT,), NewsState.IN_REVIEW),
    "return_to_draft": ((NewsState.IN_REVIEW, NewsState.WITHDRAWN), NewsState.DRAFT),
    "publish": ((NewsState.IN_REVIEW,), NewsState.PUBLISHED),
    "withdraw": ((NewsState.PUBLISHED,), NewsState.WITHDRAWN),
}
OF_MANAGERS = ("publish", "withdraw")


def mark_of(item: NewsItem) -> str:
    """Of all texts and pictures of an item as they are."""
    texts = sorted((text.language, text.title, text.text) for text in item.texts.all())
    pictures = sorted(str(key) for key in item.pictures.values_list("key", flat=True))
    return hashlib.sha256(repr((texts, pictures)).encode()).hexdigest()


def follow_texts(item: NewsItem) -> None:
    """Takes the mark anew: what was agreed to before is agreed to no longer."""
    item.text_mark = mark_of(item)
    item.save(update_fields=["text_mark"])


def countries_to_ask(item: NewsItem) -> list[Country]:
    """The named countries that have not agreed to the texts as they are, in the reader's order. Four
    queries."""
    named = list(Country.objects.filter(news=item).in_order())
    of_named = {"programme": item.programme_id, "country__in": named}
    pages = CountryPublication.objects.filter(**of_named, has_page=True)
    agreed = item.agreements.filter(country__in=named, text_mark=item.text_mark)
    ids = {
        *pages.values_list("country_id", flat=True),
        *agreed.values_list("country_id", flat=True),
    }
    cases = AssistanceRequest.objects.filter(**of_named, state__in=[*PUBLIC_STATES, State.ON_HOLD])
    cases = cases.exclude(publish=Publish.NOTHING).exclude(released_title="")
    ids |= {case.country_id for case in cases if "title" in released_texts(case)}
    return [country for country in named if country.pk not in ids]


@transaction.atomic
def move_news(user: User, pk: int, action: str) -> NewsItem:
    """Takes an item on.

    Raises ActionNotAllowed for who may not, DomainError, which says what is missing, where it
    cannot be done now.
    """
    refusal = ActionNotAllowed(_("This is for the programme’s own staff, or its managers."))
    if not user.is_programme_staff:
        raise refusal
    item = NewsItem.objects.select_for_update(of=("self",)).get(pk=pk)
    sources, target = MOVES[action]
    ids = access.managed_ids(user) if action in OF_MANAGERS else access.programme_ids(user)
    if item.programme_id not in ids:
        raise refusal
    if item.state not in sources:
        raise DomainError(
            _("This cannot be done now: the item is “%(state)s”.")
            % {"state": item.get_state_display()}
        )
    if target in (NewsState.IN_REVIEW, NewsState.PUBLISHED) and not item.texts.exists():
        raise DomainError(_("Write the text in one language at least."))
    if action == "publish":
        refuse_publishing(user, item)
        item.published_by, item.published_at = user, timezone.now()
    if action == "withdraw":
        item.pictures.all().delete()
    item.state = target
    item.save()
    if action == "send_to_review":
        ask_countries(item)
    return item


def refuse_publishing(user: User, item: NewsItem) -> None:
    """Raises DomainError where the author would publish alone, or a country has not agreed."""
    members = ProgrammeMembership.objects.active_on(item.programme.today())
    others = members.filter(programme=item.programme, role="manager").exclude(user=user)
    if item.author_id == user.pk and others.exists():
        raise DomainError(_("Somebody else publishes what you wrote."))
    missing = countries_to_ask(item)
    if missing:
        names = join_list(country.name for country in missing)
        raise DomainError(
            _("Not agreed yet: %(countries)s. Ask their focal points, or leave the names out.")
            % {"countries": names}
        )


def ask_countries(item: NewsItem) -> None:
    """Tells the focal points of countries that have not agreed, without words of the text."""
    speakers = FocalPoint.objects.active().filter(
        country__in=countries_to_ask(item), programmes=item.programme_id
    )
    ids = speakers.values("user_id")
    rows = []
    for person in User.objects.filter(pk__in=ids, is_active=True).order_by("name"):
        with translation.override(person.language):
            subject = _("News would name your country: may it?")
        path = item.get_absolute_url()
        rows.append(Notification(user=person, kind=ASKED, subject=subject, body="", path=path))
    Notification.objects.bulk_create(rows)


@transaction.atomic
def agree_to_text(user: User, item: NewsItem, seen: str) -> None:
    """A focal point agrees, for each of their countries that the item names, to its texts as they
    saw them (`seen`, their mark).

    Raises ActionNotAllowed for anybody else, DomainError where the texts have changed meanwhile.
    """
    mine = item.countries.filter(pk__in=access.countries_for(user, item.programme_id))
    if not user.is_focal_point or not mine.exists():
        raise ActionNotAllowed(_("This is for the country’s own focal points."))
    if seen != item.text_mark:
        raise DomainError(_("The text has changed since you read it. Read it once more."))
    for country in mine:
        NewsAgreement.objects.get_or_create(
            item=item,
            country=country,
            text_mark=item.text_mark,
            defaults={"agreed_by": user},
        )


@transaction.atomic
def take_agreement_back(user: User, item: NewsItem) -> None:
    """The same taken back: the item is not read any more where nothing else lets it name the
    country."""
    mine = item.countries.filter(pk__in=access.countries_for(user, item.programme_id))
    if not user.is_focal_point or not mine.exists():
        raise ActionNotAllowed(_("This is for the country’s own focal points."))
    item.agreements.filter(country__in=mine).delete()
