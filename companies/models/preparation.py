"""What a consultant finds out before a visit (catalogue: six questions, and seven expected)."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cabi_crm.db import TimeStamped


def answer(label: Any) -> "models.TextField[str, str]":
    """A few lines of our own notes."""
    return models.TextField(label, max_length=1000, blank=True)


class Preparation(TimeStamped):
    """Our own notes before contact with a workplace: one sheet that is kept up to date.

    The six questions are about the firm (catalogue L655–672), the seven are those it will ask
    (L1107–1127). `ask` is what we ask for in one sentence: what, hours, weeks, who pays.
    """

    personal_fields: ClassVar[tuple[str, ...]] = (
        "industry_situation", "industry_skills", "recent_years", "products", "tone",
        "similar_firms", "sources", "which_person", "why_special_terms", "what_they_manage",
        "why_here", "bottom_line", "help_and_schemes", "follow_up", "ask",
    )  # fmt: skip

    workplace = models.OneToOneField(
        "companies.Workplace", models.CASCADE, related_name="preparation"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who")
    )
    # About the firm.
    industry_situation = answer(_("How is the industry doing?"))
    industry_skills = answer(_("Which skills does the industry demand?"))
    recent_years = answer(_("How has the company done in recent years?"))
    products = answer(_("What does it make, and who are the customers?"))
    tone = answer(_("What is the tone in the industry and the company?"))
    similar_firms = answer(_("Which similar companies work well with us?"))
    sources = answer(_("Where did you find it?"))
    # What the firm will ask.
    which_person = answer(_("What kind of person, with which skills and challenges?"))
    why_special_terms = answer(_("Why on special terms?"))
    what_they_manage = answer(_("Can they do some of the work, or not?"))
    why_here = answer(_("Why does this person fit in with us of all places?"))
    bottom_line = answer(_("What does the bottom line look like if we say yes?"))
    help_and_schemes = answer(_("How can you help: tools and support schemes?"))
    follow_up = answer(_("Do you promise follow-up, and a name to ring?"))
    ask = models.TextField(
        _("This is what we ask for"),
        max_length=400,
        blank=True,
        help_text=_("In one sentence: what, hours, weeks, who pays."),
    )

    class Meta:
        verbose_name = _("preparation")

    def __str__(self) -> str:
        return str(self.workplace)


class IndustrySource(models.Model):
    """Where to look things up about an industry, by the beginning of its code."""

    code_prefix = models.CharField(
        _("industry code begins with"),
        max_length=6,
        blank=True,
        help_text=_("Empty: for every industry."),
    )
    name = models.CharField(_("name"), max_length=120)
    url = models.URLField(_("address"), blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    checked_on = models.DateField(_("last checked"), null=True, blank=True)

    class Meta:
        verbose_name = _("source")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(code_prefix__regex=r"^[0-9]{0,6}$"),
                name="industry_source_code_is_digits",
                violation_error_message=_("An industry code is up to six digits."),
            )
        ]

    def __str__(self) -> str:
        return self.name
