"""Refusals of the domain as answers of the API, and bodies of the API as data of forms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from django.http import QueryDict
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from core.api import exceptions as api_exceptions
from core.api.exceptions import PreconditionFailed
from core.api.serializers import sentences_for_unknown
from core.workflow.exceptions import ActionNotAllowed, DomainError, EditConflict
from core.workflow.fields import ActionField


@contextmanager
def refusals_answered(request: Request) -> Iterator[None]:
    """412 for a change since the version of `If-Match`, 409 for one since another, or for what
    cannot be done now; 400 by field for the rest."""
    try:
        yield
    except EditConflict as error:
        raise (PreconditionFailed if request.headers.get("If-Match") else api_exceptions.Conflict)(
            str(error)
        ) from error
    except ActionNotAllowed as error:
        raise api_exceptions.Conflict(str(error)) from error
    except DomainError as error:
        raise ValidationError(error.detail) from error


def form_data(request: Request, fields: Sequence[ActionField]) -> Mapping[str, object]:
    """What was sent, as a form reads it.

    Raises ValidationError for fields that nobody asks for and for values of the wrong shape.
    """
    body = request.data
    if isinstance(body, QueryDict):
        refuse_unknown(
            [name for name in body if name != "csrfmiddlewaretoken" and not _is_cell(name, fields)],
            fields,
        )
        return body
    if not isinstance(body, Mapping):
        raise ValidationError({"__all__": [_("Send a JSON object with the fields of the action.")]})
    refuse_unknown(list(body), fields)
    by_name = {field.name: field for field in fields}
    data: dict[str, object] = {}
    errors: dict[str, list[str]] = {}
    for name, value in body.items():
        if value is None:
            continue
        field = by_name[name]
        if wrong := field.wrong_shape(value):
            errors[name] = [wrong]
        else:
            data[name] = field.form_value(value)
    if errors:
        raise ValidationError(errors)
    return data


def _is_cell(name: str, fields: Sequence[ActionField]) -> bool:
    """Whether a field of a page belongs to one of the tables: `steps-0-what`."""
    table, _dash, rest = name.partition("-")
    return bool(rest) and any(n.name == table and n.is_table for n in fields)


def refuse_unknown(names: Sequence[str], fields: Sequence[ActionField]) -> None:
    """Raises ValidationError naming each field that the action does not take, and those that it
    does."""
    known = [field.name for field in fields]
    unknown = [name for name in names if name not in known]
    if unknown:
        sentence = (
            _("There is no such field. The fields are: %(names)s.") % {"names": ", ".join(known)}
            if known
            else _("This takes no fields.")
        )
        raise ValidationError(sentences_for_unknown(unknown, sentence))
