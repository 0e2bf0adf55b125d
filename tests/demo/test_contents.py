"""What people find in the demo municipality."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.actions import broken_events
from accounts.enums import Role
from accounts.models import Organisation, User
from cabi_crm.demo import load
from cabi_crm.demo.load import Size, load_demo
from cabi_crm.demo.people import PASSWORD
from companies.models import Activity, ContactPerson, Workplace
from partnerships.enums import AgreementStatus
from partnerships.models import Agreement, AgreementDocument


@pytest.fixture(scope="module", autouse=True)
def demo(django_db_setup, django_db_blocker):
    """One demo of a quarter of the size for all of these, thrown away afterwards."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setitem(load.SIZES, "small", Size(60, 90))
        load_demo(size="small", seed=42, today=timezone.localdate(), say=lambda line: None)
        yield
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_it_has_people_of_each_role_who_share_a_password():
    assert set(User.objects.values_list("role", flat=True)) == set(Role.values)
    assert all(user.check_password(PASSWORD) for user in User.objects.all())
    assert set(User.objects.values_list("email", flat=True)) == set(
        User.objects.filter(email__endswith="@demo.invalid").values_list("email", flat=True)
    )


@pytest.mark.django_db
def test_it_holds_work_in_every_state():
    now, today = timezone.now(), timezone.localdate()
    assert Organisation.objects.get().label == "Jobcenter Slagelse (demo)"
    assert Workplace.objects.count() == 90
    assert ContactPerson.objects.exclude(left_on=None).exists()
    states = set(Agreement.objects.values_list("status", flat=True))
    assert states == set(AgreementStatus.values) - {AgreementStatus.DROPPED}
    assert Agreement.objects.up_for_renewal(today, 60).exists()
    assert Activity.objects.unfinished().exists()
    assert Activity.objects.open().filter(starts_at__date=today).exists()
    assert Activity.objects.open().filter(starts_at__lt=now - timedelta(days=2)).exists()
    assert all(document.is_intact for document in AgreementDocument.objects.all())
    assert not list(broken_events())


@pytest.mark.django_db
def test_nothing_happened_after_today_but_plans():
    assert not Activity.objects.held().filter(starts_at__gt=timezone.now()).exists()
