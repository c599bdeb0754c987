"""The directory in memory finds what plain queries find, in the same order, with the same counts: always.

Random directories, random questions, random edits; the same seed everywhere, so both databases are asked the same.
"""

import datetime
import itertools
import random
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from groups.choices import Focus, Frequency, Joining, LedBy, Stage, Weekday
from groups.models import Language, SupportGroup, Venue
from groups.search.facets import FACETS
from groups.search.index.chosen_facets import UNSAID
from groups.search.index.types import IndexQuery
from groups.search.query import MILES, Query
from groups.search.service import index_query
from groups.search.snapshot.snapshot import current_snapshot
from organisations.models import Organisation
from places.location.locate import locate
from tests.factories import (
    area,
    days_ago,
    make_check,
    make_group,
    make_organisation,
    make_schedule,
    make_terms,
    make_venue,
    town,
)
from tests.groups.search import reference

pytestmark = pytest.mark.django_db

TOWNS = ["Chard", "Margate", "Loftus", "Redcar", "Faversham", "Dudley"]
AREAS = ["East Kent", "Kent", "Somerset", "Thanet", "England", "East Cleveland", "Redcar and Cleveland", "Swale"]
PLACES = ["Chard", "CT9 1AE", "Faversham", "East Kent", "Thanet", "Loftus", "TS13"]
TOPICS = ["Anxiety", "Depression", "Bereavement"]
ACTIVITIES = ["Art", "Walking"]
AUDIENCES = ["Men", "Women", "Carers", "Everybody"]
LISTED_STAGES = [Stage.FORMING, Stage.RUNNING, Stage.PAUSED]
ACCESS = ["Step-free entrance", "Hearing loop"]
WORDS = [
    "art",
    "tea",
    "men",
    "blokes",
    "chard",
    "kent",
    "monday",
    "evening",
    "depressed",
    "low mood",
    "tea men",
    "art anxiety",
    "walk art",
    "café",
    "group",
    "x",
    "welsh",
    "margate mind",
    "mmt",
    "art monday",
    "tea x",
    "art chard walk",
    "together",
    "example",
]
GROUP_NAMES = ["Tea and talk", "Art café", "Walk", "Men's shed", "Chard art", "Margate walk"]
SUMMARIES = ["Tea.", "We make art on Mondays.", "A walk in Redcar and Cleveland.", "Of low moods.", "A mood so low."]
NAMES = [
    "tea talk",
    "art cafe",
    "example kent",
    "mmt",
    "margate mind together",
    "chard art",
    "walk together",
    "art together",
    "tea kent",
    "nobody at all",
]


def fill(rng: random.Random, count: int) -> None:
    """A directory of every sort of group."""
    organisations = [
        make_organisation(name=name, draft=name == "Draft")
        for name in ("Example tea", "Example kent", "Margate Mind Together", "Draft")
    ]
    for number in range(count):
        make_one(rng, number, rng.choice(organisations))


