"""Addresses of the roof."""

from django.urls import path

from accounts.views.own import language
from cabi_crm.pages import search, views

urlpatterns = [
    path("", views.home, name="home"),
    path("soeg/", search.search, name="search"),
    path("mere/", views.more, name="more"),
    path("hjaelp/", views.help_page, name="help"),
    path("tilgaengelighed/", views.accessibility, name="accessibility"),
    path("sprog/", language, name="language"),
    path("komponenter/", views.gallery, name="gallery"),
]
