"""Administration of users. Nobody is deleted: who leaves is made inactive."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.invitations import send_invitation
from accounts.models import User
from accounts.offboarding import HandoverModelAdmin
from accounts.users.email_addresses import address_changed
from core.validators import PrintableModelForm

admin.site.site_header = admin.site.site_title = "Meridian"
admin.site.index_title = _("Administration")


def sign_in(request: HttpRequest, extra_context: object = None) -> HttpResponse:
    """The product has one page of sign-in, with its limits; who is signed in and lands here is no
    administrator."""
    if request.user.is_authenticated:
        raise PermissionDenied
    return redirect_to_login(
        request.GET.get("next") or request.path.removesuffix("login/"), resolved_login_url(), "next"
    )


def resolved_login_url() -> str:
    """The address of our own sign-in."""
    from django.shortcuts import resolve_url

    return str(resolve_url(settings.LOGIN_URL))


sign_in.login_required = False  # type: ignore[attr-defined]
admin.site.login = sign_in  # type: ignore[method-assign]
admin.ModelAdmin.form = PrintableModelForm  # type: ignore[misc]  # of every page that names no form of its own


def change_password(request: HttpRequest, extra_context: object = None) -> HttpResponse:
    """The product has one page for it, with its limits and its line in the security log."""
    return redirect("account_change_password")


admin.site.password_change = change_password  # type: ignore[method-assign, assignment]
admin.site.password_change_done = change_password  # type: ignore[method-assign, assignment]


class UserForm(PrintableModelForm[User]):
    """A user as an administrator sees them."""

    class Meta:
        model = User
        fields = [
            "email",
            "name",
            "title",
            "phone",
            "role",
            "language",
            "time_zone",
            "deputy",
            "absent_from",
            "absent_until",
            "is_active",
        ]
        widgets = {"language": forms.Select(choices=settings.LANGUAGES)}

    def clean_email(self) -> str:
        """In lower case, as it is compared."""
        return str(self.cleaned_data["email"]).strip().lower()


@admin.register(User)
class UserAdmin(HandoverModelAdmin[User]):
    """Makes users with a role and without a password: an invitation by e-mail lets them choose it."""

    form = UserForm
    ending_fields = ("role", "is_active")
    list_display = ["name", "email", "role", "is_active", "last_login"]
    list_filter = ["role", "is_active"]
    search_fields = ["name", "email"]
    ordering = ["name"]
    autocomplete_fields = ["deputy"]
    readonly_fields = ["last_login", "joined_at"]
    actions = ["invite_again", "end_sessions"]

    def get_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        """A new user needs who they are and their role; the rest comes later."""
        return (
            ("email", "name", "title", "phone", "role", "language", "time_zone")
            if obj is None
            else (*UserForm.Meta.fields, "last_login", "joined_at")
        )

    def save_model(
        self, request: HttpRequest, obj: User, form: forms.BaseModelForm[User], change: bool
    ) -> None:
        """A new user has no password that works, and is invited to choose one; a former address
        opens nothing."""
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
        if not change:
            send_invitation(obj)
        elif "email" in form.changed_data:
            address_changed(obj)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Nobody finds out a password's hash letter by letter, by asking the list for those that
        begin with it."""
        return not lookup.startswith("password") and super().lookup_allowed(lookup, value, request)

    @admin.action(description=_("Send the invitation again"))
    def invite_again(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """To those who are active and have never signed in."""
        invited = list(queryset.filter(is_active=True, last_login__isnull=True))
        for user in invited:
            send_invitation(user)
        self.message_user(
            request,
            ngettext(
                "%(n)s invitation is on its way.",
                "%(n)s invitations are on their way.",
                len(invited),
            )
            % {"n": len(invited)},
        )

    @admin.action(description=_("End all sessions"))
    def end_sessions(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """Of the people chosen, at once; they may sign in again."""
        for session in UserSession.objects.filter(user__in=queryset):
            session.end()
        self.message_user(request, _("All sessions are ended."))
