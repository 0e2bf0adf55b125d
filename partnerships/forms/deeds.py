"""Signatures, endings and who looks after an agreement."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cabi_crm.ui.forms import PlainForm
from cabi_crm.ui.guards import GuardedForm
from partnerships.forms.steps import possible_owners
from partnerships.models import Agreement


class SignatureForm(GuardedForm):
    """That both sides have signed."""

    signed_on = forms.DateField(label=_("Signed on"))
    place = forms.CharField(label=_("Place of signing"), max_length=80, required=False)
    show_on_wall = forms.BooleanField(
        label=_("The firm agrees to be shown on our wall of partners"), required=False
    )

    def clean_signed_on(self) -> date:
        """Nobody has signed tomorrow."""
        day: date = self.cleaned_data["signed_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(gettext("The day has not come yet."))
        return day


class EndForm(GuardedForm):
    """Why an agreement ends, and when."""

    on = forms.DateField(label=_("Last day"))
    reason = forms.CharField(
        label=_("Why does it end?"),
        max_length=200,
        help_text=_("No names and nothing about citizens."),
        error_messages={"required": _("Write why it ends.")},
    )

    def __init__(self, agreement: Agreement, *args: Any, **kwargs: Any) -> None:
        self.agreement = agreement
        super().__init__(*args, **kwargs)

    def clean_on(self) -> date:
        """An agreement ends after it began, and not in times to come."""
        day: date = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise forms.ValidationError(gettext("The day has not come yet."))
        begins = self.agreement.valid_from
        if begins and day < begins - timedelta(days=366):
            raise forms.ValidationError(gettext("That is long before the agreement began."))
        return day


class HandOverForm(PlainForm):
    """What may change in an agreement that is signed: its owner, and the firm's consent."""

    owner = forms.ModelChoiceField(User.objects.none(), label=_("Owner"), empty_label=None)
    show_on_wall = forms.BooleanField(
        label=_("The firm agrees to be shown on our wall of partners"), required=False
    )

    def __init__(self, agreement: Agreement, *args: Any, **kwargs: Any) -> None:
        initial = {"owner": agreement.owner_id, "show_on_wall": agreement.show_on_wall}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["owner"].queryset = possible_owners(agreement)  # type: ignore[attr-defined]
