"""Whatever writes to a row, the versions of what shows it change."""

import datetime

import pytest
from django.apps import apps
from django.db import connection, transaction

from common.models import ContentVersion
from common.models.content_version import COUNTS, PLACES, SITE, SUPPORT, TERMS, organisation_version
from groups.models import Need, SupportGroup, Venue
from organisations.models import Contact, Organisation
from peersupport.content_versions.names import OWNERS, PLACE_TABLES, SUPPORT_TABLES, TABLES, TERM_TABLES
from peersupport.content_versions.triggers import (
    create_triggers,
    drop_triggers,
    existing_triggers,
    expected_triggers,
)
from peersupport.doctor import checks
from tests.factories import area, make_contact, make_organisation, make_venue
from tests.peersupport.content_versions.everything import make_everything

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation() -> Organisation:
    return make_everything()


def versions() -> dict[str, int]:
    return dict(ContentVersion.objects.values_list("name", "number"))


def changed(before: dict[str, int]) -> set[str]:
    return {name for name, number in versions().items() if before.get(name) != number}


def test_database_has_every_trigger():
    assert existing_triggers() == expected_triggers()
    assert list(checks.triggers()) == []


def test_doctor_finds_that_triggers_are_missing():
    drop_triggers()

    assert list(checks.triggers()) == [
        "The database lacks triggers, so that pages may show what has changed since. Run: manage.py migrate"
    ]


@pytest.mark.parametrize("event", ["update", "delete"])
def test_raw_sql_changes_the_versions_of_its_table_and_of_the_organisation(organisation, event):
    other = make_everything("Example of another")
    missed = {}
    with connection.constraint_checks_disabled():
        for table in OWNERS:
            column = "name" if table == "groups_venue" else "id"
            before = versions()
            with connection.cursor() as cursor:
                if event == "update":
                    cursor.execute(f"UPDATE {table} SET {column} = {column}")
                    count = cursor.rowcount
                else:
                    cursor.execute("SAVEPOINT before_delete")
                    count = _delete(cursor, table)
            wanted = {table, SITE} | ({SUPPORT} if table in SUPPORT_TABLES else set())
            if table in TERM_TABLES:
                wanted.add(TERMS)
            else:
                wanted |= {organisation_version(organisation.pk), organisation_version(other.pk)}
            if not count or not wanted <= changed(before):
                missed[table] = count, wanted - changed(before)
            if event == "delete":
                with connection.cursor() as cursor:
                    cursor.execute("ROLLBACK TO SAVEPOINT before_delete")

    assert missed == {}


def _delete(cursor, table: str) -> int:
    if connection.vendor == "postgresql":
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    cursor.execute(f"DELETE FROM {table}")
    return cursor.rowcount


def test_row_of_one_organisation_changes_no_version_of_another(organisation):
    other = make_organisation()
    before = versions()

    Contact.objects.filter(organisation=organisation).update(hours="Mondays")

    assert changed(before) == {SITE, "organisations_contact", organisation_version(organisation.pk)}
    assert organisation_version(other.pk) in before


def test_group_that_moves_changes_the_versions_of_both_organisations(organisation):
    other = make_organisation()
    before = versions()

    SupportGroup.objects.filter(organisation=organisation).update(organisation=other)

    assert {organisation_version(organisation.pk), organisation_version(other.pk)} <= changed(before)


def test_name_of_an_organisation_changes_the_versions_of_its_networks_and_members(organisation):
    network = organisation.networks.get()

    before = versions()
    Organisation.objects.filter(pk=network.pk).update(name="Example renamed")
    assert organisation_version(organisation.pk) in changed(before)

    before = versions()
    Organisation.objects.filter(pk=organisation.pk).update(name="Example renamed too")
    assert organisation_version(network.pk) in changed(before)


