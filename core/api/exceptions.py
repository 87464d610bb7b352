"""Errors of the API as problem details (RFC 9457): what is wrong, where, in a sentence."""

from __future__ import annotations

from http import HTTPStatus

from django.core.exceptions import (
    PermissionDenied,
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.core.exceptions import ValidationError as DjangoValidationError
from django.db import DataError
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler

MEDIA_TYPE = "application/problem+json"


class TooLarge(exceptions.APIException):
    """A body beyond what is read into memory; files go through their own address, as multipart."""

    status_code = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    default_detail = gettext_lazy("The body is too large. Send less at once.")


class PreconditionFailed(exceptions.APIException):
    """What the client changes is not what it read."""

    status_code = 412
    default_code = "precondition_failed"


class Conflict(exceptions.APIException):
    """The object is not in a state in which this can be done, or somebody else changed it in the
    meantime."""

    status_code = 409
    default_code = "conflict"


def problem_details_handler(exception: Exception, context: dict[str, object]) -> Response | None:
    """DRF's exception handler.

    Field errors stand under `errors`, by field; None lets an unknown error be a 500.
    """
    if isinstance(
        exception, DataError | OverflowError
    ):  # the latter by 1e400, which JSON can write
        exception = exceptions.ValidationError(
            {"__all__": [_("Some value holds a character or a number that cannot be kept.")]}
        )
    if isinstance(exception, DjangoValidationError):
        exception = exceptions.ValidationError(
            exception.message_dict
            if hasattr(exception, "error_dict")
            else {"__all__": exception.messages}
        )
    if isinstance(exception, RequestDataTooBig):
        exception = TooLarge()
    if isinstance(exception, TooManyFieldsSent | TooManyFilesSent):
        exception = exceptions.ParseError(_("it has too many fields"))
    response = exception_handler(exception, context)
    if response is None:
        return None
    problem: dict[str, object] = {
        "type": "about:blank",
        "title": HTTPStatus(response.status_code).phrase,
        "status": response.status_code,
    }
    if isinstance(exception, exceptions.ValidationError):
        problem["detail"] = _("Some fields are not right: see “errors”.")
        problem["errors"] = (
            response.data if isinstance(response.data, dict) else {"__all__": response.data}
        )
    elif isinstance(exception, Http404):
        problem["detail"] = _("There is nothing here, or nothing that you may see.")
    elif isinstance(exception, PermissionDenied):
        problem["detail"] = str(exception) or _("You may not do this.")
    elif isinstance(exception, exceptions.ParseError):
        problem["detail"] = _("The body cannot be read: %(error)s. Send JSON.") % {
            "error": response.data.get("detail", "")
        }
    else:
        problem["detail"] = (
            str(response.data.get("detail", ""))
            if isinstance(response.data, dict)
            else str(response.data)
        )
    response.data = problem
    response.content_type = MEDIA_TYPE
    return response
