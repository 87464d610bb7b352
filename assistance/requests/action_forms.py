"""The form of an action, made from what the action needs.

Pages and API validate through the same one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from assistance import days
from assistance.funding.models import Donor, Funding
from assistance.plans.models import ResponsePlan
from assistance.programmes.models import ProgrammeMembership, ReasonCode
from assistance.requests import consent
from assistance.requests.assessments import PARTS, Assessment
from assistance.requests.lifecycle import Action, is_on_behalf, needs_of
from assistance.requests.models import AssistanceRequest
from assistance.requests.needs import Kind, Need
from assistance.requests.rows import RowsField
from core.filters import NO_CHOICE
from core.forms import NO_DATE, CodeChoiceField
from core.validators import PrintableFormMixin, validate_printable_line, validate_printable_text
from files import content_type

if TYPE_CHECKING:
    from assistance.engagements.models import Engagement

LONGEST_TEXT = 20_000  # characters
LONGEST_LINE = 300
RADIOS = 5  # up to so many choices are all shown
TOO_LONG = gettext_lazy(
    "This has %(show_value)s characters; at most %(limit_value)s can be kept. Shorten it, or send"
    " it as a file."
)


class NumberField(forms.DecimalField):
    """A number as people write it: with spaces between thousands, with a point or a comma."""

    def to_python(self, value: Any) -> Any:
        """The number; raises ValidationError with a sentence for what is none."""
        text = re.sub(r"[\s\u00a0\u202f'’]", "", str(value if value is not None else ""))
        if re.fullmatch(r"-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?", text):
            text = text.replace(",", "")
        return super().to_python(text.replace(",", "."))


class LineField(forms.CharField):
    """Words in one line: line ends that came with them, as from a copied table, become spaces."""

    def to_python(self, value: Any) -> Any:
        """The words, in one line."""
        return re.sub(r"\s*[\r\n]\s*", " ", str(super().to_python(value) or ""))


class OfficerField(CodeChoiceField):
    """A member of the programme's staff, by id; a program may give the e-mail address."""

    def to_python(self, value: Any) -> Any:
        """The user."""
        if isinstance(value, str) and "@" in value:
            found = (
                self.queryset.filter(email=value.strip().lower()).first()  # type: ignore[union-attr]
                if "\0" not in value
                else None
            )
            if found is None:
                raise ValidationError(
                    self.error_messages["invalid_choice"],
                    code="invalid_choice",
                    params={"value": value},
                )
            return found
        return super().to_python(value)


class CheckedFileField(forms.FileField):
    """A file of an allowed kind and size."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Raises ValidationError as `files.content_type.check_upload` does."""
        upload = super().clean(data, initial)
        if upload:
            content_type.check_upload(upload)
        return upload


class ActionForm(PrintableFormMixin, forms.Form):
    """One field a need.

    `case` is the request or engagement that the action is taken on; the cleaned values are what
    `perform_action` takes.
    """

    def __init__(
        self,
        needs: Sequence[Need],
        case: AssistanceRequest | Engagement,
        user: Any,
        data: Mapping[str, Any] | None = None,
        files: Any = None,
        initial: Mapping[str, Any] | None = None,
        *,
        code: str = "",
    ) -> None:
        super().__init__(data, files, initial=initial)  # type: ignore[arg-type]
        self.needs, self.case, self.user = tuple(needs), case, user
        for need in self.needs:
            self.fields[need.name] = field_of(need, case, code)

    @property
    def has_rows(self) -> bool:
        """Whether there is a table in it, which wants the whole width of the page."""
        return any(need.kind == Kind.ROWS for need in self.needs)


def form_for(
    action: Action,
    case: AssistanceRequest,
    user: Any,
    data: Mapping[str, Any] | None = None,
    files: Any = None,
    initial: Mapping[str, Any] | None = None,
) -> ActionForm:
    """The form of an action on a request, with the evidence where staff act on the country's
    behalf, and with what is likely filled in."""
    needs = needs_of(action, case, on_behalf=is_on_behalf(user, action, case))
    likely = likely_values(action, case, user) if data is None else {}
    return ActionForm(
        needs, case, user, data, files, likely | dict(initial or {}), code=action.code
    )


