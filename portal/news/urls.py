"""Addresses of news, for those who work on them."""

from django.urls import path

from portal.news import views

urlpatterns = [
    path("", views.news_list, name="news"),
    path("new/", views.new_news, name="news_new"),
    path("<int:pk>/", views.news_item, name="news_item"),
    path("<int:pk>/edit/", views.edit_news, name="news_edit"),
    path("<int:pk>/texts/<slug:language>/", views.edit_text, name="news_text"),
    path("<int:pk>/pictures/new/", views.add_picture, name="news_picture_new"),
    path("<int:pk>/pictures/<int:number>/", views.picture, name="news_picture"),
    path(
        "<int:pk>/pictures/<int:number>/remove/", views.remove_picture, name="news_picture_remove"
    ),
    path("<int:pk>/do/<slug:action>/", views.act_on_news, name="news_act"),
]
