"""All addresses."""

from allauth.account.decorators import reauthentication_required
from allauth.usersessions.views import list_usersessions
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from accounts.single_sign_on import closed_page, finish_sign_on, start_sign_on
from config import errors, health
from core.view_flags import ViewFlags, flagged, flagged_include
from portal.home.views import home

HEALTH = ViewFlags(without_second_factor=True)
# signing in and one's own password: of one's own rows alone, and before there is a second factor
SIGN_IN = ViewFlags(without_second_factor=True, own_account=True)
# what stands before the library's own addresses, or in their place
sign_in = [
    path("oidc/<slug:provider_id>/login/", start_sign_on),
    path("oidc/<slug:provider_id>/login/callback/", finish_sign_on),
    path("3rdparty/", closed_page),
    path("3rdparty/signup/", closed_page),
    path("email/", closed_page),
    path("sessions/", reauthentication_required(list_usersessions, allow_get=True)),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("healthz", flagged(health.healthz, HEALTH)),
    path("readyz", flagged(health.readyz, HEALTH)),
    # before the pages: each call of a program would go through all of them
    path("api/v1/", flagged_include(include("config.api"), ViewFlags(is_api=True))),
    path("accounts/", flagged_include(include(sign_in), SIGN_IN)),
    path("accounts/", flagged_include(include("allauth.urls"), SIGN_IN)),
    path("", include("accounts.urls")),
    path("", include("notifications.urls")),
    path("", include("portal.account.urls")),
    path("", include("assistance.participants.urls")),
    path("audit/", include("audit.urls")),
    path("requests/", include("assistance.requests.urls")),
    path("requests/", include("portal.request_copy.urls")),
    path("engagements/", include("assistance.engagements.urls")),
    path("views/", include("assistance.saved_views.urls")),
    path("notes/", include("assistance.notes.urls")),
    path("countries/", include("countries.geography.urls")),
    path("countries/", include("assistance.publications.urls")),
    path("instruments/", include("countries.instruments.urls")),
    path("instruments/", include("portal.instruments.urls")),
    path("processes/", include("countries.processes.urls")),
    path("processes/", include("portal.processes.urls")),
    path("tools/", include("assistance.tools.urls")),
    path("", include("assistance.due_diligence.urls")),
    path("", include("assistance.evaluation.urls")),
    path("results/", include("assistance.results.urls")),
    path("results/", include("reports.results.urls")),
    path("", include("assistance.commitments.urls")),
    path("files/", include("files.urls")),
    path("programme/", include("reports.dashboard.urls")),
    path("reports/", include("reports.urls")),
    path("handover/", include("assistance.handover.urls")),
    path("admin/r/<path:rest>", closed_page),  # which leads to any row's page, whoever may see it
    path("admin/", admin.site.urls),
    path("countries/", include("portal.country_page.urls")),
    path("news/", include("portal.news.urls")),
    path("public-messages/", include("portal.public_messages.urls")),
    path("search/", include("portal.search.urls")),
    # before what it looks like
    path(
        "",
        flagged_include(include("portal.public.key_urls"), ViewFlags(is_public=True, has_key=True)),
    ),
    path("", flagged_include(include("portal.public.urls"), ViewFlags(is_public=True))),
]
handler400, handler403, handler404, handler500 = (
    errors.bad_request,
    errors.forbidden,
    errors.not_found,
    errors.server_error,
)
