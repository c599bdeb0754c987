"""Sitemaps: what is in them, and what is not."""

import datetime
from xml.etree import ElementTree

import pytest
from django.urls import reverse

from groups.choices import Stage
from groups.models import SupportGroup
from organisations.choices import Publication
from organisations.models import Organisation
from peersupport.sitemaps import SITEMAPS
from tests.factories import make_group, make_organisation, make_venue

pytestmark = pytest.mark.django_db

NS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def rows(client, address: str, kind: str = "url") -> dict[str, str | None]:
    """Return the last change of each address in a sitemap, or in the index, without the host."""
    response = client.get(address)
    assert (response.status_code, response["Content-Type"]) == (200, "application/xml")
    found = ElementTree.fromstring(response.content).iter(f"{NS}{kind}")
    return {row.findtext(f"{NS}loc").removeprefix("http://testserver"): row.findtext(f"{NS}lastmod") for row in found}


def test_index_names_a_file_for_each_kind(client):
    assert list(rows(client, reverse("sitemap_index"), "sitemap")) == [
        f"/sitemap-{kind}.xml" for kind in ("pages", "areas", "groups", "organisations", "roles")
    ]


def test_groups_that_are_listed_are_there_with_the_day_of_their_last_change(client):
    listed = make_group(name="Example one", venue=make_venue(town="Chard"))
    make_group(name="Example draft", publication=Publication.DRAFT)
    make_group(name="Example ended", stage=Stage.ENDED)
    make_group(name="Example withdrawn", organisation=make_organisation(publication=Publication.WITHDRAWN))

    changed = SupportGroup.objects.get(pk=listed.pk).updated_at
    assert rows(client, reverse("sitemap", args=["groups"])) == {listed.get_absolute_url(): f"{changed:%Y-%m-%d}"}


def test_areas_are_those_with_groups(client):
    make_group(venue=make_venue(town="Chard"))

    addresses = set(rows(client, reverse("sitemap", args=["areas"])))

    assert {"/areas/somerset/", "/areas/kent/"} & addresses == {"/areas/somerset/"}


def test_pages_of_the_site_can_all_be_opened(client):
    statuses = {
        address: client.get(address).status_code for address in rows(client, reverse("sitemap", args=["pages"]))
    }

    assert len(statuses) == 19
    assert set(statuses.values()) == {200}


def test_kind_that_is_none_is_not_found(client):
    assert client.get(reverse("sitemap", args=["people"])).status_code == 404


def test_files_of_groups_have_each_listed_group_once(client, monkeypatch):
    monkeypatch.setattr(SITEMAPS["groups"], "limit", 3)
    groups = [make_group(name=f"Example {number}") for number in range(8)]
    groups.pop(4).delete()
    files = rows(client, reverse("sitemap_index"), "sitemap")

    found = [[*rows(client, address)] for address in files if address.startswith("/sitemap-groups")]

    assert found == [[group.get_absolute_url() for group in groups[start : start + 3]] for start in (0, 3, 6)]


def test_index_says_when_a_row_of_each_kind_was_last_changed(client):
    group, draft = make_group(name="Example one"), make_group(name="Example draft", publication=Publication.DRAFT)
    SupportGroup.objects.filter(pk=group.pk).update(updated_at=datetime.datetime(2026, 3, 4, 12, tzinfo=datetime.UTC))
    SupportGroup.objects.filter(pk=draft.pk).update(updated_at=datetime.datetime(2026, 5, 4, 12, tzinfo=datetime.UTC))
    Organisation.objects.update(updated_at=datetime.datetime(2026, 4, 4, 12, tzinfo=datetime.UTC))

    found = rows(client, reverse("sitemap_index"), "sitemap")

    assert [*found.values()] == [None, None, "2026-03-04T12:00:00+00:00", "2026-04-04T13:00:00+01:00", None]
