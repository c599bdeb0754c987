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

from groups.models import SupportGroup
from groups.search.index.types import IndexQuery
from groups.search.query import Query
from groups.search.service import index_query
from groups.search.snapshot.snapshot import current_snapshot
from organisations.models import Organisation
from places.location.locate import locate
from tests.factories import (
    area,
    days_ago,
    make_group,
    make_organisation,
)
from tests.groups.search import reference
from tests.groups.search.random_directories import (
    AREAS,
    LISTED_STAGES,
    NAMES,
    TOPICS,
    WORDS,
    edit,
    fill,
    make_one,
    question,
)

pytestmark = pytest.mark.django_db


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


@pytest.mark.one_database("words are compared in memory")
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
