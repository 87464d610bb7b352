"""What the programme and its partners offer for use: repositories, guides, curricula, model laws."""

from __future__ import annotations

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from assistance.tools.choices import ToolKind
from core.db.search import SearchWords, joined
from core.db.tracking import any_change_but

TOOL_WORDS = SearchWords(joined("title", "code"), joined("owner", "note", "licence"))


class ToolFacts(models.Model):
    """A tool under the title that its owner gives it."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(_("kind"), max_length=12, choices=ToolKind.choices)
    owner = models.CharField(_("owner of the tool"), max_length=200)
    licence = models.CharField(_("licence"), max_length=200, blank=True)
    note = models.TextField(_("what it is for"), blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title


@pghistory.track()
class Tool(ToolFacts):
    """A tool that engagements name by its code. One that was replaced says by what, and is offered
    no longer."""

    replaced_by = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replaces",
        verbose_name=_("replaced by"),
    )

    class Meta:
        ordering = ["title"]
        verbose_name = _("tool")
        verbose_name_plural = _("tools")
        constraints = [
            models.CheckConstraint(
                condition=~Q(replaced_by=F("id")),
                name="tool_not_replaced_by_itself",
                violation_error_message=_("A tool cannot be replaced by itself."),
            )
        ]
        indexes = [GinIndex(TOOL_WORDS, name="tool_words")]

    def get_absolute_url(self) -> str:
        """Its page."""
        from django.urls import reverse

        return reverse("tool", args=[self.code])


class ToolVersionFacts(models.Model):
    """An edition of a tool: in which languages it is there, and where."""

    label = models.CharField(_("version"), max_length=60, blank=True)
    languages = ArrayField(
        models.CharField(max_length=8), verbose_name=_("languages"), default=list, blank=True
    )
    url = models.CharField(
        _("web address"), max_length=300, blank=True, validators=[URLValidator(["https"])]
    )
    order = models.PositiveSmallIntegerField(default=1)  # the latest has the highest

    class Meta:
        abstract = True

    @property
    def language_list(self) -> str:
        """The languages, as a row of their codes."""
        return " ".join(self.languages)


# Whether a link answers is no change of the tool: history would grow by a row a week.
@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(condition=any_change_but("checked_at", "broken_since", "problem")),
    pghistory.DeleteEvent(),
    exclude=["checked_at", "broken_since", "problem"],
)
class ToolVersion(ToolVersionFacts):
    """An edition of a tool that is entered, and whether its link answers."""

    tool = models.ForeignKey(Tool, models.CASCADE, related_name="versions")
    checked_at = models.DateTimeField(null=True, editable=False)
    broken_since = models.DateTimeField(null=True, editable=False)
    problem = models.CharField(max_length=200, blank=True, editable=False)

    class Meta:
        ordering = ["tool", "-order", "-id"]
        verbose_name = _("version of a tool")
        verbose_name_plural = _("versions of tools")
        constraints = [
            models.UniqueConstraint(
                fields=["tool", "label"],
                name="tool_version_once",
                violation_error_message=_("The tool has this version already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.tool_id} {self.label}"
