"""Gathers this app's models."""

from countries.focal_points.models import FocalPoint
from countries.geography.models import Country
from countries.groups.models import CountryGroup, GroupMembership
from countries.institutions.models import Institution

__all__ = ["Country", "CountryGroup", "FocalPoint", "GroupMembership", "Institution"]
