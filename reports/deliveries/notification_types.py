"""What is told of reports: its group, who may still be told, and what goes with the mail."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from notifications.types import KINDS, Attachment, Group, Kind, pk_in
from reports.documents.choices import Format
from reports.documents.models import ReportDocument
from reports.editions.models import ReportEdition
from reports.reports.models import Report

WHY = _("You get this because you work with these reports or they are about your country.")
MADE = Group(
    "reports_made", _("Reports: made, and to be looked through"), WHY, verb="report.review"
)
PUBLISHED = Group("reports", _("Reports: published"), WHY, verb="report.read")
MOST_BYTES = 5 * 1024 * 1024  # what mail servers usually take


def report_at(user: User, path: str) -> Report | None:
    """The report of this address, if the person sees it."""
    pk = pk_in(path, "report")
    return (
        Report.objects.visible_to(user)
        .select_related("version__schedule__programme")
        .filter(pk=pk)
        .first()
        if pk is not None
        else None
    )


def edition_at(user: User, path: str) -> ReportEdition | None:
    """The published edition of this address, if the person sees it."""
    pk = pk_in(path, "edition")
    return (
        ReportEdition.objects.visible_to(user)
        .select_related("revision__report__version")
        .filter(pk=pk)
        .first()
        if pk is not None
        else None
    )


def sees_batch_at(user: User, path: str) -> bool:
    """Whether the person sees any report of the schedule whose period's page has this address."""
    pk = pk_in(path, "report_batch")
    return (
        pk is not None and Report.objects.visible_to(user).filter(version__schedule_id=pk).exists()
    )


def reads_it(user: User, path: str) -> bool:
    """Whether the report, edition or period's reports are still what the person sees."""
    return (
        report_at(user, path) is not None
        or edition_at(user, path) is not None
        or sees_batch_at(user, path)
    )


def pdf_of(user: User, path: str) -> list[Attachment]:
    """The PDF of a published report or edition in the reader's language, else in English, where its
    schedule says so and it is small enough."""
    report, edition = report_at(user, path), edition_at(user, path)
    if edition is not None:
        attach, name = (
            edition.revision.report.version.attach,
            f"{edition.kind}-{edition.period_start}-r{edition.number}",
        )
        documents = edition.documents.all()
    elif (
        report is not None and report.state == Report.State.PUBLISHED and report.current is not None
    ):
        attach, name = (
            report.version.attach,
            f"{report.version.schedule.programme.code}-{report.period_start}-r{report.current.number}",
        )
        documents = report.current.internal_documents
    else:
        return []
    if not attach:
        return []
    small: dict[str, ReportDocument] = {
        d.language: d
        for d in documents.filter(
            format=Format.PDF, size__lt=MOST_BYTES, language__in=(user.language, "en")
        ).defer("content")
    }
    document = small.get(user.language) or small.get("en")
    return (
        [(f"{name}-{document.language}.pdf", bytes(document.content), "application/pdf")]
        if document
        else []
    )


def register_own_kinds() -> None:
    """Tells the outbox."""
    KINDS.register("report.produced", Kind(MADE, reads_it))
    KINDS.register("report.published", Kind(PUBLISHED, reads_it, pdf_of))
