"""Diagnostic checks of a running site. Each yields a sentence for each fault: what is wrong, and what to do."""

import ctypes
import datetime
import shutil
import smtplib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.mail import get_connection
from django.db import connection
from django.db.models import Max
from django.http.request import validate_host
from django.utils import timezone

from common.choices import EmailState
from common.models import OutgoingEmail
from groups.models import SupportGroup
from organisations.models import Organisation
from peersupport import health
from peersupport.content_versions.triggers import existing_triggers, expected_triggers
from peersupport.models import CommandRun
from peersupport.timers import TIMED_COMMANDS
from places.loading.sources import Sources, changed_files

Faults = Iterator[str]
#: How far two clocks may be apart: far less than would put a meeting on another day, or refuse a second factor.
MOST_APART = datetime.timedelta(minutes=1)
#: After so long somebody should have tried to send an e-mail.
LONGEST_UNTRIED = datetime.timedelta(hours=1)
#: A disk with less than this is nearly full, of which 5 % or 5 GB are enough.
LEAST_FREE, ENOUGH_FREE, LEAST_SHARE = 200_000_000, 5_000_000_000, 0.05
#: What the kernel says of a clock that nothing keeps right (adjtimex(2)).
_UNSYNCHRONISED = 5


def examine() -> Faults:
    """Yield a sentence for each fault; none for a healthy site. Without a database its checks are skipped."""
    for check in WITHOUT_DATABASE:
        yield from check()
    if not health.database_answers():
        yield "The database does not answer. Look at DATABASE_URL, and whether PostgreSQL runs."
    elif not health.is_migrated():
        yield "The database lacks migrations of this version of the site. Run: manage.py migrate"
    elif not health.database_can_be_read():
        yield "The database answers, but its tables cannot be read. Stop the site, and restore the last backup."
    else:
        for check in WITH_DATABASE:
            yield from check()


def places() -> Faults:
    if not health.places_are_loaded():
        yield "Places are not loaded, so that no search finds a town or a postcode. Run: manage.py load_places"
    elif changed_files(Sources().fingerprints()):
        yield "The places of this version of the site are not loaded. Run: manage.py load_places"


def triggers() -> Faults:
    """The triggers that update content versions: without one, a cached page would not change."""
    if existing_triggers() != expected_triggers():
        yield "The database lacks triggers, so that pages may show what has changed since. Run: manage.py migrate"


def site_address() -> Faults:
    """The address in e-mails and on paper: the site must accept it as a host."""
    url = urlsplit(settings.SITE_ADDRESS)
    what = f"SITE_ADDRESS is {settings.SITE_ADDRESS}"
    host = url.hostname or ""
    if url.scheme not in ("http", "https") or url.path or url.query or not host:
        yield f"{what}, which is no address of a site. Set it to https://, the name, and nothing after."
    elif not validate_host(host, settings.ALLOWED_HOSTS):
        yield f"{what}, but ALLOWED_HOSTS has no {host}: links in e-mails lead nowhere. Make the two agree."
    elif url.scheme == "http" and settings.HTTPS:
        yield f"{what}, but HTTPS is on. Set it to https://{host}."
    elif host in ("localhost", "127.0.0.1", "::1") and not settings.DEBUG:
        yield f"{what}: for everybody else links in e-mails lead nowhere. Set it to the name that people type."


def mail() -> Faults:
    """Whether the mail server accepts e-mails from the site: everything but sending is tried."""
    if not settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        if not settings.DEBUG:
            yield "E-mails are not sent. Set EMAIL_URL to a mail server."
        return
    server: Any = get_connection(fail_silently=False)
    advice = "Look at EMAIL_URL and FROM_EMAIL, and ask whoever runs the mail server."
    try:
        server.open()
        server.connection.ehlo_or_helo_if_needed()
        code, reply = server.connection.mail(settings.DEFAULT_FROM_EMAIL)
        server.connection.rset()
        if code >= 400:
            yield f"The mail server refuses e-mails from {settings.DEFAULT_FROM_EMAIL} ({code}). {advice}"
    except (OSError, smtplib.SMTPException) as error:
        where = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
        yield f"The mail server at {where} cannot be used ({_short(error)}). {advice}"
    finally:
        server.close()


