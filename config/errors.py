"""What answers where no view does: problem details to programs, a page with a sentence to people."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views import defaults

from core.api.exceptions import MEDIA_TYPE
from core.view_flags import flags_of


def is_program(request: HttpRequest) -> bool:
    """Whether the API was meant."""
    return flags_of(request).is_api


def problem_response(status: HTTPStatus, detail: str) -> HttpResponse:
    """An error outside every view of the API, in the shape of those inside."""
    body = {"type": "about:blank", "title": status.phrase, "status": status, "detail": detail}
    return JsonResponse(body, status=status, content_type=MEDIA_TYPE)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: a host that is not ours, a body that cannot be read."""
    if is_program(request):
        return problem_response(HTTPStatus.BAD_REQUEST, _("This request cannot be read."))
    return defaults.bad_request(request, exception)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: the permission table says no."""
    if is_program(request):
        return problem_response(HTTPStatus.FORBIDDEN, _("You may not do this."))
    return defaults.permission_denied(request, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: there is nothing, or nothing for this person."""
    if is_program(request):
        return problem_response(
            HTTPStatus.NOT_FOUND, _("There is nothing here, or nothing that you may see.")
        )
    return defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: a mistake of ours, which tells nothing of the inside."""
    if is_program(request):
        return problem_response(
            HTTPStatus.INTERNAL_SERVER_ERROR, _("Meridian made a mistake. It is on record.")
        )
    return defaults.server_error(request)
