"""Backing up while people write, and what a restore replaces, keeps and leaves as it is."""

import gzip
import threading

import pytest
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from groups.models import DirectoryState, SupportGroup, Topic
from groups.search.snapshot.snapshot import current_snapshot
from groups.spreadsheets.models import SheetUpload
from peersupport.backups import restoring
from peersupport.backups.restoring import restore_backup
from peersupport.backups.tables import backed_up_models, columns_of
from peersupport.backups.values import codec_of
from peersupport.backups.writing import one_moment, write_backup
from places.models import Area, GazetteerLoad, Postcode
from tests.common.table_counts import COUNT_TABLES, counting
from tests.factories import make_group
from tests.peersupport.backups.contents import rewritten, section, state
from tests.staff.people import make_manager, sign_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.one_database
def test_every_kind_of_column_can_be_written():
    for model in backed_up_models():
        for column in columns_of(model):
            codec_of(column)


def test_a_restore_brings_back_what_was_there_and_nothing_else(backup):
    before = state()
    SupportGroup.objects.all().delete()
    make_group(name="Example of later")
    User.objects.all().delete()

    assert restore_backup(backup)

    assert state() == before


def test_tables_are_counted_after_a_restore(backup):
    with CaptureQueriesContext(connection) as asked:
        restore_backup(backup)

    assert counting(list(asked)[-3:]) == COUNT_TABLES


def test_search_finds_what_was_restored(backup):
    SupportGroup.objects.all().delete()
    number = DirectoryState.objects.get(pk=1).number
    assert list(current_snapshot().index.words()) == []

    restore_backup(backup)

    assert "walkers" in current_snapshot().index.words()
    assert DirectoryState.objects.get(pk=1).number == number + 1


def test_everybody_is_signed_out_by_a_restore(backup):
    client = sign_in(Client(), User.objects.get())
    assert client.get("/staff/").status_code == 200

    restore_backup(backup)

    assert Session.objects.count() == 0
    assert client.get("/staff/").status_code == 302


def test_a_backup_holds_no_session(tmp_path):
    client = sign_in(Client(), make_manager())
    key = client.session.session_key

    write_backup(tmp_path / "backup")

    assert Session.objects.filter(pk=key).exists()
    assert key not in gzip.decompress((tmp_path / "backup").read_bytes()).decode()


def test_what_is_written_meanwhile_waits_for_nobody_and_is_in_no_backup():
    Topic.objects.create(name="Before", slug="before")

    def write() -> None:
        Topic.objects.create(name="Meanwhile", slug="meanwhile")
        connection.close()

    with one_moment():
        assert Topic.objects.count() == 1
        writer = threading.Thread(target=write)
        writer.start()
        writer.join(timeout=15)
        assert not writer.is_alive()
        assert [topic.name for topic in Topic.objects.all()] == ["Before"]

    assert [topic.name for topic in Topic.objects.order_by("pk")] == ["Before", "Meanwhile"]


def test_keys_of_deleted_rows_are_not_given_again(tmp_path):
    """Or else the revisions of the group that is gone would be those of a new one."""
    gone = make_group(name="Example of a group that is gone")
    gone_pk = gone.pk
    gone.delete()
    write_backup(tmp_path / "backup")
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = 'groups_supportgroup'")
        else:
            cursor.execute("ALTER SEQUENCE groups_supportgroup_id_seq RESTART")

    restore_backup(tmp_path / "backup")

    assert make_group(name="Example of a new one").pk == gone_pk + 1


def test_kinds_of_rows_may_have_other_keys_in_the_backup(backup):
    """The tables of a new database are numbered in the order in which it was migrated."""
    kind = ContentType.objects.get_for_model(SupportGroup)

    def renumber(values) -> None:
        for label, column in (("contenttypes.ContentType", "id"), ("auth.Permission", "content_type_id")):
            head, rows = section(values, label)
            at = values[head]["columns"].index(column)
            for row in rows:
                row[at] += 1000

    restore_backup(rewritten(backup, renumber))

    assert ContentType.objects.get_for_model(SupportGroup).pk == kind.pk + 1000


def test_postcodes_stay_where_districts_have_the_keys_they_had(backup):
    postcodes = Postcode.objects.count()
    loads = set(GazetteerLoad.objects.values_list("name", "sha256", "rows", "loaded_at"))

    assert restore_backup(backup)

    assert Postcode.objects.count() == postcodes > 0
    assert set(GazetteerLoad.objects.values_list("name", "sha256", "rows", "loaded_at")) == loads


def test_postcodes_are_loaded_again_where_districts_have_other_keys(backup, capsys):
    first, second = Area.objects.exclude(gss_code=None).order_by("pk")[:2]
    codes = first.gss_code, second.gss_code
    Area.objects.filter(pk=first.pk).update(gss_code="X")
    Area.objects.filter(pk=second.pk).update(gss_code=codes[0])
    Area.objects.filter(pk=first.pk).update(gss_code=codes[1])

    call_command("restore", backup, yes=True)

    assert Postcode.objects.count() == 0
    assert not GazetteerLoad.objects.filter(name__startswith="postcodes").exists()
    assert "Run load_places now" in capsys.readouterr().out


def test_whoever_reads_meanwhile_sees_what_was_there_before(backup, monkeypatch):
    """And waits for nothing: pages are shown until the last moment, all of them of one state."""
    make_group(name="Example of later")
    seen = []

    def read() -> None:
        seen.extend(SupportGroup.objects.order_by("pk").values_list("name", flat=True))
        connection.close()

    def read_in_another_process(groups) -> None:
        reader = threading.Thread(target=read)
        reader.start()
        reader.join(timeout=15)

    monkeypatch.setattr(restoring, "note_change", read_in_another_process)

    restore_backup(backup)

    assert seen == ["Example walkers", "Example of later"]
    assert [group.name for group in SupportGroup.objects.all()] == ["Example walkers"]


def test_what_is_left_out_and_belongs_to_somebody_goes_with_them(backup):
    user = User.objects.get()
    SheetUpload.objects.create(user=user, content=b"cells", sent_at=timezone.now())

    restore_backup(backup)

    assert SheetUpload.objects.count() == 0
