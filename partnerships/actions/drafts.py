"""What makes a draft and fills it, step by step. Only drafts can be changed."""

import uuid
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models.functions import Length
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import changed_fields, record
from accounts.enums import Role
from accounts.models import Organisation, User
from cabi_crm.db import one_at_a_time
from cabi_crm.pdf.logos import Logo
from companies.models import Workplace
from partnerships.actions.life import AgreementError, restore_draft
from partnerships.enums import AgreementStatus, Language, Step
from partnerships.models import (
    Agreement,
    AgreementPoint,
    AgreementTemplate,
    Commitment,
)
from partnerships.rules import Promise, a_year_after, agreement_number


@transaction.atomic
def start_agreement(
    *,
    workplace: Workplace,
    by: User,
    submission: uuid.UUID | None = None,
    template: AgreementTemplate | None = None,
    on: date | None = None,
) -> Agreement:
    """A new draft with the next number of the year and what is already known filled in.

    Sent twice with the same `submission` it is made once. `on` is the day it is started.
    """
    one_at_a_time("agreement number")
    made = Agreement.objects.filter(submission=submission).first() if submission else None
    if made:
        return made
    day = on or timezone.localdate()
    agreement = Agreement(
        number=next_number(day.year),
        workplace=workplace,
        company=workplace.company,
        template=template or newest_template(day),
        owner=owner_of_new(workplace, by),
        submission=submission or uuid.uuid4(),
        company_name=workplace.name,
        **our_signatory(),
    )
    contact = workplace.contact_persons.current().first()
    if contact:
        agreement.company_contact = contact.name
        agreement.company_contact_phone = contact.phone
    agreement.save(force_insert=True)
    record("agreement_started", by=by, on=agreement)
    return agreement


def next_number(year: int) -> str:
    """The first free number of `year`; the caller makes sure that nobody else asks meanwhile."""
    last = (
        Agreement.objects.filter(number__startswith=f"{year}-")
        .order_by(Length("number").desc(), "-number")
        .values_list("number", flat=True)
        .first()
    )
    return agreement_number(year, int(last.partition("-")[2]) + 1 if last else 1)


def newest_template(day: date) -> AgreementTemplate:
    """The newest wording offered on `day`."""
    template = AgreementTemplate.objects.offered(day).first()
    if template is None:
        raise AgreementError(_("No wording may be used today. An administrator can add one."))
    return template


def owner_of_new(workplace: Workplace, by: User) -> User:
    """A consultant owns what they make; what a manager starts goes to the workplace's owner."""
    if by.role == Role.MANAGER and workplace.owner:
        return workplace.owner
    return by


def our_signatory() -> dict[str, str]:
    """Who signs for us and where, from the organisation's own facts."""
    organisation = Organisation.objects.current()
    return {
        "organisation_signatory": organisation.signatory_name,
        "organisation_signatory_title": organisation.signatory_title,
        "place": organisation.town,
    }


def save_draft(agreement: Agreement, by: User, step: Step, **fields: Any) -> None:
    """Write `fields` of a draft, and how far the form has come; nothing when it is no draft.

    The row is locked by the update, so what follows in the same transaction stands alone.
    """
    before = Agreement.objects.filter(pk=agreement.pk).first() or agreement
    reached = max(before.step, min(step + 1, Step.DONE))
    written = {**fields, "step": reached, "updated_at": timezone.now()}
    drafts = Agreement.objects.filter(pk=agreement.pk, status=AgreementStatus.DRAFT)
    if not drafts.update(**written):
        raise AgreementError(_("The agreement has been sent for signature and cannot be changed."))
    for name, value in written.items():
        setattr(agreement, name, value)
    changes = changed_fields(before, agreement, [name for name in fields if name != "logo"])
    if "logo" in fields and bytes(before.logo) != bytes(agreement.logo):
        changes["logo"] = [before.logo_type, agreement.logo_type]
    if changes:
        record("agreement_edited", by=by, on=agreement, changes=changes)


@transaction.atomic
def save_parties(
    *,
    agreement: Agreement,
    by: User,
    company_name: str,
    template: AgreementTemplate,
    language: str,
    logo: Logo | None = None,
    remove_logo: bool = False,
) -> Agreement:
    """Step 1. With another wording each chosen point moves to the one with the same number."""
    fields: dict[str, Any] = {
        "company_name": company_name,
        "template": template,
        "language": language,
    }
    if logo:
        fields |= {"logo": logo.content, "logo_type": logo.mime}
    elif remove_logo:
        fields |= {"logo": b"", "logo_type": ""}
    spoken = agreement.language
    save_draft(agreement, by, Step.PARTIES, **fields)
    move_commitments(agreement, template, spoken, Language(language))
    return agreement


def move_commitments(
    agreement: Agreement, template: AgreementTemplate, spoken: str, language: str
) -> None:
    """Hang the promises on `template`; untouched suggestions change with wording and language."""
    points = {point.number: point for point in template.points.all()}
    for commitment in agreement.commitments.select_related("point"):
        old, new = commitment.point, points.get(commitment.point.number)
        if new is None:
            commitment.delete()
        elif old != new or spoken != language:
            if commitment.text == old.wording("commitment", spoken):
                commitment.text = new.wording("commitment", language)
            commitment.point = new
            commitment.save(update_fields=["point", "text"])


