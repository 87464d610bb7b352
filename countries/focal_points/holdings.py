"""What countries hold about a user."""

from __future__ import annotations

from accounts.models import User
from accounts.privacy.holdings import HOLDINGS, Holding, Rows, forget_in_log
from countries.focal_points.models import FocalPoint


def designation_data(user: User) -> Rows:
    """Countries for which they were designated."""
    for row in (
        FocalPoint.objects.filter(user=user)
        .select_related("country", "institution")
        .prefetch_related("programmes")
    ):
        institution = row.institution.name if row.institution else None
        yield {
            "country": row.country.iso3,
            "institution": institution,
            "programmes": sorted(str(programme) for programme in row.programmes.all()),
            "may_clear": row.may_clear,
            "from": row.valid_from,
            "until": row.valid_until,
        }


def forget_designations(user: User) -> None:
    """The administration's log names a designation by its person."""
    forget_in_log(FocalPoint, FocalPoint.objects.filter(user=user).values_list("pk", flat=True))


def register_own_holdings() -> None:
    """Called when the app is ready."""
    HOLDINGS.register("designations", Holding(designation_data, forget_designations))
