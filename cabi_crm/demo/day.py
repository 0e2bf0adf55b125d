"""The demo's days: who is away, what firms ask, what is promised, and when they are busy."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from random import Random

from accounts.actions import add_working_areas, save_absence
from accounts.enums import AreaKind
from accounts.models import Absence, User
from cabi_crm.demo.history import at
from cabi_crm.demo.names import TOWNS, TRADES
from cabi_crm.demo.texts_of_the_day import (
    ANSWERS,
    ASK_WHOM,
    ASKS,
    ENQUIRIES,
    PAUSES,
    PREPARED,
    PRODUCTS,
    SEASONS,
    SKILLS,
    STRANGERS,
    TASK_TITLES,
    TASKS,
)
from companies.actions import (
    add_task,
    answer_enquiry,
    note_service,
    receive_enquiry,
    save_preparation,
)
from companies.enums import (
    CONSIDERATIONS,
    MOTIVATIONS,
    ActivityKind,
    Channel,
    RelationshipLevel,
    ServiceKind,
    TraitKind,
)
from companies.models import SeasonPeak, TaskOpportunity, Workplace, WorkplaceTrait

BATCH = 1000
PEAKS_OF_CODE = {trade.code: trade.peaks for trade in TRADES}
TERMS = ("products", "skill_demands", "preferred_channel", "ask_whom", "places", "asks_a_month",
         "rest_weeks", "paused_until", "pause_reason")  # fmt: skip


def share_out_areas(consultants: Sequence[User], by: User) -> None:
    """Let each postcode be somebody's, so that enquiries find their way."""
    for index, (postcode, _town, _share) in enumerate(TOWNS):
        user = consultants[index % len(consultants)]
        add_working_areas(user=user, kind=AreaKind.POSTCODE, texts=[str(postcode)], by=by)
    groups = ("Sygemeldte", "Unge under 30", "Fleksjob", "Flygtninge", "Seniorer")
    for user, group in zip(consultants, groups, strict=False):
        add_working_areas(user=user, kind=AreaKind.TARGET_GROUP, texts=[group], by=by)


def send_away(consultants: Sequence[User], today: date) -> None:
    """One is away this week and covered by the first; another will be, and nobody covers yet."""
    first, second, *_, last = consultants
    save_absence(
        absence=Absence(
            user=second,
            starts_on=today - timedelta(days=1),
            ends_on=today + timedelta(days=4),
            cover=first,
        ),
        by=second,
    )
    away = today + timedelta(days=16)
    save_absence(
        absence=Absence(user=last, starts_on=away, ends_on=away + timedelta(days=4)), by=last
    )


def know_them_well(workplaces: Sequence[Workplace], random: Random, today: date) -> None:
    """Terms of contact, traits, seasons and tasks in detail of those that are known."""
    known = [w for w in workplaces if w.level != RelationshipLevel.PASSIVE and not w.ceased_on]
    traits: list[WorkplaceTrait] = []
    seasons: list[SeasonPeak] = []
    for workplace in known:
        _agree_terms(workplace, random, today)
        traits += _traits(workplace, random)
        seasons += _seasons(workplace, random)
    Workplace.objects.bulk_update(known, TERMS, batch_size=100)
    WorkplaceTrait.objects.bulk_create(traits, batch_size=BATCH)
    SeasonPeak.objects.bulk_create(seasons + _coming(known, today), batch_size=BATCH)
    _detail_tasks(known, random)


def _agree_terms(workplace: Workplace, random: Random, today: date) -> None:
    if random.random() < 0.5:
        workplace.products = random.choice(PRODUCTS)
        workplace.skill_demands = random.choice(SKILLS)
    if random.random() < 0.6:
        workplace.preferred_channel = random.choice(Channel.values)
        workplace.ask_whom = random.choice(ASK_WHOM)
        workplace.places = random.randint(1, 3)
        workplace.asks_a_month = random.randint(1, 2)
        workplace.rest_weeks = random.choice((2, 4, 8))
    if random.random() < 0.04:
        workplace.paused_until = today + timedelta(days=random.randint(20, 120))
        workplace.pause_reason = random.choice(PAUSES)


def _traits(workplace: Workplace, random: Random) -> list[WorkplaceTrait]:
    chosen = [(TraitKind.MOTIVATION, each) for each in random.sample(MOTIVATIONS, 2)]
    chosen += [(TraitKind.CONSIDERATION, each) for each in random.sample(CONSIDERATIONS, 2)]
    return [WorkplaceTrait(workplace=workplace, kind=kind, trait=trait) for kind, trait in chosen]


def _season(workplace: Workplace, month: int, from_week: int, random: Random) -> SeasonPeak:
    name, note = SEASONS.get(month, SEASONS[8])
    return SeasonPeak(
        workplace=workplace,
        name=name,
        note=note,
        from_week=from_week,
        to_week=(from_week + random.randint(2, 5) - 1) % 52 + 1,
        lead_weeks=random.choice((3, 4, 6)),
        submission=uuid.UUID(int=random.getrandbits(128), version=4),
    )


