"""What machines read of public pages: which there are, which may be searched, and what they are about."""

from __future__ import annotations

import json
from collections.abc import Iterator
from xml.sax.saxutils import escape

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from core.text import labelled
from core.validators import without_unprintable
from portal.public.languages import CODES
from portal.public.models import (
    PublicCountryPage,
    PublicProgramme,
    PublicRequest,
)
from portal.public.news_models import PublicNews
from portal.public.reference_models import (
    PublicInstrument,
    PublicProcess,
)
from portal.public.responses import kept_response, public_programme

MOST_NEWS = 50  # entries of a feed
MOST_OF_A_KIND = 20_000  # pages: a map holds 50,000 addresses
XML, XML_TYPE = '<?xml version="1.0" encoding="UTF-8"?>', "application/xml; charset=utf-8"
PAGES = (  # that bear nothing but language and programme
    "public_programme",
    "public_requests",
    "public_reports",
    "public_news",
    "public_countries",
    "public_tools",
    "public_processes",
    "public_instruments",
    "public_contact",
)
UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"}  # in a page's script element


def base_url() -> str:
    """What all addresses begin with."""
    return settings.BASE_URL.rstrip("/")


def places(programme: PublicProgramme, language: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Every page of a programme in a language: the name of its address, and what it bears beside
    language and programme."""
    for name in PAGES:
        yield name, {}
    mine = {"programmes__contains": [programme.pk]}
    for code in PublicProcess.objects.filter(**mine).values_list("code", flat=True):
        yield "public_process", {"code": code}
    for code in PublicInstrument.objects.filter(**mine).values_list("code", flat=True):
        yield "public_instrument", {"code": code}
    countries = PublicCountryPage.objects.filter(programme=programme)
    for iso3 in countries.values_list("country__iso3", flat=True):
        yield "public_country", {"iso3": iso3}
    news = PublicNews.objects.filter(programme=programme, language=language)
    for key in news.values_list("key", flat=True)[:MOST_OF_A_KIND]:
        yield "public_news_item", {"key": str(key)}
    requests = PublicRequest.objects.filter(programme=programme).order_by("-year", "pk")
    for pk in requests.values_list("pk", flat=True)[:MOST_OF_A_KIND]:
        yield "public_request", {"pk": pk}


def sitemap(_request: HttpRequest) -> HttpResponse:
    """Where the maps are: one for each programme and language."""
    lines = ['<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">']
    for code in PublicProgramme.objects.values_list("code", flat=True):
        for language in CODES:
            address = full_address("public_map", language, code)
            lines.append(f"<sitemap><loc>{escape(address)}</loc></sitemap>")
    response = HttpResponse("\n".join([XML, *lines, "</sitemapindex>"]), content_type=XML_TYPE)
    response["Cache-Control"] = "no-cache"
    return response


def programme_map(request: HttpRequest, language: str, programme: str) -> HttpResponse:
    """All pages of a programme in one language. No day of change is told. Raises Http404."""

    def body() -> tuple[str, bool]:
        about = public_programme(programme)
        lines = ['<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">']
        for name, given in places(about, language):
            address = full_address(name, language, programme, **given)
            lines.append(f"<url><loc>{escape(address)}</loc></url>")
        return "\n".join([XML, *lines, "</urlset>"]), True

    return kept_response(request, language, body, XML_TYPE)


def full_address(name: str, language: str, programme: str, **given: str) -> str:
    """An address with the host."""
    return base_url() + reverse(
        name, kwargs={"language": language, "programme": programme, **given}
    )


def news_feed(_request: HttpRequest, language: str, programme: str) -> HttpResponse:
    """News in one language, for programs that read feeds (RFC 4287). Raises Http404."""
    about = public_programme(programme)
    here = {"language": language, "programme": programme}
    feed = Atom1Feed(
        title=labelled(about.title, _("News")),
        link=base_url() + reverse("public_news", kwargs=here),
        description="",
        feed_url=base_url() + reverse("public_news_feed", kwargs=here),
        language=language,
    )
    for item in PublicNews.objects.filter(programme=about, language=language)[:MOST_NEWS]:
        address = base_url() + reverse("public_news_item", kwargs={**here, "key": item.key})
        feed.add_item(
            title=without_unprintable(item.title),
            link=address,
            description=without_unprintable(item.text),
            unique_id=item.key.urn,
            pubdate=item.published_at,
            updateddate=item.published_at,
        )
    text = feed.writeString("utf-8")
    response = HttpResponse(text, content_type="application/atom+xml; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


def robots(_request: HttpRequest) -> HttpResponse:
    """Search engines are for public pages; all else is for who signs in."""
    lines = [
        "User-agent: *",
        "Disallow: /",
        "Allow: /$",
        *(f"Allow: /{code}/" for code in CODES),
        "Allow: /static/",
        f"Sitemap: {base_url()}{reverse('public_sitemap')}",
    ]
    response = HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


def structured_data(programme: PublicProgramme, language: str, description: str) -> SafeString:
    """What a programme is, for machines (schema.org, JSON-LD), fit for a page's script element."""
    address = reverse(
        "public_programme", kwargs={"language": language, "programme": programme.code}
    )
    about = {
        "@context": "https://schema.org",
        "@type": "Organization",
        "name": programme.name,
        "url": base_url() + address,
        "description": description,
    }
    text = json.dumps(about, ensure_ascii=False)
    for sign, safe in UNSAFE.items():
        text = text.replace(sign, safe)
    return mark_safe(text)  # noqa: S308 no sign is left that could end the element
