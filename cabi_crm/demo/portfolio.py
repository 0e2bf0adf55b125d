"""What the demo's workplaces are to the consultants: levels, owners, people, good times."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from accounts.enums import Weekday
from accounts.models import User
from cabi_crm.demo.firms import ASCII
from cabi_crm.demo.names import TITLES, TOWNS, TRADES, person_name, phone
from cabi_crm.demo.texts import CULTURES, SPARKS
from companies.enums import DayPart, OpeningChannel, RelationshipLevel, Tone
from companies.models import ContactPerson, VisitWindow, Workplace

BATCH = 2000
LEVELS = tuple(RelationshipLevel.values)
# Shares of the four levels among small, medium and large workplaces.
LEVEL_SHARES = ((19, (52, 28, 14, 6)), (49, (30, 32, 24, 14)), (10**6, (18, 30, 30, 22)))
# Ways in, as often as the catalogue's job centres name them, and those who contacted us.
CHANNELS = dict(zip(OpeningChannel.values, (78, 50, 42, 27, 20), strict=True))
TRADE_OF_CODE = {trade.code: trade for trade in TRADES}
TEAM_OF_TOWN = {town: int(index > 2) for index, (_, town, _) in enumerate(TOWNS)}
TEAM_OF_TOWN |= {"Korsør": 1, "Skælskør": 1, "Høng": 0}


def settle_portfolios(
    workplaces: Sequence[Workplace], consultants: Sequence[User], random: Random, today: date
) -> None:
    """Give each workplace level, owner and profile, and write them in one go."""
    teams: list[list[User]] = [[], []]
    first_team = consultants[0].team_id
    for user in consultants:
        teams[user.team_id != first_team].append(user)
    for workplace in workplaces:
        employees = workplace.employees or 0
        shares = next(shares for top, shares in LEVEL_SHARES if employees <= top)
        workplace.level = random.choices(LEVELS, shares)[0]
        local = random.choice(teams[TEAM_OF_TOWN.get(workplace.town, 0)])
        known = workplace.level != RelationshipLevel.PASSIVE
        owned = not workplace.ceased_on and (known or random.random() < 0.75)
        workplace.owner = local if owned else None
        days = 30 + int(workplace.p_number[-4:]) % 1200
        workplace.owner_since = today - timedelta(days=days) if owned else None
        if known:
            _introduce(workplace, local, random, today)
    fields = ["level", "owner", "owner_since", "opened_by", "opened_on", "opened_channel",
              "about", "tone", "culture"]  # fmt: skip
    Workplace.objects.bulk_update(workplaces, fields, batch_size=BATCH // 10)


def _introduce(workplace: Workplace, by: User, random: Random, today: date) -> None:
    """Who opened the door, and what the place is like."""
    workplace.opened_by = by
    workplace.opened_on = today - timedelta(days=random.randint(120, 2500))
    workplace.opened_channel = random.choices(list(CHANNELS), list(CHANNELS.values()))[0]
    trade = TRADE_OF_CODE.get(workplace.industry.code) if workplace.industry else None
    workplace.about = trade.does if trade else ""
    if random.random() < 0.7:
        workplace.tone = random.choice(Tone.values)
        workplace.culture = random.choice(CULTURES)


def insert_contact_persons(workplaces: Sequence[Workplace], random: Random, today: date) -> int:
    """One to three people at each workplace; the workplaces become findable by their names."""
    people: list[ContactPerson] = []
    for workplace in workplaces:
        made = [
            _person(workplace, position, random, today)
            for position in range(_people_at(workplace, random))
        ]
        people += made
        workplace.refresh_derived([person.words for person in made if not person.left_on])
    ContactPerson.objects.bulk_create(people, batch_size=BATCH)
    Workplace.objects.bulk_update(workplaces, ["search_text", "size_band"], batch_size=BATCH // 4)
    return len(people)


def _people_at(workplace: Workplace, random: Random) -> int:
    if workplace.level == RelationshipLevel.PASSIVE:
        return random.randint(1, 2)
    return random.randint(2, 3 if (workplace.employees or 0) < 20 else 4)


def _person(workplace: Workplace, position: int, random: Random, today: date) -> ContactPerson:
    """The first is the main contact; among the later ones some have left."""
    name = person_name(random)
    gone = position > 1 and random.random() < 0.3
    spark = position == 0 and random.random() < 0.12
    host = workplace.email.partition("@")[2] or "demo.invalid"
    mailbox = name.split()[0].lower().translate(ASCII)
    return ContactPerson(
        workplace=workplace,
        name=name,
        title=TITLES[0] if position == 0 and random.random() < 0.5 else random.choice(TITLES),
        phone=phone(2000 + random.randrange(8000)),
        email=f"{mailbox}@{host}" if random.random() < 0.8 else "",
        is_main=position == 0,
        is_backup=position == 1 and random.random() < 0.7,
        is_spark=spark,
        spark_note=random.choice(SPARKS) if spark else "",
        confirmed_on=today - timedelta(days=random.randint(5, 500)),
        left_on=today - timedelta(days=random.randint(30, 600)) if gone else None,
    )


def insert_visit_windows(workplaces: Sequence[Workplace], random: Random, today: date) -> int:
    """Good times, and times to avoid, for half of the workplaces that are known."""
    windows: list[VisitWindow] = []
    slots = [(day, part) for day in Weekday.values for part in DayPart.values]
    for workplace in workplaces:
        if workplace.level == RelationshipLevel.PASSIVE or random.random() < 0.5:
            continue
        said_on = today - timedelta(days=random.randint(3, 300))
        windows += [
            VisitWindow(
                workplace=workplace, weekday=day, part=part, is_good=index < 3, said_on=said_on
            )
            for index, (day, part) in enumerate(random.sample(slots, random.randint(2, 5)))
        ]
    VisitWindow.objects.bulk_create(windows, batch_size=BATCH)
    return len(windows)
