"""Pages for strangers. They read through the public connection and nothing else; the middleware of
this folder refuses any other."""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from core.pagination import asked_page
from countries.names import current_language
from portal.instruments.presentation import map_of, steps_of
from portal.public.forms import FILTERS, RegisterForm
from portal.public.machines import structured_data
from portal.public.models import (
    PublicCountryPage,
    PublicDocument,
    PublicEdition,
    PublicPillar,
    PublicProgramme,
    PublicRequest,
)
from portal.public.presentation import (
    countries_served,
    headlines_of,
    last_whole_edition,
    listed_editions,
    requests_counted,
    steps_of_help,
    what_it_is,
)
from portal.public.reference_models import (
    PublicInstrument,
    PublicProcess,
)
from portal.public.references import (
    countries_in_order,
    statuses_of,
    tools_by_kind,
    treaties_of,
)
from portal.public.register import in_register_order, register_choices
from portal.public.responses import (
    Context,
    has_copy,
    kept_response,
    page_context,
    public_page,
    public_programme,
)
from reports.documents.choices import Format
from reports.documents.downloads import as_download
from reports.schedules.periods import period_name

Found = TypeVar("Found", bound=Model)


def programmes(request: HttpRequest, language: str) -> HttpResponse:
    """The programmes that have public pages; the page of the only one. Raises Http404 where there is
    none."""
    codes = list(PublicProgramme.objects.values_list("code", flat=True)[:2])
    if not codes:
        raise Http404
    if len(codes) == 1:
        return redirect("public_programme", language=language, programme=codes[0])

    def body() -> tuple[str, bool]:
        found = PublicProgramme.objects.all()
        context = page_context(request, language) | {"programmes": found}
        return render_to_string("public/programmes.html", context), True

    return kept_response(request, language, body)


@public_page("public/programme.html")
def programme_page(request: HttpRequest, programme: PublicProgramme) -> Context:
    """How help works, who may ask, what is done, and the figures of the last public report."""
    edition = last_whole_edition(programme)
    return {
        "steps": steps_of_help(programme),
        "pillars": PublicPillar.objects.filter(programmes__contains=[programme.pk]),
        "edition": edition,
        "period": period_name(edition.period_start, edition.period_end) if edition else "",
        "headlines": headlines_of(edition) if edition else [],
        "map": countries_served(edition) if edition else None,
        "what_it_is": what_it_is(),
        "structured": structured_data(programme, get_language() or "en", what_it_is()),
    }


@public_page("public/requests.html", "page", *FILTERS)
def register(request: HttpRequest, programme: PublicProgramme) -> Context:
    """Requests whose country agreed to be read, by pillar, country and year."""
    rows = PublicRequest.objects.filter(programme=programme)
    form = RegisterForm(request.GET or None, choices=register_choices(programme))
    if form.is_valid():
        rows = form.narrow(rows)
    page, wrong = asked_page(request.GET.get("page", ""), in_register_order(rows))
    return {
        "form": form,
        "page": page,
        "wrong_page": wrong,
        "is_wrong": bool(wrong or form.errors),
        "is_narrowed": form.is_narrowed,
        "counted": requests_counted(programme),
    }


@public_page("public/request.html")
def request_page(request: HttpRequest, programme: PublicProgramme, pk: str) -> Context:
    """One of them. Raises Http404 for one that is not there, or not any more."""
    rows = PublicRequest.objects.filter(programme=programme).select_related("country", "pillar")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return {"entry": found}


@public_page("public/reports.html")
def reports(request: HttpRequest, programme: PublicProgramme) -> Context:
    """Published public editions in force, with their documents."""
    return {"editions": listed_editions(programme)}


@public_page("public/tools.html")
def tools(request: HttpRequest, programme: PublicProgramme) -> Context:
    """The tools that the programme names, by kind, with their versions."""
    return {"kinds": tools_by_kind(programme)}


@public_page("public/processes.html")
def processes(request: HttpRequest, programme: PublicProgramme) -> Context:
    """The intergovernmental processes that the programme names."""
    rows = PublicProcess.objects.filter(programmes__contains=[programme.pk])
    return {"processes": rows.prefetch_related("sessions")}


