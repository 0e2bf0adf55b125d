"""How people get in: by invitation only, with a second factor if they like."""

from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString

from accounts.actions import record_account_use
from accounts.enums import Role
from accounts.models import User

START_OF: dict[str, str] = {
    Role.MANAGER: "insights:overview",
    Role.READER: "insights:overview",
    Role.ADMINISTRATOR: "accounts:settings",
    Role.AUDITOR: "accounts:events",
}


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up by themselves; an administrator makes users."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Closed."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Where somebody's work is: figures, settings, the audit trail, or today."""
        role = request.user.role if isinstance(request.user, User) else ""
        return reverse(START_OF.get(role, "home"))

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Let the user in, and say so in the audit trail."""
        super().login(request, user)
        record_account_use(action="logged_in", user=cast("User", user))

    def logout(self, request: HttpRequest) -> None:
        """Let the user out, and say so in the audit trail."""
        if isinstance(request.user, User):
            record_account_use(action="logged_out", user=request.user)
        super().logout(request)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """A wrong password or an unknown address; the address itself is not kept."""
        super().authentication_failed(request, **credentials)
        user = User.objects.filter(email__iexact=str(credentials.get("email", ""))).first()
        record_account_use(action="log_in_failed", user=user, by_themselves=False)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: AbstractBaseUser,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """The library tells of each change of password or second factor here: an event."""
        super().send_notification_mail(template_prefix, user, context, email)
        record_account_use(action=template_prefix.rpartition("/")[2], user=cast("User", user))


class MFAAdapter(DefaultMFAAdapter):
    """The picture to scan stands in the page itself; the policy allows no `data:` pictures."""

    def build_totp_svg(self, url: str) -> str:
        """The code as SVG, drawn by the library from the key it made."""
        return SafeString(super().build_totp_svg(url))
