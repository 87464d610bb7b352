"""What public pages name beside the programme's own work: tools, treaties, processes, as the public
connection reads them."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from assistance.tools.models import ToolFacts, ToolVersionFacts
from countries.instruments.models import InstrumentFacts, TreatyActionFacts
from countries.processes.models import DocumentFacts, ProcessFacts, SessionFacts
from portal.public.models import PublicCountry, PublicView


class NamedByProgramme(PublicView):
    """What a public page names beside the programme's own work."""

    programmes = ArrayField(models.BigIntegerField())  # ids of those that name it

    class Meta(PublicView.Meta):
        abstract = True


class PublicTool(NamedByProgramme, ToolFacts):
    """A tool that was not replaced."""

    class Meta(PublicView.Meta):
        db_table = "public_tool"
        ordering = ["kind", "title"]


class PublicToolVersion(PublicView, ToolVersionFacts):
    """An edition of a tool; a link that is known to be broken is left out."""

    tool = models.ForeignKey(PublicTool, models.DO_NOTHING, related_name="versions")

    class Meta(PublicView.Meta):
        db_table = "public_tool_version"
        ordering = ["-order", "-id"]


class PublicInstrument(NamedByProgramme, InstrumentFacts):
    """A treaty."""

    class Meta(PublicView.Meta):
        db_table = "public_instrument"
        ordering = ["order", "code"]


class PublicTreatyAction(PublicView, TreatyActionFacts):
    """What was done about a treaty, as its source says."""

    instrument = models.ForeignKey(PublicInstrument, models.DO_NOTHING, related_name="actions")
    country = models.ForeignKey(PublicCountry, models.DO_NOTHING, null=True, related_name="+")

    class Meta(PublicView.Meta):
        db_table = "public_treaty_action"
        ordering = ["date", "id"]

    def __str__(self) -> str:
        return f"{self.who}, {self.action}"

    @property
    def who(self) -> str:
        """The country in the reader's language, or the organisation."""
        return self.country.name if self.country is not None else self.organisation


class PublicProcess(NamedByProgramme, ProcessFacts):
    """A body of States. Who attended its sessions is not read here."""

    instrument_code = models.CharField(max_length=20, null=True)  # noqa: DJ001 none: about no treaty

    class Meta(PublicView.Meta):
        db_table = "public_process"
        ordering = ["order", "code"]


class PublicSession(PublicView, SessionFacts):
    """A session, with its dates and place."""

    process = models.ForeignKey(PublicProcess, models.DO_NOTHING, related_name="sessions")

    class Meta(PublicView.Meta):
        db_table = "public_session"
        ordering = ["-starts_on", "-id"]


class PublicSessionDocument(PublicView, DocumentFacts):
    """A document before it."""

    session = models.ForeignKey(PublicSession, models.DO_NOTHING, related_name="documents")

    class Meta(PublicView.Meta):
        db_table = "public_session_document"
        ordering = ["-session__starts_on", "kind", "symbol", "id"]

    def __str__(self) -> str:
        return self.symbol or self.title

    @property
    def address(self) -> str:
        """Where it is read."""
        return self.url
