"""Many who press at once: numbers stay unique and only one of two acts."""

import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.utils import timezone

from accounts.models import User
from companies.models import Workplace
from partnerships import actions
from partnerships.models import Agreement

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """SQLite in a file: threads do not share one connection in memory."""
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database.setdefault("TEST", {})
        database["TEST"]["NAME"] = str(tmp_path_factory.mktemp("parallel") / "test.sqlite3")


def in_parallel(count, deed):
    """The outcomes of `deed`, done `count` times by four hands at once."""

    def once(turn):
        try:
            return deed(turn)
        except (actions.AgreementError, OperationalError) as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as hands:
        return list(hands.map(once, range(count)))


def skip_in_memory():
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("threads need a database in a file")


def test_numbers_are_unique_and_without_holes(organisation, workplace, alice):
    skip_in_memory()

    def start(turn):
        place, user = Workplace.objects.get(), User.objects.get()
        return actions.start_agreement(workplace=place, by=user).number

    made = in_parallel(16, start)
    year = timezone.localdate().year
    assert sorted(made) == [f"{year}-{n:03d}" for n in range(1, 17)]


def test_one_press_sent_many_times_makes_one_agreement(organisation, workplace, alice):
    skip_in_memory()
    key = uuid.uuid4()

    def start(turn):
        place, user = Workplace.objects.get(), User.objects.get()
        return actions.start_agreement(workplace=place, by=user, submission=key).pk

    assert len(set(in_parallel(8, start))) == 1


def test_of_many_who_sign_or_take_back_exactly_one_succeeds(sent):
    skip_in_memory()

    def act(turn):
        agreement, user = Agreement.objects.get(), User.objects.get()
        if turn % 2:
            return actions.take_back(agreement=agreement, by=user).status
        day = timezone.localdate()
        return actions.register_signature(agreement=agreement, by=user, signed_on=day).status

    agreements = [Agreement.objects.get().status]
    outcomes = in_parallel(8, act)
    done = [each for each in outcomes if not isinstance(each, Exception)]
    assert agreements == ["for_signature"]
    assert len(done) == 1, Counter(map(str, outcomes))
    assert Agreement.objects.get().status == done[0]
