"""Choices of the administration that are searched for, since there are too many for a list."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect


class SafeAutocompleteSelect(AutocompleteSelect):
    """Django's, which takes whatever was sent for an id when it shows the form again, and breaks on
    what is none."""

    def optgroups(self, name: str, value: Any, attrs: Any = None) -> Any:
        """The chosen row, where ids were sent."""
        return super().optgroups(
            name, [v for v in value if v and str(v).isdecimal() and len(str(v)) < 19], attrs
        )


class SearchableModelAdmin(admin.ModelAdmin):
    """An administration whose `autocomplete_fields` take whatever is sent."""

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """The field, with our widget where it is searched for."""
        if db_field.name in self.get_autocomplete_fields(request) and "widget" not in kwargs:
            kwargs["widget"] = SafeAutocompleteSelect(
                db_field, self.admin_site, using=kwargs.get("using")
            )
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
