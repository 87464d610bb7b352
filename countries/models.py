"""Gathers this app's models."""

from countries.focal_points.models import DesignatedProgramme, FocalPoint
from countries.geography.models import Country
from countries.groups.models import CountryGroup, GroupMembership
from countries.institutions.models import Institution
from countries.instruments.models import Instrument, Obligation, TreatyAction
from countries.processes.models import (
    Process,
    ProcessSession,
    SessionAttendance,
    SessionDocument,
    SessionNumbers,
    SessionRecommendation,
)

__all__ = [
    "Country",
    "CountryGroup",
    "DesignatedProgramme",
    "FocalPoint",
    "GroupMembership",
    "Institution",
    "Instrument",
    "Obligation",
    "Process",
    "ProcessSession",
    "SessionAttendance",
    "SessionDocument",
    "SessionNumbers",
    "SessionRecommendation",
    "TreatyAction",
]
