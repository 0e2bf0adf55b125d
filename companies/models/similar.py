"""Workplaces like another one, and how it went there."""

from django.db.models import (
    Case,
    Count,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from companies.enums import Outcome, RelationshipLevel
from companies.models.activity import Activity
from companies.models.preparation import CLOSE, NEAR
from companies.models.workplace import Workplace

WORKS_WELL = (RelationshipLevel.PARTNERSHIP, RelationshipLevel.COLLABORATION)
SAME_AREA = 2  # digits of the postcode
CANDIDATES = 50  # whose visits are counted


def visits_that_went(outcomes: list[str]) -> Coalesce:
    """How many held contacts at the workplace had one of the outcomes."""
    held = Activity.objects.held().filter(workplace=OuterRef("pk"), outcome__in=outcomes)
    count = held.order_by().values("workplace").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(count, output_field=IntegerField()), 0)


def similar_firms(workplace: Workplace) -> QuerySet[Workplace]:
    """Workplaces of the same industry with good experience, nearby ones first.

    Looked for among `CANDIDATES` only, the best known and closest: there can be thousands.

    Good experience is a level from collaboration up, or visits that went well. Each has `good` and
    `bad`, its numbers of visits that went well and of those with a problem.
    """
    industry = workplace.industry
    if industry is None:
        return Workplace.objects.none()
    others = Workplace.objects.active().filter(
        industry__system=industry.system,
        industry__code__startswith=industry.code[:NEAR],
        last_contact_at__isnull=False,
    )
    nearby = Case(
        When(town=workplace.town, then=Value(0)),
        When(postcode__startswith=workplace.postcode[:SAME_AREA], then=Value(1)),
        default=Value(2),
    )
    closeness = Case(
        When(industry__code__startswith=industry.code[:CLOSE], then=Value(0)), default=Value(1)
    )
    best = Case(When(level__in=WORKS_WELL, then=Value(0)), default=Value(1))
    candidates = others.exclude(company=workplace.company_id).order_by(
        best, nearby, closeness, "-last_contact_at", "pk"
    )
    return (
        Workplace.objects.filter(pk__in=candidates.values("pk")[:CANDIDATES])
        .annotate(
            good=visits_that_went([Outcome.POSITIVE]),
            bad=visits_that_went([Outcome.PROBLEM]),
        )
        .filter(Q(level__in=WORKS_WELL) | Q(good__gt=0))
        .order_by(nearby, closeness, "-good", "bad", "name", "pk")
    )