def likely_values(action: Action, case: AssistanceRequest, user: Any) -> dict[str, Any]:
    """What most people would choose: the officer who has the case or takes it; the plan that is to
    be revised; what was said before."""
    values: dict[str, Any] = {}
    if action.code == "mark_complete":
        values = last_assessment(case)
    if action.code == "set_consent":
        names = ("publish", "public_title", "public_summary", "show_need")
        values = {name: getattr(case, name) for name in names} | {
            "donors": sorted(consent.donors_of(case))
        }
    if action.code in ("start_review", "accept"):
        values["lead_officer"] = case.lead_officer_id or (
            user.pk if action.code == "start_review" else None
        )
    if action.code in ("propose_plan", "revise_plan"):
        plan = case.plans.exclude(status=ResponsePlan.Status.PROPOSED).order_by("-version").first()
        if plan is not None:
            values["summary"] = plan.summary
            values["steps"] = list(plan.steps.values("what", "starts_on", "ends_on", "who", "cost"))
            values["indicators"] = list(
                plan.indicators.values("title", "unit", "baseline", "target")
            )
    return values


def last_assessment(case: AssistanceRequest) -> dict[str, Any]:
    """What an officer wrote last, to go on from; empty where there is nothing yet."""
    assessment = Assessment.objects.filter(request=case).first()
    if assessment is None:
        return {}
    notes = {f"note_{code}": note for code, note in assessment.notes.items()}
    return notes | {
        name: getattr(assessment, name) for name in (*PARTS, "recommendation", "reasons")
    }


def field_of(need: Need, case: Any, code: str = "") -> forms.Field:
    """The form field of a need; `case` says of which programme and country the choices are, `code`
    for which action the reasons."""
    common: dict[str, Any] = {
        "label": need.label,
        "help_text": need.help,
        "required": need.required,
    }
    if need.kind in (Kind.TEXT, Kind.LINE):
        return text_field(need.kind, common, need.longest)
    if need.kind == Kind.DATE:
        return date_field(common)
    if need.kind in (Kind.MONEY, Kind.DECIMAL):
        return number_field(need.kind, common)
    if need.kind in (Kind.SCORE, Kind.CHOICE, Kind.CHECKLIST):
        return choice_field(need, common)
    if need.kind == Kind.YES:
        return forms.BooleanField(
            **common, error_messages={"required": gettext_lazy("Tick this to go on.")}
        )
    if need.kind == Kind.FILE:
        return CheckedFileField(**common)
    if need.kind == Kind.ROWS:
        return rows_field(need, case, common)
    return row_field(need, case, code, common)


def rows_field(need: Need, case: Any, common: dict[str, Any]) -> RowsField:
    """A table; amounts of money are added up, in the programme's currency."""
    columns = []
    for column in need.columns:
        field = field_of(column, case)
        if column.kind == Kind.LINE:  # a cell that grows with what is typed into it
            field.widget = forms.Textarea(attrs=field.widget.attrs | {"rows": 1})
        columns.append((column.name, field))
    sums = {
        column.name: case.programme.currency for column in need.columns if column.kind == Kind.MONEY
    }
    return RowsField(**common, columns=columns, sums=sums, agree=days_in_order)


def days_in_order(row: dict[str, Any]) -> dict[str, str]:
    """What a row with a first and a last day says where they are the wrong way round."""
    if "ends_on" in row and row["ends_on"] < row["starts_on"]:
        return {"ends_on": _("This is before the day on which it begins.")}
    return {}


def text_field(kind: Kind, common: dict[str, Any], longest: int | None = None) -> forms.Field:
    """Somebody's words, in several lines or one; `longest` in characters."""
    most = longest or (LONGEST_TEXT if kind == Kind.TEXT else LONGEST_LINE)
    widget = (
        forms.Textarea(attrs={"rows": 5, "dir": "auto"})
        if kind == Kind.TEXT
        else forms.TextInput(attrs={"dir": "auto"})
    )
    made = forms.CharField if kind == Kind.TEXT else LineField
    # here too, since cells of rows belong to no form
    rule = validate_printable_text if kind == Kind.TEXT else validate_printable_line
    field = made(
        **common, widget=widget, validators=[rule, MaxLengthValidator(most, message=TOO_LONG)]
    )
    field.widget.attrs["maxlength"] = most
    return field


