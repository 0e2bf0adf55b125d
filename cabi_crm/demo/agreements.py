"""Partnership agreements of the demo in every state, made the way consultants make them."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from accounts.actions import record
from accounts.models import User
from cabi_crm.demo.history import at
from cabi_crm.demo.logos import firm_logo
from cabi_crm.demo.texts import END_REASONS
from cabi_crm.pdf.logos import check_logo
from companies.actions import log_activity, set_level
from companies.enums import LEVEL_ORDER, ActivityKind, CompanyStatus, RelationshipLevel
from companies.models import Workplace
from insights.enums import Measure
from insights.models import Goal
from partnerships.actions import (
    end_agreement,
    register_signature,
    renew_agreement,
    save_contacts,
    save_parties,
    save_period,
    save_points,
    save_signatories,
    send_for_signature,
    set_show_on_wall,
    start_agreement,
)
from partnerships.enums import AgreementStatus, Language
from partnerships.models import Agreement
from partnerships.rules import Promise, a_year_after

# New agreements so far this year, of a goal of ten: each consultant stands somewhere else.
NEW_THIS_YEAR = (8, 4, 6, 9, 3)
# How often each of the seven points is chosen, in per cent.
POINT_SHARES = {1: 65, 2: 45, 3: 60, 4: 85, 5: 35, 6: 40, 7: 20}
QUANTITIES = {1: (2, 2), 3: (1, 4), 4: (1, 6), 5: (1, 3), 6: (1, 2)}
SPECIAL = (
    "Virksomheden viser hvert forår et hold ledige rundt og fortæller om faget.",
    "Virksomheden åbner lærlingeværkstedet for unge en eftermiddag om ugen i efteråret.",
    "Virksomheden er vært for et møde om at ansætte på få timer.",
)
# Wording that is more than a frame holds: it shows how the annex carries the rest.
LONG = (
    " Virksomheden lægger vægt på, at de første uger har et fast program, som den daglige leder og "
    "mentoren har gennemgået sammen med konsulenten. Programmet siger, hvem der tager imod, hvilke "
    "opgaver der er i den første uge, hvornår der holdes korte samtaler, og hvem der ringer til "
    "hvem, hvis noget ikke går som ventet. Efter fire uger ser alle tre parter på, om opgaver og "
    "timer passer, og om der er grundlag for lønnede timer."
)
OLDEST = 1000  # days ago
# The system has been in use since then; older agreements were signed on paper and brought over.
IN_USE = timedelta(days=110)
GOAL = 10  # new agreements a year for each consultant (catalogue, Ringsted)


@dataclass(frozen=True)
class Story:
    """What became of one agreement: signed so many days ago, for how long, and then."""

    signed: int | None
    ending: str = ""
    years: int = 1
    renewals: int = 0


def stories(consultant: int, today: date) -> list[Story]:
    """The agreements of one consultant: those with a past first, then this year's new ones."""
    told = [
        Story(OLDEST - 9 * consultant, renewals=2),
        Story(560 + 11 * consultant, renewals=1),
        Story(520 - 7 * consultant, years=2),
        Story(365 - 38 - consultant),  # up for renewal within sixty days
        Story(None, "for signature"),
        Story(None),
    ]
    extra = (
        Story(700, "ended"),
        Story(365 - 9),
        Story(365 + 16),
        Story(640, "ended"),
        Story(430, years=2),
    )
    told.append(extra[consultant % len(extra)])
    passed = today.timetuple().tm_yday - 1
    new = round(NEW_THIS_YEAR[consultant % len(NEW_THIS_YEAR)] * passed / 330)
    told += [Story(passed - passed * step // max(1, new) - 1) for step in range(new)]
    return told


def make_agreements(
    workplaces: Sequence[Workplace], consultants: Sequence[User], random: Random, today: date
) -> int:
    """All agreements of all consultants; levels follow what was agreed."""
    count = 0
    for position, user in enumerate(consultants):
        open_to = [w for w in workplaces if _may_agree(w, user)]
        random.shuffle(open_to)
        open_to.sort(key=lambda w: LEVEL_ORDER.index(w.level), reverse=True)
        for workplace, story in zip(open_to, stories(position, today), strict=False):
            _tell(workplace, story, user, random, today)
            count += 1
    partners = Agreement.objects.active(today).values("workplace")
    Workplace.objects.filter(level=RelationshipLevel.PARTNERSHIP).exclude(pk__in=partners).update(
        level=RelationshipLevel.COLLABORATION
    )
    return count


def _may_agree(workplace: Workplace, user: User) -> bool:
    return (
        workplace.owner_id == user.pk
        and workplace.ceased_on is None
        and workplace.level != RelationshipLevel.PASSIVE
        and workplace.company.status == CompanyStatus.NORMAL
    )


def _tell(workplace: Workplace, story: Story, user: User, random: Random, today: date) -> None:
    signed = today - timedelta(days=story.signed if story.signed is not None else 3)
    agreement = _draft(workplace, user, random, signed)
    if story.signed is None and not story.ending:
        return
    _fill(agreement, user, random, signed, story.years)
    if story.signed is None:
        send_for_signature(agreement=agreement, by=user)
        return
    _sign(agreement, user, signed, today)
    if random.random() < 0.6:
        set_show_on_wall(agreement=agreement, show=True, by=user)
    if story.ending == "ended":
        ended = signed + timedelta(days=420)
        end_agreement(agreement=agreement, by=user, reason=random.choice(END_REASONS), on=ended)
    for _ in range(story.renewals):
        day = agreement.renew_on or today
        agreement = renew_agreement(agreement=agreement, by=user, on=day)
        _sign(agreement, user, day, today)


def _sign(agreement: Agreement, user: User, day: date, today: date) -> None:
    if day > today - IN_USE:
        send_for_signature(agreement=agreement, by=user)
        register_signature(agreement=agreement, by=user, signed_on=day)
    else:
        _bring_over(agreement, user, day)


def _bring_over(agreement: Agreement, user: User, day: date) -> None:
    """Enter an agreement that was signed before the system was in use: its paper is elsewhere."""
    if agreement.renewed_from:
        before = Agreement.objects.filter(pk=agreement.renewed_from.pk)
        before.update(status=AgreementStatus.RENEWED)
    agreement.status, agreement.signed_on = AgreementStatus.ACTIVE, day
    agreement.save(update_fields=["status", "signed_on", "updated_at"])
    set_level(workplace=agreement.workplace, level=RelationshipLevel.PARTNERSHIP, by=user)
    log_activity(
        workplace=agreement.workplace,
        by=user,
        kind=ActivityKind.AGREEMENT,
        starts_at=at(day, 12),
        note=f"Partnerskabsaftale {agreement.number}",
    )
    record("agreement_brought_over", by=user, on=agreement, changes={"signed_on": str(day)})


def _draft(workplace: Workplace, user: User, random: Random, day: date) -> Agreement:
    """A draft with parties and points, as it stands after the first visit about it."""
    key = uuid.UUID(int=random.getrandbits(128), version=4)
    agreement = start_agreement(workplace=workplace, by=user, submission=key, on=day)
    logo = (
        check_logo(firm_logo(random.randrange(36)), "logo.svg") if random.random() < 0.5 else None
    )
    language = Language.ENGLISH if random.random() < 0.06 else Language.DANISH
    save_parties(
        agreement=agreement,
        by=user,
        company_name=agreement.company_name,
        template=agreement.template,
        language=language,
        logo=logo,
    )
    save_points(agreement=agreement, by=user, promises=_promises(agreement, random, day))
    return agreement


def _promises(agreement: Agreement, random: Random, day: date) -> list[Promise]:
    """Two to seven of the points, none of them one that can no longer be agreed."""
    chosen = sorted(n for n, share in POINT_SHARES.items() if random.random() * 100 < share)
    if len(chosen) < 2:
        chosen = [1, 4]
    points = {point.number: point for point in agreement.template.points.all()}
    wordy = random.random() < 0.06
    made = []
    for number in chosen:
        text = points[number].wording("commitment", agreement.language)
        text = text or random.choice(SPECIAL)
        if wordy and number == 4 and agreement.language == Language.DANISH:
            text += LONG
        span = QUANTITIES.get(number)
        quantity = random.randint(*span) if span and random.random() < 0.8 else None
        responsible = agreement.company_contact if random.random() < 0.7 else ""
        made.append(Promise(number, text, quantity, responsible))
    return made


def _fill(agreement: Agreement, user: User, random: Random, day: date, years: int) -> None:
    """Contacts, period and signatories: all that is missing before it can be signed."""
    main = agreement.workplace.contact_persons.current().first()
    save_contacts(
        agreement=agreement,
        by=user,
        company_contact=agreement.company_contact,
        company_contact_phone=agreement.company_contact_phone,
    )
    renew_on = a_year_after(day)
    for _ in range(years - 1):
        renew_on = a_year_after(renew_on)
    save_period(agreement=agreement, by=user, valid_from=day, renew_on=renew_on)
    save_signatories(
        agreement=agreement,
        by=user,
        company_signatory=agreement.company_contact,
        company_signatory_title=main.title if main else "",
        organisation_signatory=agreement.organisation_signatory,
        organisation_signatory_title=agreement.organisation_signatory_title,
        place=agreement.place,
    )


def set_goals(year: int) -> None:
    """Ten new agreements a consultant, this year and the two before it."""
    for each in range(year - 2, year + 1):
        Goal.objects.update_or_create(
            measure=Measure.NEW_AGREEMENTS,
            year=each,
            user=None,
            team=None,
            defaults={"number": GOAL},
        )
