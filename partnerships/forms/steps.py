"""The steps of the form: what each asks and when it is content."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cabi_crm.pdf.logos import LogoError, check_logo
from cabi_crm.ui.guards import GuardedForm
from partnerships.enums import Language
from partnerships.models import Agreement, AgreementPoint, AgreementTemplate, Commitment
from partnerships.rules import Promise, a_year_after

Answers = dict[str, Any]


class StepForm(GuardedForm):
    """One step. With `strict` it must be complete; without, a half-filled step is kept as it is."""

    must: tuple[str, ...] = ()

    def __init__(self, agreement: Agreement, *args: Any, strict: bool = False, **kw: Any) -> None:
        self.agreement = agreement
        super().__init__(*args, initial=self.known(agreement), **kw)
        for name, field in self.fields.items():
            field.required = strict and name in self.must
        self.strict = strict

    def known(self, agreement: Agreement) -> Answers:
        """What the fields hold before anything is typed."""
        return {name: getattr(agreement, name, None) for name in self.base_fields}

    def answers(self) -> Answers:
        """The cleaned input as the step's action takes it."""
        return dict(self.cleaned_data)


class PartiesForm(StepForm):
    """Step 1: what stands on the paper, in which words and language, with which logo."""

    must = ("company_name", "template", "language")

    company_name = forms.CharField(
        label=_("The firm’s name on the paper"),
        max_length=200,
        error_messages={"required": _("Write the name that is to stand on the paper.")},
    )
    template = forms.ModelChoiceField(
        AgreementTemplate.objects.none(), label=_("Wording"), empty_label=None
    )
    language = forms.ChoiceField(
        label=_("Language of the paper"), choices=Language.choices, widget=forms.RadioSelect
    )
    logo_file = forms.FileField(
        label=_("The firm’s logo"),
        required=False,
        help_text=_("PNG, JPEG or SVG, at most 2 MB. Without a logo the name is set in type."),
    )
    remove_logo = forms.BooleanField(label=_("Take the logo off"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = AgreementTemplate.objects.offered(timezone.localdate())
        current = Q(pk=self.agreement.template_id)
        choices = AgreementTemplate.objects.filter(current | Q(pk__in=offered.values("pk")))
        self.fields["template"].queryset = choices  # type: ignore[attr-defined]
        if not self.agreement.logo:
            del self.fields["remove_logo"]

    def clean_logo_file(self) -> Any:
        """The checked logo, or nothing."""
        upload = self.cleaned_data.get("logo_file")
        if not upload:
            return None
        try:
            return check_logo(upload.read(), upload.name)
        except LogoError as error:
            raise forms.ValidationError(str(error)) from error

    def answers(self) -> Answers:
        """A field left empty keeps what was there."""
        data = self.cleaned_data
        return {
            "company_name": data["company_name"] or self.agreement.company_name,
            "template": data["template"] or self.agreement.template,
            "language": data["language"] or self.agreement.language,
            "logo": data["logo_file"],
            "remove_logo": data.get("remove_logo", False),
        }


class PointsForm(StepForm):
    """Step 2: seven cards; each chosen point has its wording, quantity and responsible."""

    def __init__(self, agreement: Agreement, *args: Any, **kwargs: Any) -> None:
        self.points = list(agreement.template.points.all())
        self.chosen = {
            commitment.point.number: commitment
            for commitment in agreement.commitments.select_related("point")
        }
        cards = [self.fields_of(point, agreement.language) for point in self.points]
        fields = {name: field for card in cards for name, field in card.items()}
        self.base_fields = fields  # type: ignore[misc]
        super().__init__(agreement, *args, **kwargs)

    def fields_of(self, point: AgreementPoint, language: str) -> dict[str, forms.Field]:
        """The four fields of one card."""
        number = point.number
        responsible = forms.TextInput({"list": "responsibles", "autocomplete": "off"})
        return {
            f"on_{number}": forms.BooleanField(label=point.title, required=False),
            f"text_{number}": forms.CharField(
                label=_("What we agree"),
                max_length=1500,
                widget=forms.Textarea({"rows": 3}),
                initial=point.wording("commitment", language),
                required=False,
            ),
            f"quantity_{number}": forms.IntegerField(
                label=point.unit or _("Number a year"),
                min_value=0,
                max_value=9999,
                required=False,
            ),
            f"responsible_{number}": forms.CharField(
                label=_("Responsible"), max_length=120, widget=responsible, required=False
            ),
        }

    def known(self, agreement: Agreement) -> Answers:
        """The chosen points as they stand; the others show the suggested wording."""
        known: Answers = {name: field.initial for name, field in self.base_fields.items()}
        for number, commitment in self.chosen.items():
            known |= {
                f"on_{number}": True,
                f"text_{number}": commitment.text,
                f"quantity_{number}": commitment.quantity,
                f"responsible_{number}": commitment.responsible,
            }
        return known

    def clean(self) -> Answers | None:
        """A chosen point needs its wording, and an agreement at least one point."""
        super().clean()
        self.forget_unchosen()
        if not self.strict:
            return self.cleaned_data
        on = [point for point in self.points if self.cleaned_data.get(f"on_{point.number}")]
        if not on:
            self.add_error(None, _("Choose at least one point."))
        for point in on:
            name = f"text_{point.number}"
            if name not in self.errors and not self.cleaned_data.get(name, "").strip():
                text = gettext("Point %(n)s: write what we agree.") % {"n": point.number}
                self.add_error(name, text)
        return self.cleaned_data

    def forget_unchosen(self) -> None:
        """What stands in a card that is switched off is hidden, and so are its mistakes."""
        for point in self.points:
            if not self.cleaned_data.get(f"on_{point.number}"):
                for part in ("text", "quantity", "responsible"):
                    self.errors.pop(f"{part}_{point.number}", None)

    def cards(self) -> list[dict[str, Any]]:
        """Each point with its fields, for the page."""
        today = timezone.localdate()
        return [
            {
                "point": point,
                "on": self[f"on_{point.number}"],
                "text": self[f"text_{point.number}"],
                "quantity": self[f"quantity_{point.number}"],
                "responsible": self[f"responsible_{point.number}"],
                "warning": point.warning(today),
                "is_on": bool(self[f"on_{point.number}"].value()),
            }
            for point in self.points
        ]

    def count(self) -> int:
        """How many points are switched on."""
        return sum(card["is_on"] for card in self.cards())

    def answers(self) -> Answers:
        """The chosen points."""
        data = self.cleaned_data
        return {
            "promises": [
                Promise(
                    number=point.number,
                    text=data.get(f"text_{point.number}", "").strip(),
                    quantity=data.get(f"quantity_{point.number}"),
                    responsible=data.get(f"responsible_{point.number}", ""),
                )
                for point in self.points
                if data.get(f"on_{point.number}")
            ]
        }


class ContactsForm(StepForm):
    """Step 3: whom the two sides call."""

    must = ("owner",)

    company_contact = forms.CharField(
        label=_("The firm’s contact"),
        max_length=120,
        widget=forms.TextInput({"list": "contact-persons", "autocomplete": "off"}),
    )
    company_contact_phone = forms.CharField(
        label=_("Their phone"),
        max_length=40,
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "off"}),
    )
    owner = forms.ModelChoiceField(User.objects.none(), label=_("Our contact"), empty_label=None)
    contacts_on_paper = forms.BooleanField(
        label=_("Print the contacts in the annex"),
        required=False,
        help_text=_("The framed page never shows them."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = possible_owners(self.agreement)  # type: ignore[attr-defined]


class PeriodForm(StepForm):
    """Step 4: when it begins, when it is renegotiated, and whether it has an end."""

    must = ("valid_from",)

    valid_from = forms.DateField(
        label=_("Valid from"),
        error_messages={"required": _("Write the day the agreement takes effect.")},
    )
    renew_on = forms.DateField(
        label=_("Renegotiate on"),
        help_text=_("Left empty it is a year after the first day."),
    )
    valid_to = forms.DateField(
        label=_("Valid until"),
        help_text=_("Leave it empty: a framed agreement should not look expired."),
    )

    def known(self, agreement: Agreement) -> Answers:
        """A draft without dates begins today and is renegotiated in a year."""
        known = super().known(agreement)
        if not agreement.valid_from:
            known["valid_from"] = timezone.localdate()
            known["renew_on"] = a_year_after(timezone.localdate())
        return known

    def clean(self) -> Answers | None:
        """The days come in their order."""
        super().clean()
        begins = self.cleaned_data.get("valid_from")
        for name, text in (
            ("renew_on", _("It must come after the day the agreement takes effect.")),
            ("valid_to", _("The last day must come after the first.")),
        ):
            day = self.cleaned_data.get(name)
            if begins and day and day <= begins:
                self.add_error(name, text)
        return self.cleaned_data


class SignatoriesForm(StepForm):
    """Step 5: who signs, with printed name and title."""

    must = ("company_signatory", "organisation_signatory")

    company_signatory = forms.CharField(
        label=_("Who signs for the firm"),
        max_length=120,
        error_messages={"required": _("Write who signs for the firm.")},
    )
    company_signatory_title = forms.CharField(label=_("Their title"), max_length=120)
    organisation_signatory = forms.CharField(
        label=_("Who signs for us"),
        max_length=120,
        error_messages={"required": _("Write who signs for us.")},
    )
    organisation_signatory_title = forms.CharField(label=_("Their title"), max_length=120)
    place = forms.CharField(label=_("Place of signing"), max_length=80)


class CheckForm(StepForm):
    """Step 6 asks nothing: everything is read once more."""


def possible_owners(agreement: Agreement) -> Any:
    """Consultants, and whoever has the agreement now."""
    return User.objects.filter(
        Q(pk__in=User.objects.consultants().values("pk")) | Q(pk=agreement.owner_id)
    ).order_by("name")


def promised(agreement: Agreement) -> list[Commitment]:
    """The chosen points with their words, in order."""
    return list(agreement.commitments.select_related("point").order_by("point__number"))
