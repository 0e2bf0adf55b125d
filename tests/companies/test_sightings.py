"""Tasks seen and leads spotted without a visit: noted, mended, gone and back."""

import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Event
from companies import actions
from companies.models import Lead, TaskOpportunity
from tests.factories import ActivityFactory, UserFactory, WorkplaceFactory

pytestmark = pytest.mark.django_db
DETAILS = {"title": "Opvask", "hours_a_week": None, "season": "", "skills": ""}


@pytest.fixture
def alice():
    return UserFactory(name="Alice Prøvesen", language="en")


@pytest.fixture
def web(client, alice):
    client.force_login(alice)
    return client


@pytest.fixture
def place():
    return WorkplaceFactory()


def url(name, *args):
    return reverse(f"companies:{name}", args=args)


def there(model):
    return model.objects.there().count()


def test_the_same_form_sent_twice_is_one_task(alice, place):
    sent = uuid.uuid4()
    for _ in range(2):
        actions.add_task_seen(
            workplace=place, by=alice, area="kitchen", details=DETAILS, submission=sent
        )
    assert there(TaskOpportunity) == 1
    assert Event.objects.filter(action="task_seen_added").count() == 1


def test_a_task_is_added_changed_taken_off_and_put_back(web, place):
    form = web.get(url("seen_new", place.pk)).context["form"]
    sent = {"submission": form["submission"].value(), "area": "kitchen", "title": "Opvask"}
    said = {**sent, "hours_a_week": "6.5", "season": "summer", "skills": "stand for long"}
    text = web.post(url("seen_new", place.pk), said, follow=True).content.decode()
    task = TaskOpportunity.objects.get()
    assert (task.area, task.title, str(task.hours_a_week)) == ("kitchen", "Opvask", "6.5")
    assert f'action="{url("seen_remove", task.pk)}"' in text
    assert "6.5 hours a week" in text
    assert web.post(url("seen_edit", task.pk), {"title": "Opvask og borde"}).status_code == 302
    task.refresh_from_db()
    assert (task.title, task.area, task.hours_a_week) == ("Opvask og borde", "kitchen", None)
    text = web.post(url("seen_gone", task.pk), follow=True).content.decode()
    assert there(TaskOpportunity) == 0
    assert f'action="{url("seen_back", task.pk)}"' in text
    web.post(url("seen_back", task.pk))
    assert there(TaskOpportunity) == 1


def test_undo_of_adding_leaves_what_colleagues_saw(web, place):
    visit = ActivityFactory(workplace=place)
    theirs = visit.task_opportunities.create(workplace=place, area="kitchen")
    text = web.post(url("seen_new", place.pk), {"area": "kitchen"}, follow=True).content.decode()
    mine = TaskOpportunity.objects.exclude(pk=theirs.pk).get()
    assert f'action="{url("seen_remove", mine.pk)}"' in text
    text = web.post(url("seen_remove", mine.pk), follow=True).content.decode()
    assert list(TaskOpportunity.objects.there()) == [theirs]
    assert f'action="{url("seen_restore", mine.pk)}"' in text
    web.post(url("seen_restore", mine.pk))
    assert there(TaskOpportunity) == 2
    events = list(Event.objects.order_by("pk").values_list("action", flat=True))
    assert events == ["task_seen_added", "task_seen_removed", "task_seen_restored"]


def test_what_a_visit_unticked_is_not_brought_back_behind_its_back(web, alice, place):
    visit = ActivityFactory(workplace=place, user=alice)
    task = visit.task_opportunities.create(
        workplace=place, area="kitchen", removed_at=timezone.now()
    )
    assert web.post(url("seen_restore", task.pk)).status_code == 404
    assert web.get(url("seen_edit", task.pk)).status_code == 404


@pytest.mark.parametrize(("hours", "status"), [("0", 422), ("0.5", 302), ("60", 302), ("61", 422)])
def test_hours_a_week_have_the_same_limits_on_a_visit_and_without_one(web, place, hours, status):
    answer = web.post(url("seen_new", place.pk), {"area": "stock", "hours_a_week": hours})
    assert answer.status_code == status
    said = {"kind": "visit", "on": timezone.localdate().isoformat(), "outcome": "positive"}
    said |= {"seen": ["stock"], "task-stock-hours_a_week": hours}
    assert web.post(url("log_visit", place.pk), said).status_code == status


def test_hours_are_written_the_danish_way(client, place):
    client.force_login(UserFactory(language="da"))
    client.post(url("seen_new", place.pk), {"area": "stock", "hours_a_week": "4,5"})
    task = TaskOpportunity.objects.get()
    assert str(task.hours_a_week) == "4.5"
    assert 'value="4,5"' in client.get(url("seen_edit", task.pk)).content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"area": ""},
        {"area": "stock", "hours_a_week": "120"},
        {"area": "stock", "title": "Ring til 010190-1234"},
    ],
)
def test_a_refused_task_keeps_what_was_typed(web, place, wrong):
    answer = web.post(url("seen_new", place.pk), {"skills": "løfte 10 kg", **wrong})
    assert answer.status_code == 422
    assert "løfte 10 kg" in answer.content.decode()
    assert not TaskOpportunity.objects.exists()


