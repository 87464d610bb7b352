"""The form of a request, one step at a time, made from the declaration in `fields.py`."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import MaxLengthValidator
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from assistance.programmes.models import Pillar, Programme
from assistance.programmes.programme_lists import StoredLists, wrong_lists
from assistance.requests import choices, eligibility, fields, services
from assistance.requests.attachments import KINDS, file_fields
from assistance.requests.models import AssistanceRequest
from core.db.fields import column_of
from core.validators import PrintableFormMixin, PrintableModelForm
from core.workflow.exceptions import DomainError
from core.workflow.fields import LONGEST_TEXT, TOO_LONG
from countries.models import Country, Institution
from files import content_type

WHY_NEEDED = {
    "title": _("Please give the request a title: it is how everybody will speak of it."),
    "problem": _("Please describe the problem: this is what the programme decides on."),
    "assistance_asked": _("Please say what help you ask for."),
    "expected_results": _("Please say what will be different afterwards."),
    "beneficiaries": _("Please say who will take part or use it."),
    "signatory_name": _("Please name the person who signs for your country."),
    "signatory_title": _("Please give the function of the person who signs."),
}
DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class StepForm(PrintableModelForm[AssistanceRequest]):
    """One step.

    With `strict`, required fields must be filled; without, a draft is saved as it is (finish
    later).
    """

    class Meta:
        model = AssistanceRequest
        fields: list[str] = [f.name for f in fields.FIELDS]
        widgets = {
            "letter_date": DATE,
            "wished_from": DATE,
            "wished_until": DATE,
            "pillar": forms.RadioSelect,
            "urgency": forms.RadioSelect,
            "publish": forms.RadioSelect,
            "security_force": forms.RadioSelect,
        }

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        files: MultiValueDict[str, UploadedFile] | None = None,
        *,
        instance: AssistanceRequest | None = None,
        user: User,
        step: str,
        strict: bool = True,
    ) -> None:
        super().__init__(data, files, instance=instance)
        self.user, self.step, self.strict = user, step, strict
        self.stored_lists = StoredLists.of(self.saved())
        wanted = [
            f
            for f in fields.of_step(step)
            if f.name not in fields.STAFF_ONLY or user.is_programme_staff
        ]
        for name in [n for n in self.fields if n not in {f.name for f in wanted}]:
            del self.fields[name]
        for declared in wanted:
            self.prepare(declared)
        if step == "authority":
            self.fields |= file_fields()

    def saved(self) -> AssistanceRequest | None:
        """The draft; None of a new one."""
        return self.instance if self.instance.pk else None

    def prepare(self, declared: fields.Field) -> None:
        """Help, widget and choices of one field."""
        name = declared.name
        if name in ("theme_codes", "assistance_types"):
            options = (
                [(t.code, t.name) for t in eligibility.offered_themes(self.user, self.saved())]
                if name == "theme_codes"
                else choices.AssistanceType.choices
            )
            self.fields[name] = forms.MultipleChoiceField(
                label=fields.field_label(name), choices=options, widget=forms.CheckboxSelectMultiple
            )
        field = self.fields[name]
        field.help_text, field.label = declared.help, fields.field_label(name)
        field.required = declared.required and (self.strict or name in ("programme", "country"))
        if name in WHY_NEEDED:
            field.error_messages["required"] = WHY_NEEDED[name]
        if declared.long:
            field.widget = forms.Textarea(
                attrs={"rows": 6, "dir": "auto", "maxlength": LONGEST_TEXT}
            )
            # the search column holds a megabyte of words
            field.validators.append(MaxLengthValidator(LONGEST_TEXT, message=TOO_LONG))
        elif declared.words:
            field.widget.attrs["dir"] = "auto"
        getattr(self, f"prepare_{name}", lambda field: None)(field)
        if declared.name in ("pillar", "urgency", "publish", "security_force") and hasattr(
            field, "empty_label"
        ):
            field.empty_label = None

    def prepare_programme(self, field: forms.ModelChoiceField[Programme]) -> None:
        """Only programmes the person may address; the only one is not asked for."""
        field.queryset = Programme.objects.visible_to(self.user)
        only = list(field.queryset[:2])
        if len(only) == 1:
            field.initial, field.widget = only[0], forms.HiddenInput()

    def prepare_country(self, field: forms.ModelChoiceField[Country]) -> None:
        """Only countries the person may speak for; the only one is not asked for."""
        field.queryset = eligibility.eligible_countries(self.user)
        only = list(field.queryset[:2])
        if len(only) == 1:
            field.initial, field.widget = only[0], forms.HiddenInput()

    def prepare_pillar(self, field: forms.ModelChoiceField[Pillar]) -> None:
        """Those in use today, and the one that the draft has."""
        field.queryset = eligibility.eligible_pillars(self.user, self.instance)

    def prepare_institution(self, field: forms.ModelChoiceField[Institution]) -> None:
        """Of the request's country."""
        field.queryset = (
            Institution.objects.filter(country_id=self.instance.country_id)
            if self.instance.country_id
            else Institution.objects.none()
        )

    def prepare_security_force(self, field: forms.ChoiceField) -> None:
        """Yes, no, or nothing."""
        field.choices = choices.YesNo.choices

    def clean(self) -> dict[str, object]:
        """Dates in order; reasons where they are needed."""
        given = super().clean() or {}
        if (
            self.strict
            and given.get("urgency") not in (None, "routine")
            and not given.get("urgency_reason")
        ):
            self.add_error(
                "urgency_reason",
                _("Say which date it is and what sets it: a law, a trial, an election."),
            )
        if self.strict and given.get("publish") == "summary" and not given.get("public_summary"):
            self.add_error(
                "public_summary",
                _("Write the summary that may be published, or choose another answer above."),
            )
        programme = given.get("programme") or (self.instance.programme if self.saved() else None)
        foreign = wrong_lists(programme, given, self.stored_lists)
        for name, sentence in (*services.wrong_days(given).items(), *foreign):
            self.add_error(name, sentence)
        try:
            services.refuse_foreign_programme(
                self.user, given.get("country"), given.get("programme")
            )
        except DomainError as refusal:
            refusal.add_to_form(self)
        return given

    def values(self) -> dict[str, object]:
        """What the step changes, for `transitions.begin_draft` and `edit_draft`.

        A field that cannot be empty and was left out keeps its value; an institution does not
        follow a draft into another country.
        """
        given = {name: value for name, value in self.cleaned_data.items() if name in fields.BY_NAME}
        kept = [
            name
            for name, value in given.items()
            if value in ("", None) and not column_of(AssistanceRequest, name).blank
        ]
        changes = {name: value for name, value in given.items() if name not in kept}
        return changes | ({"institution": None} if "country" in self.changed_data else {})

    def uploads(self) -> dict[str, list[UploadedFile]]:
        """The files that came with the step, by kind."""
        return {kind: self.cleaned_data.get(kind) or [] for kind in KINDS}


class MessageForm(PrintableFormMixin, forms.Form):
    """A message on a case."""

    text = forms.CharField(
        label=_("Message"),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        max_length=20000,
        error_messages={"required": _("Write the message first.")},
    )
    file = forms.FileField(label=_("File"), required=False, validators=[content_type.check_upload])
    internal = forms.BooleanField(
        label=_("Internal note: the country does not see it"), required=False
    )

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        files: MultiValueDict[str, UploadedFile] | None = None,
        *,
        staff: bool,
    ) -> None:
        super().__init__(data, files)
        if not staff:
            del self.fields["internal"]
