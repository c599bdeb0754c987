"""Groups that are read by compiled statements are those that querysets read, with all that hangs on them."""

import random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from groups.cards import CardHtml
from groups.feeds.changes import Change, Kind
from groups.feeds.views import encode_entry
from groups.group_reader import read_cards, read_entries, read_groups, read_page
from groups.models import Language, SupportGroup
from groups.models.meets_on_dates import NO_USUAL_DAY
from tests.factories import make_change, make_contact, make_group, make_organisation, make_schedule, make_venue
from tests.groups.search.random_directories import fill

pytestmark = pytest.mark.django_db

RELATIONS = ("schedules", "schedule_changes", "areas_served")
TERMS = ("topics", "activities", "audiences", "languages")


def columns(row) -> dict:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def facts(group: SupportGroup, relations: tuple[str, ...]) -> list:
    """The columns of a group and of all that is read with it, in order."""
    places = [group, *group.schedules.all(), *group.schedule_changes.all()]
    venues = [place.venue for place in places if place.venue]
    towns = [venue.town for venue in venues] + [group.town]
    rows = [group, group.organisation, *venues, *(town for town in towns if town)]
    rows += [row for relation in relations for row in getattr(group, relation).all()]
    return [group.last_checked_on, group.place_latitude, group.place_is_about, *map(columns, rows)]


def terms(group: SupportGroup) -> dict[str, list[tuple]]:
    """The terms of a group by relation, in order."""
    return {relation: [(row.pk, row.slug, row.name) for row in getattr(group, relation).all()] for relation in TERMS}


def test_groups_are_read_as_querysets_read_them_however_many_are_asked_for():
    fill(random.Random(11), 20)
    groups = {group.pk: group for group in SupportGroup.objects.with_last_check().with_place()}

    for keys in ([], [*groups][:1], [*groups][:16], [*groups]):
        found = read_groups(keys)

        asked = {pk: facts(groups[pk], RELATIONS) for pk in keys}
        assert {pk: facts(group, RELATIONS) for pk, group in found.items()} == asked


def test_cards_and_entries_are_drawn_of_the_columns_that_are_read_for_them():
    fill(random.Random(11), 20)
    # Without a regular time, an entry says whether there are dates.
    make_change(make_group())
    change = Change(1, Kind.CHANGED, timezone.now(), is_hidden=False)
    groups = SupportGroup.objects.with_last_check().for_cards()
    expected = {row.pk: (CardHtml.of(row), encode_entry(row, change, "https://a.example")) for row in groups}

    cards, entries = read_cards([*expected]), read_entries([*expected])

    with CaptureQueriesContext(connection) as asked:
        found = {pk: (CardHtml.of(cards[pk]), encode_entry(entries[pk], change, "https://a.example")) for pk in cards}
    assert (found, len(asked)) == (expected, 0)
    assert any(NO_USUAL_DAY in entry for _, entry in found.values())


def test_page_is_read_as_a_queryset_reads_it_and_asks_for_nothing_more():
    organisation = make_organisation()
    contact = make_contact(organisation=organisation)
    group = make_group(
        organisation=organisation,
        venue=make_venue(town="Chard"),
        areas=["Kent", "Somerset"],
        topics=["Anxiety", "Low mood"],
        activities=["Art"],
        audiences=["Men"],
        contacts=[contact],
    )
    group.languages.set([Language.objects.create(name=name, slug=name.lower()) for name in ("Welsh", "Bengali")])
    make_schedule(group, venue=make_venue(town="Ilminster"))
    make_change(group, venue=make_venue(town="Margate"))
    make_group(topics=["Anxiety"], areas=["Kent"])
    everything = (*RELATIONS, "routes", "contacts")
    queried = SupportGroup.objects.with_last_check().with_place().get(pk=group.pk)
    expected = facts(queried, everything), terms(queried)

    found = read_page(group.slug)

    with CaptureQueriesContext(connection) as asked:
        assert (facts(found, everything), terms(found)) == expected
    assert len(asked) == 0


def test_page_of_a_group_without_a_contact_is_read_with_the_networks_to_ask():
    organisation, network = make_organisation(), make_organisation()
    organisation.network_links.create(network=network)
    group = make_group(organisation=organisation, contacts=[make_contact(organisation=organisation, released=False)])

    found = read_page(group.slug)

    with CaptureQueriesContext(connection) as asked:
        assert list(found.organisation.networks.all()) == [network]
    assert len(asked) == 0


@pytest.mark.parametrize("change", [{"draft": True}, {"organisation": "draft"}])
def test_page_of_what_is_not_published_is_not_read(change):
    if change.get("organisation"):
        change = {"organisation": make_organisation(draft=True)}

    assert read_page(make_group(**change).slug) is None
