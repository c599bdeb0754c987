"""Where a listing comes from another list: its attribution, for everybody, and its id there, for staff alone."""

import pytest

from tests.factories import make_group, make_organisation, make_venue
from tests.peersupport.html import parse, words
from tests.source_records import make_source_record

pytestmark = pytest.mark.django_db

ATTRIBUTION = "Contains public sector information licensed under the Open Government Licence v3.0."


@pytest.mark.parametrize("listing", ["group", "organisation", "venue"])
def test_page_has_the_words_that_a_licence_asks_for_and_no_id(client, listing):
    group = make_group(venue=make_venue(), organisation=make_organisation())
    subject = {"group": group, "organisation": group.organisation, "venue": group.venue}[listing]
    make_source_record(subject, foreign_id="Zyxwvut-17", attribution=ATTRIBUTION, url="https://example.org/list")

    page = client.get(subject.get_absolute_url())

    links = parse(page).findall(".//a[@href='https://example.org/list']")
    assert [words(link) for link in links] == [ATTRIBUTION]
    assert "Zyxwvut" not in page.content.decode()


def test_source_without_words_is_not_named(client):
    group = make_group()
    make_source_record(group, name="Zyxwvut list")

    assert group.attributions == []
    assert "Zyxwvut" not in client.get(group.get_absolute_url()).content.decode()
