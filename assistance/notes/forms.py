"""The form in which a call or a meeting is noted, with a request or without one."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from assistance.programmes.models import Programme
from assistance.requests.actions.review import NOTE_CALL
from assistance.requests.field_sets import CALL_FIELDS
from assistance.requests.models import AssistanceRequest
from assistance.requests.workflow import WORKFLOW
from core import access
from core.validators import PrintableFormMixin
from countries.geography.country_choices import CountryChoices
from countries.models import Country


class NoteForm(PrintableFormMixin, forms.Form):
    """What a noted call asks for, and what it is about: a country, or one of its open requests."""

    programme = forms.ModelChoiceField(
        queryset=Programme.objects.none(), label=_("Programme"), empty_label=None
    )
    country = forms.CharField(
        label=_("Country"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"list": "countries", "autocomplete": "off", "dir": "auto"}),
    )
    request = forms.CharField(
        label=_("Request"),
        required=False,
        max_length=30,
        help_text=_("Its reference, such as KEN-2026-0007, if it was about one."),
    )

    def __init__(self, data: Mapping[str, object] | None = None, *, user: User) -> None:
        super().__init__(data)
        self.user, self.names = user, CountryChoices()
        programmes = Programme.objects.filter(pk__in=access.programme_ids(user))
        self.fields["programme"].queryset = programmes  # type: ignore[attr-defined]
        only = list(programmes[:2])
        if len(only) == 1:
            self.fields["programme"].initial = only[0]
            self.fields["programme"].widget = forms.HiddenInput()
        for declared in CALL_FIELDS:
            self.fields[declared.name] = declared.form_field(None)
        self.fields["when"].initial = Programme.objects.today_of(user)
        self.fields["by"].initial, self.fields["readers"].initial = "call", "internal"

    def clean_country(self) -> Country | None:
        """By name in any of the six languages, or by code."""
        return self.names.clean(self.cleaned_data["country"])

    def clean_request(self) -> AssistanceRequest | None:
        """An open request that the person may see."""
        reference = self.cleaned_data["request"].strip().upper()
        if not reference:
            return None
        visible = AssistanceRequest.objects.visible_to(self.user).open()
        case: AssistanceRequest | None = visible.filter(reference=reference).first()
        if case is None or not WORKFLOW.may_take(self.user, NOTE_CALL, case):
            raise forms.ValidationError(
                gettext("There is no open request with the reference %(reference)s.")
                % {"reference": reference}
            )
        return case

    def clean(self) -> dict[str, object]:
        """A country or a request, and not those of two."""
        given = super().clean() or {}
        country, case = given.get("country"), given.get("request")
        if "country" in self.errors or "request" in self.errors:
            return given
        if case is None and country is None:
            self.add_error("country", gettext("Say with which country, or about which request."))
        elif isinstance(case, AssistanceRequest) and country not in (None, case.country):
            self.add_error("request", gettext("This request is of another country."))
        return given
