"""Wordings: a version's own facts and the texts of its points."""

from typing import Any

from django import forms

from cabi_crm.ui.guards import GuardedModelForm
from partnerships.models import AgreementPoint, AgreementTemplate


class TemplateForm(GuardedModelForm):
    """A version of the wording: its name, its purpose and when it is offered."""

    class Meta:
        model = AgreementTemplate
        fields = (
            "name",
            "source",
            "purpose_da",
            "purpose_en",
            "valid_from",
            "valid_to",
            "published",
        )
        widgets = {
            "purpose_da": forms.Textarea({"rows": 2}),
            "purpose_en": forms.Textarea({"rows": 2}),
        }


class UsedTemplateForm(GuardedModelForm):
    """A version that an agreement uses: only whether and until when it is offered."""

    class Meta:
        model = AgreementTemplate
        fields = ("valid_to", "published")


class TemplatePointForm(GuardedModelForm):
    """One point of a version, in both languages."""

    class Meta:
        model = AgreementPoint
        fields = (
            "title_da",
            "title_en",
            "help_da",
            "help_en",
            "commitment_da",
            "commitment_en",
            "unit_da",
            "unit_en",
            "warning_da",
            "warning_en",
            "warning_from",
        )
        widgets = {
            "commitment_da": forms.Textarea({"rows": 3}),
            "commitment_en": forms.Textarea({"rows": 3}),
        }


def point_forms(template: AgreementTemplate, data: Any = None) -> list[TemplatePointForm]:
    """A form for each point of a version."""
    return [
        TemplatePointForm(data, instance=point, prefix=f"p{point.number}")
        for point in template.points.all()
    ]
