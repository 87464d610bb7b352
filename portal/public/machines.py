"""What machines read of public pages: which there are, which may be searched, and what they are about."""

from __future__ import annotations

import json
from collections.abc import Iterator
from xml.sax.saxutils import escape

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from portal.public.languages import CODES
from portal.public.models import (
    PublicCountryPage,
    PublicInstrument,
    PublicProcess,
    PublicProgramme,
    PublicRequest,
)

MOST_REQUESTS = 8_000  # of each programme: a map holds 50,000 addresses, each in six languages
# beside each other a page needs no more than its name
PAGES = (
    "public_programme",
    "public_requests",
    "public_reports",
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


def places(programme: PublicProgramme) -> Iterator[tuple[str, dict[str, str]]]:
    """Every page of a programme: the name of its address, and what it bears beside language and
    programme."""
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
    requests = PublicRequest.objects.filter(programme=programme).order_by("-year", "pk")
    for pk in requests.values_list("pk", flat=True)[:MOST_REQUESTS]:
        yield "public_request", {"pk": pk}


def sitemap(_request: HttpRequest) -> HttpResponse:
    """All public pages, each with its other languages. No day of change is told."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        ' xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    ]
    for programme in PublicProgramme.objects.all():
        for name, given in places(programme):
            addresses = {
                code: base_url()
                + reverse(name, kwargs={"language": code, "programme": programme.code, **given})
                for code in CODES
            }
            others = "".join(
                f'<xhtml:link rel="alternate" hreflang="{code}" href="{escape(address)}"/>'
                for code, address in addresses.items()
            )
            lines += [
                f"<url><loc>{escape(address)}</loc>{others}</url>" for address in addresses.values()
            ]
    lines.append("</urlset>")
    response = HttpResponse("\n".join(lines), content_type="application/xml; charset=utf-8")
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
        "name": programme.title,
        "url": base_url() + address,
        "description": description,
    }
    text = json.dumps(about, ensure_ascii=False)
    for sign, safe in UNSAFE.items():
        text = text.replace(sign, safe)
    return mark_safe(text)  # noqa: S308 no sign is left that could end the element
