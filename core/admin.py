"""What pages of the administration are made from: classes that take their model, and choices that
are searched for, since there are too many for a list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import ForeignKey, Model
from django.forms import ModelChoiceField
from django.http import HttpRequest

from core.types import TakesTypes

Row = TypeVar("Row", bound=Model)
if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin
    TabularInline = admin.TabularInline
else:

    class ModelAdmin(TakesTypes, admin.ModelAdmin):
        """Django's."""

    class TabularInline(TakesTypes, admin.TabularInline):
        """Django's."""


class SafeAutocompleteSelect(AutocompleteSelect):
    """Django's, which takes whatever was sent for an id when it shows the form again, and breaks on
    what is none."""

    def optgroups(
        self, name: str, value: Sequence[str], attrs: dict[str, object] | None = None
    ) -> list[tuple[str | None, list[dict[str, object]], int | None]]:
        """The chosen row, where ids were sent."""
        return super().optgroups(
            name, [v for v in value if v and str(v).isdecimal() and len(str(v)) < 19], attrs
        )


class SearchableModelAdmin(ModelAdmin[Row]):
    """An administration whose `autocomplete_fields` take whatever is sent."""

    def formfield_for_foreignkey(
        self, db_field: ForeignKey[object, object], request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField[Model] | None:
        """The field, with our widget where it is searched for."""
        if db_field.name in self.get_autocomplete_fields(request) and "widget" not in kwargs:
            kwargs["widget"] = SafeAutocompleteSelect(
                db_field, self.admin_site, using=kwargs.get("using")
            )
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
