"""`manage.py doctor`: each fault that is planted is named in a sentence, and nothing is said of a sound site."""

import datetime
from collections import namedtuple
from pathlib import Path

import pytest
from django.conf import settings as site_settings
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from common.emails import send_email
from common.models import OutgoingEmail
from groups.models import SupportGroup
from peersupport import health
from peersupport.doctor import checks
from peersupport.models import CommandRun
from peersupport.timers import TIMED_COMMANDS
from places.models import GazetteerLoad, Postcode
from tests.factories import make_group
from tests.peersupport.mail_server import mail_server
from tests.staff.people import make_manager

pytestmark = pytest.mark.django_db

Usage = namedtuple("Usage", "total used free")
CLOCK_ADVICE = "Wrong days are shown, and codes of the second factor refused. Let systemd-timesyncd or chrony set it."


@pytest.fixture
def sound(db, settings, monkeypatch, tmp_path):
    """A site in production of which nothing is to be said; yields its mail server."""
    settings.DEBUG = False
    settings.HTTPS = True
    settings.SITE_ADDRESS = "https://alongside.example"
    settings.ALLOWED_HOSTS = ["alongside.example"]
    collect_static_files(settings, tmp_path)
    monkeypatch.setitem(site_settings.DATABASES["default"], "ENGINE", "django.db.backends.postgresql")
    monkeypatch.setattr(checks, "clock_is_unsynchronised", lambda: False)
    monkeypatch.setattr(checks.shutil, "disk_usage", lambda folder: Usage(100e9, 40e9, 60e9))
    # The places of tests are a sample, of other files.
    monkeypatch.setattr(checks, "changed_files", lambda fingerprints: set())
    make_group()
    TOTPDevice.objects.create(user=make_manager(), name="telephone", confirmed=True)
    for name in TIMED_COMMANDS:
        CommandRun.objects.create(name=name, finished_at=timezone.now() - datetime.timedelta(hours=20))
    with mail_server() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.DEFAULT_FROM_EMAIL = "letters@alongside.example"
        yield server


