"""What may not be shown any more is asked for before a cached page is sent, even where no version has changed."""

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from common.bounded_cache import CACHE
from common.cache_dependencies import CacheDependencies, with_cache_dependencies
from common.models.content_version import SITE
from groups.models import Venue
from groups.search import fragment_cache
from groups.search.results import Matches
from groups.search.snapshot.hot_queries import State
from organisations.models import Contact, Organisation
from peersupport.content_versions.triggers import drop_triggers
from peersupport.page_cache.cached_responses import cached_response_of
from tests.factories import make_contact, make_group, make_organisation, make_schedule, make_venue

pytestmark = pytest.mark.django_db

PHONE = "01632 960 123"
CHANGES = {
    "contact is not released": lambda: Contact.objects.update(is_released=False),
    "venue is confidential": lambda: Venue.objects.update(address_is_confidential=True),
    "organisation is withdrawn": lambda: Organisation.objects.update(publication="withdrawn"),
}
SHOWN = dict(zip(CHANGES, [PHONE, "Example Street", PHONE], strict=True))


@pytest.mark.parametrize("change", CHANGES)
def test_cached_page_is_not_sent_with_what_was_taken_back_though_no_version_says_so(change):
    organisation = make_organisation()
    contact = make_contact(organisation=organisation, phone=PHONE)
    venue = make_venue(name="Example Hall", address="1 Example Street", town="Chard")
    group = make_group(organisation=organisation, venue=venue, contacts=[contact])
    client, address = Client(), group.get_absolute_url()
    before = client.get(address).content.decode()
    hits = CACHE.hits["answer"]
    again = client.get(address).content.decode()
    assert (SHOWN[change] in before, again == before, CACHE.hits["answer"]) == (True, True, hits + 1)

    drop_triggers()
    CHANGES[change]()

    assert SHOWN[change] not in client.get(address).content.decode()


def test_cached_page_of_an_organisation_is_not_sent_once_it_is_withdrawn_though_no_version_says_so():
    client, address = Client(), make_organisation().get_absolute_url()
    statuses = [client.get(address).status_code for _ in range(2)]
    assert (statuses, CACHE.hits["answer"] > 0) == ([200, 200], True)

    drop_triggers()
    CHANGES["organisation is withdrawn"]()

    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "address", ["/areas/somerset/", "/groups/?area=somerset", "/embed/areas/somerset/", "/areas/somerset/calendar.ics"]
)
def test_cached_list_is_not_sent_with_a_group_that_was_taken_back_though_no_version_says_so(address):
    make_schedule(make_group(name="Example tea", organisation=make_organisation(), town="Chard"))
    client = Client()
    pages = [client.get(address).content.decode() for _ in range(2)]
    assert ("Example tea" in pages[0], pages[1] == pages[0], CACHE.hits["answer"] > 0) == (True, True, True)

    drop_triggers()
    CHANGES["organisation is withdrawn"]()

    assert "Example tea" not in client.get(address).content.decode()


@pytest.mark.parametrize(
    "address, owner, name",
    [
        ("/areas/somerset/", Matches, "dependencies"),
        ("/embed/areas/somerset/", Matches, "dependencies"),
        ("/groups/?area=somerset", fragment_cache, "render_fragments"),
    ],
)
def test_list_that_was_made_while_somebody_edited_is_not_sent_again(address, owner, name, monkeypatch):
    group = make_group(name="Example tea", organisation=make_organisation(), town="Chard")
    client, function = Client(), getattr(owner, name)

    def edited_meanwhile(*arguments):
        group.name = "Example coffee"
        group.save()
        return function(*arguments)

    monkeypatch.setattr(owner, name, edited_meanwhile)
    first = client.get(address).content.decode()
    monkeypatch.undo()

    assert ("Example tea" in first, "Example coffee" in client.get(address).content.decode()) == (True, True)


def test_answer_of_a_database_without_versions_is_not_cached():
    response = with_cache_dependencies(HttpResponse("Example"), CacheDependencies((SITE,)))
    now = timezone.now()

    answers = [cached_response_of(response, None, State(site=site), now) for site in (0, 7)]

    assert (answers[0], answers[1].versions) == (None, {SITE: 7})
