"""All addresses."""

from django.urls import include, path

urlpatterns = [
    path("", include("cabi_crm.pages.urls")),
    path("konto/", include("cabi_crm.pages.account_urls")),
    path("virksomheder/", include("companies.urls")),
    path("partnerskaber/", include("partnerships.urls")),
    path("overblik/", include("insights.urls")),
    path("tasken/", include("toolbox.urls")),
    path("administration/", include("accounts.urls")),
]
handler400 = "cabi_crm.pages.errors.bad_request"
handler403 = "cabi_crm.pages.errors.permission_denied"
handler404 = "cabi_crm.pages.errors.page_not_found"
handler500 = "cabi_crm.pages.errors.server_error"
