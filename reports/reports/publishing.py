"""What is said before reports are published: which editions, who is told, how many can read them;
and why one is not published now."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language, get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from accounts.models import Role, User
from assistance.programmes.models import ProgrammeMembership
from core.text import Label, join_list
from core.workflow.exceptions import ActionNotAllowed
from reports.deliveries.models import Webhook
from reports.deliveries.notifications import focal_points_to_tell, staff_to_tell
from reports.documents.choices import Format
from reports.documents.models import ReportDocument
from reports.editions.choices import Audience
from reports.editions.models import ReportEdition
from reports.figures.audiences import COUNTRY, INTERNAL, PUBLIC
from reports.reports.models import Report, ReportRevision
from reports.reports.revisions import is_outdated
from reports.reports.subjects import names_of

MOST_NAMES = 20  # of people who are told; of more only the number is said


@dataclass(frozen=True)
class EditionToPublish:
    """The documents for one audience: of one report, or of many that are published together."""

    audience: Label
    count: int
    languages: str
    formats: str
    readers: int
    who: Label  # who these readers are


@dataclass(frozen=True)
class GroupToTell:
    """People who get a message, or programs."""

    name: Label
    count: int
    names: str  # empty where they are too many to be listed, or no people


@dataclass(frozen=True)
class Confirmation:
    """What the page says before it publishes.

    `mark` stands for exactly that: it changes with the revisions and their highlights.
    """

    revisions: Sequence[ReportRevision]
    about: dict[int, str]
    editions: Sequence[EditionToPublish]
    told: Sequence[GroupToTell]
    mark: str


def refuse_publishing(user: User, revision: ReportRevision, *, check_chain: bool = True) -> None:
    """Raises NotAllowed where its documents are not ready, or where who reviewed it would publish
    it though somebody else could do one of both.

    Source: the rules of the programme, section 7: who published is not who reviewed, where the
    programme has two. Without `check_chain` it is known already that nothing of the schedule was
    published meanwhile.
    """
    if revision.rewrite_asked_at is not None:
        if revision.rewrite_failure:
            raise ActionNotAllowed(
                _(
                    "Its documents could not be made anew with the highlights: %(reason)s. Change"
                    " the highlights, or tell the administrator."
                )
                % {"reason": revision.rewrite_failure}
            )
        raise ActionNotAllowed(_("Its documents are being made anew: publish it in a minute."))
    if check_chain and is_outdated(revision):
        raise ActionNotAllowed(
            _(
                "Another report of this schedule was published just now: try again, so that its"
                " adjustments are worked out anew."
            )
        )
    if sentence := reviewed_alone(user, revision):
        raise ActionNotAllowed(sentence)


def reviewed_alone(user: User, revision: ReportRevision) -> str:
    """Why a reviewer does not publish, and who can; empty for everybody else, and where the
    programme has nobody else who reviews."""
    if revision.reviewed_by_id is None or revision.reviewed_by_id != user.pk:
        return ""
    programme = revision.report.version.schedule.programme_id
    others = (
        ProgrammeMembership.objects.filter(programme_id=programme)
        .exclude(user_id=user.pk)
        .select_related("user")
        .order_by("user__name")
    )
    publishers = [m.user.name for m in others.managers()]
    if publishers:
        return _("You reviewed it, so somebody else publishes it: %(names)s.") % {
            "names": join_list(publishers[:MOST_NAMES])
        }
    reviewers = [m.user.name for m in others.active()]
    if reviewers:
        names = join_list(reviewers[:MOST_NAMES])
        return _(
            "You reviewed it, so you cannot publish it. Send it back, so that somebody else can"
            " review it: %(names)s."
        ) % {"names": names}
    return ""


def publishing_confirmation(reports: Sequence[Report]) -> Confirmation:
    """What publishing these does, which are of one schedule and period; with as many queries for a
    hundred as for one."""
    about = names_of(reports, get_language() or "en")
    revisions = list(
        ReportRevision.objects.filter(report__in=reports, is_current=True)
        .select_related("report__version__schedule__programme", "reviewed_by")
        .defer("snapshot")
        .order_by("report_id")
    )
    countries = list(
        ReportEdition.objects.filter(
            revision__in=revisions, audience=COUNTRY, country__isnull=False
        ).values_list("country_id", flat=True)
    )
    return Confirmation(
        revisions,
        about,
        editions_of(revisions, countries),
        groups_of(revisions[0].report, countries),
        mark_of(revisions),
    )


def mark_of(revisions: Sequence[ReportRevision]) -> str:
    """What a browser sends back to say that it is this that was looked at."""
    return hashlib.sha256(
        repr([(r.pk, r.sha256, r.highlights) for r in revisions]).encode()
    ).hexdigest()


def editions_of(
    revisions: Sequence[ReportRevision], countries: Sequence[int]
) -> list[EditionToPublish]:
    """An entry for each audience that there are documents for, the programme first."""
    counts = {INTERNAL: len(revisions)}
    for audience in ReportEdition.objects.filter(revision__in=revisions).values_list(
        "audience", flat=True
    ):
        counts[audience] = counts.get(audience, 0) + 1
    kept = (
        ReportDocument.objects.filter(revision__in=revisions)
        .order_by()
        .values_list("audience", "language", "format")
        .distinct()
    )
    documents = list(kept)
    shown = []
    for audience in Audience.values:
        if audience in counts:
            languages = sorted(
                {language for whose, language, _format in documents if whose == audience}
            )
            formats = [
                f.label
                for f in Format
                if any(whose == audience and form == f for whose, _language, form in documents)
            ]
            readers, who = readers_of(audience, revisions[0].report, countries)
            names = join_list(
                get_language_info(language)["name_translated"] for language in languages
            )
            shown.append(
                EditionToPublish(
                    Audience(audience).label,
                    counts[audience],
                    names,
                    join_list(formats),
                    readers,
                    who,
                )
            )
    return shown


def readers_of(audience: str, report: Report, countries: Sequence[int]) -> tuple[int, Label]:
    """How many people can open an audience's edition, and who they are; as
    `EditionQuerySet.visible_to` lets them."""
    staff = (
        ProgrammeMembership.objects.active()
        .filter(programme_id=report.version.schedule.programme_id)
        .values("user_id")
        .distinct()
        .count()
    )
    if audience == COUNTRY:
        return staff + focal_points_to_tell(
            countries, report.version.schedule.programme_id
        ).count(), gettext_lazy(
            "the country's focal points, each of their own, and the programme's staff"
        )
    if audience == PUBLIC:
        everybody = User.objects.filter(role=Role.FOCAL_POINT, is_active=True).count()
        return staff + everybody, gettext_lazy(
            "the focal points of all countries, and the programme's staff"
        )
    return staff, gettext_lazy("the programme's staff")


def groups_of(report: Report, countries: Sequence[int]) -> list[GroupToTell]:
    """Who gets a message; groups without anybody are left out."""
    staff = list(staff_to_tell(report))
    groups = [
        people_group(
            gettext_lazy("Managers of the programme"),
            [m.user.name for m in staff if m.role == "manager"],
        ),
        people_group(
            gettext_lazy("Recipients of the schedule"),
            [m.user.name for m in staff if m.role != "manager"],
        ),
        people_group(
            gettext_lazy("Focal points, of their own country's brief"),
            list(
                focal_points_to_tell(countries, report.version.schedule.programme_id).values_list(
                    "name", flat=True
                )
            ),
        ),
    ]
    hooks = Webhook.objects.filter(
        programme_id=report.version.schedule.programme_id, is_active=True
    ).count()
    return [g for g in (*groups, GroupToTell(gettext_lazy("Other systems"), hooks, "")) if g.count]


def people_group(name: Label, names: Sequence[str]) -> GroupToTell:
    """A group of people with their names, where they are not too many."""
    return GroupToTell(
        name, len(names), join_list(sorted(names)) if len(names) <= MOST_NAMES else ""
    )
