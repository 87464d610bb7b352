"""What people say about themselves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.decorators import permission_required
from accounts.language import set_language_cookie
from accounts.models import FeedKey, Role, User
from accounts.types import AuthenticatedRequest
from core import access
from core.forms import posted_data, row_field
from core.time_zones import known_time_zones
from core.validators import PrintableModelForm
from notifications.preferences import PreferencesForm

DATE = {"type": "date"}
STAFF = (Role.OFFICER, Role.MANAGER)


def possible_deputies(user: User) -> QuerySet[User]:
    """Who may stand in for somebody: staff of the same programmes, focal points of the same
    countries and programmes, other administrators."""
    others = User.objects.filter(is_active=True).exclude(pk=user.pk).order_by("name")
    if user.is_focal_point:
        return others.filter(
            access.rows_of_pairs(
                access.designated_pairs(user),
                path="designations__programmes",
                country_path="designations__country",
            ),
            role=Role.FOCAL_POINT,
        ).distinct()
    if user.is_programme_staff:
        return others.filter(
            role__in=STAFF, memberships__programme__in=access.programme_ids(user)
        ).distinct()
    return others.filter(role=user.role)


class AccountForm(PrintableModelForm[User]):
    """Name, function, language, zone, and who stands in during an absence.

    Role and e-mail are the administrator's to change.
    """

    time_zone = forms.CharField(
        label=gettext_lazy("Time zone"),
        help_text=gettext_lazy(
            "Times are shown in this zone. Write a part of its name and choose, such as"
            " Africa/Nairobi."
        ),
        widget=forms.TextInput(attrs={"list": "zones", "autocomplete": "off"}),
    )

    class Meta:
        model = User
        fields = [
            "name",
            "title",
            "phone",
            "language",
            "time_zone",
            "deputy",
            "absent_from",
            "absent_until",
        ]
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
            "title": forms.TextInput(attrs={"autocomplete": "organization-title", "dir": "auto"}),
            "phone": forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
            "absent_from": forms.DateInput(attrs=DATE, format="%Y-%m-%d"),
            "absent_until": forms.DateInput(attrs=DATE, format="%Y-%m-%d"),
        }
        labels = {
            "name": gettext_lazy("Name"),
            "title": gettext_lazy("Function"),
            "phone": gettext_lazy("Telephone"),
            "deputy": gettext_lazy("Deputy"),
            "absent_from": gettext_lazy("Absent from"),
            "absent_until": gettext_lazy("Back on"),
        }
        help_texts = {
            "deputy": gettext_lazy(
                "Who stands in for you while you are absent. What they do then is recorded as done"
                " for you."
            ),
            "absent_until": gettext_lazy("The first day on which you are there again."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"] = forms.ChoiceField(
            label=gettext_lazy("Language"),
            choices=settings.LANGUAGES,
            help_text=gettext_lazy("Of the pages and of the messages to you."),
        )
        row_field(self, "deputy").queryset = possible_deputies(self.instance)
        row_field(self, "deputy").empty_label = gettext_lazy("Nobody")

    def clean_time_zone(self) -> str:
        """The name as the zone database writes it."""
        given: str = self.cleaned_data["time_zone"].strip()
        known = {name.lower(): name for name in known_time_zones()}
        return known.get(given.lower(), given)

    def clean(self) -> dict[str, object]:
        """An absence begins on some day and ends after it."""
        given = super().clean() or {}
        start, end = given.get("absent_from"), given.get("absent_until")
        if end and not start and "absent_from" not in self.errors:
            self.add_error(
                "absent_from",
                _("Write the first day of your absence as well, or leave both empty."),
            )
        elif start and end and end <= start:
            self.add_error(
                "absent_until", _("The day of return must come after the first day of absence.")
            )
        if (
            start
            and not given.get("deputy")
            and "deputy" not in self.errors
            and self.instance.is_programme_staff
            and possible_deputies(self.instance).exists()
        ):
            self.add_error("deputy", _("Choose who stands in for you during the absence."))
        return given


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("account.read")
def account_page(request: AuthenticatedRequest) -> HttpResponse:
    """One's own account."""
    # apart from the signed-in one, whose name and language the page shows until it is saved
    person = User.objects.get(pk=request.user.pk)
    form = AccountForm(posted_data(request), instance=person)
    if request.method == "POST" and form.is_valid():
        # the role of focal points may write no other column
        form.save(commit=False).save(update_fields=AccountForm.Meta.fields)
        messages.success(request, _("Saved."))
        response = redirect("account")
        set_language_cookie(response, person.language)
        return response
    return render_account(request, person, form=form)


def render_account(
    request: HttpRequest,
    person: User,
    *,
    form: AccountForm | None = None,
    paces: PreferencesForm | None = None,
    feed: str = "",
) -> HttpResponse:
    """The page with its three forms, one of which may have been sent and be wrong.

    `feed` is a new address, shown this once.
    """
    zones = sorted(
        z
        for z in known_time_zones()
        if "/" in z and not z.startswith(("Etc/", "posix/", "right/", "SystemV/", "US/"))
    )
    context = {
        "form": form or AccountForm(instance=person),
        "zones": zones,
        "paces": paces or PreferencesForm(user=person, prefix="email"),
        "feed": feed,
        "feed_key": FeedKey.objects.filter(user=person, ended_at__isnull=True).first(),
    }
    wrong = any(sent is not None and sent.is_bound for sent in (form, paces))
    return render(request, "accounts/account.html", context, status=422 if wrong else 200)
