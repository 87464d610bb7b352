"""The forms of an engagement: the record itself, its parts, who came from where, its actions, links, next steps and files."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from assistance.engagements import fields, services, validators
from assistance.engagements.models import Engagement, EngagementPart, Modality, NextStep
from assistance.engagements.states import DONE
from assistance.funding.models import Funding
from assistance.programmes.models import Pillar, Programme, ProgrammeMembership, Theme
from assistance.requests.choices import AssistanceType
from assistance.requests.models import AssistanceRequest
from assistance.requests.states import LINKABLE
from core import access
from core.forms import NO_DATE
from core.validators import PrintableFormMixin
from countries.models import Country
from countries.names import LANGUAGES
from files import content_type

OFFERED = 40  # requests to tick; others are named by their reference
MOST_PEOPLE = 1_000_000
WHY_NEEDED = {
    "title": _("Give the engagement a title."),
    "type": _("Choose what kind of engagement it is."),
    "modality": _("Say how people meet."),
    "pillar": _("Choose the main pillar."),
    "lead_officer": _("Choose who leads it."),
    "programme": _("Choose the programme that it belongs to."),
}


def date_input(**attrs: Any) -> forms.DateInput:
    """A date as browsers ask for it."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"} | attrs)


def linkable_requests(user: Any) -> QuerySet[AssistanceRequest]:
    """Requests of the reader's programmes that an engagement can answer: open and not delivered."""
    return (
        AssistanceRequest.objects.visible_to(user)
        .filter(state__in=LINKABLE, programme__in=access.programme_ids(user))
        .select_related("country")
    )


def by_reference(user: Any, text: str) -> tuple[list[AssistanceRequest], list[str]]:
    """Linkable requests by their references in a text (commas, spaces or lines between them), and the references that are none."""
    asked = [r.upper() for r in text.replace(",", " ").replace(";", " ").split()]
    found = (
        {r.reference: r for r in linkable_requests(user).filter(reference__in=asked)}
        if asked
        else {}
    )
    return list(found.values()), [r for r in asked if r not in found]