@public_page("public/process.html")
def process_page(request: HttpRequest, programme: PublicProgramme, code: str) -> Context:
    """A process with its sessions and documents. Raises Http404."""
    found = named(PublicProcess.objects.all(), programme, code)
    sessions = found.sessions.prefetch_related("documents")
    treaties = PublicInstrument.objects.filter(
        code=found.instrument_code, programmes__contains=[programme.pk]
    )
    return {"process": found, "sessions": sessions, "treaty": treaties.first()}


@public_page("public/instruments.html")
def instruments(request: HttpRequest, programme: PublicProgramme) -> Context:
    """The treaties that the programme names, each with how far it is."""
    rows = PublicInstrument.objects.filter(programmes__contains=[programme.pk])
    return {"statuses": statuses_of(rows, countries_in_order())}


@public_page("public/instrument.html")
def instrument_page(request: HttpRequest, programme: PublicProgramme, code: str) -> Context:
    """A treaty: who signed and joined, on what day, by name and on the map. Raises Http404."""
    found = named(PublicInstrument.objects.all(), programme, code)
    countries = countries_in_order()
    (status,) = statuses_of([found], countries)
    return {
        "instrument": found,
        "status": status,
        "steps": steps_of(status.instrument, status.progress, timezone.now().date()),
        "map": map_of(status, countries),
        "processes": PublicProcess.objects.filter(
            instrument_code=found.code, programmes__contains=[programme.pk]
        ),
    }


@public_page("public/countries.html")
def countries(request: HttpRequest, programme: PublicProgramme) -> Context:
    """The countries that agreed to a page of their own."""
    by_name = f"country__sort_{current_language()}"
    pages = PublicCountryPage.objects.filter(programme=programme).select_related("country")
    return {"pages": pages.order_by(by_name)}


@public_page("public/country.html", "page")
def country_page(request: HttpRequest, programme: PublicProgramme, iso3: str) -> Context:
    """A country that agreed to it: its requests in the register, what it did about treaties, and
    whether it has a focal point. Raises Http404."""
    pages = PublicCountryPage.objects.filter(programme=programme, country__iso3=iso3.upper())
    found = pages.select_related("country").first()
    if found is None:
        raise Http404
    rows = PublicRequest.objects.filter(programme=programme, country=found.country_id)
    page, wrong = asked_page(request.GET.get("page", ""), in_register_order(rows))
    return {
        "country": found.country,
        "institution": found.institution,
        "page": page,
        "wrong_page": wrong,
        "is_wrong": bool(wrong),
        "treaties": treaties_of(programme, found.country),
    }


def named(rows: QuerySet[Found], programme: PublicProgramme, code: str) -> Found:
    """The one of this code that the programme names. Raises Http404."""
    found = rows.filter(programmes__contains=[programme.pk], code=code).first()
    if found is None:
        raise Http404
    return found


def document(request: HttpRequest, language: str, programme: str, key: UUID) -> HttpResponse:
    """The stored bytes of a document of a public edition: a page is read at once, all others are
    kept. Raises Http404."""
    about = public_programme(programme)
    rows = PublicDocument.objects.filter(key=key, edition__programme=about)
    found: PublicDocument | None = rows.defer("content").first()
    if found is None:
        raise Http404
    mark = found.sha256
    if has_copy(request, mark):
        response: HttpResponse = HttpResponseNotModified()
    else:
        edition = PublicEdition.objects.only("kind", "period_start", "number").get(
            pk=found.edition_id
        )
        name = f"{edition.kind}-{edition.period_start}-r{edition.number}"
        response = as_download(found, name)
        if found.format == Format.HTML:
            response["Content-Disposition"] = "inline"
    response["ETag"] = f'"{mark}"'
    response["Cache-Control"] = "no-cache"
    response["Content-Language"] = found.language
    response["Link"] = f'<{reverse("public_reports", args=[language, programme])}>; rel="up"'
    return response