@transaction.atomic
def save_points(*, agreement: Agreement, by: User, promises: Iterable[Promise]) -> Agreement:
    """Step 2: the chosen points are exactly `promises`."""
    save_draft(agreement, by, Step.POINTS)
    chosen = {promise.number: promise for promise in promises}
    before = {
        commitment.point.number: commitment
        for commitment in agreement.commitments.select_related("point")
    }
    if chosen == {number: promise_of(commitment) for number, commitment in before.items()}:
        return agreement
    agreement.commitments.exclude(point__number__in=chosen).delete()
    points = AgreementPoint.objects.filter(template=agreement.template_id, number__in=chosen)
    for point in points:
        promise = chosen[point.number]
        Commitment.objects.update_or_create(
            agreement=agreement,
            point=point,
            defaults={
                "text": promise.text,
                "quantity": promise.quantity,
                "responsible": promise.responsible,
            },
        )
    changes = {"points": [sorted(before), sorted(chosen)]}
    record("agreement_points_saved", by=by, on=agreement, changes=changes)
    return agreement


def promise_of(commitment: Commitment) -> Promise:
    """What stands in the database as the form would say it."""
    return Promise(
        number=commitment.point.number,
        text=commitment.text,
        quantity=commitment.quantity,
        responsible=commitment.responsible,
    )


@transaction.atomic
def save_contacts(
    *,
    agreement: Agreement,
    by: User,
    company_contact: str,
    company_contact_phone: str = "",
    contacts_on_paper: bool = True,
    owner: User | None = None,
) -> Agreement:
    """Step 3: whom to call on both sides."""
    save_draft(
        agreement,
        by,
        Step.CONTACTS,
        company_contact=company_contact,
        company_contact_phone=company_contact_phone,
        contacts_on_paper=contacts_on_paper,
        owner=owner or agreement.owner,
    )
    return agreement


@transaction.atomic
def save_period(
    *,
    agreement: Agreement,
    by: User,
    valid_from: date | None,
    renew_on: date | None = None,
    valid_to: date | None = None,
) -> Agreement:
    """Step 4. Renegotiated a year after it begins unless another day is given."""
    if valid_from and not renew_on:
        renew_on = a_year_after(valid_from)
    save_draft(
        agreement, by, Step.PERIOD, valid_from=valid_from, renew_on=renew_on, valid_to=valid_to
    )
    return agreement


@transaction.atomic
def save_signatories(
    *,
    agreement: Agreement,
    by: User,
    company_signatory: str,
    company_signatory_title: str = "",
    organisation_signatory: str = "",
    organisation_signatory_title: str = "",
    place: str = "",
) -> Agreement:
    """Step 5: who signs for each side, and where."""
    save_draft(
        agreement,
        by,
        Step.SIGNATORIES,
        company_signatory=company_signatory,
        company_signatory_title=company_signatory_title,
        organisation_signatory=organisation_signatory,
        organisation_signatory_title=organisation_signatory_title,
        place=place,
    )
    return agreement


@transaction.atomic
def renew_agreement(*, agreement: Agreement, by: User, on: date | None = None) -> Agreement:
    """A draft that will replace `agreement`: the same promises, a new period.

    When a renewal was begun already it is the one that is returned.
    """
    one_at_a_time("agreement number")
    begun = Agreement.objects.filter(renewed_from=agreement).first()
    if begun and begun.status == AgreementStatus.DROPPED:
        return restore_draft(agreement=begun, by=by)
    if begun:
        return begun
    if agreement.status != AgreementStatus.ACTIVE:
        raise AgreementError(_("Only an active agreement can be renewed."))
    day = on or timezone.localdate()
    offered = AgreementTemplate.objects.offered(day)
    same = offered.filter(pk=agreement.template_id).first()
    valid_from = agreement.renew_on or day
    renewal = Agreement(
        number=next_number(day.year),
        template=same or newest_template(day),
        owner=agreement.owner,
        renewed_from=agreement,
        company=agreement.workplace.company,  # the unit may have changed hands
        valid_from=valid_from,
        renew_on=a_year_after(valid_from),
        **carried_over(agreement),
        **our_signatory(),
    )
    renewal.save(force_insert=True)
    carry_promises(agreement, renewal)
    record("agreement_renewal_begun", by=by, on=renewal, changes={"renews": agreement.number})
    return renewal


def carried_over(agreement: Agreement) -> dict[str, Any]:
    """What a renewal has in common with the agreement it renews."""
    names = (
        "workplace language company_name company_contact company_contact_phone "
        "contacts_on_paper company_signatory company_signatory_title logo logo_type show_on_wall"
    )
    return {name: getattr(agreement, name) for name in names.split()}


def carry_promises(agreement: Agreement, renewal: Agreement) -> None:
    """Copy the promises to the points of the renewal's wording with the same numbers."""
    points = {point.number: point for point in renewal.template.points.all()}
    Commitment.objects.bulk_create(
        [
            Commitment(
                agreement=renewal,
                point=points[commitment.point.number],
                text=commitment.text,
                quantity=commitment.quantity,
                responsible=commitment.responsible,
            )
            for commitment in agreement.commitments.select_related("point")
            if commitment.point.number in points
        ]
    )
