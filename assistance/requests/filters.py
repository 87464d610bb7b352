"""The one filter set of requests: the page, the API and the export use it."""

from __future__ import annotations

import re
from typing import Any

import django_filters
from django.db.models import BooleanField, Case, F, Q, When
from django.utils.translation import gettext_lazy as _

from assistance.commitments.filters import (
    SERVED,
    ServedFilterMixin,
    obligation_filter,
    served_instrument_filter,
)
from assistance.programmes.filters import (
    officer_filter,
    pillar_filter,
    programmes_by_today,
    theme_filter,
)
from assistance.programmes.models import Theme
from assistance.requests import awaited_facts, choices
from assistance.requests.models import AssistanceRequest
from assistance.requests.states import COUNTRY_READS, OPEN, State, Turn
from core.db.search import WordsQuery
from core.filters import (
    NO_CHOICE,
    FilterSet,
    Order,
    SortFilter,
    YesNoFilter,
    choice_filter,
    date_filter,
    yes_no_value,
)
from countries.geography.filters import country_filter, group_filter, members_today, region_filter
from countries.models import CountryGroup
from countries.names import current_language

REFERENCE = re.compile(r"[A-Za-z]{3}-[0-9]{0,4}(-[0-9]*)?")  # a reference or its beginning
STATES = [choice for choice in State.choices if choice[0] != State.DISCARDED]
AWAITED = (
    ("me", _("Me")),
    ("officer", _("The officers")),
    ("manager", _("The manager")),
    ("country", _("The country")),
)
FOR_COUNTRIES = (("me", _("Me")), ("programme", _("The programme")))
ORDERS = (
    Order("newest", _("Newest first"), lambda: ("-id",), _("Oldest first"), is_descending=True),
    Order("due", _("Due first"), lambda: (F("due_on").asc(nulls_last=True), "id")),
    Order(
        "received",
        _("Last received first"),
        lambda: (F("received_on").desc(nulls_last=True), "-id"),
        is_descending=True,
    ),
    Order(
        "country",
        _("Country"),
        lambda: (f"country__sort_{current_language()}", "-id"),
        _("Country, in reverse order"),
    ),
    Order("title", _("Title"), lambda: ("title", "-id"), _("Title, in reverse order")),
)


def unless(condition: Q) -> Case:
    """True of every row that a condition does not hold of, also where it is unknown; in the same pass,
    where `exclude` looks at all rows once more."""
    return Case(When(condition, then=False), default=True, output_field=BooleanField())


class RequestFilter(ServedFilterMixin, FilterSet):
    """Requests by what people look for.

    Built with `request=`, whose user decides what “mine” means and which filters there are.
    """

    served_by = "request"

    q = django_filters.CharFilter(
        label=_("Words or reference"), method="search_for", max_length=200
    )
    state = django_filters.MultipleChoiceFilter(
        label=_("State"), choices=STATES, error_messages={"invalid_choice": NO_CHOICE}
    )
    open = YesNoFilter(label=_("Still open"), method="is_open")
    country = country_filter()
    pillar = pillar_filter()
    theme = theme_filter()
    obligation = obligation_filter()
    instrument = served_instrument_filter()
    group = group_filter(method="in_group")
    region = region_filter(field_name="country__region")
    urgency = choice_filter(_("Urgency"), choices.Urgency.choices)
    turn = choice_filter(_("Whose turn"), Turn.choices)
    awaited = django_filters.ChoiceFilter(
        label=_("Waiting for"),
        method="is_awaited",
        choices=AWAITED,
        empty_label=_("Any"),
        error_messages={"invalid_choice": NO_CHOICE},
    )
    lead_officer = officer_filter()
    mine = YesNoFilter(label=_("Mine"), method="is_mine")
    free = YesNoFilter(label=_("Mine, or nobody's yet"), method="is_free")
    late = YesNoFilter(label=_("Late"), method="is_late")
    received_from = date_filter(
        label=_("Received from"), field_name="received_on", lookup_expr="gte"
    )
    received_until = date_filter(
        label=_("Received until"), field_name="received_on", lookup_expr="lte"
    )
    due_from = date_filter(label=_("Due from"), field_name="due_on", lookup_expr="gte")
    due_until = date_filter(label=_("Due until"), field_name="due_on", lookup_expr="lte")
    language = choice_filter(_("Written in"), choices.WRITTEN_IN)
    sort = SortFilter(*ORDERS)

    class Meta:
        model = AssistanceRequest
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if getattr(getattr(self.request, "user", None), "is_focal_point", False):
            for name in ("lead_officer", "free", *SERVED):
                del self.filters[name]
            self.filters["awaited"].extra["choices"] = FOR_COUNTRIES
            self.filters["state"].extra["choices"] = [
                (code, COUNTRY_READS[State(code)]) for code, _label in STATES
            ]

    def search_for(self, rows: Any, _name: str, text: str) -> Any:
        """A reference or its beginning; else words, as search engines read them (“two words”
        together, or, -without)."""
        text = text.strip()
        if REFERENCE.fullmatch(text):
            return rows.filter(reference__startswith=text.upper())
        return rows.filter(search=WordsQuery(text))

    def is_open(self, rows: Any, _name: str, value: str) -> Any:
        """Submitted to delivered, and on hold."""
        return rows.filter(state__in=OPEN) if yes_no_value(value) else rows.exclude(state__in=OPEN)

    def with_theme(self, rows: Any, _name: str, theme: Theme) -> Any:
        """Among its themes."""
        return rows.filter(theme_codes__contains=[theme.code])

    def in_group(self, rows: Any, _name: str, group: CountryGroup) -> Any:
        """Of countries that are members today."""
        return rows.filter(country__in=members_today(group))

    def is_awaited(self, rows: Any, _name: str, of: str) -> Any:
        """Open ones in which an act of the reader, of others of the programme, or of the country is
        awaited."""
        reader = awaited_facts.Reader.of_request(self.request)
        if of == "me":
            return rows.filter(awaited_facts.of_reader(reader), state__in=OPEN)
        if of == "programme":
            return rows.filter(unless(awaited_facts.of_countries()), state__in=OPEN)
        side = {
            "officer": awaited_facts.of_officers,
            "manager": awaited_facts.of_managers,
            "country": awaited_facts.of_countries,
        }[of]
        return rows.filter(side(), unless(awaited_facts.of_reader(reader)), state__in=OPEN)

    def is_mine(self, rows: Any, _name: str, value: str) -> Any:
        """Led by the reader, or for a country's people written by them."""
        user = self.request.user
        own = {"author_id": user.pk} if user.is_focal_point else {"lead_officer_id": user.pk}
        return rows.filter(**own) if yes_no_value(value) else rows.exclude(**own)

    def is_free(self, rows: Any, _name: str, value: str) -> Any:
        """Led by the reader, or by nobody so far."""
        own = Q(lead_officer_id=self.request.user.pk) | Q(lead_officer__isnull=True)
        return rows.filter(own) if yes_no_value(value) else rows.exclude(own)

    def is_late(self, rows: Any, _name: str, value: str) -> Any:
        """Open, with a due date before today at the programme's duty station."""
        late = Q(pk__in=[])
        for day, programmes in programmes_by_today().items():
            late |= Q(state__in=OPEN, due_on__lt=day, programme__in=programmes)
        return rows.filter(late) if yes_no_value(value) else rows.exclude(late)
