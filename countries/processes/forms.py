"""Forms of processes, sessions, documents and recommendations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.forms import NO_DATE, date_input, free_code
from core.validators import PrintableFormMixin, PrintableModelForm
from countries.forms import NamedForm
from countries.processes.choices import UN_LANGUAGES
from countries.processes.models import Process, ProcessSession, SessionDocument
from countries.processes.services import OWNER
from files import content_type
from files.action_fields import CheckedFileField
from files.models import attach_file

TAKEN = frozenset({"new", "attendance", "sessions", "documents"})  # by other addresses


class ProcessForm(NamedForm[Process]):
    """A process with its name in six languages; its full title and what it is for in English."""

    full_name = forms.CharField(label=_("Full title, in English"), max_length=300, required=False)
    summary = forms.CharField(
        label=_("What it is for, in English"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    class Meta:
        model = Process
        fields = ["code", "mandate", "mandate_url", "since", "came_after", "instrument"]
        widgets = {"since": date_input()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = _("Small letters and hyphens, such as ad-hoc-committee.")
        self.fields["came_after"].label = _("Came after")
        self.fields["full_name"].initial = self.instance.full_names.get("en", "")
        self.fields["summary"].initial = self.instance.summaries.get("en", "")
        if self.instance.pk:
            del self.fields["code"]
            others = Process.objects.exclude(pk=self.instance.pk)
            self.fields["came_after"].queryset = others  # type: ignore[attr-defined]

    def clean_code(self) -> str:
        """None under which another page stands."""
        return free_code(self.cleaned_data["code"], TAKEN)

    def save(self, commit: bool = True) -> Process:
        """Texts in other languages stay."""
        for column, name in (("full_names", "full_name"), ("summaries", "summary")):
            texts = {**getattr(self.instance, column), "en": self.cleaned_data[name]}
            setattr(self.instance, column, texts)
        return super().save(commit)


class SessionForm(NamedForm[ProcessSession]):
    """A session with its name in six languages."""

    class Meta:
        model = ProcessSession
        fields = ["kind", "starts_on", "ends_on", "place", "chair", "agenda", "outcome"]
        widgets = {
            "starts_on": date_input(),
            "ends_on": date_input(),
            "agenda": forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
            "outcome": forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("starts_on", "ends_on"):
            self.fields[name].error_messages["invalid"] = NO_DATE
        self.fields["agenda"].help_text = _("One item a line.")
        self.fields["outcome"].help_text = _("What was decided, in a few sentences.")
        self.order_fields(["name_en", "kind", "starts_on", "ends_on", "place"])

    def clean(self) -> dict[str, object]:
        """In the order of days."""
        given = super().clean() or {}
        first, last = given.get("starts_on"), given.get("ends_on")
        if first and last and str(last) < str(first):
            self.add_error("ends_on", gettext("The last day is before the first."))
        return given


class DocumentForm(PrintableModelForm[SessionDocument]):
    """A document before a session."""

    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=UN_LANGUAGES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    file = CheckedFileField(
        label=_("File"),
        required=False,
        help_text=content_type.help_with(
            _("Where there is no link. A later file takes the place of an earlier one.")
        ),
    )

    class Meta:
        model = SessionDocument
        fields = ["symbol", "title", "kind", "dated_on", "languages", "url", "source"]
        widgets = {"dated_on": date_input()}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["symbol"].help_text = _(
            "As it is printed, such as A/AC.291/22/Rev.3. Leave it empty where you do not see it:"
            " it is never guessed."
        )
        self.fields["url"].help_text = _("An address that begins with https://.")

    def save(self, commit: bool = True) -> SessionDocument:
        """With its file, in the caller's transaction."""
        document = super().save(commit)
        if self.cleaned_data["file"]:
            attach_file(OWNER, document.pk, self.cleaned_data["file"], self.user)
        return document


LONGEST_TEXT = 2000  # characters of a recommendation


class RecommendationsForm(PrintableFormMixin, forms.Form):
    """The recommendations of a session, each to be corrected, and more of them, one a line.

    What a text was when the form was made comes back with it, so that nobody's correction is taken
    back by who had the form open.
    """

    def __init__(self, data: QueryDict | None, *, session: ProcessSession) -> None:
        super().__init__(data)
        # one that was added since the form was made is not in what was sent, and stays as it is
        self.entered = [
            one
            for one in session.recommendations.all()
            if data is None or self.add_initial_prefix(f"text{one.pk}") in data
        ]
        for one in self.entered:
            self.fields[f"text{one.pk}"] = forms.CharField(
                label=gettext("Recommendation %(number)s") % {"number": one.number},
                initial=one.text,
                max_length=LONGEST_TEXT,
                show_hidden_initial=True,
                widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
            )
        self.fields["more"] = forms.CharField(
            label=gettext("More recommendations"),
            help_text=gettext("One a line, in the order of the report."),
            required=False,
            max_length=60_000,
            widget=forms.Textarea(attrs={"rows": 10, "dir": "auto"}),
        )

    def clean_more(self) -> list[str]:
        """The lines with something in them."""
        lines = [line.strip() for line in self.cleaned_data["more"].splitlines()]
        if any(len(line) > LONGEST_TEXT for line in lines):
            raise forms.ValidationError(
                gettext("A recommendation is at most %(n)s characters long.") % {"n": LONGEST_TEXT}
            )
        return [line for line in lines if line]

    def corrections(self) -> dict[int, tuple[str, str]]:
        """By id, what a recommendation said when the form was made and what it is to say."""
        found = {}
        for one in self.entered:
            name = f"text{one.pk}"
            if name in self.changed_data:
                before = str(self.data.get(self.add_initial_prefix(name), "")).replace("\r\n", "\n")
                found[one.pk] = (before, self.cleaned_data[name].replace("\r\n", "\n"))
        return found
