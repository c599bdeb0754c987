"""Hundreds of posts from as many addresses: the form stays open, what is true is found, and storage stays bounded."""

import datetime
import random

import pytest
from django.contrib import admin
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from groups.choices import ReportPart
from groups.feedback import flood_control
from groups.feedback.flood_control import MOST_A_DAY, MOST_ALIKE, MOST_AN_HOUR, make_room
from groups.feedback.models.need import Need
from groups.feedback.models.report import Report
from groups.feedback.models.suggestion import Suggestion
from groups.feedback.reports import record_report
from tests.factories import area, make_group, make_organisation
from tests.groups.feedback.posting import send
from tests.staff.people import make_contributor, make_editor, sign_in

pytestmark = pytest.mark.django_db

SUGGEST, MISSING = reverse("groups:group_suggest"), reverse("groups:missing")
#: How many posts a wave has: more than enter the queue in an hour, twice over.
WAVE = 64
GENUINE = {
    "before": {"name": "Margate sea swimmers", "what": "We swim in the sea and drink tea.", "place": "Margate"},
    "within": {"name": "Chard allotment", "what": "Digging and talking. For men.", "place": "Chard"},
    "after": {"name": "Whitby knitters", "what": "A warm room and wool.", "place": "Whitby"},
}


def numbered(number: int) -> dict[str, str]:
    """A post as a simple robot makes it: one text, with a number."""
    return {"name": f"Great group {number}", "what": f"Come to meeting no. {number} and be happy.", "place": "Chard"}


def unlike(number: int) -> dict[str, str]:
    """A post that shares no words with any other."""
    words = random.Random(number)
    made = ["".join(words.choices("abcdefghijklmnopqrstuvwxyz", k=7)) for _ in range(8)]
    return {"name": " ".join(made[:2]), "what": " ".join(made[2:]), "place": "Chard"}


@pytest.fixture
def format_time(monkeypatch):
    """A clock that stands still until it is put on."""

    class Clock:
        now = timezone.now()

        def put_on(self, **time) -> None:
            self.now += datetime.timedelta(**time)

    format_time = Clock()
    monkeypatch.setattr(timezone, "now", lambda: format_time.now)
    return format_time


