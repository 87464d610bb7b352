"""Forms of tools and their versions."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assistance.tools.models import Tool, ToolVersion
from core.forms import free_code, row_field
from core.validators import PrintableModelForm

TAKEN = frozenset({"new", "versions"})  # by other addresses
LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z]{2,4})?\Z")


class ToolForm(PrintableModelForm[Tool]):
    """A tool under the title that its owner gives it."""

    class Meta:
        model = Tool
        fields = ["title", "code", "kind", "owner", "licence", "note", "replaced_by"]
        widgets = {"note": forms.Textarea(attrs={"rows": 4, "dir": "auto"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = _("Small letters, digits and hyphens.")
        replaced = row_field(self, "replaced_by")
        replaced.queryset = Tool.objects.exclude(pk=self.instance.pk)
        replaced.empty_label = _("Not replaced")
        if self.instance.pk:
            del self.fields["code"]  # engagements name it by this

    def clean_replaced_by(self) -> Tool | None:
        """Not in a circle."""
        later: Tool | None = self.cleaned_data["replaced_by"]
        seen, step = {self.instance.pk} - {None}, later
        while step is not None:
            if step.pk in seen:
                raise ValidationError(gettext("That tool was replaced by this one."))
            seen.add(step.pk)
            step = step.replaced_by
        return later

    def clean_code(self) -> str:
        """None under which another page stands."""
        return free_code(self.cleaned_data["code"], TAKEN)


class ToolVersionForm(PrintableModelForm[ToolVersion]):
    """An edition of a tool."""

    languages = forms.CharField(
        label=_("Languages"),
        required=False,
        max_length=120,
        help_text=_("Two letters each, with blanks between them, such as en fr ar."),
    )

    class Meta:
        model = ToolVersion
        fields = ["label", "languages", "url"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["languages"] = self.instance.language_list
        self.fields["url"].help_text = _("An address that begins with https://.")

    def clean_languages(self) -> list[str]:
        """Codes of languages."""
        codes = self.cleaned_data["languages"].replace(",", " ").lower().split()
        wrong = [code for code in codes if not LANGUAGE.match(code)]
        if wrong:
            raise ValidationError(
                gettext("“%(code)s” is no code of a language; write two letters such as fr.")
                % {"code": wrong[0]}
            )
        return list(dict.fromkeys(codes))

    def clean(self) -> dict[str, object]:
        """Each version once."""
        given = super().clean() or {}
        same = ToolVersion.objects.filter(tool=self.instance.tool, label=given.get("label") or "")
        if same.exclude(pk=self.instance.pk).exists():
            self.add_error("label", gettext("The tool has this version already."))
        return given

    def save(self, commit: bool = True) -> ToolVersion:
        """What was wrong with another address is forgotten."""
        if "url" in self.changed_data:
            self.instance.broken_since, self.instance.problem = None, ""
        return super().save(commit)
