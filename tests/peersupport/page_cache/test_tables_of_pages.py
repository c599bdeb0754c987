"""Which tables each public page reads: docs/pages.md says it, and each has a version, so that a write is seen."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from common.bounded_cache import CACHE
from groups.models import Need
from groups.search.snapshot.snapshot import current_snapshot, invalidate
from peersupport.content_versions.names import TABLES
from tests.architecture.repository import ROOT
from tests.factories import area
from tests.pages.addresses import ABOUT, SEARCHES, addresses
from tests.peersupport.content_versions.everything import make_everything

pytestmark = pytest.mark.django_db

#: What says that something changed; and what no page shows, but is looked up: where an old address leads, and where a
#: postcode is, whose loads change the version of places.
LOOKED_UP = {"groups_directorystate", "groups_directorychange", "common_contentversion", "places_postcode"}
LOOKED_UP |= {f"{listing}formerslug" for listing in ("groups_group", "organisations_organisation")}
LOOKED_UP |= {f"organisations_{listing}formerslug" for listing in ("peerrole", "training")}
LOOKED_UP |= {"groups_groupformercode", "groups_venueformerid"}
_TABLE = re.compile(r'(?:FROM|JOIN) \(?"(\w+)"')
_ROW = re.compile(r"^\| `(\S+)` \| (.*) \|$", re.MULTILINE)


def tables_of(queries: CaptureQueriesContext) -> set[str]:
    return {table for query in queries for table in _TABLE.findall(query["sql"])} - LOOKED_UP


def tables_by_page() -> dict[str, set[str]]:
    """The tables that each page reads, without those of the directory in memory; and these, as "the directory"."""
    invalidate()
    with CaptureQueriesContext(connection) as queries:
        current_snapshot()
    found = {"the_directory": tables_of(queries)}
    for address in [*addresses(), f"/groups/{SEARCHES[0]}", "/groups/?q=example"]:
        CACHE.clear()
        with CaptureQueriesContext(connection) as queries:
            Client().get(address)
        name = resolve(address.partition("?")[0]).view_name
        found.setdefault(name, set()).update(tables_of(queries))
    return found


def fill() -> None:
    make_everything()
    Need.objects.create(what="Example", area=area("Kent"), is_shown=True)


def document() -> str:
    return (ROOT / "docs/pages.md").read_text()


def rows(tables: dict[str, set[str]]) -> str:
    return "\n".join(f"| `{name}` | {', '.join(sorted(found)) or 'none'} |" for name, found in sorted(tables.items()))


def test_document_says_which_tables_each_page_reads():
    fill()

    found = tables_by_page()

    assert ABOUT.keys() <= found.keys()
    assert dict(_ROW.findall(document())) == dict(_ROW.findall(rows(found)))


def test_every_table_that_a_page_reads_has_a_version():
    fill()

    read = set.union(*tables_by_page().values())

    assert read - set(TABLES) == set()