def collect_static_files(settings, folder: Path) -> None:
    """Have two static files, which are collected."""
    (folder / "static").mkdir()
    (folder / "static/site.css").write_text("p { color: black }")
    (folder / "static/site.js").write_text("// nothing")
    settings.STATICFILES_DIRS = [folder / "static"]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATIC_ROOT = folder / "collected"
    settings.HASHED_STATIC_FILES = True
    backend = {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": backend}
    call_command("collectstatic", interactive=False, verbosity=0)


def faults() -> list[str]:
    return list(checks.examine())


def test_nothing_is_said_of_a_sound_site(sound, capsys):
    call_command("doctor")

    assert capsys.readouterr().out == ""


def test_the_command_ends_with_1_where_there_is_a_fault(sound, capsys):
    CommandRun.objects.all().delete()

    with pytest.raises(SystemExit) as ended:
        call_command("doctor")

    assert ended.value.code == 1
    assert len(capsys.readouterr().out.splitlines()) == len(TIMED_COMMANDS) - 1


def test_every_fault_is_said_when_there_are_several(sound, settings):
    settings.SITE_ADDRESS = "http://alongside.example"
    TOTPDevice.objects.all().delete()

    assert len(faults()) == 2


def test_migrations_that_are_missing(sound):
    MigrationRecorder.Migration.objects.filter(app="groups").order_by("-name").first().delete()

    assert faults() == ["The database lacks migrations of this version of the site. Run: manage.py migrate"]


def test_places_that_are_not_loaded(sound):
    Postcode.objects.all()._raw_delete("default")

    assert faults() == [
        "Places are not loaded, so that no search finds a town or a postcode. Run: manage.py load_places"
    ]


def test_places_of_another_version(sound, monkeypatch):
    monkeypatch.undo()
    GazetteerLoad.objects.all().delete()

    assert "The places of this version of the site are not loaded. Run: manage.py load_places" in list(checks.places())


@pytest.mark.parametrize("minutes, expected", [(59, 0), (61, 1)])
def test_letters_that_nothing_sends(sound, minutes, expected):
    send_email("report_closed", to="editor@example.org")
    OutgoingEmail.objects.update(next_try_at=timezone.now() - datetime.timedelta(minutes=minutes))

    fault = "1 e-mail waits, and nothing sends them. See that manage.py send_emails runs."
    assert faults() == [fault] * expected


@pytest.mark.parametrize(
    "address, fault",
    [
        ("http://alongside.example", ", but HTTPS is on. Set it to https://alongside.example."),
        (
            "https://elsewhere.example",
            ", but ALLOWED_HOSTS has no elsewhere.example: links in e-mails lead nowhere. Make the two agree.",
        ),
        *(
            (address, ", which is no address of a site. Set it to https://, the name, and nothing after.")
            for address in ("alongside.example", "https://alongside.example/", "ftp://alongside.example", "https://")
        ),
    ],
)
def test_a_wrong_address_of_the_site(sound, settings, address, fault):
    settings.SITE_ADDRESS = address

    assert faults() == [f"SITE_ADDRESS is {address}{fault}"]


def test_an_address_that_only_this_machine_has(sound, settings):
    settings.SITE_ADDRESS, settings.ALLOWED_HOSTS = "https://localhost", ["localhost"]

    assert faults() == [
        "SITE_ADDRESS is https://localhost: for everybody else links in e-mails lead nowhere. "
        "Set it to the name that people type."
    ]


def test_a_mail_server_that_refuses_what_the_site_sends(sound):
    sound.answers["MAIL"] = "550 Zyxwvutsecret is no sender of ours"

    assert faults() == [
        "The mail server refuses e-mails from letters@alongside.example (550). "
        "Look at EMAIL_URL and FROM_EMAIL, and ask whoever runs the mail server."
    ]


def test_a_mail_server_that_refuses_the_site(sound):
    sound.answers["EHLO"] = sound.answers["HELO"] = "554 go away"

    [fault] = faults()

    assert fault.startswith(f"The mail server at 127.0.0.1:{sound.server_address[1]} cannot be used (it answers 554).")


def test_a_mail_server_that_is_not_there(sound, settings):
    sound.shutdown()
    sound.server_close()

    [fault] = faults()

    assert "cannot be used (Connection refused). Look at EMAIL_URL" in fault


def test_no_e_mail_is_sent_to_find_out(sound):
    assert faults() == []

    assert [line[:4].upper() for line in sound.received] == ["EHLO", "MAIL", "RSET", "QUIT"]


def test_e_mails_that_are_only_printed(sound, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"

    assert faults() == ["E-mails are not sent. Set EMAIL_URL to a mail server."]


def test_a_clock_that_is_an_hour_behind_what_was_written(sound):
    SupportGroup.objects.update(updated_at=timezone.now() + datetime.timedelta(hours=1))

    assert faults() == [
        f"The last change was made 60 minutes from now: the clock is behind, or was ahead. {CLOCK_ADVICE}"
    ]


@pytest.mark.parametrize("hours", [1, -1])
def test_a_clock_that_is_an_hour_off_that_of_the_database(sound, monkeypatch, hours):
    now = timezone.now()
    monkeypatch.setattr(checks.timezone, "now", lambda: now + datetime.timedelta(hours=hours))

    on_postgresql = f"The clocks of this machine and of the database are 60 minutes apart. {CLOCK_ADVICE}"
    behind = f"The last change was made 60 minutes from now: the clock is behind, or was ahead. {CLOCK_ADVICE}"
    # SQLite has the clock of the machine itself, so that one that is ahead shows in nothing but the kernel's word.
    expected = {"postgresql": [on_postgresql], "sqlite": [behind] if hours < 0 else []}[connection.vendor]
    assert list(checks.clock()) == expected


def test_a_clock_that_nothing_keeps_right(sound, monkeypatch):
    monkeypatch.setattr(checks, "clock_is_unsynchronised", lambda: True)

    assert faults() == [f"Nothing keeps this machine's clock right. {CLOCK_ADVICE}"]


def test_the_kernel_is_asked_about_the_clock():
    assert checks.clock_is_unsynchronised() in (True, False)


@pytest.mark.parametrize(
    "total, free, is_nearly_full",
    [(100e9, 4.9e9, True), (100e9, 5.1e9, False), (10e9, 0.4e9, True), (1e9, 0.19e9, True), (2000e9, 6e9, False)],
)
def test_a_disk_that_is_nearly_full(sound, monkeypatch, total, free, is_nearly_full):
    monkeypatch.setattr(checks.shutil, "disk_usage", lambda folder: Usage(total, total - free, free))

    found = faults()

    assert bool(found) == is_nearly_full
    assert [fault for fault in found if f"has {free / 1e6:,.0f} MB left: it is nearly full." not in fault] == []


def test_static_files_that_are_not_collected(sound, settings):
    (settings.STATIC_ROOT / "staticfiles.json").unlink()

    assert faults() == ["2 static files are not collected, site.css among them. Run: manage.py collectstatic --noinput"]


def test_a_static_file_that_came_with_an_update(sound, settings):
    (settings.STATICFILES_DIRS[0] / "new.css").write_text("")

    assert faults() == ["1 static files are not collected, new.css among them. Run: manage.py collectstatic --noinput"]


@pytest.mark.parametrize("name", ["tidy_up", "send_check_requests", "backup"])
def test_a_timer_that_has_not_run_for_two_days(sound, name):
    CommandRun.objects.filter(name=name).update(finished_at=timezone.now() - datetime.timedelta(hours=49))

    assert faults() == [f"manage.py {name} was last run to its end 2 days ago. Look at its timer and what it logged."]


def test_a_timer_that_never_ran(sound):
    CommandRun.objects.filter(name__in=["tidy_up", "backup"]).delete()

    assert faults() == ["manage.py tidy_up has never been run to its end here. Set its timer up, and run it once."]


def test_sqlite_in_production(sound, monkeypatch):
    monkeypatch.setitem(site_settings.DATABASES["default"], "ENGINE", "django.db.backends.sqlite3")

    assert faults() == [
        "The database is SQLite, which is for trying things out. Set DATABASE_URL to one of PostgreSQL."
    ]


def test_no_manager_with_a_second_factor(sound):
    TOTPDevice.objects.update(confirmed=False)

    assert faults() == ["No directory manager has a second factor. Sign in at /staff/ as one, and set it up."]


def test_no_manager_who_may_sign_in(sound):
    TOTPDevice.objects.get().user.__class__.objects.update(is_active=False)

    assert faults() == ["There is no directory manager. Run: manage.py create_manager"]


def test_a_database_that_does_not_answer(sound, monkeypatch):
    def refuse():
        raise OperationalError("gone")

    monkeypatch.setattr(connection, "cursor", refuse)

    assert faults() == ["The database does not answer. Look at DATABASE_URL, and whether PostgreSQL runs."]


def test_a_database_that_is_damaged(sound, monkeypatch):
    monkeypatch.setattr(health, "database_can_be_read", lambda: False)

    assert faults() == [
        "The database answers, but its tables cannot be read. Stop the site, and restore the last backup."
    ]
