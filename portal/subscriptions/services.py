"""Mails to who asked for news: one to confirm, then at most one a day with what is new.

Source: the rules of the programme, section 11: confirmed and ended by a button, since scanners of
mail open every link; one mail an address and day; the other mails say how to end them (RFC 8058).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from portal.public.news_models import PublicNews
from portal.subscriptions.models import NewsSubscription

MailFor = Callable[[NewsSubscription], EmailMessage | None]
UNCONFIRMED_LASTS = timedelta(hours=48)
A_DAY = timedelta(days=1)
BY_A_PROGRAM = {"Auto-Submitted": "auto-generated"}  # RFC 3834: nothing answers by itself
AT_ONCE = 500  # mails a run


def address_of(name: str, subscription: NewsSubscription) -> str:
    """A whole address of the subscription's programme, with its key."""
    here = {"language": subscription.language, "programme": subscription.programme.code}
    return f"{settings.BASE_URL.rstrip('/')}{reverse(name, kwargs=here)}?key={subscription.key}"


def erase_unconfirmed() -> int:
    """Erases who did not confirm in time. Returns how many."""
    before = timezone.now() - UNCONFIRMED_LASTS
    old = NewsSubscription.objects.filter(confirmed_on=None, asked_at__lt=before)
    return old.delete()[0]


def send_confirmations() -> int:
    """Mails the question to who asked and was not mailed since. Returns to how many."""
    waiting = NewsSubscription.objects.filter(confirmed_on=None, mailed_at=None)
    return sum(send_one(pk, confirmation_for) for pk in ids_of(waiting))


def send_news() -> int:
    """Mails what is new to who confirmed and got no mail for a day. Returns to how many."""
    if not settings.HAS_PUBLIC_PAGES:
        return 0
    before = timezone.now() - A_DAY
    due = NewsSubscription.objects.filter(confirmed_on__isnull=False)
    due = due.filter(Q(mailed_at=None) | Q(mailed_at__lt=before))
    return sum(send_one(pk, news_for) for pk in ids_of(due))


def ids_of(rows: QuerySet[NewsSubscription]) -> list[int]:
    """Who is next: who waited longest first."""
    return list(
        rows.order_by(F("mailed_at").asc(nulls_first=True), "pk").values_list("pk", flat=True)[
            :AT_ONCE
        ]
    )


def send_one(pk: int, mail_for: MailFor) -> bool:
    """Sends a mail and notes it, together: where the mail server refuses, nothing is noted, and the
    next run tries again."""
    with transaction.atomic():
        rows = NewsSubscription.objects.select_for_update(skip_locked=True, of=("self",))
        found = rows.select_related("programme").filter(pk=pk).first()
        if found is None:  # ended meanwhile, or another run is at it
            return False
        with translation.override(found.language):
            mail = mail_for(found)
        if mail is None:
            return False
        found.mailed_at = timezone.now()
        found.save(update_fields=["mailed_at"])
        mail.send()
    return True


def confirmation_for(subscription: NewsSubscription) -> EmailMessage | None:
    """The question whether the address wants the news."""
    title = subscription.programme.name
    context = {
        "programme": title,
        "confirm": address_of("subscription_confirm", subscription),
        "end": address_of("subscription_end", subscription),
    }
    text = render_to_string("subscriptions/confirm.txt", context)
    subject = _("Confirm that you want news of %(programme)s") % {"programme": title}
    return EmailMessage(subject, text, to=[subscription.email], headers=BY_A_PROGRAM)


def news_for(subscription: NewsSubscription) -> EmailMessage | None:
    """What the public may read of since the last mail; None where there is nothing."""
    since = subscription.mailed_at or subscription.asked_at
    items = PublicNews.objects.filter(
        programme=subscription.programme_id,
        language=subscription.language,
        published_at__gt=since,
    )
    here = {"language": subscription.language, "programme": subscription.programme.code}
    base = settings.BASE_URL.rstrip("/")
    lines = [
        (item.title, base + reverse("public_news_item", kwargs={**here, "key": item.key}))
        for item in items
    ]
    if not lines:
        return None
    end = address_of("subscription_end", subscription)
    context = {"programme": subscription.programme.name, "lines": lines, "end": end}
    text = render_to_string("subscriptions/news.txt", context)
    subject = _("News of %(programme)s") % {"programme": subscription.programme.name}
    headers = BY_A_PROGRAM | {
        "List-Unsubscribe": f"<{end}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    return EmailMessage(subject, text, to=[subscription.email], headers=headers)
