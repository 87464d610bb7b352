"""A draft as the API takes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers

from accounts.api.serializers import writer_of
from assistance.coded_lists import checked_codes
from assistance.programmes.models import Pillar, Programme, Theme
from assistance.programmes.programme_lists import refuse_foreign_lists
from assistance.requests import eligibility, fields
from assistance.requests.models import AssistanceRequest
from assistance.requests.serializers import NAMES
from core.api.serializers import BoundedListField, StrictFieldsMixin, bound_texts
from core.workflow.fields import LONGEST_TEXT
from countries.models import Country, Institution

NO_PILLAR = gettext_lazy("There is no pillar “{value}” in use; write its code, such as prevention.")


def naming_field(
    fields: Mapping[str, object], name: str
) -> serializers.RelatedField[Model, object, object]:
    """Of a serializer's fields one that names a row. Raises TypeError for one that names none."""
    field = fields[name]
    if not isinstance(field, serializers.RelatedField):
        raise TypeError(f"{name} names no row")
    return field


class DraftSerializer(StrictFieldsMixin, serializers.ModelSerializer[AssistanceRequest]):
    """What one may write into a draft; everything but the country can be filled in later."""

    country = serializers.SlugRelatedField(
        slug_field="iso3",
        queryset=Country.objects.none(),
        required=False,
        error_messages={
            "does_not_exist": gettext_lazy(
                "“{value}” is no country for which you can ask. Write three letters such as KEN."
            )
        },
    )
    programme = serializers.SlugRelatedField(
        slug_field="code",
        queryset=Programme.objects.none(),
        required=False,
        error_messages={
            "does_not_exist": gettext_lazy("“{value}” is no programme to which you can write.")
        },
    )
    pillar = serializers.SlugRelatedField(
        slug_field="code",
        queryset=Pillar.objects.none(),
        required=False,
        allow_null=True,
        error_messages={"does_not_exist": NO_PILLAR},
    )
    institution = serializers.PrimaryKeyRelatedField(
        queryset=Institution.objects.all(),
        required=False,
        allow_null=True,
        error_messages={"does_not_exist": gettext_lazy("There is no institution {pk_value}.")},
    )
    theme_codes = BoundedListField(
        child=serializers.CharField(max_length=40), required=False, max_length=30
    )

    class Meta:
        model = AssistanceRequest
        fields = NAMES

    def get_fields(self) -> dict[str, Any]:
        """Countries and programmes are the writer's own; texts have bounds; how a letter came is asked of staff only."""
        found = super().get_fields()
        bound_texts(found, LONGEST_TEXT)
        user = writer_of(self)
        if user is None:
            return found
        draft = self.instance if isinstance(self.instance, AssistanceRequest) else None
        naming_field(found, "country").queryset = eligibility.eligible_countries(user)
        naming_field(found, "programme").queryset = Programme.objects.visible_to(user)
        naming_field(found, "pillar").queryset = eligibility.eligible_pillars(user, draft)
        if user.is_focal_point:
            for name in fields.STAFF_ONLY:
                found.pop(name, None)
        return found

    def validate_theme_codes(self, codes: list[str]) -> list[str]:
        """Each once, each one of the maintained list."""
        sentence = _("There is no theme “%(code)s”. See the list of themes.")
        return checked_codes(codes, Theme.objects.filter(is_active=True), sentence)

    def validate(self, values: dict[str, object]) -> dict[str, object]:
        """A new draft has a country and a programme: the only one where there is one. The institution is of the country."""
        if self.instance is None:
            for name in ("country", "programme"):
                if name not in values:
                    values[name] = self._only(name)
        draft = self.instance if isinstance(self.instance, AssistanceRequest) else None
        refuse_foreign_lists(values, draft)
        country = values.get("country") or getattr(self.instance, "country", None)
        institution = (
            values["institution"]
            if "institution" in values
            else getattr(self.instance, "institution", None)
        )
        if (
            isinstance(institution, Institution)
            and isinstance(country, Country)
            and institution.country_id != country.pk
        ):
            raise serializers.ValidationError(
                {
                    "institution": [
                        _("This institution is not of %(country)s.") % {"country": country}
                    ]
                }
            )
        return values

    def _only(self, name: str) -> Model:
        """The one row that the writer can mean."""
        rows = naming_field(self.fields, name).get_queryset()
        found = list(rows[:2]) if rows is not None else []
        if len(found) == 1:
            return found[0]
        raise serializers.ValidationError(
            {name: [_("Say which one.") if found else _("There is none for which you can write.")]}
        )
