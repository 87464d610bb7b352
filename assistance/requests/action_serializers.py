"""An action as the API tells of it: what it needs, what can be chosen, who will be told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NotRequired, TypedDict

from django import forms
from rest_framework import serializers

from accounts.models import User
from assistance.action_fields import Donors, Funds, Officer, Reason, RelatedCase
from assistance.requests import notifications
from assistance.requests.workflow import WORKFLOW
from core.api.serializers import own_field
from core.workflow.actions import Action
from core.workflow.fields import (
    ActionField,
    Checklist,
    Choice,
    Day,
    Line,
    Money,
    Number,
    Rows,
    Score,
    Text,
    Yes,
)
from files.action_fields import File

if TYPE_CHECKING:
    from assistance.engagements.models import Engagement
    from assistance.requests.models import AssistanceRequest

KINDS = [
    field.code
    for field in (
        *(Text, Line, Day, Money, Number, Score, Choice, Checklist, Yes),
        *(Officer, Funds, RelatedCase, Reason, Donors, File, Rows),
    )
]


class ShownChoice(TypedDict):
    """What can be chosen."""

    value: str
    label: str


class ShownField(TypedDict):
    """A field of an action, with its choices or columns."""

    name: str
    kind: str
    label: str
    help: str
    required: bool
    choices: NotRequired[list[ShownChoice]]
    columns: NotRequired[list[ShownField]]


class ShownAction(TypedDict):
    """An action that can be taken now."""

    action: str
    label: str
    on_behalf: bool
    needs: list[ShownField]
    tells: list[str]


class ChoiceSerializer(serializers.Serializer[ShownChoice]):
    """What can be chosen."""

    value = serializers.CharField()
    label = own_field(serializers.CharField())


class ColumnSerializer(serializers.Serializer[ShownField]):
    """A column of a table."""

    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=KINDS)
    label = own_field(serializers.CharField())
    help = serializers.CharField(allow_blank=True)
    required = own_field(serializers.BooleanField())


class NeedSerializer(ColumnSerializer):
    """A field of an action."""

    choices = ChoiceSerializer(many=True, required=False, help_text="Where something is chosen.")
    columns = ColumnSerializer(many=True, required=False, help_text="Of a table.")


class ActionSerializer(serializers.Serializer[ShownAction]):
    """An action that can be taken now."""

    action = serializers.CharField()
    label = own_field(serializers.CharField())
    on_behalf = serializers.BooleanField(
        help_text="Staff take it in the country's place, with evidence."
    )
    needs = NeedSerializer(many=True)
    tells = serializers.ListField(
        child=serializers.CharField(), help_text="Names of those who will get a notification."
    )


def action_description(action: Action, case: AssistanceRequest, user: User) -> ShownAction:
    """An action on a request."""
    on_behalf = WORKFLOW.is_on_behalf(user, action)
    needs = WORKFLOW.fields_of(action, case, on_behalf=on_behalf)
    return {
        "action": action.code,
        "label": str(action.label),
        "on_behalf": on_behalf,
        "needs": described_fields(needs, case, action.code),
        "tells": [person.name for person in notifications.recipients_of(action, case, user)],
    }


def described_fields(
    needs: Sequence[ActionField], subject: AssistanceRequest | Engagement, code: str
) -> list[ShownField]:
    """Each field with its choices or columns."""
    found = []
    for need in needs:
        shown = field_description(need)
        if isinstance(need, Rows):
            shown["columns"] = [field_description(c) for c in need.columns]
        choices = choices_of(need.form_field(subject, code))
        if choices is not None:
            shown["choices"] = choices
        found.append(shown)
    return found


def field_description(need: ActionField) -> ShownField:
    """What every field says of itself."""
    return {
        "name": need.name,
        "kind": need.code,
        "label": str(need.label),
        "help": str(need.help),
        "required": need.required,
    }


def choices_of(field: forms.Field) -> list[ShownChoice] | None:
    """What can be chosen, if something is."""
    if not isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        return None
    choices: Any = field.choices
    return [
        {"value": str(value), "label": str(label)} for value, label in choices if str(value) != ""
    ]
