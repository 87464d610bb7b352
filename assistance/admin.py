"""Administration of programmes and what each of them sets.

Cases and engagements are not administered: they have their pages.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.filters import ListFilter
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.db.models import Field
from django.http import HttpRequest

from accounts.offboarding import HandoverModelAdmin
from assistance.models import (
    Donor,
    Funding,
    Holiday,
    Pillar,
    Programme,
    ProgrammeMembership,
    ReasonCode,
    Standard,
    Theme,
)
from assistance.requests.clocks import RULES
from core.admin import ModelAdmin
from countries.forms import NamedForm


class ProgrammeForm(NamedForm[Programme]):
    """A programme with its name in six languages."""

    class Meta:
        model = Programme
        exclude = ["title", "names"]

    def save(self, commit: bool = True) -> Programme:
        """The English name orders lists."""
        self.instance.title = self.cleaned_data["name_en"]
        return super().save(commit)


@admin.register(Programme)
class ProgrammeAdmin(ModelAdmin[Programme]):
    """Programmes, with their lists."""

    form = ProgrammeForm
    filter_horizontal = ["pillars", "themes", "reasons"]
    list_display = ["title", "code", "zone", "currency", "is_active"]
    search_fields = ["title", "code"]


@admin.register(ProgrammeMembership)
class ProgrammeMembershipAdmin(HandoverModelAdmin[ProgrammeMembership]):
    """Who works for which programme, from when until when.

    A membership stays that of its person and programme: another one is another row.
    """

    ending_fields = ("role", "valid_from", "valid_until")

    list_display = ["user", "programme", "role", "reads_names", "valid_from", "valid_until"]
    list_filter = ["programme", "role", "reads_names"]
    list_select_related = ["user", "programme"]
    search_fields = ["user__name", "user__email"]
    autocomplete_fields = ["user"]
    fields = ["user", "programme", "role", "reads_names", "valid_from", "valid_until"]

    def get_readonly_fields(
        self, request: HttpRequest, obj: ProgrammeMembership | None = None
    ) -> list[str]:
        """Whose and of which programme is said once."""
        return ["user", "programme"] if obj else []


class PillarForm(NamedForm[Pillar]):
    """A pillar with its name in six languages."""

    class Meta:
        model = Pillar
        fields = ["code", "order", "valid_from", "valid_until"]


@admin.register(Pillar)
class PillarAdmin(ModelAdmin[Pillar]):
    """Lines of work, with the days in which a name is in use."""

    form = PillarForm
    list_display = ["name", "code", "order", "valid_from", "valid_until"]


class ThemeForm(NamedForm[Theme]):
    """A theme with its name in six languages."""

    class Meta:
        model = Theme
        fields = ["code", "order", "is_active"]


@admin.register(Theme)
class ThemeAdmin(ModelAdmin[Theme]):
    """What help is about."""

    form = ThemeForm
    list_display = ["name", "code", "order", "is_active"]
    list_filter = ["is_active"]


class ReasonForm(NamedForm[ReasonCode]):
    """A reason with its name in six languages."""

    class Meta:
        model = ReasonCode
        fields = ["code", "used_for", "order"]


@admin.register(ReasonCode)
class ReasonCodeAdmin(ModelAdmin[ReasonCode]):
    """Reasons that countries read."""

    form = ReasonForm
    list_display = ["name", "code", "used_for", "order"]
    list_filter = ["used_for"]


@admin.register(Standard)
class StandardAdmin(ModelAdmin[Standard]):
    """Service standards: a new row from a day on; cases keep the one in force when their clock
    started."""

    list_display = ["code", "programme", "days", "valid_from"]
    list_filter = ["programme", "code"]
    list_select_related = ["programme"]

    def formfield_for_dbfield(
        self, db_field: Field[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        """Only clocks that there are can have a standard."""
        if db_field.name == "code":
            return forms.ChoiceField(choices=[(code, code) for code in RULES])
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class DatedList(ChangeList):
    """A list by dates; a year beyond those that there are is answered like one that is none, by the
    whole list."""

    def get_filters(
        self, request: HttpRequest
    ) -> tuple[list[ListFilter], bool, dict[str, bool | str], bool, bool]:
        """The filters. Raises IncorrectLookupParameters."""
        try:
            return super().get_filters(request)
        except (OverflowError, ValueError) as wrong:
            raise IncorrectLookupParameters(wrong) from wrong


@admin.register(Holiday)
class HolidayAdmin(ModelAdmin[Holiday]):
    """Days on which the duty station does not work."""

    list_display = ["day", "title", "programme"]
    list_filter = ["programme"]
    date_hierarchy = "day"

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        """Ours."""
        return DatedList


@admin.register(Donor)
class DonorAdmin(ModelAdmin[Donor]):
    """Who gives."""

    search_fields = ["title"]


@admin.register(Funding)
class FundingAdmin(ModelAdmin[Funding]):
    """Contributions."""

    list_display = [
        "title",
        "donor",
        "programme",
        "amount",
        "currency",
        "valid_from",
        "valid_until",
    ]
    list_filter = ["programme", "donor"]
    list_select_related = ["donor", "programme"]
    search_fields = ["title", "donor__title"]
    fields = [
        "donor",
        "programme",
        "title",
        "amount",
        "currency",
        "pillar",
        "valid_from",
        "valid_until",
    ]
