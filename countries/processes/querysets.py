"""Attendance by reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from core import access

if TYPE_CHECKING:
    from accounts.users.models import User
    from countries.processes.models import SessionAttendance, SessionDocument


class DocumentQuerySet(models.QuerySet["SessionDocument"]):
    """Documents of sessions, which are public."""

    def visible_to(self, user: User) -> DocumentQuerySet:
        """All, for whoever may sign in."""
        return self.all() if user.is_authenticated and user.is_active else self.none()


class AttendanceQuerySet(models.QuerySet["SessionAttendance"]):
    """Attendance at sessions."""

    def visible_to(self, user: User) -> AttendanceQuerySet:
        """All for staff; of focal points their own countries' (rules of the programme, section
        11)."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if user.is_focal_point:
            return self.filter(country__in=access.country_ids(user))
        return self.all() if user.is_programme_staff else self.none()
