"""The columns of the list of requests, on its page and in its export."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Expression, F, Func, TextField, Value
from django.db.models.functions import Cast, Coalesce, NullIf
from django.utils.formats import date_format
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.types import AuthenticatedRequest
from assistance.requests import fields, presentation
from assistance.requests.awaited_facts import Reader, known_of
from assistance.requests.models import AssistanceRequest
from assistance.requests.states import COUNTRY_READS, State, shape_of
from assistance.templatetags.assistance import awaited_sentences, pillar
from core import access
from core.db.fields import column_of
from core.db.functions import choice_label
from core.tables import Column, Table, field, staff
from core.text import label_of
from countries.names import country_name_expression, name_expression

YES_NO = ((True, gettext_lazy("Yes")), (False, gettext_lazy("No")))


@dataclass(frozen=True)
class RequestRow:
    """A case as a list shows it: its state in the reader's words, and who is awaited for what."""

    case: AssistanceRequest
    state: str
    shape: str
    awaited: list[presentation.StateWords]


def request_rows(
    request: AuthenticatedRequest, cases: Iterable[AssistanceRequest]
) -> list[RequestRow]:
    """The rows of these cases for who asks. What is awaited is looked up for all at once."""
    cases = list(cases)
    if not cases:
        return []
    user = request.user
    known, reader = known_of(cases, inside=user.is_programme_staff), Reader.of_request(request)
    return [
        RequestRow(
            case,
            presentation.short_state(case) if user.is_focal_point else label_of(State, case.state),
            shape_of(case.state),
            presentation.awaited_words(case, known[case.pk], reader),
        )
        for case in cases
    ]


def request_cell(row: RequestRow) -> SafeString:
    """The title, which leads to the case, over its reference and the day on which it came."""
    case = row.case
    received = (
        f" · {date_format(case.received_on, 'DATE_FORMAT') if case.received_on else ''}"
        if case.reference
        else _("Draft")
    )
    return format_html(
        '<a class="title" href="{}" dir="auto">{}</a><br>'
        '<span class="reference"><bdi>{}</bdi>{}</span>',
        case.get_absolute_url(),
        case.title or "—",
        case.reference or "",
        received,
    )


def state_cell(row: RequestRow) -> SafeString:
    """The state in its colour."""
    return format_html('<span class="state {}">{}</span>', row.shape, row.state)


def state_expression(viewer: User) -> Expression:
    """The state as this reader calls it."""
    words = COUNTRY_READS.items() if viewer.is_focal_point else State.choices
    return choice_label("state", words)


def field_expression(name: str) -> Expression | F:
    """A field of a request as the export writes it: dates as ISO, lists by their codes, the rest as
    the page shows it."""
    column = column_of(AssistanceRequest, name)
    if isinstance(column, ArrayField):
        return Func(name, Value(" "), function="array_to_string", output_field=TextField())
    if isinstance(column, models.BooleanField):
        return choice_label(name, YES_NO)
    if column.choices:
        return choice_label(name, column.flatchoices)
    if isinstance(column, models.IntegerField):
        return Cast(name, TextField())
    if isinstance(column, models.ForeignKey):
        return RELATED[name]()
    return F(name)


RELATED: dict[str, Callable[[], Expression | F]] = {
    "programme": lambda: Coalesce(
        NullIf(name_expression("programme__names"), Value("")),
        F("programme__title"),
        output_field=TextField(),
    ),
    "country": lambda: country_name_expression("country"),
    "pillar": lambda: name_expression("pillar__names"),
    "institution": lambda: F("institution__name"),
}


def field_column(name: str) -> Column[RequestRow]:
    """The export's column of a field that a person may have filled in."""
    return Column(
        name, lazy(fields.field_label, str)(name), sql=lambda _reader: field_expression(name)
    )


def reads_several_countries(viewer: User) -> bool:
    """Whether a column of countries tells this reader anything."""
    return not viewer.is_focal_point or len(access.country_ids(viewer)) > 1


REQUESTS: Table[RequestRow] = Table(
    caption=gettext_lazy("Requests"),
    empty=gettext_lazy("No request fits."),
    none_yet=gettext_lazy("No request yet."),
    columns=(
        Column("request", gettext_lazy("Request"), request_cell, sort="title", css="wide"),
        Column(
            "country_name",
            gettext_lazy("Country"),
            lambda r: r.case.country.name,
            audience=reads_several_countries,
            sort="country",
        ),
        Column("pillar_mark", gettext_lazy("Pillar"), lambda r: pillar(r.case.pillar), css="small"),
        Column("reference", gettext_lazy("Reference"), sql=field("reference")),
        Column("state", gettext_lazy("State"), state_cell, sql=state_expression),
        Column(
            "awaited",
            gettext_lazy("Waiting for"),
            lambda r: awaited_sentences(r.awaited),
            sort="due",
            css="small wide",
        ),
        Column(
            "officer",
            gettext_lazy("Officer"),
            lambda r: r.case.lead_officer or "",
            audience=staff,
            css="small soft",
        ),
        Column("received_on", gettext_lazy("Received on"), sql=field("received_on")),
        Column("due_on", gettext_lazy("Due"), sql=field("due_on")),
        *(field_column(f.name) for f in fields.FIELDS),
    ),
)

# of a home: who is awaited for what, and by when, stands first
FIRST = ("awaited", "request", "country_name", "state", "pillar_mark", "officer")
QUEUE: Table[RequestRow] = replace(
    REQUESTS,
    columns=sorted(
        (c for c in REQUESTS.columns if c.code in FIRST), key=lambda c: FIRST.index(c.code)
    ),
    css="cards queue",
)
