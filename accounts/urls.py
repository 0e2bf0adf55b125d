"""Addresses of settings, colleagues and the audit trail."""

from django.urls import path

from accounts.views import (
    absences,
    calendar,
    drafts,
    mail,
    operations,
    own,
    people,
    settings,
    trail,
)

app_name = "accounts"
urlpatterns = [
    path("", settings.settings, name="settings"),
    path("logo/", settings.logo, name="logo"),
    path("drift/", operations.operations, name="operations"),
    path("hvem-sidder-med-hvad/", people.directory, name="directory"),
    path("kolleger/", people.users, name="users"),
    path("kolleger/ny/", people.user_edit, name="user_new"),
    path("kolleger/<int:pk>/", people.user_edit, name="user_edit"),
    path("teams/", settings.teams, name="teams"),
    path("teams/<int:pk>/", settings.team_edit, name="team_edit"),
    path("revision/", trail.events, name="events"),
    path("mig/", own.own, name="own"),
    path("mig/omraade/", own.area_add, name="area_add"),
    path("mig/omraade/<int:pk>/fjern/", own.area_remove, name="area_remove"),
    path("mig/omraade/<int:pk>/gendan/", own.area_restore, name="area_restore"),
    path("mig/fravaer/", absences.absence_new, name="absence_new"),
    path("fravaer/", absences.absences, name="absences"),
    path("fravaer/kollega/", absences.absence_enter, name="absence_enter"),
    path("fravaer/<int:pk>/", absences.absence_edit, name="absence_edit"),
    path("fravaer/<int:pk>/fjern/", absences.absence_remove, name="absence_remove"),
    path("fravaer/<int:pk>/gendan/", absences.absence_restore, name="absence_restore"),
    path("besked/<int:pk>/set/", own.notice_dismiss, name="notice_dismiss"),
    path("beskeder/set/", own.notices_dismiss, name="notices_dismiss"),
    path("kladde/<slug:form>/", drafts.keep, name="draft"),
    path("kladde/<slug:form>/slet/", drafts.drop, name="draft_drop"),
    path("post/", mail.mails, name="mails"),
    path("post/<int:pk>/igen/", mail.mail_again, name="mail_again"),
    path("post/<int:pk>/lad-vaere/", mail.mail_leave, name="mail_leave"),
    path("kalender/", calendar.calendar, name="calendar"),
    path("kalender/ny/", calendar.calendar_new, name="calendar_new"),
    path("kalender/stop/", calendar.calendar_stop, name="calendar_stop"),
]
