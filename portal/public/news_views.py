"""News for strangers, in the language of the address alone."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language

from core.pagination import asked_page
from portal.news.pictures import WIDTHS
from portal.public.models import PublicCountryPage, PublicProgramme
from portal.public.news_models import PublicNews, PublicNewsPicture
from portal.public.references import countries_in_order
from portal.public.responses import Context, public_page, public_programme, reads


@public_page("public/news.html", "page")
def news(request: HttpRequest, programme: PublicProgramme) -> Context:
    """News in the reader's language; what is not written in it is left out."""
    page, wrong = asked_page(request.GET.get("page", ""), news_of(programme))
    return {"page": page, "wrong_page": wrong, "is_wrong": bool(wrong)}


@public_page("public/news_item.html")
def news_page(request: HttpRequest, programme: PublicProgramme, key: UUID) -> Context:
    """One of them. Raises Http404 where it is not written in this language, or not read any more."""
    found = news_of(programme).filter(key=key).first()
    if found is None:
        raise Http404
    pictures = PublicNewsPicture.objects.filter(item_key=found.key).defer("small", "large")
    named = [c for c in countries_in_order() if c.pk in found.countries]
    with_page = PublicCountryPage.objects.filter(programme=programme, country__in=named)
    ids = set(with_page.values_list("country_id", flat=True))
    return {
        "item": found,
        "countries": [(c, c.pk in ids) for c in named],
        "pictures": [picture for picture in pictures if picture.description],
    }


@reads()
def news_picture(
    request: HttpRequest, language: str, programme: str, key: UUID, size: str
) -> HttpResponse:
    """A picture of an item that may be read in some language. Raises Http404."""
    public_programme(programme)
    if size not in WIDTHS:
        raise Http404
    found = PublicNewsPicture.objects.filter(key=key).values_list(size, flat=True).first()
    if found is None:
        raise Http404
    response = HttpResponse(bytes(found), content_type="image/jpeg")
    response["Cache-Control"] = "no-cache"
    return response


def news_of(programme: PublicProgramme) -> QuerySet[PublicNews]:
    """Those of the active language, the newest first."""
    return PublicNews.objects.filter(programme=programme, language=get_language() or "en")
