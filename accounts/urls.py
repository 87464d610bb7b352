"""Addresses of one's own things: what is held about one, the language."""

from django.urls import path

from accounts import language
from accounts.drafts import views as drafts
from accounts.privacy import views as privacy
from core.view_flags import ViewFlags, flagged

OWN_DATA = ViewFlags(own_account=True)
LANGUAGE = ViewFlags(without_second_factor=True, own_account=True)
urlpatterns = [
    path("account/data/", flagged(privacy.own_data, OWN_DATA), name="own_data"),
    path("drafts/", drafts.save_draft, name="draft_save"),
    path("language/", flagged(language.choose_language, LANGUAGE), name="set_language"),
]
