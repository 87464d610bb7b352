"""A donor's edition, opened by the link that a manager made: without account, until a day, each
opening recorded by the function that gives it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.loader import render_to_string

from accounts.tokens.models import key_digest
from core.db.compressed import decompressed
from core.text import of_period
from portal.public.addresses import address_digest
from portal.public.functions import call
from portal.public.presentation import LANGUAGE_NAMES, own_first
from portal.public.responses import page_context, private, reads
from reports.documents.choices import Format
from reports.documents.downloads import as_download
from reports.kinds.choices import kind_title
from reports.schedules.periods import period_name
from reports.schedules.titles import localised_title


@dataclass
class OpenedDocument:
    """A stored document, as it came."""

    language: str
    format: str
    sha256: str
    content: bytes


@reads("key")
def donor_edition(request: HttpRequest, language: str) -> HttpResponse:
    """The page of the edition, with its documents. Raises Http404 for a key that opens nothing, or
    nothing any more."""
    if request.method == "HEAD":  # which is no reading
        return HttpResponseNotAllowed(["GET"])
    key = request.GET.get("key", "")
    row = call(
        "SELECT * FROM public_open_donor_link(%s, %s)", key_digest(key), address_digest(request)
    )
    if row is None:
        raise Http404
    kind, title, programme, start, end, number, published_at, ends_on, documents = row
    assert isinstance(start, date) and isinstance(end, date)
    query = urlencode({"key": key})
    by_language: dict[str, list[dict[str, object]]] = {}
    for document in sorted(
        json.loads(str(documents)), key=lambda d: Format.values.index(d["format"])
    ):
        label = Format(document["format"]).label
        by_language.setdefault(document["language"], []).append({**document, "label": label})
    context = page_context(request, language) | {
        "heading": of_period(
            localised_title(kind_title(str(kind)), str(title)), period_name(start, end)
        ),
        "programme_title": programme,
        "site": programme,
        "number": number,
        "published_at": published_at,
        "ends_on": ends_on,
        "documents": [(c, LANGUAGE_NAMES[c], by_language[c]) for c in own_first(by_language)],
        "query": query,
    }
    context["languages"] = [
        (code, name, f"/{code}/donor-edition/?{query}") for code, name in LANGUAGE_NAMES.items()
    ]
    return private(HttpResponse(render_to_string("public/donor_edition.html", context)))


@reads("key")
def donor_document(request: HttpRequest, language: str, key: UUID) -> HttpResponse:
    """The stored bytes of one of its documents. Raises Http404."""
    if request.method == "HEAD":
        return HttpResponseNotAllowed(["GET"])
    given = key_digest(request.GET.get("key", ""))
    row = call(
        "SELECT * FROM public_open_donor_document(%s, %s, %s)",
        given,
        key,
        address_digest(request),
    )
    if row is None:
        raise Http404
    written_in, form, sha256, content, name = row
    assert isinstance(content, (bytes, memoryview))
    found = OpenedDocument(str(written_in), str(form), str(sha256), decompressed(bytes(content)))
    response = as_download(found, str(name))
    if found.format == Format.HTML:
        response["Content-Disposition"] = "inline"
    response["Content-Language"] = found.language
    return private(response)
