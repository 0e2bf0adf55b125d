"""What a consultant finds out before a visit (catalogue: six questions, and seven expected)."""

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Case, Q, Value, When
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.access import may_read_companies
from accounts.models import User
from cabi_crm.db import TimeStamped
from companies.models.company import Industry

if TYPE_CHECKING:
    from companies.models.workplace import Workplace

NEAR, CLOSE = 2, 4  # digits of the industry code that two must share
SAYS_SOMETHING = ~Q(industry_situation="") | ~Q(industry_skills="")


def answer(label: Any) -> "models.TextField[str, str]":
    """A few lines of our own notes."""
    return models.TextField(label, max_length=1000, blank=True)


class PreparationQuerySet(models.QuerySet["Preparation"]):
    """Questions about many preparations."""

    def visible_to(self, user: User) -> Self:
        """All for those who may read company data."""
        return self if may_read_companies(user) else self.none()

    def near(self, workplace: "Workplace") -> Self:
        """Sheets of others in the same industry, the closest and newest first.

        What one consultant found out about an industry holds for all who are in it.
        """
        industry = workplace.industry
        if industry is None:
            return self.none()
        code = "workplace__industry__code__startswith"
        closeness = Case(When(**{code: industry.code[:CLOSE]}, then=Value(0)), default=Value(1))
        return (
            self.filter(SAYS_SOMETHING, workplace__industry__system=industry.system)
            .filter(**{code: industry.code[:NEAR]})
            .exclude(workplace=workplace)
            .order_by(closeness, "-updated_at", "-pk")
        )


class Preparation(TimeStamped):
    """Our own notes before contact with a workplace: one sheet that is kept up to date.

    The six questions are about the firm (catalogue L655–672), the seven are those it will ask
    (L1107–1127). What we ask for is said in one sentence: what, hours, how long, who pays. A note
    that is empty is shown as what is known from elsewhere.
    """

    SIX = ("industry_situation", "industry_skills", "recent_years", "products", "tone",
        "similar_firms")  # fmt: skip
    SEVEN = ("which_person", "why_special_terms", "what_they_manage", "why_here", "bottom_line",
        "help_and_schemes", "follow_up")  # fmt: skip
    ASK = ("ask_what", "ask_hours", "ask_weeks", "ask_pays")
    NOTES = (*SIX, "sources", *SEVEN)
    personal_fields: ClassVar[tuple[str, ...]] = (*NOTES, *ASK, "by")

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
    # This is what we ask for.
    ask_what = models.CharField(_("What"), max_length=160, blank=True)
    ask_hours = models.CharField(_("Hours a week"), max_length=40, blank=True)
    ask_weeks = models.CharField(_("How long"), max_length=40, blank=True)
    ask_pays = models.CharField(_("Who pays"), max_length=120, blank=True)

    objects: ClassVar[models.Manager["Preparation"]] = PreparationQuerySet.as_manager()

    class Meta:
        verbose_name = _("preparation")

    def __str__(self) -> str:
        return str(self.workplace)

    @property
    def ask(self) -> str:
        """What we ask for in one sentence; empty until all of it is said."""
        if not all(getattr(self, name) for name in self.ASK):
            return ""
        hours, weeks = self.ask_hours, self.ask_weeks
        if hours.replace(",", "").isdecimal():
            hours = _("%(n)s hours a week") % {"n": hours}
        if weeks.isdecimal():
            weeks = ngettext("for %(n)d week", "for %(n)d weeks", int(weeks)) % {"n": int(weeks)}
        what, pays = capfirst(self.ask_what.rstrip(". ")), capfirst(self.ask_pays.rstrip(". "))
        return f"{what}, {hours} {weeks}. {pays}."


class IndustrySourceQuerySet(models.QuerySet["IndustrySource"]):
    """Questions about many sources."""

    def kept(self) -> Self:
        """Sources that were not taken off the list."""
        return self.filter(removed_at=None)

    def for_industry(self, industry: Industry | None) -> Self:
        """The general ones, and those whose code the industry's begins with."""
        code = industry.code if industry else ""
        return self.kept().filter(code_prefix__in=[code[:n] for n in range(len(code) + 1)])


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
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar[models.Manager["IndustrySource"]] = IndustrySourceQuerySet.as_manager()

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
