"""Input about the organisation."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from cabi_crm.pdf.logos import LogoError, check_logo
from cabi_crm.ui.forms import PlainModelForm


class OrganisationForm(PlainModelForm):
    """The organisation's own facts, as they stand on pages and documents."""

    logo_file = forms.FileField(
        label=_("Logo"), required=False, help_text=_("PNG, JPEG or SVG, at most 2 MB.")
    )
    remove_logo = forms.BooleanField(label=_("Remove the logo"), required=False)
    accessibility_url = forms.URLField(
        label=_("Accessibility statement"), required=False, assume_scheme="https"
    )

    class Meta:
        model = Organisation
        fields = (
            "label",
            "municipality_name",
            "municipality_code",
            "cvr_number",
            "street",
            "postcode",
            "town",
            "phone",
            "email",
            "signatory_name",
            "signatory_title",
            "renewal_days",
            "accessibility_url",
        )

    def clean_logo_file(self) -> Any:
        """The checked logo, or nothing."""
        upload = self.cleaned_data.get("logo_file")
        if not upload:
            return None
        try:
            return check_logo(upload.read(), upload.name)
        except LogoError as error:
            raise forms.ValidationError(str(error)) from error

    def apply_logo(self) -> None:
        """Put the chosen logo on the organisation, or take it off."""
        logo = self.cleaned_data.get("logo_file")
        if logo:
            self.instance.logo, self.instance.logo_type = logo.content, logo.mime
        elif self.cleaned_data.get("remove_logo"):
            self.instance.logo, self.instance.logo_type = b"", ""