def test_venue_of_a_single_date_changes_the_version_of_the_organisation(organisation):
    group = organisation.groups.get()
    for row in (group.schedules.get(), group.schedule_changes.get()):
        row.venue = venue = make_venue(town="Ilminster")
        row.save()
        before = versions()

        type(venue).objects.filter(pk=venue.pk).update(address_is_confidential=True)

        assert organisation_version(organisation.pk) in changed(before)


def test_contact_of_another_organisation_changes_the_versions_of_both(organisation):
    contact = make_contact()
    group, owner = organisation.groups.get(), organisation_version(contact.organisation_id)
    both = {owner, organisation_version(organisation.pk)}

    before = versions()
    group.contacts.add(contact)
    assert both <= changed(before)

    before = versions()
    Contact.objects.filter(pk=contact.pk).update(is_released=False)
    assert both <= changed(before)

    before = versions()
    SupportGroup.objects.filter(pk=group.pk).update(joining="closed")
    assert both <= changed(before)


def test_new_rows_in_bulk_change_the_versions(organisation):
    before = versions()

    Contact.objects.bulk_create([Contact(organisation=organisation, role_title="Example", email="a@b.example")])

    assert changed(before) == {SITE, "organisations_contact", organisation_version(organisation.pk)}


def test_new_organisation_has_a_version():
    before = versions()

    organisation = make_organisation()

    assert organisation_version(organisation.pk) in changed(before)


@pytest.mark.parametrize("table", PLACE_TABLES)
def test_places_change_the_version_of_places(table):
    before = versions()

    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET id = id")
        count = cursor.rowcount

    assert (count > 0, changed(before)) == (True, {SITE, PLACES, COUNTS, table})


def test_version_of_counts_changes_with_what_decides_where_a_group_is_counted_and_with_no_text(organisation):
    group = organisation.groups.get()
    groups, venues = SupportGroup.objects.filter(pk=group.pk), Venue.objects.filter(pk=group.venue_id)
    organisations = Organisation.objects.filter(pk=organisation.pk)
    writes = {
        "text": (lambda: groups.update(summary="Example.", publication="published"), False),
        "time": (lambda: group.schedules.update(starts_at=datetime.time(9)), False),
        "hall renamed": (lambda: venues.update(name="Example hall"), False),
        "organisation renamed": (lambda: organisations.update(name="Example renamed"), False),
        "contact": (lambda: Contact.objects.update(is_released=False), False),
        "check": (lambda: group.checks.all().delete(), True),
        "paused": (lambda: groups.update(stage="paused"), True),
        "closed": (lambda: groups.update(joining="closed"), True),
        "hall confidential": (lambda: venues.update(address_is_confidential=True), True),
        "hall moved": (lambda: venues.update(latitude=None, longitude=None), True),
        "area no longer served": (lambda: group.areas_served.clear(), True),
        "withdrawn": (lambda: groups.update(publication="withdrawn"), True),
        "organisation withdrawn": (lambda: organisations.update(publication="withdrawn"), True),
        "in another town": (lambda: groups.update(venue=None, town=make_venue(town="Ilminster").town), True),
        "group deleted": (lambda: groups.delete(), True),
    }
    found = {}
    for name, (write, _) in writes.items():
        before = versions()
        write()
        found[name] = COUNTS in changed(before)

    assert found == {name: counts for name, (_, counts) in writes.items()}


def test_what_strangers_send_changes_no_version_of_the_site():
    before = versions()

    Need.objects.create(what="Example", area=area("Kent"))

    assert changed(before) == {"groups_need"}


def test_rolled_back_write_leaves_the_versions_as_they_were(organisation):
    before = versions()
    with transaction.atomic():
        Contact.objects.filter(organisation=organisation).update(hours="Mondays")
        transaction.set_rollback(True)

    assert changed(before) == set()


def test_triggers_are_made_again_with_new_versions(organisation):
    before = versions()
    drop_triggers()
    assert existing_triggers() == set()

    create_triggers(sender=apps.get_app_config("groups"))

    assert existing_triggers() == expected_triggers()
    assert changed(before) == set(before)
    assert set(TABLES) < set(before)
