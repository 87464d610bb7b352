"""Addresses of evaluation: of staff beside the engagement's page, and of people with a link."""

from django.urls import path

from assistance.evaluation import public_views, views
from core.view_flags import ViewFlags, flagged

# Whoever opens the link is nobody here, also who happens to be signed in.
BY_LINK = ViewFlags(without_second_factor=True, own_account=True, has_key=True)
HERE = "engagements/<int:pk>/evaluation/"
urlpatterns = [
    path(HERE, views.evaluation, name="evaluation"),
    path(HERE + "scores/", views.record_scores, name="evaluation_scores"),
    path(HERE + "questions/", views.knowledge_questions, name="evaluation_questions"),
    path(HERE + "test/close/", views.close_test, name="evaluation_close_test"),
    path(HERE + "open/", views.open_survey, name="evaluation_open"),
    path(HERE + "answers/", views.record_answers, name="evaluation_answers"),
    path(HERE + "<int:wave>/more/", views.ask_more, name="evaluation_more"),
    path(HERE + "<int:wave>/close/", views.close_survey, name="evaluation_close"),
    path(HERE + "<int:wave>/answers.csv", views.export_answers, name="evaluation_export"),
    path("survey/", flagged(public_views.survey, BY_LINK), name="survey"),
    path("survey/test/", flagged(public_views.knowledge_test, BY_LINK), name="knowledge_test"),
]