def _seasons(workplace: Workplace, random: Random) -> list[SeasonPeak]:
    """The peaks of the trade, for most who have one."""
    peaks = PEAKS_OF_CODE.get(workplace.industry.code, ()) if workplace.industry else ()
    if not peaks or random.random() < 0.6:
        return []
    month = random.choice(peaks)
    return [_season(workplace, month, min(52, month * 4 + month // 3), random)]


def _coming(known: Sequence[Workplace], today: date) -> list[SeasonPeak]:
    """For each owner a firm whose season is three weeks off, whenever the demo is made."""
    random = Random(f"coming {today}")  # noqa: S311
    week = (today + timedelta(weeks=3)).isocalendar().week
    seen: dict[int | None, int] = {}
    found = []
    for workplace in known[::3]:
        seen[workplace.owner_id] = seen.get(workplace.owner_id, 0) + 1
        if seen[workplace.owner_id] == 1:
            found.append(_season(workplace, (today + timedelta(weeks=3)).month, week, random))
    return found


def _detail_tasks(known: Sequence[Workplace], random: Random) -> None:
    """A third of the tasks seen are told in detail."""
    tasks = list(TaskOpportunity.objects.filter(workplace__in=known[:300]).order_by("pk"))
    told = [task for task in tasks if random.random() < 0.35]
    for task in told:
        task.title = TASK_TITLES[task.area]
        task.hours_a_week = random.choice((3, 6, 9, 12, 15))
    TaskOpportunity.objects.bulk_update(told, ["title", "hours_a_week"], batch_size=200)


def ask_and_answer(
    workplaces: Sequence[Workplace], consultants: Sequence[User], random: Random, today: date
) -> None:
    """Enquiries: three months of answered ones, and for each owner one that is waiting now."""
    owned = [w for w in workplaces if w.owner_id and not w.ceased_on]
    for number in range(30):
        workplace = owned[random.randrange(len(owned))]
        moment = at(_weekday(today - timedelta(days=3 + 3 * number)), random.randint(9, 11))
        _ask(workplace, moment, random, answered=True)
    yesterday = _weekday(today - timedelta(days=1))
    for user in consultants:
        theirs = [w for w in owned if w.owner_id == user.pk]
        _ask(random.choice(theirs), at(yesterday, random.randint(10, 13)), random, answered=False)
    for name, postcode, person in STRANGERS:
        receive_enquiry(
            by=consultants[0],
            channel="hotline",
            subject=ENQUIRIES[3][1],
            company_name=name,
            postcode=postcode,
            person=person,
            received_at=at(yesterday, 12),
            submission=uuid.UUID(int=random.getrandbits(128), version=4),
        )


def _weekday(day: date) -> date:
    return day - timedelta(days=max(0, day.weekday() - 4))


def _ask(workplace: Workplace, moment: datetime, random: Random, *, answered: bool) -> None:
    channel, subject = random.choice(ENQUIRIES)
    owner = workplace.owner
    if owner is None:
        return
    enquiry = receive_enquiry(
        by=owner,
        workplace=workplace,
        channel=channel,
        subject=subject,
        received_at=moment,
        submission=uuid.UUID(int=random.getrandbits(128), version=4),
    )
    if answered:
        late = timedelta(days=3) if random.random() < 0.15 else timedelta(hours=2)
        answer_enquiry(
            enquiry=enquiry,
            by=owner,
            answer=random.choice(ANSWERS),
            answered_at=moment + late,
            kind=ActivityKind.CALL,
        )


def promise_and_prepare(
    workplaces: Sequence[Workplace], consultants: Sequence[User], random: Random, today: date
) -> None:
    """Tasks and promises, prepared visits, and the service that was given, of each consultant."""
    for user in consultants:
        theirs = [
            w for w in workplaces
            if w.owner_id == user.pk and w.level != RelationshipLevel.PASSIVE and not w.ceased_on
        ]  # fmt: skip
        for (text, promised), days in zip(TASKS, (-2, 0, 3, 5, 12), strict=True):
            add_task(
                text=text,
                due_on=today + timedelta(days=days),
                by=user,
                workplace=random.choice(theirs) if promised else None,
                is_promise=promised,
                submission=uuid.UUID(int=random.getrandbits(128), version=4),
            )
        for workplace in theirs[:6]:
            what, hours, weeks, pays = random.choice(ASKS)
            asked = {"ask_what": what, "ask_hours": hours, "ask_weeks": weeks, "ask_pays": pays}
            save_preparation(workplace=workplace, said=PREPARED | asked, by=user)
            note_service(
                workplace=workplace,
                by=user,
                kind=random.choice(ServiceKind.values),
                on=today - timedelta(days=random.randint(2, 80)),
                minutes=random.choice((15, 30, 60, 120)),
                submission=uuid.UUID(int=random.getrandbits(128), version=4),
            )
