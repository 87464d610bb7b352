"""The questions of a hand-over, and what is to end as the address says it."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from assistance.handover.querysets import Slot, Work
from assistance.handover.terminations import FIELDS, KINDS, Terminable, Termination
from core.text import Label
from core.validators import PrintableFormMixin

WHO: dict[str, Label] = {
    "lead": gettext_lazy("Who takes this over?"),
    "decide": gettext_lazy("Who decides from now on?"),
    "write": gettext_lazy("Who gets these drafts?"),
    "clear": gettext_lazy("Who clears from now on?"),
}
HELP: dict[str, Label] = {
    "lead": gettext_lazy("Members of the programme."),
    "decide": gettext_lazy("Managers of the programme."),
    "write": gettext_lazy("Active focal points of the country."),
    "clear": gettext_lazy(
        "Active focal points of the country. Whoever you choose gets the right to clear."
    ),
}
NOBODY: dict[str, Label] = {
    "lead": gettext_lazy(
        "Nobody else works for this programme: this will stand without an officer until you give it"
        " somebody."
    ),
    "decide": gettext_lazy("Nobody else manages this programme: its next manager decides."),
    "write": gettext_lazy(
        "Nobody else speaks for this country: nobody will be able to open these drafts. Designate"
        " somebody first if they are to go on."
    ),
    "clear": gettext_lazy(
        "Nobody else speaks for this country: these requests go back to their authors as drafts."
    ),
}


def ends_from(kind: str, row: Terminable, given: Mapping[str, object]) -> Termination | None:
    """What the address says is to become of the row; what it leaves out stays.

    None where that cannot be.
    """
    form_class = forms.modelform_factory(KINDS[kind], fields=FIELDS[kind])
    now = {name: getattr(row, name) for name in FIELDS[kind]}
    form = form_class(
        {**now, **{name: given[name] for name in FIELDS[kind] if name in given}}, instance=row
    )
    if not form.is_valid():
        return None
    return Termination(kind, row.pk, {name: form.cleaned_data[name] for name in FIELDS[kind]})


class HandoverForm(PrintableFormMixin, forms.Form):
    """One choice for each part of the work that somebody could take, one box for each country that
    nobody will speak for."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Mapping[str, object] | None = None, *, work: Work) -> None:
        super().__init__(data, initial={"seen": work.seen})
        self.work = work
        for slot in work.slots:
            if slot.candidates:
                self.fields[slot.name] = self.question(slot)
        for pk in work.alone:
            self.fields[f"alone_{pk}"] = forms.BooleanField(
                label=_("I know that nobody will speak for %(country)s")
                % {"country": work.countries[pk].name},
                error_messages={
                    "required": _(
                        "Tick this if it is to end all the same, or designate another focal point"
                        " first."
                    )
                },
            )

    def question(self, slot: Slot) -> forms.ModelChoiceField[User]:
        """The choice among those who can hold the part."""
        people = User.objects.filter(pk__in=[u.pk for u in slot.candidates]).order_by("name")
        messages = {
            "required": _("Choose who takes this over."),
            "invalid_choice": _("This person cannot take it over any more. Choose somebody else."),
        }
        return forms.ModelChoiceField(
            people,
            label=WHO[slot.part],
            help_text=HELP[slot.part],
            empty_label=_("Choose a person"),
            error_messages=messages,
        )

    @property
    def chosen(self) -> dict[str, int | None]:
        """Ids of the successors by question."""
        return {
            s.name: self.cleaned_data[s.name].pk if s.name in self.cleaned_data else None
            for s in self.work.slots
        }
