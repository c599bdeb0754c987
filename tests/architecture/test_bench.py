"""The walk of `make bench` knows of every public page."""

import pytest
from django.test import Client

from tests.factories import make_contact
from tests.pages.addresses import names_of_pages
from tests.peersupport.content_versions.everything import make_everything

pytestmark = [pytest.mark.django_db, pytest.mark.one_database("what it asks for is in the URLconf")]


@pytest.mark.filterwarnings("ignore:No directory at")
def test_walk_has_every_public_page_and_each_is_found(monkeypatch):
    # With it comes the site as gunicorn loads it, static files and all.
    from bench import walk

    def ask(address: str) -> tuple[int, bytes]:
        response = Client().get(address, headers={"accept-encoding": "gzip"})
        return response.status_code, response.content

    # The bench closes its connection after each page.
    monkeypatch.setattr(walk, "ask", ask)
    make_contact(organisation=make_everything(), email="desk@example.org.uk")

    found = walk.addresses()

    # Where there are few groups, some pages have no map.
    asked = {label: address for label, address in found.items() if "pdf" not in label and "map" not in label}
    lost = {label for label, address in asked.items() if ask(address)[0] not in (200, 301, 302)}
    names = {name.rpartition(":")[2] for name in names_of_pages()}
    assert names - {label.partition(" ")[0].partition("?")[0] for label in found} == set()
    assert {label.strip() for label in lost} == {"unknown_path"}