def clock() -> Faults:
    """Whether the clocks of this machine and of the database agree, also with stored times."""
    now = timezone.now()
    advice = "Wrong days are shown, and codes of the second factor refused. Let systemd-timesyncd or chrony set it."
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            apart = cursor.fetchone()[0] - now
        if abs(apart) > MOST_APART:
            yield f"The clocks of this machine and of the database are {_minutes(apart)} apart. {advice}"
            return
    last = max(filter(None, (_last_change(model) for model in (SupportGroup, Organisation))), default=now)
    if last - now > MOST_APART:
        yield f"The last change was made {_minutes(last - now)} from now: the clock is behind, or was ahead. {advice}"
    elif clock_is_unsynchronised():
        yield f"Nothing keeps this machine's clock right. {advice}"


def clock_is_unsynchronised() -> bool:
    """Return whether the kernel reports that no time service sets the clock; False if it cannot be asked."""
    try:
        # Only the first of its fields is read, and it is 0: nothing is set.
        return ctypes.CDLL(None).adjtimex(ctypes.create_string_buffer(512)) == _UNSYNCHRONISED
    except (OSError, AttributeError):
        return False


def disk() -> Faults:
    folders = {"static files": Path(settings.STATIC_ROOT), "locks": Path(settings.LOCK_DIR)}
    if connection.vendor == "sqlite":
        folders["the database"] = Path(connection.settings_dict["NAME"])
    devices: dict[int, str] = {}
    for what, folder in folders.items():
        while not folder.exists() and folder != folder.parent:
            folder = folder.parent
        usage = shutil.disk_usage(folder)
        if usage.free < max(LEAST_FREE, min(ENOUGH_FREE, LEAST_SHARE * usage.total)):
            devices.setdefault(folder.stat().st_dev, f"{folder} ({what}) has {usage.free / 1e6:,.0f} MB left")
    for nearly_full in devices.values():
        yield f"The disk of {nearly_full}: it is nearly full. Delete old backups and logs, or make it larger."


def static_files() -> Faults:
    """Whether every static file that pages link is collected, under its hashed name."""
    if not settings.HASHED_STATIC_FILES:
        return
    # What the running process has read may be from before.
    names: dict[str, str] = getattr(staticfiles_storage, "load_manifest", lambda: ({}, ""))()[0]
    sources = {name for finder in get_finders() for name, _ in finder.list(None)}
    missing = [name for name in sorted(sources) if name not in names or not staticfiles_storage.exists(names[name])]
    if missing:
        yield (
            f"{len(missing):,} static files are not collected, {missing[0]} among them. "
            "Run: manage.py collectstatic --noinput"
        )


def timers() -> Faults:
    now = timezone.now()
    runs = dict(CommandRun.objects.values_list("name", "finished_at"))
    for name, longest in TIMED_COMMANDS.items():
        if name not in runs:
            # Whoever has PostgreSQL's own tools never runs ours.
            if name != "backup":
                yield f"manage.py {name} has never been run to its end here. Set its timer up, and run it once."
        elif now - runs[name] > longest:
            days = (now - runs[name]).days
            yield f"manage.py {name} was last run to its end {days:,} days ago. Look at its timer and what it logged."


def emails() -> Faults:
    """Whether something sends the e-mails that wait."""
    waiting = OutgoingEmail.objects.filter(state=EmailState.WAITING, next_try_at__lt=timezone.now() - LONGEST_UNTRIED)
    if number := waiting.count():
        yield (
            f"{number:,} {'e-mail waits' if number == 1 else 'e-mails wait'}, and nothing sends them. "
            "See that manage.py send_emails runs."
        )


def database_in_production() -> Faults:
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3") and not settings.DEBUG:
        yield "The database is SQLite, which is for trying things out. Set DATABASE_URL to one of PostgreSQL."


def managers() -> Faults:
    active = User.objects.filter(is_superuser=True, is_active=True)
    if not active.exists():
        yield "There is no directory manager. Run: manage.py create_manager"
    elif not active.filter(totpdevice__confirmed=True).exists():
        yield "No directory manager has a second factor. Sign in at /staff/ as one, and set it up."


WITHOUT_DATABASE: tuple[Callable[[], Faults], ...] = (site_address, mail, disk, static_files, database_in_production)
WITH_DATABASE: tuple[Callable[[], Faults], ...] = (places, triggers, clock, timers, emails, managers)


def _last_change(model: type[SupportGroup] | type[Organisation]) -> datetime.datetime | None:
    return model._base_manager.aggregate(last=Max("updated_at"))["last"]


def _minutes(apart: datetime.timedelta) -> str:
    return f"{round(abs(apart) / datetime.timedelta(minutes=1)):,} minutes"


def _short(error: Exception) -> str:
    """Return why a mail server cannot be used: its reply code, or the error of the system."""
    if isinstance(error, smtplib.SMTPResponseException):
        return f"it answers {error.smtp_code}"
    return getattr(error, "strerror", None) or type(error).__name__
