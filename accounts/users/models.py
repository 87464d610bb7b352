"""People who sign in."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

import pghistory
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.access import Access
from core.db.checks import CheckedModel
from core.db.tracking import any_change_but
from core.time_zones import known_time_zones


class Role(models.TextChoices):
    """What somebody is to the programme; one each.

    For staff it is the ceiling of what a membership can give.
    """

    FOCAL_POINT = "focal_point", _("Focal point")
    OFFICER = "officer", _("Programme officer")
    MANAGER = "manager", _("Manager")
    ADMINISTRATOR = "administrator", _("Administrator")


def check_zone(name: str) -> None:
    """Raises ValidationError unless this is the name of a time zone of the IANA database."""
    if name not in known_time_zones():
        raise ValidationError(
            _("There is no time zone “%(name)s”; write one such as Africa/Nairobi."),
            params={"name": name},
        )


class UserManager(BaseUserManager["User"]):
    """Makes users; e-mail addresses are kept in lower case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A new user; without a password they can sign in only after setting one."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """An administrator, for `manage.py createsuperuser`."""
        return self.create_user(
            email, password, **({"role": Role.ADMINISTRATOR, "name": email} | fields)
        )

    def get_by_natural_key(self, username: str | None) -> User:
        """The user of an e-mail address, however its letters are written."""
        return self.get(email=(username or "").lower())


# Names stand in one row, which can be erased; history says that they were changed, never what they
# were.
@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(condition=any_change_but("last_login")),
    pghistory.DeleteEvent(),
    exclude=["password", "last_login", "email", "name", "title", "phone"],
)
class User(CheckedModel, AbstractBaseUser):
    """Somebody who signs in with an e-mail address.

    What they see comes from memberships and designations.
    """

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    title = models.CharField(_("function"), max_length=200, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    language = models.CharField(_("language"), max_length=10, default="en")
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="UTC", validators=[check_zone]
    )
    deputy = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="deputises_for",
        verbose_name=_("deputy"),
    )
    absent_from = models.DateField(_("absent from"), null=True, blank=True)
    absent_until = models.DateField(_("back on"), null=True, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    access: Access | None = None  # what is theirs today, of whoever a request signed in
    objects = UserManager()

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_once",
                violation_error_message=_("Somebody signs in with this e-mail already."),
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values), name="user_role_known"
            ),
            models.CheckConstraint(
                condition=models.Q(absent_until__isnull=True)
                | models.Q(absent_from__isnull=False, absent_until__gt=models.F("absent_from")),
                name="user_absence_ordered",
                violation_error_message=_(
                    "The day of return must come after the first day of absence."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(_("erased person"))

    @property
    def is_staff(self) -> bool:
        """Whether Django's own administration pages let them in."""
        return self.role == Role.ADMINISTRATOR

    @property
    def is_superuser(self) -> bool:
        """Never: rights come from `accounts.permissions`."""
        return False

    def has_perm(self, permission: str, obj: object = None) -> bool:
        """Django's administration asks this for `app.verb_model`; the table of
        `accounts.permissions` answers."""
        from accounts.permissions import may_administer

        return self.is_active and may_administer(self, permission)

    def has_perms(self, permissions: list[str], obj: object = None) -> bool:
        """All of them."""
        return all(self.has_perm(p, obj) for p in permissions)

    def has_module_perms(self, app_label: str) -> bool:
        """Whether the administration lists this app."""
        return self.is_active and self.role == Role.ADMINISTRATOR

    def is_absent_on(self, day: date) -> bool:
        """Whether they said that they are away that day."""
        return (
            self.absent_from is not None
            and self.absent_from <= day
            and (self.absent_until is None or day < self.absent_until)
        )

    @property
    def is_programme_staff(self) -> bool:
        """Officers and managers."""
        return self.role in (Role.OFFICER, Role.MANAGER)

    @property
    def is_focal_point(self) -> bool:
        """Works for a country."""
        return self.role == Role.FOCAL_POINT
