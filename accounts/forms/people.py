"""Input about users and teams."""

from django import forms

from accounts.models import Team, User
from cabi_crm.ui.forms import PlainForm, PlainModelForm


class UserForm(PlainModelForm):
    """A colleague: who they are and what their work is."""

    class Meta:
        model = User
        fields = ("name", "email", "title", "phone", "role", "team", "is_active")

    def clean_email(self) -> str:
        """The address in lower case, so that it is one person however it is typed."""
        return str(self.cleaned_data["email"]).lower()


class TeamForm(PlainModelForm):
    """A team's name."""

    class Meta:
        model = Team
        fields = ("name",)


class LanguageForm(PlainForm):
    """Which language to read."""

    language = forms.ChoiceField(choices=[("da", "Dansk"), ("en", "English")])
