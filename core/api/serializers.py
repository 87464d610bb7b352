"""What serializers share: unknown fields are refused, texts and lists have bounds."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from typing import Any, ClassVar, TypeVar

from django.core.validators import MaxLengthValidator
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers
from rest_framework.validators import ProhibitSurrogateCharactersValidator

from core.validators import validate_printable_line, validate_printable_text, without_rule

Row = TypeVar("Row", bound=Model)
LONGEST_LINE = 300  # characters: what may be longer is a text of several lines
MOST_NAMED = 50  # unknown names of one body that are answered
LONGEST_NAME = 100  # characters of one that are repeated


def own_field(field: serializers.Field[Any, Any, Any, Any]) -> Any:
    """A field that is called as an attribute of every serializer is, such as `label`: fields of a
    class are taken off it, so that the attribute stays what it was."""
    return field


def sentences_for_unknown(
    names: Sequence[object], sentence: str, most: int = MOST_NAMED
) -> dict[str, list[str]]:
    """The sentence for each of the first names, and how many more there are: an answer costs its sender more than us."""
    errors = {str(name)[:LONGEST_NAME]: [sentence] for name in names[:most]}
    if len(names) > most:
        more = _("%(count)s more names are not known here.") % {"count": len(names) - most}
        errors["__all__"] = [more]
    return errors


class StrictFieldsMixin:
    """For serializers that write: fields that are unknown or cannot be written are refused, by name; texts keep the rule for texts.

    The first `MOST_NAMED` of the whole body are named, those in rows of it included.
    """

    def get_fields(self) -> dict[str, Any]:
        """The serializer's fields, each text among them with the rule."""
        found: dict[str, Any] = super().get_fields()  # type: ignore[misc]
        for field in found.values():
            require_printable(field)
        return found

    def to_internal_value(self, data: object) -> Any:
        """The validated values. Raises ValidationError."""
        if isinstance(data, Mapping):
            fields = self.fields  # type: ignore[attr-defined]
            errors = self.unknown_in(data, fields)
            errors |= {
                name: [_("This cannot be written.")]
                for name in data
                if name in fields and fields[name].read_only
            }
            if errors:
                raise serializers.ValidationError(errors)
        return super().to_internal_value(data)  # type: ignore[misc]

    def unknown_in(self, data: Iterable[object], fields: Container[object]) -> dict[str, list[str]]:
        """A sentence by name, as long as the body has names left to be told of."""
        unknown = [name for name in data if name not in fields]
        if not unknown:
            return {}
        root: Any = self.root  # type: ignore[attr-defined]
        left = getattr(root, "names_left", MOST_NAMED)
        root.names_left = max(0, left - len(unknown))
        return sentences_for_unknown(unknown, _("There is no such field."), left)


class RowSerializer(serializers.Serializer[Row]):
    """A row of a list, which names each of its columns once, as a field.

    Values are read from the row by the fields' sources, without the fields' own work: lists are
    what programs ask for most. Of a field with the source “*” the method `get_<name>` answers. Who
    goes on from a row, for one object in full, adds fields that are no columns.
    """

    columns: ClassVar[dict[str, str]] = {}  # names with their sources
    staff_columns: ClassVar[frozenset[str]] = frozenset()  # not for people of a country

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if RowSerializer in cls.__bases__:
            fields = cls._declared_fields
            cls.columns = {name: str(field.source or name) for name, field in fields.items()}

    @classmethod
    def stored_columns(cls) -> list[str]:
        """What of the database is shown as it stands, as `only` takes it."""
        return [source.replace(".", "__") for source in cls.columns.values() if source != "*"]

    def to_representation(self, row: Row) -> dict[str, object]:
        """The row for this reader."""
        left_out = self.staff_columns if self.context["request"].user.is_focal_point else ()
        return {
            name: getattr(self, f"get_{name}")(row) if source == "*" else value_at(row, source)
            for name, source in self.columns.items()
            if name not in left_out
        }


def value_at(row: object, source: str) -> object:
    """What stands at a path of attributes; None where one of them is none."""
    for name in source.split("."):
        if row is None:
            return None
        row = getattr(row, name)
    return row


class BoundedListField(serializers.ListField):
    """A list that is counted before its items are looked at."""

    def to_internal_value(self, data: Any) -> list[object]:
        """The validated items. Raises ValidationError."""
        if self.max_length is not None and isinstance(data, list) and len(data) > self.max_length:
            message = self.error_messages["max_length"]
            raise serializers.ValidationError(
                str(message).format(max_length=self.max_length), code="max_length"
            )
        found: list[object] = super().to_internal_value(data)
        return found


def require_printable(field: object) -> None:
    """Gives a text, and the texts of a list, the rule for texts in the place of the libraries' own for two of its signs."""
    if isinstance(field, serializers.ListField):
        require_printable(field.child)
    elif isinstance(field, serializers.CharField):
        is_line = field.max_length is not None and field.max_length <= LONGEST_LINE
        rest = [
            v
            for v in without_rule(field.validators)
            if not isinstance(v, ProhibitSurrogateCharactersValidator)
        ]
        field.validators = [validate_printable_line if is_line else validate_printable_text, *rest]


def bound_texts(fields: Mapping[str, object], most: int) -> None:
    """Gives texts without a bound of their own the bound that forms have, in characters."""
    sentence = gettext_lazy(
        "This has %(show_value)s characters; at most %(limit_value)s can be kept. Shorten it, or"
        " send it as a file."
    )
    for field in fields.values():
        if isinstance(field, serializers.CharField) and not field.max_length:
            field.max_length = most
            field.validators.append(MaxLengthValidator(most, message=sentence))
