"""Addresses."""

from django.urls import path

from insights import views

app_name = "insights"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("tabel/<slug:slug>.csv", views.table, name="table"),
    path("maal/", views.goals, name="goals"),
    path("maal/fortryd/<int:pk>/", views.goals_undo, name="goals_undo"),
]
