"""Settings of the test suite: those of the site, with an environment of their own (`--ds` in pyproject.toml names it).

pytest-django reads settings before any conftest.py. So neither the shell's variables nor a `.env` reach a test; only
DATABASE_URL of the shell does, which says where the suite runs.
"""

import os

from tests.architecture.repository import ROOT

ENVIRONMENT = {
    "DEBUG": "0",
    "SECRET_KEY": "for-the-tests-only-for-the-tests-only-for-the-tests-only",
    "ALLOWED_HOSTS": "localhost,127.0.0.1,testserver",
    "HTTPS": "0",
    "BEHIND_PROXY": "0",
    "PORT": "",
    "SITE_NAME": "Alongside",
    "SITE_ADDRESS": "",
    "CONTACT_EMAIL": "",
    "OPEN_REFERRAL_HOST": "",
    "FROM_EMAIL": "",
    "EMAIL_URL": "smtp://localhost:25",
    "QUICK_EXIT_URL": "https://www.bbc.co.uk/weather",
    "HASHED_STATIC_FILES": "0",
    "LOCK_DIR": "",
    "WEB_CONCURRENCY": "3",
    "BACKUP_RECIPIENT": "",
    "METRICS_ADDRESS": "",
    "METRICS_DIR": "",
    # For the processes that tests start: they serve the site as it is.
    "DJANGO_SETTINGS_MODULE": "peersupport.settings",
    # PostgreSQL waits for no disk: what a power cut would take from a test database, nobody misses.
    "PGOPTIONS": "-c synchronous_commit=off",
}
os.environ.update(ENVIRONMENT)
os.environ.setdefault("DATABASE_URL", f"sqlite:///{ROOT / 'db.sqlite3'}")

from peersupport.settings import *  # noqa: E402, F403
from peersupport.settings import DATABASES  # noqa: E402

#: Where the template of the databases of a run is on SQLite: `pytest --cache-clear` removes it.
TEST_DATABASES = ROOT / ".pytest_cache/d"
_SITE = DATABASES["default"]
# A file, because the browser tests' server is another thread, which an in-memory database is not shared with.
_SITE["TEST"] = {
    "NAME": TEST_DATABASES / "template.sqlite3" if "sqlite3" in _SITE["ENGINE"] else f"test_{_SITE['NAME']}_template"
}
# A thread of its own would not see what a test has not committed.
SNAPSHOT_LOADS_IN_BACKGROUND = False
# Passwords are hashed slowly on purpose; here that would be most of the time of each test with a login.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
