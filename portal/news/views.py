"""Pages on which news are written, reviewed, agreed to, published and withdrawn."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import permission_required
from accounts.permissions import may
from accounts.types import AuthenticatedRequest
from assistance.engagements.models import Engagement
from assistance.engagements.states import DONE
from core import access
from core.pagination import page_of
from core.record_forms import edit_record
from core.workflow.exceptions import ActionNotAllowed, DomainError
from countries.models import Country, ProcessSession
from portal.news.forms import NewsForm, NewsTextForm, PictureForm, language_title
from portal.news.models import NewsItem, NewsState, NewsText
from portal.news.services import (
    MOVES,
    OF_MANAGERS,
    agree_to_text,
    countries_to_ask,
    move_news,
    take_agreement_back,
)
from portal.news.tables import NEWS

FORM_METHODS = ["GET", "HEAD", "POST"]
LABELS = {
    "send_to_review": gettext_lazy("Send to review"),
    "return_to_draft": gettext_lazy("Back to draft"),
    "publish": gettext_lazy("Publish"),
    "withdraw": gettext_lazy("Withdraw"),
}


@require_safe
@permission_required("news.read")
def news_list(request: AuthenticatedRequest) -> HttpResponse:
    """What the reader may see, the newest first."""
    rows = NewsItem.objects.visible_to(request.user).prefetch_related("texts")
    page = page_of(request, rows)
    context = {
        "table": NEWS.on_page(request.user, page.rows),
        "page": page,
        "may_write": may(request.user, "news.write"),
    }
    return render(request, "news/index.html", context)


@require_safe
@permission_required("news.read")
def news_item(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """One item: its texts, the countries that it names, and what may be done with it."""
    visible = NewsItem.objects.visible_to(request.user)
    item = get_object_or_404(visible.select_related("author", "programme"), pk=pk)
    texts = {text.language: text for text in item.texts.all()}
    staff = may(request.user, "news.write")
    named = item.countries.in_order()
    mine = named.filter(pk__in=access.countries_for(request.user, item.programme_id))
    agreed = item.agreements.filter(country__in=mine, text_mark=item.text_mark)
    context = {
        "item": item,
        "texts": [(code, name, texts.get(code)) for code, name in settings.LANGUAGES],
        "countries": named if staff else mine,
        "pictures": item.pictures.only("item", "descriptions", "taken_by"),
        "is_staff": staff,
        "missing": countries_to_ask(item) if staff else [],
        "actions": [(code, LABELS[code]) for code in actions_for(request, item)],
        "may_edit": staff and item.state == NewsState.DRAFT,
        "may_agree": may(request.user, "news.agree") and item.state in MOVES["publish"][0],
        "has_agreed": may(request.user, "news.agree") and agreed.exists(),
    }
    return render(request, "news/item.html", context)


def actions_for(request: AuthenticatedRequest, item: NewsItem) -> list[str]:
    """What the reader may do with an item in its state."""
    if not may(request.user, "news.write"):
        return []
    manages = item.programme_id in access.managed_ids(request.user)
    return [
        action
        for action, (sources, _target) in MOVES.items()
        if item.state in sources and (manages or action not in OF_MANAGERS)
    ]


@require_http_methods(FORM_METHODS)
@permission_required("news.write")
def new_news(request: AuthenticatedRequest) -> HttpResponse:
    """A draft, perhaps of a delivered engagement or a session that the address names; its texts
    follow."""
    return write_item(request, NewsItem(author=request.user), title=_("News item"), back="/news/")


@require_http_methods(FORM_METHODS)
@permission_required("news.write")
@transaction.atomic
def edit_news(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """What a draft is about."""
    item = draft_of(request, pk)
    return write_item(request, item, title=_("News item"), back=item.get_absolute_url())


def write_item(
    request: AuthenticatedRequest, item: NewsItem, *, title: str, back: str
) -> HttpResponse:
    """The form of an item."""
    about = {} if item.pk or request.method == "POST" else drawn_from(request)

    def make_form(row: NewsItem) -> NewsForm:
        return NewsForm(request.POST or None, instance=row, user=request.user, initial=about)

    return edit_record(request, make_form, item, title=title, back=back)


def drawn_from(request: AuthenticatedRequest) -> dict[str, object]:
    """What a draft takes from the engagement or the session that the address names."""
    asked = request.GET.get("engagement", ""), request.GET.get("session", "")
    engagement, session = (int(pk) if pk.isascii() and pk.isdecimal() else 0 for pk in asked)
    delivered = Engagement.objects.visible_to(request.user).filter(state__in=DONE)
    if (deed := delivered.filter(pk=engagement).first()) is not None:
        countries = Country.objects.filter(participations__part__engagement=deed).distinct()
        return {
            "programme": deed.programme_id,
            "engagement": deed.pk,
            "happened_on": deed.ends_on,
            "countries": list(countries.values_list("pk", flat=True)),
        }
    if (met := ProcessSession.objects.filter(pk=session).first()) is not None:
        return {"session": met.pk, "happened_on": met.ends_on}
    return {}


@require_http_methods(FORM_METHODS)
@permission_required("news.write")
@transaction.atomic
def edit_text(request: AuthenticatedRequest, pk: int, language: str) -> HttpResponse:
    """The text of a draft in one language."""
    item = draft_of(request, pk)
    names = dict(settings.LANGUAGES)
    if language not in names:
        raise Http404
    text = item.texts.filter(language=language).first() or NewsText(item=item, language=language)
    return edit_record(
        request,
        lambda row: NewsTextForm(request.POST or None, instance=row),
        text,
        title=language_title(names[language]),
        back=item.get_absolute_url(),
        leads_to=lambda row: row.item,
    )


@require_http_methods(FORM_METHODS)
@permission_required("news.write")
@transaction.atomic
def add_picture(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """A picture for a draft."""
    item = draft_of(request, pk)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = PictureForm(item, *sent)
    if sent and form.is_valid():
        form.save(item, request.user)
        messages.success(request, _("Saved."))
        return redirect(item)
    title, back = _("Picture"), item.get_absolute_url()
    context = {"form": form, "title": title, "back": back}
    status = 422 if form.errors else 200
    return render(request, "parts/record_form.html", context, status=status)


@require_safe
@permission_required("news.read")
def picture(request: AuthenticatedRequest, pk: int, number: int) -> HttpResponse:
    """A picture of an item, for those who work on it."""
    item = get_object_or_404(NewsItem.objects.visible_to(request.user), pk=pk)
    found = get_object_or_404(item.pictures.only("item", "small"), pk=number)
    return HttpResponse(bytes(found.small), content_type="image/jpeg")


@require_POST
@permission_required("news.write")
def remove_picture(request: AuthenticatedRequest, pk: int, number: int) -> HttpResponse:
    """Takes a picture away for good, in whatever state its item is."""
    item = get_object_or_404(NewsItem.objects.visible_to(request.user), pk=pk)
    get_object_or_404(item.pictures, pk=number).delete()
    messages.success(request, _("The picture is gone."))
    return redirect(item)


def draft_of(request: AuthenticatedRequest, pk: int) -> NewsItem:
    """A draft that the reader may see; where it is written, it stays one until that is done. Raises
    Http404 for one that is no draft any more."""
    drafts = NewsItem.objects.visible_to(request.user).filter(state=NewsState.DRAFT)
    if request.method == "POST":
        drafts = drafts.select_for_update(of=("self",))
    return get_object_or_404(drafts, pk=pk)


@require_POST
@permission_required("news.read")
def act_on_news(request: AuthenticatedRequest, pk: int, action: str) -> HttpResponse:
    """Takes an item on, agrees to its text, or takes that back."""
    item = get_object_or_404(NewsItem.objects.visible_to(request.user), pk=pk)
    try:
        if action == "agree":
            agree_to_text(request.user, item, request.POST.get("seen", ""))
        elif action == "take-back":
            take_agreement_back(request.user, item)
        elif action in MOVES:
            move_news(request.user, pk, action)
        else:
            raise Http404
    except (DomainError, ActionNotAllowed) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Done."))
    return redirect(item)