def test_what_is_one_line_is_mended_and_taken_off_as_one(alice, place):
    for _ in range(2):
        visit = ActivityFactory(workplace=place)
        task = visit.task_opportunities.create(workplace=place, area="kitchen")
    other = place.task_opportunities.create(area="kitchen", title="Buffet")
    actions.edit_task_seen(task=task, by=alice, details=DETAILS)
    assert TaskOpportunity.objects.filter(title="Opvask").count() == 2
    actions.mark_task_gone(task=task, by=alice, on=timezone.localdate())
    assert list(TaskOpportunity.objects.there()) == [other]
    actions.restore_task_seen(task=task, by=alice)
    assert there(TaskOpportunity) == 3


def test_the_trail_names_the_fields_and_not_what_they_hold(alice, place):
    task = place.task_opportunities.create(area="kitchen")
    actions.edit_task_seen(task=task, by=alice, details=DETAILS)
    event = Event.objects.get(action="task_seen_edited")
    assert event.changes == {"task": "kitchen", "fields": ["title"]}
    assert event.object_id == str(place.pk)


def test_a_task_of_a_deleted_visit_cannot_be_opened(web, place):
    visit = ActivityFactory(workplace=place, removed_at=timezone.now())
    task = visit.task_opportunities.create(workplace=place, area="kitchen")
    assert web.get(url("seen_edit", task.pk)).status_code == 404


def test_a_lead_is_spotted_with_one_press_and_taken_back(web, alice, place):
    text = web.post(url("spot", place.pk, "flexjob"), follow=True).content.decode()
    lead = Lead.objects.get()
    assert (lead.spotted_by, lead.seen_on, lead.activity) == (alice, timezone.localdate(), None)
    assert "Flexjob: Alice Prøvesen, today" in text
    assert f'action="{url("spot_gone", place.pk, "flexjob")}"' in text
    text = web.post(url("spot_gone", place.pk, "flexjob"), follow=True).content.decode()
    assert there(Lead) == 0
    assert "Flexjob: Alice" not in text
    web.post(url("spot_back", place.pk, "flexjob"))
    assert there(Lead) == 1


def test_pressing_twice_is_one_lead(alice, place):
    for _ in range(2):
        actions.spot_lead(workplace=place, kind="mentor", by=alice)
    assert Lead.objects.count() == 1
    assert Event.objects.filter(action="lead_spotted").count() == 1


def test_a_lead_from_a_visit_is_taken_off_too(alice, place):
    ActivityFactory(workplace=place).leads.create(workplace=place, kind="mentor")
    actions.spot_lead(workplace=place, kind="mentor", by=alice)
    today = timezone.localdate()
    assert actions.drop_lead(workplace=place, kind="mentor", by=alice, on=today) == 2
    assert actions.drop_lead(workplace=place, kind="mentor", by=alice, on=today) == 0
    assert actions.restore_lead(workplace=place, kind="mentor", by=alice, on=today) == 2


def test_there_is_no_lead_of_an_unknown_kind(web, place):
    assert web.post(url("spot", place.pk, "gold")).status_code == 404


def test_traits_are_saved_once_and_only_changes_are_recorded(alice, place):
    actions.save_traits(workplace=place, by=alice, traits=["local", "lifting"])
    actions.save_traits(workplace=place, by=alice, traits=["lifting", "local"])
    actions.save_traits(workplace=place, by=alice, traits=["lifting", "noise"])
    kinds = dict(place.traits.values_list("trait", "kind"))
    assert kinds == {"lifting": "consideration", "noise": "consideration"}
    assert Event.objects.filter(action="traits_saved").count() == 2


def test_the_profile_takes_traits_and_what_people_must_be_able_to(web, place):
    said = {
        "level": "contact",
        "sector": "private",
        "products": "Frokost",
        "skill_demands": "Hygiejnebevis",
        "motivations": ["local", "try_out"],
        "considerations": ["standing"],
    }
    assert web.post(url("profile_edit", place.pk), said).status_code == 302
    place.refresh_from_db()
    assert (place.products, place.skill_demands) == ("Frokost", "Hygiejnebevis")
    assert set(place.traits.values_list("trait", flat=True)) == {"local", "try_out", "standing"}
    form = web.get(url("profile_edit", place.pk)).context["form"]
    assert sorted(form["motivations"].value()) == ["local", "try_out"]


def test_a_fold_with_an_error_is_open(web, place):
    said = {
        "level": "contact",
        "sector": "private",
        "opened_by": place.owner_id or "",
        "opened_on": "x",
    }
    answer = web.post(url("profile_edit", place.pk), said)
    assert answer.status_code == 422
    assert [fold["open"] for fold in answer.context["form"].folds] == [
        True,
        False,
        False,
        False,
        True,
    ]
