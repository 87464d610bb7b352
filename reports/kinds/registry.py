"""The list of all kinds of report; a new one is a line here and a module beside."""

from __future__ import annotations

from reports.kinds.base import ReportKind
from reports.kinds.country import CountryBrief
from reports.kinds.dashboard import Dashboard
from reports.kinds.donor import DonorReport
from reports.kinds.management import ManagementReport
from reports.kinds.mission import MissionReport
from reports.kinds.pillar import PillarSummary
from reports.kinds.progress import ProgressReport

KINDS: dict[str, ReportKind] = {
    kind.code: kind
    for kind in (
        ProgressReport(),
        CountryBrief(),
        DonorReport(),
        PillarSummary(),
        ManagementReport(),
        MissionReport(),
        Dashboard(),
    )
}
