"""What the morning does with renewals: those that begin, and a word to owners in time."""

from collections import Counter
from datetime import date

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.actions import notify, record, write_mail
from accounts.enums import MailKind, NoticeKind, Role
from accounts.models import Notice, User
from cabi_crm.db import one_at_a_time
from cabi_crm.ui.links import absolute
from cabi_crm.ui.templatetags.ui import day
from partnerships.actions.life import give_way
from partnerships.models import Agreement, renewal_days
from partnerships.rules import RENEWAL_SOON, renewal_stage

STAGES = (NoticeKind.RENEWAL_OPEN, NoticeKind.RENEWAL_SOON, NoticeKind.RENEWAL_DUE)


@transaction.atomic
def begin_renewals(*, on: date) -> int:
    """Close each agreement whose signed renewal has begun by `on`; how many."""
    one_at_a_time("renewals that begin")
    begun = list(Agreement.objects.begun_anew(on).select_related("renewal").order_by("pk"))
    for agreement in begun:
        give_way(agreement=agreement, by=None)
    return len(begun)


@transaction.atomic
def remind_of_renewals(*, on: date) -> int:
    """Put a notice before the owner of each active agreement that has come closer to its day.

    Once for each agreement and stage (the organisation's own days, 30 days, the day itself); an
    agreement that is already past a stage is not told of it afterwards. How many notices.
    """
    one_at_a_time("renewal notices")
    days = renewal_days()
    near = Agreement.objects.up_for_renewal(on, max(days, RENEWAL_SOON)).select_related("owner")
    given = set(Notice.objects.filter(kind__in=STAGES).values_list("kind", "link"))
    sent: Counter[str] = Counter()
    for agreement in near.defer("logo").order_by("renew_on", "pk"):
        assert agreement.renew_by  # noqa: S101, for the type checker: it is what was asked for
        stage = renewal_stage((agreement.renew_by - on).days, days)
        link = reverse("partnerships:agreement", args=[agreement.pk])
        if stage and (stage.value, link) not in given:
            sent[stage.value] += remind(agreement, stage, link)
    total = sent.total()
    if total:
        record("renewals_reminded", by=None, changes={**sent})
    return total


def remind(agreement: Agreement, stage: NoticeKind, link: str) -> int:
    """A notice, in their own language, for each who should know; how many.

    On the day itself a mail, too.
    """
    told = 0
    for person in listeners(agreement):
        with translation.override(person.language or settings.LANGUAGE_CODE):
            subject = f"{agreement}, {day(agreement.renew_by)}"
            firm = {"firm": agreement.company_name}
            headline = _("Renegotiate the agreement with %(firm)s now") % firm
            told_of = _("The agreement was to be renegotiated by %(day)s.") % {
                "day": day(agreement.renew_by)
            }
        notify(recipient=person, kind=stage, subject=subject, link=link)
        if stage == NoticeKind.RENEWAL_DUE:
            write_mail(
                recipient=person,
                kind=MailKind.ALERT,
                key=f"{stage}-{agreement.pk}-{agreement.renew_by}-{person.pk}",
                subject=headline,
                body=f"{told_of}\n\n{absolute(link)}\n",
            )
        told += 1
    return told


def listeners(agreement: Agreement) -> list[User]:
    """The owner; the managers when the owner no longer works here."""
    if agreement.owner.is_active:
        return [agreement.owner]
    return list(User.objects.working().filter(role=Role.MANAGER))
