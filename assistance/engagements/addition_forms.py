"""Forms of what is added to an engagement from its page: links to requests, next steps, files."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from assistance.engagements import services
from assistance.engagements.choices import EarlyReason
from assistance.engagements.forms import by_reference
from assistance.engagements.models import NextStep
from assistance.requests.models import AssistanceRequest
from core.forms import choice_field, date_input, row_field
from core.validators import PrintableFormMixin, PrintableModelForm
from countries.models import Country
from files import content_type


class LinkForm(PrintableFormMixin, forms.Form):
    """A request to link."""

    reference = forms.CharField(
        label=_("Reference of a request"),
        max_length=30,
        help_text=_("Such as KEN-2026-0007. It must be open and not delivered yet."),
        error_messages={"required": _("Write the reference first.")},
    )

    early_reason = forms.ChoiceField(
        label=_("If it is not decided yet: why help is given before the decision"),
        choices=[("", "—"), *EarlyReason.choices],
        required=False,
    )

    def __init__(self, data: Mapping[str, object] | None = None, *, user: User) -> None:
        super().__init__(data)
        self.user = user

    def clean_reference(self) -> AssistanceRequest:
        """The request itself."""
        found, unknown = by_reference(self.user, self.cleaned_data["reference"])
        if len(found) != 1 or unknown:
            raise forms.ValidationError(services.not_linkable([self.cleaned_data["reference"]]))
        return found[0]


class UnlinkForm(PrintableFormMixin, forms.Form):
    """Why a request is no longer linked."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        error_messages={"required": _("Give a reason.")},
    )


class StepForm(PrintableModelForm[NextStep]):
    """A next step, ours or a country's."""

    class Meta:
        model = NextStep
        fields = ["what", "side", "country", "owner", "due_on"]
        widgets = {
            "due_on": date_input(),
            "what": forms.TextInput(attrs={"dir": "auto"}),
            "owner": forms.TextInput(attrs={"dir": "auto"}),
            "side": forms.RadioSelect,
        }
        labels = {
            "what": _("What"),
            "side": _("Whose step"),
            "country": _("Country"),
            "owner": _("Who does it"),
            "due_on": _("Due"),
        }
        help_texts = {
            "country": _(
                "The country reads the step. Leave it empty for a step of ours that is nobody"
                " else's concern."
            )
        }

    def __init__(
        self, data: Mapping[str, object] | None = None, *, countries: QuerySet[Country]
    ) -> None:
        super().__init__(data)
        choice_field(self, "side").choices = NextStep.Side.choices
        self.fields["side"].initial = NextStep.Side.OURS
        row_field(self, "country").queryset = countries
        row_field(self, "country").empty_label = _("None")

    def clean(self) -> dict[str, object]:
        """A country's step has its country."""
        given = super().clean() or {}
        if (
            given.get("side") == NextStep.Side.THEIRS
            and not given.get("country")
            and "country" not in self.errors
        ):
            self.add_error("country", gettext("Say which country is to do it."))
        return given


class FileForm(PrintableFormMixin, forms.Form):
    """A file of the engagement."""

    file = forms.FileField(
        label=_("File"),
        validators=[content_type.check_upload],
        help_text=content_type.help_with(_("Agenda, presentation, report.")),
        error_messages={"required": _("Choose a file first.")},
    )
    shared = forms.BooleanField(label=_("The countries that took part may read it"), required=False)
