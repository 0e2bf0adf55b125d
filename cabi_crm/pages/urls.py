"""Addresses of the roof."""

from django.urls import path

from accounts.views.own import language
from cabi_crm.pages import calendar, search, views

urlpatterns = [
    path("", views.home, name="home"),
    path("soeg/", search.search, name="search"),
    path("mine-tal/", views.numbers, name="numbers"),
    path("mere/", views.more, name="more"),
    path("hjaelp/", views.help_page, name="help"),
    path("tilgaengelighed/", views.accessibility, name="accessibility"),
    path("kalender/<str:token>.ics", calendar.calendar_feed, name="calendar_feed"),
    path("sprog/", language, name="language"),
    path("komponenter/", views.gallery, name="gallery"),
]
