"""The forms of an engagement: the record itself, its parts, who came from where, its actions,
links, next steps and files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django import forms
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from assistance.engagements import fields, services, validators
from assistance.engagements.choices import EarlyReason, Modality, SdgTarget
from assistance.engagements.models import Engagement
from assistance.engagements.request_search import linkable_requests
from assistance.engagements.states import DONE
from assistance.funding.models import Funding
from assistance.programmes.models import Pillar, Programme, ProgrammeMembership, Theme
from assistance.programmes.programme_lists import StoredLists, wrong_lists
from assistance.requests.choices import AssistanceType
from assistance.requests.models import AssistanceRequest
from assistance.tools.models import Tool
from core import access
from core.forms import choice_field, row_field
from core.text import Label
from core.validators import PrintableFormMixin, PrintableModelForm
from countries.processes.models import ProcessSession

# what an officer knows first stands first; the rest is folded, in these groups
FIRST = ("title", "type", "place")
FOLDED: dict[str, tuple[Label, tuple[str, ...]]] = {
    "kind": (_("Pillar, themes and how people met"), ("pillar", "theme_codes", "modality")),
    "money": (_("Funding and partners"), ("funding", "partners", "lead_officer", "programme")),
    "tools": (
        _("Tools, and the session whose delegates it supports"),
        ("tool_codes", "session"),
    ),
    "purpose": (
        _("What it is for, and what the programme should keep in mind"),
        ("objectives", "follow_up", "reach", "reach_method"),
    ),
    "contribution": (
        _("Stage of support, gender equality and Sustainable Development Goals"),
        ("stage", "gender_marker", "sdg_targets"),
    ),
}
ONLY_NEW = ("requests", "more_requests", "early_reason", "has_taken_place")
WHY_NEEDED = {
    "title": _("Give the engagement a title."),
    "type": _("Choose what kind of engagement it is."),
    "modality": _("Say how people meet."),
    "pillar": _("Choose the main pillar."),
    "lead_officer": _("Choose who leads it."),
    "programme": _("Choose the programme that it belongs to."),
}


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
    early_reason = forms.ChoiceField(
        required=False,
        choices=EarlyReason.choices,
        widget=forms.RadioSelect,
        label=_("Why is help given before the decision?"),
    )
    has_taken_place = forms.BooleanField(
        required=False,
        label=_("It has taken place"),
        help_text=_("It is saved as delivered at once. Without the tick it is saved as planned."),
    )

    has_undecided = False  # whether a request that is offered is not decided on yet

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
        found: Iterable[AssistanceRequest] = (),
    ) -> None:
        super().__init__(data, instance=instance)
        self.user = user
        self.stored_lists = StoredLists.of(self.instance)
        is_new = self.instance.pk is None
        self.fields["theme_codes"] = forms.MultipleChoiceField(
            choices=[
                (t.code, t.name)
                for t in Theme.objects.offered(
                    access.programme_ids(user), self.instance.theme_codes
                )
            ],
            widget=forms.CheckboxSelectMultiple,
        )
        self.fields["tool_codes"] = forms.MultipleChoiceField(
            choices=[
                (t.code, t.title)
                for t in Tool.objects.filter(
                    Q(replaced_by=None) | Q(code__in=self.instance.tool_codes)
                )
            ],
            widget=forms.CheckboxSelectMultiple,
        )
        self.fields["sdg_targets"] = forms.MultipleChoiceField(
            choices=SdgTarget.choices, widget=forms.CheckboxSelectMultiple
        )
        for declared in fields.FIELDS:
            self.prepare(declared)
        choice_field(self, "modality").choices = Modality.choices
        choice_field(self, "type").choices = [("", _("Choose …")), *AssistanceType.choices]
        self.narrow()
        if is_new:
            self.offer_requests(list(preselected), list(found))
            self.fields["modality"].initial = Modality.IN_PERSON
        else:
            for name in ("programme", *ONLY_NEW):
                del self.fields[name]
        if not is_new and self.instance.state not in DONE:
            for declared in fields.FIELDS:
                if declared.only_when_done:
                    del self.fields[declared.name]

    @property
    def first_fields(self) -> list[forms.BoundField]:
        """What an officer knows first."""
        return [self[name] for name in FIRST]

    @property
    def folded_fields(self) -> list[tuple[Label, list[forms.BoundField], bool]]:
        """The rest, group by group, and whether a group is open: one with an error, or in which
        something that is needed is not known yet."""
        groups = []
        for legend, names in FOLDED.values():
            bound = [self[name] for name in names if name in self.fields]
            shown = [field for field in bound if not field.is_hidden]
            if shown:
                groups.append((legend, bound, any(map(is_wanting, shown))))
        return groups

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
        kept = self.instance.pillar_id
        pillars.queryset = Pillar.objects.on(self.today(), kept=kept).of(
            access.programme_ids(self.user), kept=kept
        )
        pillars.empty_label = None
        sessions = row_field(self, "session")
        sessions.queryset = ProcessSession.objects.select_related("process")
        sessions.empty_label = _("None")

    def today(self) -> date:
        """Today at the duty station of the record's programme, or of the person's."""
        return (
            self.instance.programme.today()
            if self.instance.programme_id
            else Programme.objects.today_of(self.user)
        )

    def offer_requests(
        self, preselected: list[AssistanceRequest], found: list[AssistanceRequest]
    ) -> None:
        """Those asked for, and those ticked already or found, stand there to tick; any linkable
        one may be named. Pillar and themes follow the first of those asked for."""
        field = row_field(self, "requests")
        field.queryset = linkable_requests(self.user)
        field.initial = [r.pk for r in preselected]
        offered = {r.pk: r for r in (*preselected, *found)}
        assert isinstance(field.widget, forms.CheckboxSelectMultiple), "they are ticked"
        field.widget.choices = [(r.pk, name_of_request(r)) for r in offered.values()]
        self.has_undecided = any(r.is_undecided for r in offered.values())
        if not offered:
            field.widget = forms.MultipleHiddenInput()
        if preselected:
            self.fields["pillar"].initial = preselected[0].pillar_id
            self.fields["theme_codes"].initial = preselected[0].theme_codes

    def clean_more_requests(self) -> list[AssistanceRequest]:
        """The requests behind the references."""
        found, unknown = by_reference(self.user, self.cleaned_data["more_requests"])
        if unknown:
            raise forms.ValidationError(services.not_linkable(unknown))
        return found

    def clean(self) -> dict[str, object]:
        """What belongs together."""
        given = super().clean() or {}
        undecided = [r for r in self.linked() if r.is_undecided] if "requests" in given else []
        if undecided and not given.get("early_reason") and "early_reason" in self.fields:
            self.add_error("early_reason", services.early_sentence(undecided))
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
        foreign = wrong_lists(programme, given, self.stored_lists)
        for name, sentence in (*wrong.items(), *foreign):
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


def is_wanting(field: forms.BoundField) -> bool:
    """Whether a folded field must be seen: something is wrong with it, or it is needed and empty."""
    return bool(field.errors) or (field.field.required and field.value() in (None, ""))


def name_of_request(case: AssistanceRequest) -> str:
    """A request as one ticks it."""
    name = f"{case.reference} · {case.country.name} · {case.title}"
    undecided = gettext("not decided yet")
    return f"{name} · {undecided}" if case.is_undecided else name


class DatesReasonForm(PrintableFormMixin, forms.Form):
    """Why the dates of a part that was held are corrected."""

    dates_reason = forms.CharField(
        label=_("If you correct the dates of a part that was held: why"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
