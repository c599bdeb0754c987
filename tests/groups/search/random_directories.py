"""Directories and searches at random, in which each thing that a search can go by occurs."""

import datetime
import random

from groups.choices import Focus, Frequency, Joining, LedBy, Stage, Weekday
from groups.models import Language, SupportGroup, Venue
from groups.search.facets import FACETS
from groups.search.index.chosen_facets import UNSAID
from groups.search.query import MILES, Query
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
        if access := make_terms(Venue.access_features.rel.model, rng.sample(ACCESS, rng.randint(0, 2))):
            venue.access_features.set(access)
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
    if languages := make_terms(Language, rng.sample(["Welsh"], rng.randint(0, 1))):
        group.languages.set(languages)
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
