"""Public addresses: `/<language>/<programme>/…`."""

from django.urls import path, register_converter

from portal.public import contact_views, machines, news_views, subscriptions, views
from portal.public.languages import LanguageConverter

register_converter(LanguageConverter, "language")
LANGUAGE = "<language:language>/"
PAGES = f"{LANGUAGE}<slug:programme>/"
urlpatterns = [
    path("sitemap.xml", machines.sitemap, name="public_sitemap"),
    path("robots.txt", machines.robots, name="public_robots"),
    path(LANGUAGE, views.programmes, name="public_programmes"),
    path(PAGES, views.programme_page, name="public_programme"),
    path(f"{PAGES}sitemap.xml", machines.programme_map, name="public_map"),
    path(f"{PAGES}requests/", views.register, name="public_requests"),
    path(f"{PAGES}requests/<slug:pk>/", views.request_page, name="public_request"),
    path(f"{PAGES}news/", news_views.news, name="public_news"),
    path(f"{PAGES}news/feed.atom", machines.news_feed, name="public_news_feed"),
    path(
        f"{PAGES}news/pictures/<uuid:key>/<slug:size>.jpg",
        news_views.news_picture,
        name="public_picture",
    ),
    path(f"{PAGES}news/<uuid:key>/", news_views.news_page, name="public_news_item"),
    path(f"{PAGES}subscribe/", subscriptions.subscribe, name="subscribe"),
    path(f"{PAGES}subscribe/asked/", subscriptions.asked, name="subscription_asked"),
    path(f"{PAGES}countries/", views.countries, name="public_countries"),
    path(f"{PAGES}countries/<slug:iso3>/", views.country_page, name="public_country"),
    path(f"{PAGES}contact/", contact_views.contact, name="public_contact"),
    path(f"{PAGES}contact/sent/", contact_views.contact_sent, name="public_contact_sent"),
    path(f"{PAGES}tools/", views.tools, name="public_tools"),
    path(f"{PAGES}processes/", views.processes, name="public_processes"),
    path(f"{PAGES}processes/<slug:code>/", views.process_page, name="public_process"),
    path(f"{PAGES}instruments/", views.instruments, name="public_instruments"),
    path(f"{PAGES}instruments/<slug:code>/", views.instrument_page, name="public_instrument"),
    path(f"{PAGES}reports/", views.reports, name="public_reports"),
    path(f"{PAGES}reports/<uuid:key>/", views.document, name="public_document"),
]
