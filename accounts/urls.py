"""Addresses of one's own things: what is held about one, the language."""

from django.urls import path

from accounts import language
from accounts.privacy import views as privacy

urlpatterns = [
    path("account/data/", privacy.own_data, name="own_data"),
    path("language/", language.choose_language, name="set_language"),
]
