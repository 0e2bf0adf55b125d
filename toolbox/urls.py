"""Addresses of the bag."""

from django.urls import path

from toolbox import views

app_name = "toolbox"
urlpatterns = [
    path("", views.bag, name="bag"),
    path("tasken.pdf", views.bag_paper, name="bag_paper"),
    path("nyt/", views.instrument_new, name="instrument_new"),
    path("<int:pk>/", views.instrument_edit, name="instrument_edit"),
    path("<int:pk>/slut/", views.instrument_end, name="instrument_end"),
    path("<int:pk>/kontrolleret/", views.instrument_check, name="instrument_check"),
]
