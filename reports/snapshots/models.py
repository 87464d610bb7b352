"""The rows behind the figures of a stored snapshot: too many to be read with it each time."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from reports.editions.choices import Audience
from reports.reports.immutability import rows_stay


class FigureRows(models.Model):
    """Ids of the rows that a figure of a revision counts, as one of its audiences may open them.

    One row a figure: as one row an id they would take twenty times the room, and are only ever read
    together.
    """

    revision = models.ForeignKey(
        "reports.ReportRevision", models.PROTECT, related_name="+", db_index=False
    )  # the constraint has an index that begins with it
    audience = models.CharField(max_length=10, choices=Audience.choices)
    figure = models.CharField(max_length=200)  # its code
    ids = ArrayField(models.BigIntegerField())  # of rows of the annex, in the order of the figure

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["revision", "audience", "figure"], name="figure_rows_once"
            )
        ]
        triggers = [rows_stay("figure_rows")]

    def __str__(self) -> str:
        return f"{self.revision_id} {self.audience} {self.figure}"


class AnnexRow(models.Model):
    """A row that some figure of a revision counts, with what makes it recognisable, as one of its
    audiences may read it."""

    revision = models.ForeignKey(
        "reports.ReportRevision", models.PROTECT, related_name="+", db_index=False
    )  # the constraint has an index that begins with it
    audience = models.CharField(max_length=10, choices=Audience.choices)
    kind = models.CharField(max_length=20)
    row_id = models.BigIntegerField()  # of the request, engagement … that it tells of
    content = models.TextField()  # canonical JSON, to the letter: the snapshot's hash is over it

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["revision", "audience", "kind", "row_id"], name="annex_row_once"
            )
        ]
        triggers = [rows_stay("annex_rows")]

    def __str__(self) -> str:
        return f"{self.revision_id} {self.audience} {self.kind} {self.row_id}"
