"""Answers to strangers: kept under the number that rises when what they read changes, with a mark
by which a browser asks whether its copy still holds."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified, QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import parse_etags
from redis.exceptions import RedisError

from portal.public.models import CurrentGeneration, PublicProgramme

P = ParamSpec("P")
Context = Mapping[str, object]
KEPT_FOR = 24 * 3600  # seconds
LONGEST_ADDRESS = 254  # characters of an e-mail address (RFC 5321)
LONGEST = 100  # characters of a parameter that are looked at


def public_page(
    template: str, *parameters: str
) -> Callable[
    [Callable[Concatenate[HttpRequest, PublicProgramme, P], Context]],
    Callable[..., HttpResponse],
]:
    """Makes a view of what a page says of a programme; `parameters` are those that it reads. What
    was asked for wrongly (`is_wrong`) is answered and not kept. Raises Http404 for a programme
    without public pages."""

    def decorator(
        context_of: Callable[Concatenate[HttpRequest, PublicProgramme, P], Context],
    ) -> Callable[..., HttpResponse]:
        @wraps(context_of)
        def view(
            request: HttpRequest, language: str, programme: str, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponse:
            def body() -> tuple[str, bool]:
                found = public_programme(programme)
                said = context_of(request, found, *args, **kwargs)
                context = {**page_context(request, language, found), **said}
                return render_to_string(template, context), not said.get("is_wrong")

            return kept_response(request, language, body)

        return reads(*parameters)(view)

    return decorator


def reads(*names: str) -> Callable[[Callable[P, HttpResponse]], Callable[P, HttpResponse]]:
    """Marks a view with the parameters that it reads."""

    def decorator(view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
        view.parameters = names  # type: ignore[attr-defined]
        return view

    return decorator


def takes_posts(view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
    """Marks a view to which strangers may send something."""
    view.takes_posts = True  # type: ignore[attr-defined]
    return view


def public_programme(code: str) -> PublicProgramme:
    """The programme. Raises Http404 for one without public pages."""
    found: PublicProgramme | None = PublicProgramme.objects.filter(code=code).first()
    if found is None:
        raise Http404
    return found


def page_context(
    request: HttpRequest, language: str, programme: PublicProgramme | None = None
) -> dict[str, object]:
    """What the frame of each page says: no visitor, and no form with a token."""
    rest = request.path.removeprefix(f"/{language}/")
    return {
        "programme": programme,
        "site": programme.name if programme else "Meridian",
        "LANGUAGE_CODE": language,
        "direction": "rtl" if translation.get_language_bidi() else "ltr",
        "languages": [(code, name, f"/{code}/{rest}") for code, name in settings.LANGUAGES],
        "default_address": f"/en/{rest}",
        "here": request.resolver_match.url_name if request.resolver_match else "",
        "base": settings.BASE_URL.rstrip("/"),
        "path": request.path,
        "request": request,  # of which templates read the address alone
        "sign_in": reverse("account_login"),
    }


def kept_response(
    request: HttpRequest,
    language: str,
    body: Callable[[], tuple[str, bool]],
    content_type: str = "text/html; charset=utf-8",
) -> HttpResponse:
    """The page as it was kept for the number of now, or made, and kept where `body` says so. 304 to
    who has it."""
    mark = mark_of(request, language)
    if has_copy(request, mark):
        return marked(HttpResponseNotModified(), mark)
    text = kept(mark)
    if text is None:
        text, is_kept = body()
        if is_kept:
            keep(mark, text)
    return marked(HttpResponse(text, content_type=content_type), mark)


def has_copy(request: HttpRequest, mark: str) -> bool:
    """Whether the browser's copy has this mark, compressed (`W/`) or not."""
    sent = parse_etags(request.headers.get("If-None-Match", ""))
    return f'"{mark}"' in {etag.removeprefix("W/") for etag in sent}


def read_query(request: HttpRequest, names: Iterable[str]) -> QueryDict:
    """The parameters that public pages read, each once and of a bounded length, in one order: nothing
    else that a stranger sends gets into a page that is kept for others."""
    given = {name: request.GET.get(name, "")[:LONGEST] for name in names}
    return QueryDict(urlencode({name: value for name, value in given.items() if value}))


def mark_of(request: HttpRequest, language: str) -> str:
    """By what an answer is kept and known again: the number of what strangers read now, and what
    was asked for, on a day, since dates come into force. The number is read before any row, so that
    a page is of that number or a later one."""
    number = CurrentGeneration.objects.values_list("number", flat=True).get()
    asked = request.GET.urlencode()
    text = repr((number, timezone.now().date(), language, request.path, asked))
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def marked(response: HttpResponse, mark: str) -> HttpResponse:
    """To be asked for again each time: a withdrawn consent reaches no further than a copy."""
    response["ETag"] = f'"{mark}"'
    response["Cache-Control"] = "no-cache"
    return response


def kept(mark: str) -> str | None:
    """The page as it was made; without a cache it is made each time."""
    try:
        body: str | None = cache.get(f"public-{mark}")
    except RedisError:
        return None
    return body


def keep(mark: str, body: str) -> None:
    """Keeps a page, where there is a cache."""
    try:
        cache.set(f"public-{mark}", body, KEPT_FOR)
    except RedisError:
        return


def refusal(request: HttpRequest, language: str, template: str, status: int) -> HttpResponse:
    """A page that says why there is no other; kept by nobody."""
    text = render_to_string(template, page_context(request, language))
    return private(HttpResponse(text, status=status))


def private(response: HttpResponse) -> HttpResponse:
    """Kept by nobody, and its address told to nobody: it may hold a key."""
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


def not_found(request: HttpRequest, language: str) -> HttpResponse:
    """404, of what is not there and of what is not public."""
    return refusal(request, language, "public/not_found.html", 404)


def out_of_order(request: HttpRequest, language: str) -> HttpResponse:
    """503: the public connection does not answer."""
    return refusal(request, language, "public/out_of_order.html", 503)


def too_large(request: HttpRequest, language: str) -> HttpResponse:
    """413: more than a form holds."""
    return refusal(request, language, "public/too_large.html", 413)
