"""Addresses of workplaces, activities, contact persons and register imports."""

from django.urls import path

from companies.views import activities, contacts, imports, lists, workplaces

app_name = "companies"
urlpatterns = [
    path("", lists.workplaces, name="list"),
    path("log/", lists.log, name="log"),
    path("<int:pk>/", workplaces.workplace, name="workplace"),
    path("<int:pk>/historik/", workplaces.history, name="history"),
    path("<int:pk>/profil/", workplaces.profile_edit, name="profile_edit"),
    path("<int:pk>/ansvarlig/", workplaces.owner_take, name="owner_take"),
    path("<int:pk>/ansvarlig/fortryd/", workplaces.owner_give_up, name="owner_give_up"),
    path("<int:pk>/besoegstider/", workplaces.visit_times, name="visit_times"),
    path("<int:pk>/log/", activities.log_visit, name="log_visit"),
    path("<int:pk>/planlaeg/", activities.plan, name="plan"),
    path("<int:pk>/kontaktpersoner/", contacts.contacts, name="contacts"),
    path("<int:pk>/kontaktpersoner/ny/", contacts.contact_new, name="contact_new"),
    path("kontaktperson/<int:pk>/", contacts.contact_edit, name="contact_edit"),
    path("kontaktperson/<int:pk>/stoppet/", contacts.contact_left, name="contact_left"),
    path("kontaktperson/<int:pk>/tilbage/", contacts.contact_restore, name="contact_restore"),
    path("aktivitet/<int:pk>/", activities.activity_edit, name="activity_edit"),
    path("aktivitet/<int:pk>/slet/", activities.activity_remove, name="activity_remove"),
    path("aktivitet/<int:pk>/gendan/", activities.activity_restore, name="activity_restore"),
    path("aktivitet/<int:pk>/aflys/", activities.activity_cancel, name="activity_cancel"),
    path("aktivitet/<int:pk>/genaabn/", activities.activity_reopen, name="activity_reopen"),
    path("import/", imports.imports, name="import"),
    path("import/<int:pk>/", imports.import_detail, name="import_detail"),
    path("import/<int:pk>/udfoer/", imports.import_run, name="import_run"),
    path("import/<int:pk>/kasser/", imports.import_discard, name="import_discard"),
]