class EngagementForm(PrintableFormMixin, forms.ModelForm):
    """The record, from the declaration in `fields.py`. Parts and participation have forms of their own."""

    requests = forms.ModelMultipleChoiceField(
        queryset=AssistanceRequest.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=_("Requests that it answers"),
        help_text=_("Their countries take part. Tick one or more, or none."),
    )
    more_requests = forms.CharField(
        required=False,
        max_length=400,
        label=_("Other requests, by reference"),
        help_text=_("For example KEN-2026-0007, with commas between several."),
    )

    class Meta:
        model = Engagement
        fields: list[str] = [f.name for f in fields.FIELDS]
        widgets = {"pillar": forms.RadioSelect, "modality": forms.RadioSelect}

    def __init__(
        self, *args: Any, user: Any, preselected: Iterable[AssistanceRequest] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        is_new = self.instance.pk is None
        self.fields["theme_codes"] = forms.MultipleChoiceField(
            choices=[
                (t.code, t.name)
                for t in Theme.objects.filter(
                    Q(is_active=True) | Q(code__in=self.instance.theme_codes)
                )
            ],
            widget=forms.CheckboxSelectMultiple,
        )
        for declared in fields.FIELDS:
            self.prepare(declared)
        self.fields["modality"].choices = Modality.choices  # type: ignore[attr-defined]
        self.fields["type"].choices = [("", _("Choose …")), *AssistanceType.choices]  # type: ignore[attr-defined]
        self.narrow()
        if is_new:
            self.offer_requests(list(preselected))
        else:
            for name in ("programme", "requests", "more_requests"):
                del self.fields[name]
        if self.instance.state not in DONE:
            for declared in fields.FIELDS:
                if declared.only_when_done:
                    del self.fields[declared.name]

    def prepare(self, declared: fields.Field) -> None:
        """Label, help, widget and sentence of one field."""
        field = self.fields[declared.name]
        field.label, field.help_text, field.required = (
            fields.field_label(declared.name),
            declared.help,
            declared.required,
        )
        if declared.long:
            field.widget = forms.Textarea(attrs={"rows": 4})
        if declared.words:
            field.widget.attrs["dir"] = "auto"
        if declared.name in WHY_NEEDED:
            field.error_messages["required"] = WHY_NEEDED[declared.name]

    def narrow(self) -> None:
        """Choices that this person has: their programmes, colleagues and funds, pillars in use; what the record has already stays among them."""
        mine = access.programme_ids(self.user)
        programmes, people, funds, pillars = (
            self.fields[n] for n in ("programme", "lead_officer", "funding", "pillar")
        )
        programmes.queryset = Programme.objects.filter(pk__in=mine)  # type: ignore[attr-defined]
        only = list(programmes.queryset[:2])  # type: ignore[attr-defined]
        if len(only) == 1:
            programmes.initial, programmes.widget = only[0], forms.HiddenInput()
        members = ProgrammeMembership.objects.active().filter(programme__in=mine).values("user_id")
        people.queryset = User.objects.filter(  # type: ignore[attr-defined]
            Q(pk__in=members) | Q(pk=self.instance.lead_officer_id)
        ).order_by("name")
        people.empty_label, people.initial = _("Choose …"), self.user  # type: ignore[attr-defined]
        funds.queryset = Funding.objects.filter(  # type: ignore[attr-defined]
            Q(programme__in=mine) | Q(pk=self.instance.funding_id)
        ).select_related("donor")
        funds.empty_label = _("None yet")  # type: ignore[attr-defined]
        pillars.queryset = Pillar.objects.on(self.today(), kept=self.instance.pillar_id)  # type: ignore[attr-defined]
        pillars.empty_label = None  # type: ignore[attr-defined]

    def today(self) -> date:
        """Today at the duty station of the record's programme, or of the person's."""
        return (
            self.instance.programme.today()
            if self.instance.programme_id
            else Programme.objects.today_of(self.user)
        )

    def offer_requests(self, preselected: list[AssistanceRequest]) -> None:
        """Those asked for and those that the person leads stand there to tick; any linkable one may be named."""
        field: Any = self.fields["requests"]
        field.queryset = linkable_requests(self.user)
        own = (
            linkable_requests(self.user)
            .filter(lead_officer_id=self.user.pk)
            .order_by("-id")[:OFFERED]
        )
        offered = {r.pk: r for r in (*preselected, *own)}
        field.widget.choices = [
            (r.pk, f"{r.reference} · {r.country.name} · {r.title}") for r in offered.values()
        ]
        field.initial = [r.pk for r in preselected]
        if not offered:
            field.widget = forms.MultipleHiddenInput()

    def clean_more_requests(self) -> list[AssistanceRequest]:
        """The requests behind the references."""
        found, unknown = by_reference(self.user, self.cleaned_data["more_requests"])
        if unknown:
            raise forms.ValidationError(services.not_linkable(unknown))
        return found

    def clean(self) -> dict[str, Any]:
        """What belongs together."""
        given = super().clean() or {}
        programme = (
            given.get("programme") or self.instance.programme
            if self.instance.programme_id
            else given.get("programme")
        )
        wrong = validators.wrong_in_record(
            given.get("type") or "",
            given.get("reach"),
            given.get("reach_method") or "",
            programme,
            given.get("funding"),
        )
        for name, sentence in wrong.items():
            if name not in self.errors:
                self.add_error(name, sentence)
        return given

    def values(self) -> dict[str, Any]:
        """For `services`."""
        values = {
            name: value for name, value in self.cleaned_data.items() if name in fields.BY_NAME
        }
        return (
            values | {"currency": values["programme"].currency} if "programme" in values else values
        )

    def likely_currency(self) -> str:
        """Of the person's programme; the first one's where there are several."""
        first: Any = self.fields["programme"].queryset.first()  # type: ignore[attr-defined]
        return first.currency if first else "USD"

    def linked(self) -> list[AssistanceRequest]:
        """The requests that were ticked or named, each once."""
        chosen = [
            *self.cleaned_data.get("requests", ()),
            *self.cleaned_data.get("more_requests", ()),
        ]
        return list({r.pk: r for r in chosen}.values())


def measure_field(label: Any, digits: int, sentence: Any) -> forms.DecimalField:
    """A number of days, hours or an amount."""
    return forms.DecimalField(
        label=label,
        required=False,
        min_value=0,
        max_digits=digits,
        decimal_places=2,
        error_messages={"invalid": sentence},
        widget=forms.NumberInput(attrs={"step": "any", "min": "0"}),
    )


def day_field(label: Any, needed: Any) -> forms.DateField:
    """A day of a part."""
    return forms.DateField(
        label=label, widget=date_input(), error_messages={"required": needed, "invalid": NO_DATE}
    )


class PartForm(PrintableFormMixin, forms.Form):
    """One dated part."""

    title = forms.CharField(
        label=_("Title of the part"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    starts_on = day_field(_("First day"), _("Write the first day."))
    ends_on = day_field(
        _("Last day"), _("Write the last day; for one day it is the same as the first.")
    )
    days = measure_field(_("Days"), 6, _("Write a number of days, such as 3 or 2.5."))
    hours = measure_field(_("Hours"), 7, _("Write a number of hours, such as 24."))
    planned_cost = measure_field(_("Planned cost"), 14, _("Write an amount, such as 12500."))
    actual_cost = measure_field(_("Actual cost"), 14, _("Write an amount, such as 12500."))
    as_expected = forms.BooleanField(
        label=_("It took place, and the numbers that were expected are those that came"),
        required=False,
    )
    remove = forms.BooleanField(label=_("Take this part out"), required=False)

    def __init__(
        self,
        *args: Any,
        first: bool,
        currency: str,
        today: date,
        row: EngagementPart | None = None,
        **kwargs: Any,
    ) -> None:
        more = {"empty_permitted": not first and row is None, "use_required_attribute": False}
        super().__init__(*args, **(kwargs | more))
        self.today = today
        self.fields["planned_cost"].label = gettext("Planned cost, in %(currency)s") % {
            "currency": currency
        }
        self.fields["actual_cost"].label = gettext("Actual cost, in %(currency)s") % {
            "currency": currency
        }
        if first or (row is not None and row.is_held):
            del self.fields["remove"]
        if row is None or row.ends_on > today or not has_expected_numbers(row):
            del self.fields["as_expected"]

    def is_blank(self) -> bool:
        """Whether nothing was typed."""
        return not self.has_changed()

    def clean(self) -> dict[str, Any]:
        """Dates in order, measures above zero."""
        given = super().clean() or {}
        for name, sentence in validators.wrong_in_part(given, self.today).items():
            self.add_error(name, sentence)
        return given


def has_expected_numbers(part: EngagementPart) -> bool:
    """Whether a part has numbers that were written before it was over and not confirmed since."""
    return any(row.is_expected and row.is_reported for row in part.participations.all())


class DatesReasonForm(PrintableFormMixin, forms.Form):
    """Why the dates of a part that was held are corrected."""

    dates_reason = forms.CharField(
        label=_("If you correct the dates of a part that was held: why"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )


class CountryNames:
    """All countries by what people may write: the name in one of six languages, or a code. Read once a form."""

    def __init__(self) -> None:
        self.countries = list(Country.objects.in_order().defer(*(f"sort_{x}" for x in LANGUAGES)))
        self.known: dict[str, Country] = {}
        for country in self.countries:
            for text in (
                country.iso2,
                country.iso3,
                *(getattr(country, f"name_{x}") for x in LANGUAGES),
            ):
                self.known.setdefault(text.casefold(), country)

    def find(self, text: str) -> Country | None:
        """The country that is meant."""
        return self.known.get(" ".join(text.split()).casefold())


def people_field(label: Any) -> forms.IntegerField:
    """A number of people; empty means not reported."""
    sentence = _("Write a whole number, or leave it empty if it is not reported.")
    widget = forms.NumberInput(attrs={"class": "narrow", "inputmode": "numeric"})
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=MOST_PEOPLE,
        error_messages={"invalid": sentence, "min_value": sentence},
        widget=widget,
    )


class RowForm(PrintableFormMixin, forms.Form):
    """Who came from one country to one part. A blank number stays blank: it is not reported, never zero."""

    country = forms.CharField(
        label=_("Country"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"list": "countries", "autocomplete": "off", "dir": "auto"}),
    )
    women = people_field(_("Women"))
    men = people_field(_("Men"))
    other = people_field(_("Other"))
    unknown = people_field(_("Not known"))
    not_yet_known = forms.BooleanField(label=_("Not yet known"), required=False)
    institutions = forms.CharField(
        label=_("Institutions"),
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )

    def __init__(self, *args: Any, names: CountryNames, line: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names, self.line = names, line
        place = gettext("line %(number)s") % {"number": line}
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = f"{field.label}, {place}"

    def clean_country(self) -> Country | None:
        """By name in any of the six languages, or by code."""
        text = self.cleaned_data["country"]
        if not text:
            return None
        country = self.names.find(text)
        if country is None:
            raise forms.ValidationError(
                gettext(
                    "There is no country “%(text)s”. Choose one from the list, or write its three letters, such as KEN."
                )
                % {"text": text}
            )
        return country

    def is_blank(self) -> bool:
        """Whether nothing was typed."""
        return not self.has_changed()

    def clean(self) -> dict[str, Any]:
        """Numbers have a country. What else must agree in a line is asked by `Entry`, which knows the type."""
        given = super().clean() or {}
        if (
            not given.get("country")
            and "country" not in self.errors
            and any(v not in (None, "", False) for v in given.values())
        ):
            self.add_error(
                "country", gettext("Write from which country they came, or empty this line.")
            )
        return given


class LinkForm(PrintableFormMixin, forms.Form):
    """A request to link."""

    reference = forms.CharField(
        label=_("Reference of a request"),
        max_length=30,
        help_text=_("Such as KEN-2026-0007. It must be open and not delivered yet."),
        error_messages={"required": _("Write the reference first.")},
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
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


class StepForm(PrintableFormMixin, forms.ModelForm):
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
                "The country reads the step. Leave it empty for a step of ours that is nobody else's concern."
            )
        }

    def __init__(self, *args: Any, countries: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["side"].choices = NextStep.Side.choices  # type: ignore[attr-defined]
        self.fields["side"].initial = NextStep.Side.OURS
        self.fields["country"].queryset = countries  # type: ignore[attr-defined]
        self.fields["country"].empty_label = _("None")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
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