def make_one(rng: random.Random, number: int, organisation: Organisation) -> SupportGroup:
    where = rng.choice(["town", "venue", "confidential", "nowhere"])
    place = town(rng.choice(TOWNS))
    point = (place.latitude + rng.uniform(-0.1, 0.1), place.longitude + rng.uniform(-0.1, 0.1))
    venue = None
    if where in ("venue", "confidential"):
        venue = make_venue(town=place, at=point, confidential=where == "confidential")
        venue.access_features.set(make_terms(Venue.access_features.rel.model, rng.sample(ACCESS, rng.randint(0, 2))))
    formats = rng.choice(
        [*[(True, False, False)] * 2, (True, True, False), *[(False, True, False)] * 2, (False, False, True)]
    )
    group = make_group(
        name=rng.choice(["Tea and talk", "Art café", "Walk", "Men's shed", "Chard art", "Margate walk"])
        + rng.choice(["", f" {number}"]),
        summary=rng.choice(
            ["Tea.", "We make art on Mondays.", "A walk in Redcar and Cleveland.", "Of low moods.", "A mood so low."]
        ),
        organisation=organisation,
        town=place if where == "town" else None,
        venue=venue,
        areas=rng.sample(AREAS, rng.choice([0, 0, 0, 1, 2])),
        topics=rng.sample(TOPICS, rng.randint(0, 2)),
        activities=rng.sample(ACTIVITIES, rng.randint(0, 1)),
        audiences=rng.sample(AUDIENCES, rng.randint(0, 1)),
        checked=rng.choice([None, days_ago(10), days_ago(260), days_ago(300), days_ago(500)]),
        focus=rng.choice(Focus.values),
        joining=rng.choice([*Joining.values, *[Joining.JUST_COME] * 4]),
        led_by=rng.choice(LedBy.values),
        stage=rng.choice([*Stage.values, *[Stage.RUNNING] * 4]),
        draft=rng.random() < 0.1,
        while_waiting=rng.choice(["yes", "no", "not said"]),
        alongside_services=rng.choice(["yes", "not said"]),
        after_services=rng.choice(["yes", "no", "not said"]),
        meets_in_person=formats[0],
        meets_online=formats[1],
        meets_by_phone=formats[2],
        **rng.choice([{"is_free": "yes"}, {"is_free": "no", "cost_note": "£2"}, {"is_free": "not said"}]),
        times_are_withheld=rng.random() < 0.1,
        stands_for_several=rng.random() < 0.2,
    )
    group.languages.set(make_terms(Language, rng.sample(["Welsh"], rng.randint(0, 1))))
    for _ in range(rng.randint(0, 3)):
        elsewhere = rng.choice([None, None, "open", "confidential"])
        make_schedule(
            group,
            venue=make_venue(confidential=elsewhere == "confidential") if elsewhere else None,
            weekday=rng.choice(list(Weekday)),
            frequency=rng.choice([Frequency.WEEKLY, Frequency.ASK]),
            starts_at=rng.choice([None, datetime.time(10), datetime.time(14, 30), datetime.time(19)]),
            last_date=rng.choice([None, None, days_ago(3), days_ago(-9)]),
        )
    return group


def edit(rng: random.Random) -> None:
    """One thing that an editor, or a command, may do."""
    group = rng.choice(list(SupportGroup.objects.all()))
    change = rng.randrange(10)
    if change == 0:
        group.name = "Renamed"
        group.save()
    elif change == 1:
        SupportGroup.objects.filter(pk=group.pk).update(joining=rng.choice(Joining.values))
    elif change == 2 and group.venue:
        group.venue.address_is_confidential = not group.venue.address_is_confidential
        group.venue.save()
    elif change == 3:
        make_check(group, days_ago(rng.randrange(600)))
    elif change == 4:
        group.topics.set(make_terms(SupportGroup.topics.rel.model, rng.sample(TOPICS, 2)))
    elif change == 5:
        group.schedules.all().delete()
    elif change == 6:
        organisation = group.organisation
        organisation.publication = rng.choice(["published", "withdrawn"])
        organisation.save()
    elif change == 7:
        group.delete()
    elif change == 8:
        for schedule in group.schedules.exclude(venue=None):
            schedule.venue.address_is_confidential = not schedule.venue.address_is_confidential
            schedule.venue.save()
    else:
        make_one(rng, 99, group.organisation)


def question(rng: random.Random) -> Query:
    """Something that somebody may ask."""
    terms = current_snapshot().terms
    choices = []
    for facet in FACETS:
        values = [value for value, _ in facet.answers(terms).values()]
        if values and rng.random() < (0.3 if facet.name in ("day", "time", "soon") else 0.12):
            choices.append((facet.name, tuple(rng.sample(values, min(len(values), rng.randint(1, 2))))))
    place = locate(rng.choice(PLACES)) if rng.random() < 0.5 else None
    return Query(
        place=place,
        area=area(rng.choice(AREAS)) if place is None and rng.random() < 0.5 else None,
        within=rng.choice(MILES),
        words=tuple(rng.choice(WORDS).replace("é", "e").split()) if rng.random() < 0.4 else (),
        name=tuple(rng.choice(NAMES).split()) if rng.random() < 0.2 else (),
        choices=tuple(choices),
        unsaid=tuple(facet for facet in UNSAID if rng.random() < 0.3),
        organisation=rng.choice([None, None, None, *Organisation.objects.values_list("pk", flat=True)]),
        sort=rng.choice(["", "", "", "nearest", "soonest", "name"]),
        page=rng.randint(1, 3),
    )


