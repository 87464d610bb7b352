"""Fields of actions that choose among rows of a programme: staff, funds, cases, reasons, donors."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from assistance.funding.models import Donor, Funding
from assistance.programmes.models import ProgrammeMembership, ReasonCode
from core.filters import NO_CHOICE
from core.forms import CodeChoiceField
from core.types import Json
from core.workflow.fields import ActionField, Names

if TYPE_CHECKING:
    from assistance.requests.models import AssistanceRequest
    from assistance.requests.querysets import RequestQuerySet


class OfficerField(CodeChoiceField):
    """A member of the programme's staff, by id; a program may give the e-mail address."""

    def to_python(self, value: object) -> Model | None:
        """The user."""
        if isinstance(value, str) and "@" in value:
            people, found = self.queryset, None
            if people is not None and "\0" not in value:
                found = people.filter(email=value.strip().lower()).first()
            if found is None:
                raise ValidationError(
                    self.error_messages["invalid_choice"],
                    code="invalid_choice",
                    params={"value": value},
                )
            return found
        return super().to_python(value)


@dataclass(frozen=True, kw_only=True)
class NamedRow(ActionField):
    """A row of the database, kept by its id and shown by its name."""

    def named_ids(self, value: Json) -> Iterable[int]:
        """The id, where it is one."""
        return (value,) if isinstance(value, int) else ()

    def shown(self, value: Json, names: Names) -> str:
        """Its name; nothing for one that is no more."""
        return names.get(type(self), {}).get(value, "") if isinstance(value, int) else ""


@dataclass(frozen=True, kw_only=True)
class Officer(NamedRow):
    """An active member of the programme's staff."""

    code: ClassVar[str] = "officer"

    def form_field(self, subject: AssistanceRequest, action: str = "") -> forms.Field:
        """By name."""
        members = ProgrammeMembership.objects.active().filter(programme_id=subject.programme_id)
        sentence = gettext_lazy("“%(value)s” is no active member of the programme's staff.")
        return OfficerField(
            **self.of_form,
            queryset=User.objects.filter(pk__in=members.values("user_id")).order_by("name"),
            empty_label="—",
            error_messages={"invalid_choice": sentence},
        )

    @classmethod
    def names_of(cls, ids: Iterable[int]) -> dict[int, str]:
        """Of those who have left, too."""
        return dict(User.objects.filter(pk__in=ids).values_list("pk", "name"))


@dataclass(frozen=True, kw_only=True)
class Funds(NamedRow):
    """Funds that the programme can use today."""

    code: ClassVar[str] = "funding"

    def form_field(self, subject: AssistanceRequest, action: str = "") -> forms.Field:
        """Those valid at the duty station's day."""
        today = subject.programme.today()
        funds = Funding.objects.filter(
            programme_id=subject.programme_id, valid_from__lte=today, valid_until__gt=today
        ).select_related("donor")
        sentence = gettext_lazy("“%(value)s” is no contribution that the programme can use today.")
        return CodeChoiceField(
            **self.of_form,
            queryset=funds,
            empty_label="—",
            error_messages={"invalid_choice": sentence},
        )

    @classmethod
    def names_of(cls, ids: Iterable[int]) -> dict[int, str]:
        """Donor and name, also of those that have run out."""
        return {f.pk: str(f) for f in Funding.objects.filter(pk__in=ids).select_related("donor")}


@dataclass(frozen=True, kw_only=True)
class RelatedCase(ActionField):
    """Another open case of the same country and programme."""

    code: ClassVar[str] = "case"

    def form_field(self, subject: AssistanceRequest, action: str = "") -> forms.Field:
        """By reference, the latest first."""
        cases: RequestQuerySet = apps.get_model("assistance", "AssistanceRequest").objects
        others = cases.open().filter(
            programme_id=subject.programme_id,
            country_id=subject.country_id,
            reference__isnull=False,
        )
        sentence = gettext_lazy(
            "“%(value)s” is no other open request of the same country and programme."
        )
        return CodeChoiceField(
            **self.of_form,
            queryset=others.exclude(pk=subject.pk).only("reference", "title").order_by("-id"),
            to_field_name="reference",
            empty_label="—",
            error_messages={"invalid_choice": sentence},
        )


@dataclass(frozen=True, kw_only=True)
class Reason(NamedRow):
    """A reason code for this action."""

    code: ClassVar[str] = "reason"

    def form_field(self, subject: AssistanceRequest, action: str = "") -> forms.Field:
        """The programme's own that are used for the action."""
        return CodeChoiceField(
            **self.of_form,
            queryset=ReasonCode.objects.of([subject.programme_id]).filter(used_for=action),
            to_field_name="code",
            empty_label="—",
            error_messages={"invalid_choice": NO_CHOICE},
        )

    @classmethod
    def names_of(cls, ids: Iterable[int]) -> dict[int, str]:
        """In the reader's language."""
        return {reason.pk: reason.name for reason in ReasonCode.objects.filter(pk__in=ids)}


@dataclass(frozen=True, kw_only=True)
class Donors(ActionField):
    """Any number of donors."""

    code: ClassVar[str] = "donors"

    def form_field(self, subject: object, action: str = "") -> forms.Field:
        """A box a donor."""
        sentence = gettext_lazy("“%(pk)s” is no donor of the list.")
        return forms.ModelMultipleChoiceField(
            **self.of_form,
            queryset=Donor.objects.all(),
            widget=forms.CheckboxSelectMultiple,
            error_messages={"invalid_choice": sentence, "invalid_pk_value": sentence},
        )

    def wrong_shape(self, value: Json) -> str:
        """Takes a list."""
        return "" if isinstance(value, list) else _("Send a list of the donors' numbers.")

    def form_value(self, value: Json) -> object:
        """A text a donor."""
        return [str(item) for item in value] if isinstance(value, list) else value

    def named_ids(self, value: Json) -> Iterable[int]:
        """All of them."""
        return [pk for pk in value if isinstance(pk, int)] if isinstance(value, list) else ()

    def shown(self, value: Json, names: Names) -> str:
        """Their titles."""
        known = names.get(type(self), {})
        return " · ".join(known.get(pk, "–") for pk in self.named_ids(value))

    @classmethod
    def names_of(cls, ids: Iterable[int]) -> dict[int, str]:
        """Titles, which are not translated."""
        return dict(Donor.objects.filter(pk__in=ids).values_list("pk", "title"))
