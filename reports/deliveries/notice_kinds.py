"""What is told of reports: its group, who may still be told, and what goes with the mail."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.notifications import kinds
from accounts.notifications.kinds import Attachment, Group
from reports.schedules.models import Format, Report

REPORTS = Group("reports", _("Reports"), _("You get this because you manage a programme or receive its reports."))
EVENTS = ("produced", "published")
MOST_BYTES = 5 * 1024 * 1024  # what mail servers usually take


def reads_report(user: Any, path: str) -> bool:
    """Whether the report is still one that the person sees."""
    return readable(user, path) is not None


def readable(user: Any, path: str) -> Report | None:
    """The report of this address, if the person sees it."""
    pk = kinds.pk_in(path, "report")
    return Report.objects.visible_to(user).select_related("version__schedule__programme").filter(pk=pk).first() if pk is not None else None


def pdf_of(user: Any, path: str) -> list[Attachment]:
    """The PDF of a published report in the reader's language, else in English, where its schedule says so and it is small enough."""
    report = readable(user, path)
    if report is None or report.state != Report.State.PUBLISHED or not getattr(report.version, "attach", False) or report.current is None:
        return []
    made = report.current.documents.filter(format=Format.PDF, size__lt=MOST_BYTES, language__in=(user.language, "en"))
    documents = {d.language: d for d in made}
    document = documents.get(user.language) or documents.get("en")
    if document is None:
        return []
    name = f"{report.version.schedule.programme.code}-{report.period_start}-r{report.current.number}-{document.language}.pdf"
    return [(name, bytes(document.content), "application/pdf")]


def register_own() -> None:
    """Tells the outbox."""
    for event in EVENTS:
        kinds.register(f"report.{event}", REPORTS, reads_report, pdf_of if event == "published" else kinds.nothing)
