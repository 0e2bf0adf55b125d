"""Addresses of settings, colleagues and the audit trail."""

from django.urls import path

from accounts.views import own, people, settings, trail

app_name = "accounts"
urlpatterns = [
    path("", settings.settings, name="settings"),
    path("logo/", settings.logo, name="logo"),
    path("kolleger/", people.users, name="users"),
    path("kolleger/ny/", people.user_edit, name="user_new"),
    path("kolleger/<int:pk>/", people.user_edit, name="user_edit"),
    path("teams/", settings.teams, name="teams"),
    path("teams/<int:pk>/", settings.team_edit, name="team_edit"),
    path("revision/", trail.events, name="events"),
    path("besked/<int:pk>/set/", own.notice_dismiss, name="notice_dismiss"),
]
