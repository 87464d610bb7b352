"""Addresses of indicators and of what people report of them."""

from django.urls import path

from assistance.results import narrative_views, views

urlpatterns = [
    path("outputs/<int:pk>/", narrative_views.output_page, name="results_output"),
    path("indicators/<int:pk>/", views.indicator_page, name="indicator"),
    path("indicators/<int:pk>/report/", views.report_value, name="indicator_report"),
    path("indicators/<int:pk>/rate/", views.rate_indicator, name="indicator_rate"),
    path("values/<int:pk>/decide/", views.decide_value, name="indicator_value_decide"),
    path("values/<int:pk>/restate/", views.restate_value, name="indicator_value_restate"),
]