def post_all(client, format_time, address: str, make) -> set[int]:
    """Send a wave, each post from an address of its own, with a genuine one before, within and after it."""
    statuses = set()
    posts = [GENUINE["before"], *map(make, range(WAVE)), GENUINE["after"]]
    posts.insert(WAVE // 2, GENUINE["within"])
    for number, post in enumerate(posts):
        if number in (1, len(posts) - 1):
            format_time.put_on(hours=2)
        client.defaults["REMOTE_ADDR"] = f"198.51.100.{number}"
        typed = post if address == SUGGEST else {"what": f"{post['name']}: {post['what']}", "place": post["place"]}
        statuses.add(send(client, address, **typed).status_code)
        format_time.put_on(seconds=2)
    return statuses


def is_genuine(row) -> bool:
    return any(post["what"] in row.what for post in GENUINE.values())


@pytest.mark.parametrize("address, model", [(SUGGEST, Suggestion), (MISSING, Need)])
def test_wave_of_one_text_with_numbers_is_set_aside_and_true_ones_wait_in_the_queue(
    client, format_time, monkeypatch, address, model
):
    """It is larger than what a post is compared with, and than the queue: as the one that once closed the form."""
    monkeypatch.setattr(flood_control, "MOST_COMPARED", WAVE // 2)
    monkeypatch.setattr(flood_control, "MOST_WAITING", WAVE // 2)
    statuses = post_all(client, format_time, address, numbered)

    queue = list(model.objects.filter(is_set_aside=False))
    assert statuses == {302}
    assert model.objects.count() == WAVE + 3
    assert sum(map(is_genuine, queue)) == 3
    assert len(queue) == 3 + MOST_ALIKE


@pytest.mark.parametrize("address, model", [(SUGGEST, Suggestion), (MISSING, Need)])
def test_wave_whose_words_are_all_different_is_set_aside_by_its_speed_and_no_true_one_is_lost(
    client, format_time, address, model
):
    statuses = post_all(client, format_time, address, unlike)

    rows = list(model.objects.order_by("pk"))
    queue = [row for row in rows if not row.is_set_aside]
    assert statuses == {302}
    assert [row.is_set_aside for row in rows if is_genuine(row)] == [False, True, False]
    assert len(queue) == 2 + MOST_AN_HOUR
    # The newest of the wave went first: what stands in the queue of it came first.
    assert [row.is_set_aside for row in rows if not is_genuine(row)] == [False] * MOST_AN_HOUR + [True] * (
        WAVE - MOST_AN_HOUR
    )


def test_slow_wave_fills_no_more_of_the_queue_than_so_many_a_day(client, format_time):
    for number in range(MOST_A_DAY - 2):
        Suggestion.objects.create(**unlike(number))
        format_time.put_on(minutes=5)
    for number in range(MOST_A_DAY, MOST_A_DAY + 5):
        client.defaults["REMOTE_ADDR"] = f"198.51.100.{number}"
        send(client, SUGGEST, **unlike(number))
        format_time.put_on(minutes=5)

    assert Suggestion.objects.filter(is_set_aside=False).count() == MOST_A_DAY


def test_reading_the_queue_makes_room_in_it(client, format_time):
    for number in range(MOST_AN_HOUR):
        Suggestion.objects.create(**unlike(number))
    Suggestion.objects.update(state="declined", closed_on=format_time.now.date())

    send(client, SUGGEST, **GENUINE["within"])

    assert Suggestion.objects.get(state="open").is_set_aside is False


def test_wave_of_reports_over_many_listings_is_set_aside(format_time):
    groups = [make_group() for _ in range(MOST_AN_HOUR + 10)]
    early = record_report(groups[0], ReportPart.TIME, "It is at 7pm now.")
    format_time.put_on(hours=2)
    for number, group in enumerate(groups):
        record_report(group, ReportPart.ENDED, unlike(number)["what"])
    during = record_report(groups[1], ReportPart.PLACE, "It is at the library now.")
    format_time.put_on(hours=2)
    late = record_report(groups[2], ReportPart.TIME, "It is at 6pm now.")

    assert [early.is_set_aside, during.is_set_aside, late.is_set_aside] == [False, True, False]
    assert Report.objects.filter(is_set_aside=False).count() == MOST_AN_HOUR + 2
    assert Report.objects.count() == len(groups) + 3


def test_long_reports_that_look_alike_are_set_aside_and_short_true_ones_are_not():
    long = [
        record_report(
            make_group(), ReportPart.ELSE, f"Call the friendly experts at our office number {number} for offers"
        )
        for number in range(5)
    ]
    short = [record_report(make_group(), ReportPart.TIME, f"It is at {number}pm now.") for number in range(1, 6)]

    assert [report.is_set_aside for report in long] == [False] * MOST_ALIKE + [True] * 2
    assert [report.is_set_aside for report in short] == [False] * 5


def test_same_wish_of_many_people_in_many_places_is_demand_and_no_wave(client):
    for number, place in enumerate(["Chard", "Margate", "Dudley", "Whitby", "Hull", "Cardiff"]):
        client.defaults["REMOTE_ADDR"] = f"198.51.100.{number}"
        send(client, MISSING, what="A walking group in the evening", place=place)

    assert list(Need.objects.values_list("is_set_aside", flat=True)) == [False] * 6


# What is kept of a very large wave


def aside(posts) -> None:
    """Rows that were set aside: seconds after the first, and what they look like."""
    first = timezone.now() - datetime.timedelta(days=2)
    for name, seconds, cluster in posts:
        row = Suggestion.objects.create(name=name, what="x", is_set_aside=True, cluster=cluster)
        Suggestion.objects.filter(pk=row.pk).update(created_at=first + datetime.timedelta(seconds=seconds))


def left() -> list[str]:
    return list(Suggestion.objects.order_by("created_at").values_list("name", flat=True))


def test_of_those_that_look_alike_go_the_ones_in_excess_before_anything_unlike_them():
    aside([("true", 5, "t"), *((f"robot {number}", number * 100, "r") for number in range(8)), ("new", 900, "")])

    make_room(Suggestion.objects.filter(is_set_aside=True), 4)

    assert sorted(left()) == ["new", "robot 0", "robot 7", "true"]


def test_of_those_that_are_all_unlike_go_the_ones_that_came_closest_together():
    burst = [(f"burst {number}", 5000 + number, f"{number}") for number in range(50)]
    aside([("morning", 0, "a"), *burst, ("evening", 40_000, "b"), ("night", 60_000, "c")])

    make_room(Suggestion.objects.filter(is_set_aside=True), 10)

    stored = left()
    assert (len(stored), stored[0], stored[-2:]) == (10, "morning", ["evening", "night"])


def test_of_a_wave_that_lasts_an_even_sample_is_kept_as_it_comes(format_time):
    """Each has the same chance to stay, wherever in the wave it came: neither the first nor the last have all."""
    for number in range(400):
        Suggestion.objects.create(name=str(number), what="x", is_set_aside=True, cluster=f"of {number}")
        format_time.put_on(seconds=1)
        make_room(Suggestion.objects.filter(is_set_aside=True), 20)

    stored = [int(name) for name in left()]
    gaps = [after - before for before, after in zip(stored, stored[1:], strict=False)]
    assert (len(stored), stored[0], stored[-1]) == (20, 0, 399)
    assert max(gaps[:-1]) <= 64


def test_nothing_in_the_queue_is_ever_deleted_for_a_wave(client, format_time, monkeypatch):
    monkeypatch.setattr(flood_control, "MOST_SET_ASIDE", 10)
    statuses = post_all(client, format_time, SUGGEST, unlike)

    assert statuses == {302}
    assert Suggestion.objects.filter(is_set_aside=True).count() == 10
    assert Suggestion.objects.filter(is_set_aside=False).count() == 2 + MOST_AN_HOUR
    assert Suggestion.objects.filter(Q(name=GENUINE["before"]["name"]) | Q(name=GENUINE["after"]["name"])).count() == 2


# Words


# What staff see


@pytest.fixture
def three() -> list[Suggestion]:
    page = {"what": "Talk.", "area": area("Somerset")}
    waiting = Suggestion.objects.create(name="Waiting", **page)
    return [waiting, *(Suggestion.objects.create(name=f"Aside {n}", is_set_aside=True, **page) for n in "12")]


def names_at(client, **asked) -> list[str]:
    rows = client.get(reverse("admin:groups_suggestion_changelist"), asked).context["cl"].queryset
    return sorted(row.name for row in rows)


def choose(client, action: str, rows, model: str = "suggestion"):
    chosen = {"action": action, admin.helpers.ACTION_CHECKBOX_NAME: [row.pk for row in rows]}
    return client.post(f"{reverse(f'admin:groups_{model}_changelist')}?set_aside=all", chosen, follow=True)


def test_list_shows_the_queue_and_what_was_set_aside_when_asked(admin_client, three):
    assert names_at(admin_client) == ["Waiting"]
    assert names_at(admin_client, set_aside="yes") == ["Aside 1", "Aside 2"]
    assert names_at(admin_client, set_aside="all") == ["Aside 1", "Aside 2", "Waiting"]


def test_many_are_taken_back_into_the_queue_at_once(admin_client, three):
    response = choose(admin_client, "take_back", three)

    assert names_at(admin_client) == ["Aside 1", "Aside 2", "Waiting"]
    assert "2 suggestions taken back into the queue." in response.text


def test_what_is_open_is_set_aside_and_its_days_are_counted_from_then(admin_client, three):
    long_ago = timezone.now() - datetime.timedelta(days=400)
    Suggestion.objects.filter(pk=three[0].pk).update(created_at=long_ago, updated_at=long_ago)

    choose(admin_client, "set_aside", three)

    row = Suggestion.objects.get(pk=three[0].pk)
    assert (row.is_set_aside, row.updated_at.date()) == (True, timezone.now().date())


def test_what_is_done_or_shown_to_everybody_is_not_set_aside(admin_client, three):
    Suggestion.objects.filter(pk=three[0].pk).update(state="known", closed_on=timezone.localdate())
    need = Need.objects.create(what="Chess", is_shown=True)

    choose(admin_client, "set_aside", three[:1])
    choose(admin_client, "set_aside", [need], "need")

    assert Suggestion.objects.get(pk=three[0].pk).is_set_aside is False
    assert Need.objects.get().is_set_aside is False


def test_editor_takes_back_what_is_of_their_area_and_a_contributor_nothing(client, three):
    ours = make_organisation(areas=["Somerset"])
    elsewhere = Suggestion.objects.create(name="Far", what="x", area=area("Thanet"), is_set_aside=True)

    choose(sign_in(client, make_contributor(ours)), "take_back", [*three, elsewhere])
    before = Suggestion.objects.filter(is_set_aside=True).count()
    choose(sign_in(client, make_editor(ours)), "take_back", [*three, elsewhere])

    assert before == 3
    assert list(Suggestion.objects.filter(is_set_aside=True)) == [elsewhere]