def held_to_the_reference(query: Query, now: datetime.datetime) -> None:
    current = current_snapshot()
    asked = index_query(query, current, now)
    answer = current.index.search(asked, now)
    truth = reference.search(query, now)
    first = (answer.page - 1) * reference.PER_PAGE

    assert asked.left_out == truth.left_out
    assert answer.total == len(truth.keys)
    shown = truth.keys[first : first + reference.PER_PAGE]
    assert [(match.pk, match.begins) for match in answer.matches] == [(pk, truth.begins[pk]) for pk in shown]
    assert {section: total for section, total in answer.section_totals.items() if total} == truth.sections
    assert ([match.pk for match in answer.area_wide], answer.area_wide_total) == (
        truth.serving[:3],
        len(truth.serving),
    )
    assert ([match.pk for match in answer.joinable_from_home], answer.from_home_total) == (
        truth.joinable_from_home,
        truth.from_home_total,
    )
    assert {
        facet: {value: answer.counts[facet].get(value, 0) for value in counts} for facet, counts in truth.counts.items()
    } == truth.counts
    assert answer.unsaid == truth.unsaid


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=3)
@given(seed=st.integers(0, 10**6))
def test_index_finds_what_plain_queries_find(seed, db):
    SupportGroup.objects.all().delete()
    Organisation.objects.all().delete()
    rng = random.Random(seed)
    fill(rng, 20)
    now = timezone.now().astimezone(ZoneInfo("Europe/London"))

    for _ in range(6):
        held_to_the_reference(question(rng), now)
    for _ in range(4):
        edit(rng)
        if not SupportGroup.objects.exists():
            make_one(rng, 0, make_organisation())
        held_to_the_reference(question(rng), now)


def test_groups_from_home_of_each_area_are_those_of_the_reference():
    for number in range(8):
        make_group(name=f"{number}", online=True, topics=TOPICS[: number // 4])
    now = timezone.now().astimezone(ZoneInfo("Europe/London"))

    for name in AREAS:
        held_to_the_reference(Query(area=area(name)), now)


def test_words_of_names_and_terms_together_rank_as_in_the_reference():
    for name, topics, summary in itertools.product(["Tea", "Walk"], [[], ["Tea"], ["Anxiety"]], ["Tea.", "Anxiety."]):
        make_group(name=name, topics=topics, summary=summary)
    now = timezone.now().astimezone(ZoneInfo("Europe/London"))

    for words in (("tea",), ("anxiety",), ("tea", "anxiety"), ("walk", "tea")):
        held_to_the_reference(Query(words=words), now)


def test_words_and_names_find_what_plain_queries_find():
    """Each of them once, which random questions do not hold to."""
    fill(random.Random(3), 16)
    now = timezone.now().astimezone(ZoneInfo("Europe/London"))

    for typed in WORDS:
        held_to_the_reference(Query(words=tuple(typed.replace("é", "e").split())), now)
    for typed in NAMES:
        words = tuple(typed.split())
        held_to_the_reference(Query(words=words, name=words, place=locate("East Kent")), now)
    for facet, value in (("audience", "women"), ("free", "yes"), ("services", "after")):
        held_to_the_reference(Query(choices=((facet, (value,)),)), now)
        held_to_the_reference(Query(choices=((facet, (value,)),), unsaid=(facet,)), now)


def test_every_page_together_holds_every_group_once():
    rng = random.Random(7)
    fill(rng, 45)
    now = timezone.now().astimezone(ZoneInfo("Europe/London"))
    current = current_snapshot()
    seen: list[int] = []

    for page in range(1, 5):
        asked = index_query(Query(place=locate("East Kent"), page=page), current, now)
        answer = current.index.search(asked, now)
        seen += [match.pk for match in answer.matches] if answer.page == page else []

    assert seen == reference.search(Query(place=locate("East Kent")), now).keys


def test_pages_that_do_not_search_show_groups_without_dates_in_the_order_of_the_best_match():
    # Every group of a name, stage, way to join and check; a page holds twelve of them.
    checks = [None, days_ago(1), days_ago(300)]
    for name, stage, closed, checked in itertools.product(["b", "A"], LISTED_STAGES, [True, False], checks):
        make_group(name=name, stage=stage, closed=closed, checked=checked)
    index, now = current_snapshot().index, timezone.now()
    pages = [index.search(IndexQuery(page=page), now) for page in (1, 2, 3)]

    listed = SupportGroup.objects.listed(timezone.localdate()).ordered_for_display(timezone.localdate())

    assert [match.pk for page in pages for match in page.matches] == list(listed.values_list("pk", flat=True))
    assert len(listed) == 36
