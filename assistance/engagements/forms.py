"""The forms of an engagement: the record itself, its parts, who came from where, its actions,
links, next steps and files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from assistance.engagements import fields, services, validators
from assistance.engagements.choices import Modality
from assistance.engagements.models import Engagement
from assistance.engagements.states import DONE
from assistance.funding.models import Funding
from assistance.programmes.models import Pillar, Programme, ProgrammeMembership, Theme
from assistance.requests.choices import AssistanceType
from assistance.requests.models import AssistanceRequest
from assistance.requests.states import LINKABLE
from core import access
from core.forms import choice_field, row_field
from core.validators import PrintableFormMixin, PrintableModelForm

OFFERED = 40  # requests to tick; others are named by their reference
# what it is for and what came of it: a page asks for these below who took part
BELOW_PARTS = ("objectives", "outcome", "follow_up", "reach", "reach_method")
WHY_NEEDED = {
    "title": _("Give the engagement a title."),
    "type": _("Choose what kind of engagement it is."),
    "modality": _("Say how people meet."),
    "pillar": _("Choose the main pillar."),
    "lead_officer": _("Choose who leads it."),
    "programme": _("Choose the programme that it belongs to."),
}


def date_input() -> forms.DateInput:
    """A date as browsers ask for it."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def linkable_requests(user: User) -> QuerySet[AssistanceRequest]:
    """Requests of the reader's programmes that an engagement can answer: open and not delivered."""
    return (
        AssistanceRequest.objects.visible_to(user)
        .filter(state__in=LINKABLE, programme__in=access.programme_ids(user))
        .select_related("country")
    )


def by_reference(user: User, text: str) -> tuple[list[AssistanceRequest], list[str]]:
    """Linkable requests by their references in a text (commas, spaces or lines between them), and
    the references that are none."""
    asked = [r.upper() for r in text.replace(",", " ").replace(";", " ").split()]
    found = (
        {r.reference: r for r in linkable_requests(user).filter(reference__in=asked)}
        if asked
        else {}
    )
    return list(found.values()), [r for r in asked if r not in found]


class EngagementForm(PrintableModelForm[Engagement]):
    """The record, from the declaration in `fields.py`.

    Parts and participation have forms of their own.
    """

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
        self,
        data: Mapping[str, object] | None = None,
        *,
        instance: Engagement | None = None,
        user: User,
        preselected: Iterable[AssistanceRequest] = (),
    ) -> None:
        super().__init__(data, instance=instance)
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
        choice_field(self, "modality").choices = Modality.choices
        choice_field(self, "type").choices = [("", _("Choose …")), *AssistanceType.choices]
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

    @property
    def fields_above_parts(self) -> list[forms.BoundField]:
        """What a page asks for above dates and participation."""
        return [field for field in self if field.name not in BELOW_PARTS]

    @property
    def fields_below_parts(self) -> list[forms.BoundField]:
        """What a page asks for below dates and participation."""
        return [field for field in self if field.name in BELOW_PARTS]

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
        """Choices that this person has: their programmes, colleagues and funds, pillars in use;
        what the record has already stays among them."""
        mine = access.programme_ids(self.user)
        programmes, people, funds, pillars = (
            row_field(self, n) for n in ("programme", "lead_officer", "funding", "pillar")
        )
        programmes.queryset = Programme.objects.filter(pk__in=mine)
        only = list(programmes.queryset[:2])
        if len(only) == 1:
            programmes.initial, programmes.widget = only[0], forms.HiddenInput()
        members = ProgrammeMembership.objects.active().filter(programme__in=mine).values("user_id")
        people.queryset = User.objects.filter(
            Q(pk__in=members) | Q(pk=self.instance.lead_officer_id)
        ).order_by("name")
        people.empty_label, people.initial = _("Choose …"), self.user
        funds.queryset = Funding.objects.filter(
            Q(programme__in=mine) | Q(pk=self.instance.funding_id)
        ).select_related("donor")
        funds.empty_label = _("None yet")
        pillars.queryset = Pillar.objects.on(self.today(), kept=self.instance.pillar_id)
        pillars.empty_label = None

    def today(self) -> date:
        """Today at the duty station of the record's programme, or of the person's."""
        return (
            self.instance.programme.today()
            if self.instance.programme_id
            else Programme.objects.today_of(self.user)
        )

    def offer_requests(self, preselected: list[AssistanceRequest]) -> None:
        """Those asked for and those that the person leads stand there to tick; any linkable one may
        be named."""
        field = row_field(self, "requests")
        field.queryset = linkable_requests(self.user)
        own = (
            linkable_requests(self.user)
            .filter(lead_officer_id=self.user.pk)
            .order_by("-id")[:OFFERED]
        )
        offered = {r.pk: r for r in (*preselected, *own)}
        assert isinstance(field.widget, forms.CheckboxSelectMultiple), "they are ticked"
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

    def clean(self) -> dict[str, object]:
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

    def values(self) -> dict[str, object]:
        """For `services`."""
        values = {
            name: value for name, value in self.cleaned_data.items() if name in fields.BY_NAME
        }
        return (
            values | {"currency": values["programme"].currency} if "programme" in values else values
        )

    def likely_currency(self) -> str:
        """Of the person's programme; the first one's where there are several."""
        offered = row_field(self, "programme").queryset
        first = offered.first() if offered is not None else None
        return first.currency if first else "USD"

    def linked(self) -> list[AssistanceRequest]:
        """The requests that were ticked or named, each once."""
        chosen = [
            *self.cleaned_data.get("requests", ()),
            *self.cleaned_data.get("more_requests", ()),
        ]
        return list({r.pk: r for r in chosen}.values())


class DatesReasonForm(PrintableFormMixin, forms.Form):
    """Why the dates of a part that was held are corrected."""

    dates_reason = forms.CharField(
        label=_("If you correct the dates of a part that was held: why"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
