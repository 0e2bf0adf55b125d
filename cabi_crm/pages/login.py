"""How people get in: by invitation only, with a second factor if they like."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest
from django.utils.safestring import SafeString


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up by themselves; an administrator makes users."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Closed."""
        return False


class MFAAdapter(DefaultMFAAdapter):
    """The picture to scan stands in the page itself; the policy allows no `data:` pictures."""

    def build_totp_svg(self, url: str) -> str:
        """The code as SVG, drawn by the library from the key it made."""
        return SafeString(super().build_totp_svg(url))
