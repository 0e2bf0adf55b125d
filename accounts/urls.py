"""Addresses of settings, colleagues and the audit trail."""

from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.settings, name="settings"),
    path("logo/", views.logo, name="logo"),
    path("kolleger/", views.users, name="users"),
    path("kolleger/ny/", views.user_edit, name="user_new"),
    path("kolleger/<int:pk>/", views.user_edit, name="user_edit"),
    path("teams/", views.teams, name="teams"),
    path("teams/<int:pk>/", views.team_edit, name="team_edit"),
    path("revision/", views.events, name="events"),
    path("besked/<int:pk>/set/", views.notice_dismiss, name="notice_dismiss"),
]
