"""Input of register deliveries."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cabi_crm.ui.forms import PlainForm


class DeliveryForm(PlainForm):
    """A file from the register."""

    file = forms.FileField(
        label=gettext_lazy("File from the CVR register"),
        widget=forms.FileInput({"accept": ".json,.jsonl,.ndjson,.gz"}),
        max_length=1000,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        text = _("JSON, plain or packed with gzip, at most %(size)s MB.")
        self.fields["file"].help_text = text % {"size": largest()}

    def clean_file(self) -> Any:
        """The file, when it is not too large."""
        upload = self.cleaned_data["file"]
        if upload.size > settings.IMPORT_MAX_BYTES:
            text = _(
                "The file is larger than %(size)s MB. Ask for a smaller delivery, pack it with "
                "gzip, or have operations import it."
            )
            raise forms.ValidationError(text % {"size": largest()})
        return upload


def largest() -> int:
    """The largest upload in megabytes."""
    return int(settings.IMPORT_MAX_BYTES) // 1_000_000
