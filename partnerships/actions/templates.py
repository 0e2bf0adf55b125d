"""What changes the wordings: a new version, its texts, and the end of an old one."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions import record
from accounts.models import User
from partnerships.actions.life import AgreementError
from partnerships.models import AgreementPoint, AgreementTemplate

POINT_TEXTS = [
    "number",
    *(
        f"{part}_{language}"
        for part in ("title", "help", "commitment", "unit", "warning")
        for language in ("da", "en")
    ),
    "warning_from",
]


@transaction.atomic
def add_version(*, template: AgreementTemplate, by: User, on: date) -> AgreementTemplate:
    """A copy of `template` to edit, not offered to anybody until it is published."""
    copy = AgreementTemplate.objects.create(
        name=free_name(template.name, on),
        source=template.source,
        purpose_da=template.purpose_da,
        purpose_en=template.purpose_en,
        valid_from=on,
        published=False,
    )
    AgreementPoint.objects.bulk_create(
        [
            AgreementPoint(template=copy, **{name: getattr(point, name) for name in POINT_TEXTS})
            for point in template.points.all()
        ]
    )
    record("template_added", by=by, on=copy, changes={"copied_from": template.name})
    return copy


def free_name(name: str, on: date) -> str:
    """`name` with the day, and a number when that is taken too."""
    base = f"{name[:100]} ({on.isoformat()})"
    taken = set(
        AgreementTemplate.objects.filter(name__startswith=base).values_list("name", flat=True)
    )
    names = [base, *(f"{base} {n}" for n in range(2, len(taken) + 3))]
    return next(each for each in names if each not in taken)


@transaction.atomic
def save_template(
    *, template: AgreementTemplate, points: Iterable[AgreementPoint], by: User
) -> AgreementTemplate:
    """Save an edited version. The words of one that an agreement uses are never changed."""
    edited = list(points)
    if edited and template.agreements.exists():
        raise AgreementError(_("The wording is in use. Add a new version instead."))
    template.save()
    for point in edited:
        point.save()
    changes = {
        "published": template.published,
        "valid_from": template.valid_from.isoformat(),
        "valid_to": template.valid_to.isoformat() if template.valid_to else "",
    }
    record("template_saved", by=by, on=template, changes=changes)
    return template
