"""All addresses."""

from allauth.account.decorators import reauthentication_required
from allauth.usersessions.views import list_usersessions
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from accounts.single_sign_on import closed_page, finish_sign_on, start_sign_on
from config import errors, health
from portal.home.views import home

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("accounts/oidc/<slug:provider_id>/login/", start_sign_on),
    path("accounts/oidc/<slug:provider_id>/login/callback/", finish_sign_on),
    path("accounts/3rdparty/", closed_page),
    path("accounts/3rdparty/signup/", closed_page),
    path("accounts/email/", closed_page),
    path("accounts/sessions/", reauthentication_required(list_usersessions, allow_get=True)),
    path("accounts/", include("allauth.urls")),
    path("", include("accounts.urls")),
    path("", include("notifications.urls")),
    path("", include("portal.account.urls")),
    path("", include("assistance.participants.urls")),
    path("audit/", include("audit.urls")),
    path("requests/", include("assistance.requests.urls")),
    path("engagements/", include("assistance.engagements.urls")),
    path("countries/", include("countries.geography.urls")),
    path("files/", include("files.urls")),
    path("programme/", include("reports.dashboard.urls")),
    path("reports/", include("reports.urls")),
    path("handover/", include("assistance.handover.urls")),
    path("admin/r/<path:rest>", closed_page),  # which leads to any row's page, whoever may see it
    path("admin/", admin.site.urls),
    path("countries/", include("portal.country_page.urls")),
    path("api/v1/", include("config.api")),
]
handler400, handler403, handler404, handler500 = (
    errors.bad_request,
    errors.forbidden,
    errors.not_found,
    errors.server_error,
)