def date_field(common: dict[str, Any]) -> forms.Field:
    """A day that a programme can mean."""

    def within_bounds(day: date) -> None:
        if sentence := days.implausible_day(day):
            raise ValidationError(sentence)

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(
        **common, widget=widget, validators=[within_bounds], error_messages={"invalid": NO_DATE}
    )


def number_field(kind: Kind, common: dict[str, Any]) -> forms.Field:
    """Money is never below zero."""
    errors = {
        "invalid": gettext_lazy("Write a number, such as 20000 or 20000.50."),
        "min_value": gettext_lazy("Write a number of zero or above."),
        "max_decimal_places": gettext_lazy("Write at most two digits after the point."),
    }
    least = 0 if kind == Kind.MONEY else None
    widget = forms.TextInput(attrs={"inputmode": "decimal", "dir": "ltr"})
    return NumberField(
        **common,
        widget=widget,
        min_value=least,
        max_digits=14,
        decimal_places=2,
        error_messages=errors,
    )


def choice_field(need: Need, common: dict[str, Any]) -> forms.Field:
    """One of a few; of a checklist all."""
    errors = {"invalid_choice": NO_CHOICE}
    if need.kind == Kind.SCORE:
        return forms.ChoiceField(
            **common,
            choices=[(str(n), str(n)) for n in range(1, 6)],
            widget=forms.RadioSelect,
            error_messages=errors,
        )
    if need.kind == Kind.CHOICE:
        few = len(need.choices) <= RADIOS
        choices = list(need.choices) if few else [("", "—"), *need.choices]
        return forms.ChoiceField(
            **common,
            choices=choices,
            widget=forms.RadioSelect if few else forms.Select,
            error_messages=errors,
        )

    def all_of_them(ticked: list[str]) -> None:
        left = [str(label) for code, label in need.choices if code not in ticked]
        if left:
            raise ValidationError(_("Still to be ticked: %(items)s.") % {"items": "; ".join(left)})

    sentence = gettext_lazy("Every item has to be ticked.")
    return forms.MultipleChoiceField(
        **common,
        choices=need.choices,
        widget=forms.CheckboxSelectMultiple,
        validators=[all_of_them],
        error_messages=errors | {"required": sentence},
    )


def row_field(need: Need, case: Any, code: str, common: dict[str, Any]) -> forms.Field:
    """A row of the database: staff, funds, another case, a reason."""
    if need.kind == Kind.OFFICER:
        members = ProgrammeMembership.objects.active().filter(programme_id=case.programme_id)
        officers = User.objects.filter(pk__in=members.values("user_id")).order_by("name")
        sentence = gettext_lazy("“%(value)s” is no active member of the programme's staff.")
        return OfficerField(
            **common,
            queryset=officers,
            empty_label="—",
            error_messages={"invalid_choice": sentence},
        )
    if need.kind == Kind.FUNDING:
        today = case.programme.today()
        funds = Funding.objects.filter(
            programme_id=case.programme_id, valid_from__lte=today, valid_until__gt=today
        ).select_related("donor")
        sentence = gettext_lazy("“%(value)s” is no contribution that the programme can use today.")
        return CodeChoiceField(
            **common, queryset=funds, empty_label="—", error_messages={"invalid_choice": sentence}
        )
    if need.kind == Kind.CASE:
        others = AssistanceRequest.objects.open().filter(
            programme_id=case.programme_id, country_id=case.country_id, reference__isnull=False
        )
        sentence = gettext_lazy(
            "“%(value)s” is no other open request of the same country and programme."
        )
        others = others.exclude(pk=case.pk).only("reference", "title").order_by("-id")
        return CodeChoiceField(
            **common,
            queryset=others,
            to_field_name="reference",
            empty_label="—",
            error_messages={"invalid_choice": sentence},
        )
    if need.kind == Kind.REASON:
        reasons = ReasonCode.objects.filter(used_for=code)
        return CodeChoiceField(
            **common,
            queryset=reasons,
            to_field_name="code",
            empty_label="—",
            error_messages={"invalid_choice": NO_CHOICE},
        )
    if need.kind == Kind.DONORS:
        sentence = gettext_lazy("“%(pk)s” is no donor of the list.")
        errors = {"invalid_choice": sentence, "invalid_pk_value": sentence}
        return forms.ModelMultipleChoiceField(
            **common,
            queryset=Donor.objects.all(),
            widget=forms.CheckboxSelectMultiple,
            error_messages=errors,
        )
    raise ValueError(need.kind)
