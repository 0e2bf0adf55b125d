"""The addresses of log-in that this product uses; the library's other pages stay closed."""

from allauth.account import views
from django.urls import include, path, re_path

urlpatterns = [
    path("log-ind/", views.login, name="account_login"),
    path("log-ud/", views.logout, name="account_logout"),
    path("lukket/", views.account_inactive, name="account_inactive"),
    path("tilmelding/", views.signup, name="account_signup"),
    path("bekraeft/", views.reauthenticate, name="account_reauthenticate"),
    path("adgangskode/", views.password_change, name="account_change_password"),
    path("adgangskode/ny/", views.password_reset, name="account_reset_password"),
    path("adgangskode/sendt/", views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^adgangskode/valg/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "adgangskode/valgt/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("to-faktorer/", include("allauth.mfa.urls")),
]
