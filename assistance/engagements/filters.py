"""The one filter set of engagements: the page, the API and the export use it."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from assistance.commitments.filters import (
    SERVED,
    ServedFilterMixin,
    obligation_filter,
    served_instrument_filter,
)
from assistance.engagements.choices import Modality, Origin
from assistance.engagements.models import (
    Engagement,
    EngagementRequest,
    NamedCountry,
    RecordedCountry,
)
from assistance.engagements.part_models import CountryParticipation
from assistance.engagements.states import AHEAD, EngagementState
from assistance.programmes.filters import (
    officer_filter,
    pillar_filter,
    programmes_by_today,
    theme_filter,
)
from assistance.programmes.models import Theme
from assistance.requests.choices import AssistanceType
from assistance.requests.filters import REFERENCE
from assistance.requests.models import AssistanceRequest
from assistance.tools.filters import tool_filter
from assistance.tools.models import Tool
from core import access
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
from countries.geography.filters import country_filter, group_filter, members_today
from countries.models import Country, CountryGroup
from countries.processes.filters import session_filter

ORDERS = (
    Order("newest", _("Newest first"), lambda: ("-id",), _("Oldest first"), is_descending=True),
    Order(
        "starts",
        _("First day, latest first"),
        lambda: (F("starts_on").desc(nulls_last=True), "-id"),
        is_descending=True,
    ),
    Order("ends", _("Last day, earliest first"), lambda: (F("ends_on").asc(nulls_last=True), "id")),
    Order("title", _("Title"), lambda: ("title", "-id"), _("Title, in reverse order")),
)


class EngagementFilter(ServedFilterMixin, FilterSet):
    """Engagements by what people look for.

    Built with `request=`, whose user decides what “mine” means and which filters there are.
    """

    served_by = "engagement"

    q = django_filters.CharFilter(
        label=_("Title or reference"), method="search_for", max_length=200
    )
    state = django_filters.MultipleChoiceFilter(
        label=_("State"),
        choices=EngagementState.choices,
        error_messages={"invalid_choice": NO_CHOICE},
    )
    type = choice_filter(_("Type"), AssistanceType.choices)
    modality = choice_filter(_("Modality"), Modality.choices)
    pillar = pillar_filter()
    theme = theme_filter()
    tool = tool_filter(method="with_tool")
    session = session_filter()
    obligation = obligation_filter()
    instrument = served_instrument_filter()
    country = country_filter(method="with_country")
    group = group_filter(method="with_group")
    lead_officer = officer_filter()
    mine = YesNoFilter(label=_("Mine"), method="is_mine")
    to_record = YesNoFilter(label=_("Over, not yet recorded"), method="is_to_record")
    ends_from = date_filter(label=_("Ends from"), field_name="ends_on", lookup_expr="gte")
    ends_until = date_filter(label=_("Ends until"), field_name="ends_on", lookup_expr="lte")
    request = django_filters.CharFilter(label=_("For request"), method="for_request", max_length=30)
    origin = choice_filter(_("Origin"), Origin.choices)
    sort = SortFilter(*ORDERS)

    class Meta:
        model = Engagement
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_for_country:
            for name in ("lead_officer", "mine", "to_record", "origin", *SERVED):
                del self.filters[name]

    @property
    def is_for_country(self) -> bool:
        """Whether a focal point reads."""
        return bool(getattr(getattr(self.request, "user", None), "is_focal_point", False))

    def search_for(self, rows: Any, _name: str, text: str) -> Any:
        """A reference or its beginning; else a part of the title."""
        text = text.strip()
        return (
            rows.filter(reference__startswith=text.upper())
            if REFERENCE.fullmatch(text)
            else rows.filter(title__icontains=text)
        )

    def with_theme(self, rows: Any, _name: str, theme: Theme) -> Any:
        """Among its themes."""
        return rows.filter(theme_codes__contains=[theme.code])

    def with_tool(self, rows: Any, _name: str, tool: Tool) -> Any:
        """Among the tools used."""
        return rows.filter(tool_codes__contains=[tool.code])

    def with_country(self, rows: Any, _name: str, country: Country) -> Any:
        """That concern this country."""
        return rows.filter(self._concerning(Q(country=country)))

    def with_group(self, rows: Any, _name: str, group: CountryGroup) -> Any:
        """That concern a country which is a member today."""
        return rows.filter(self._concerning(Q(country__in=members_today(group))))

    def _concerning(self, countries: Q) -> Q:
        """Taking part.

        A focal point learns of other countries only once the engagement is confirmed, through a
        filter no sooner than by reading.
        """
        takes_part = CountryParticipation.objects.filter(countries, part__engagement=OuterRef("pk"))
        recorded = RecordedCountry.objects.filter(countries, engagement=OuterRef("pk"))
        if not self.is_for_country:
            return Q(Exists(takes_part)) | Q(Exists(recorded))
        own = access.country_ids(self.request.user)
        known = Q(Exists(takes_part.filter(country__in=own))) | Q(
            Exists(recorded.filter(country__in=own))
        )
        return known | Q(Exists(NamedCountry.objects.filter(countries, engagement=OuterRef("pk"))))

    def is_mine(self, rows: Any, _name: str, value: str) -> Any:
        """Led by the reader."""
        own = {"lead_officer_id": self.request.user.pk}
        return rows.filter(**own) if yes_no_value(value) else rows.exclude(**own)

    def is_to_record(self, rows: Any, _name: str, value: str) -> Any:
        """Over at the duty station, but still planned or confirmed."""
        over = Q(pk__in=[])
        for day, programmes in programmes_by_today().items():
            over |= Q(state__in=AHEAD, ends_on__lt=day, programme__in=programmes)
        return rows.filter(over) if yes_no_value(value) else rows.exclude(over)

    def for_request(self, rows: Any, _name: str, reference: str) -> Any:
        """Linked to the request of this reference, if the reader may see that one."""
        cases = AssistanceRequest.objects.visible_to(self.request.user).filter(
            reference=reference.strip().upper()
        )
        return rows.filter(
            Exists(EngagementRequest.objects.filter(engagement=OuterRef("pk"), request__in=cases))
        )
