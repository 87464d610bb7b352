"""Forms of persons: one of them, a pasted list, a contact."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.crypto import salted_hmac
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assistance.engagements.part_models import EngagementPart
from assistance.participants import attendance_import
from assistance.participants.models import Person
from assistance.participants.services import Attendee
from assistance.programmes.models import Programme
from core.encryption import DecryptionFailed
from core.forms import ModelChoiceField, row_field
from core.validators import PrintableFormMixin, PrintableModelForm, validate_printable_line
from countries.models import Country

ABOUT = ("name", "sex", "institution", "function", "email", "phone", "may_be_asked")


def seen_of(person: Person) -> str:
    """A mark of what is known of somebody, one piece a field: a form carries it, so that what was
    changed since it was opened can be named."""
    return ".".join(
        salted_hmac("person." + name, str(getattr(person, name))).hexdigest()[:12] for name in ABOUT
    )


class PersonForm(PrintableModelForm[Person]):
    """What is known of somebody. Everything but the name may be left empty.

    `seen` is the mark of what was known when the form was opened; where somebody else has changed
    it since, the form is refused once.
    """

    email = forms.EmailField(label=_("E-mail"), required=False, max_length=254)
    phone = forms.CharField(
        label=_("Telephone"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "tel", "dir": "ltr"}),
    )

    class Meta:
        model = Person
        fields = ABOUT
        labels = {
            "name": _("Name"),
            "sex": _("Sex"),
            "institution": _("Institution"),
            "function": _("Function"),
            "may_be_asked": _("Agrees to be asked again later"),
        }
        help_texts = {
            "may_be_asked": _(
                "By mail, 3, 6 and 12 months later. Answers bear no name, so that they cannot be taken"
                " out again: tell people before they agree."
            )
        }
        widgets = {
            n: forms.TextInput(attrs={"dir": "auto"}) for n in ("name", "institution", "function")
        }
        error_messages = {"name": {"required": _("Write the person's name.")}}

    def __init__(
        self, data: Mapping[str, object] | None = None, *, instance: Person | None = None
    ) -> None:
        super().__init__(data, instance=instance)
        self.fields["name"].required = True
        self.overtaken = self._changed_since(str(self.data.get("seen", "")))
        self.unreadable = {
            n: v
            for n in ("email", "phone")
            if isinstance(v := getattr(self.instance, n), DecryptionFailed)
        }
        for name in self.unreadable:
            self.initial[name] = ""
            self.fields[name].help_text = _(
                "What is stored cannot be read: no key opens it. Left empty it stays as it is; what"
                " you write takes its place."
            )

    def _changed_since(self, seen: str) -> list[str]:
        """What was changed since, as “field: what stands there now”.

        Read before the form's own values are put in.
        """
        before, now = seen.split("."), seen_of(self.instance).split(".") if self.instance.pk else []
        if len(before) != len(now):
            return []
        changed = [
            name for name, then, mark in zip(ABOUT, before, now, strict=True) if then != mark
        ]
        return [f"{self.fields[name].label}: {self._shown(name)}" for name in changed]

    def _shown(self, name: str) -> str:
        """A value in words."""
        if name == "sex":
            return str(self.instance.get_sex_display())
        value = getattr(self.instance, name)
        return "✓" if value is True else str(value or "–")

    def clean(self) -> dict[str, object]:
        """Raises ValidationError where somebody else was faster.

        What cannot be read is not emptied by a form that could not show it.
        """
        given = super().clean() or {}
        if self.overtaken:
            raise ValidationError(
                gettext(
                    "In the meantime somebody else changed this. Now it says: %(what)s. Look at it,"
                    " then save again."
                )
                % {"what": " · ".join(self.overtaken)}
            )
        return given | {n: stored for n, stored in self.unreadable.items() if given.get(n) == ""}


class PartChoice(ModelChoiceField[EngagementPart]):
    """A part by its number and dates."""

    def label_from_instance(self, obj: EngagementPart) -> str:
        """“1: 2026-03-02 – 2026-03-06 Title”."""
        return f"{obj.number}: {obj.starts_on} – {obj.ends_on} {obj.title}".strip()


class AttendeeForm(PersonForm):
    """Somebody who attended: with the part and the country."""

    part = PartChoice(queryset=EngagementPart.objects.none(), label=_("Part"), empty_label=None)
    country = forms.ModelChoiceField(queryset=Country.objects.none(), label=_("Country"))
    field_order = ("part", "country", *ABOUT)

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        *,
        parts: QuerySet[EngagementPart],
        countries: QuerySet[Country],
    ) -> None:
        super().__init__(data)
        row_field(self, "part").queryset = parts
        row_field(self, "country").queryset = countries
        if len(countries) == 1:
            self.fields["country"].initial = countries[0].pk

    def row(self) -> Attendee:
        """As `services.add_attendance` takes it."""
        given = self.cleaned_data
        return Attendee(
            country=given["country"],
            name=given["name"],
            sex=given["sex"],
            institution=given["institution"],
            function=given["function"],
            email=given["email"],
            phone=given["phone"],
            may_be_asked=given["may_be_asked"],
        )


class RosterForm(PrintableFormMixin, forms.Form):
    """A list pasted from a spreadsheet or sent as a CSV file."""

    part = PartChoice(queryset=EngagementPart.objects.none(), label=_("Part"), empty_label=None)
    table = forms.CharField(
        label=_("The list"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"dir": "auto", "spellcheck": "false"}),
        help_text=_(
            "Copy the cells from a spreadsheet and paste them here, with the names of the columns"
            " in the first line."
        ),
    )
    upload = forms.FileField(label=_("Or a CSV file"), required=False)

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        files: MultiValueDict[str, UploadedFile] | None = None,
        *,
        parts: QuerySet[EngagementPart],
        countries: QuerySet[Country],
    ) -> None:
        super().__init__(data, files)
        self.countries = list(countries)
        row_field(self, "part").queryset = parts

    def clean(self) -> dict[str, object]:
        """Reads the table; what was sent as a file is put where it can be corrected."""
        given = super().clean() or {}
        text = given.get("table") or ""
        if given.get("upload"):
            try:
                text = (
                    given["upload"].read(attendance_import.MOST_CHARACTERS * 4).decode("utf-8-sig")
                )
            except UnicodeDecodeError:
                raise ValidationError(
                    {
                        "upload": gettext(
                            "This file is no CSV in UTF-8. Save it as “CSV UTF-8” and choose it"
                            " again."
                        )
                    }
                ) from None
        try:
            validate_printable_line(text)
            given["rows"] = attendance_import.read_attendance(text, self.countries)
        except ValidationError as error:
            self.add_error("table", error)
        return given


class ContactForm(PersonForm):
    """Whom the programme asks in a country: for which of the reader's programmes."""

    programme = forms.ModelChoiceField(
        queryset=Programme.objects.none(), label=_("Programme"), empty_label=None
    )
    field_order = ("programme", *ABOUT)

    def __init__(
        self, data: Mapping[str, object] | None = None, *, programmes: QuerySet[Programme]
    ) -> None:
        super().__init__(data)
        row_field(self, "programme").queryset = programmes
