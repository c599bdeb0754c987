"""Two editors at once, each in a process of their own: the second is told, and loses nothing."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator

import psycopg2
import pytest
from django.db import connection

from tests.architecture.repository import ROOT

_MAKE = """
import django
django.setup()
from django.contrib.auth.models import User
from django.core.management import call_command
call_command("migrate", verbosity=0)
from groups.models import Schedule, SupportGroup
from organisations.models import Organisation, single_revision
for name in ("one", "two"):
    User.objects.create_superuser(f"editor {name}", f"{name}@example.org", "not used here", first_name=name.title())
organisation = Organisation.objects.create(name="Example house", summary="An example.")
group = SupportGroup(name="Example tea", organisation=organisation, summary="An example.")
with single_revision(group):
    group.save()
    Schedule.objects.create(group=group, weekday=3)
print(group.pk)
"""


@pytest.fixture
def scratch_database(tmp_path) -> Iterator[str]:
    """The address of an empty database, of the kind that the suite runs on, which is gone afterwards."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path / 'scratch.sqlite3'}"
        return
    name = f"alongside_editors_{os.getpid()}"
    known = connection.settings_dict
    address = {"host": known["HOST"], "port": known["PORT"], "user": known["USER"], "password": known["PASSWORD"]}
    server = psycopg2.connect(dbname="postgres", **address)
    server.autocommit = True
    with server.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
        yield "postgres://{user}:{password}@{host}:{port}/{name}".format(name=name, **address)
        cursor.execute(f"DROP DATABASE {name}")
    server.close()


def test_second_of_two_editors_is_told_and_loses_nothing(scratch_database, tmp_path):
    environment = os.environ | {"DATABASE_URL": scratch_database, "DJANGO_SETTINGS_MODULE": "peersupport.settings"}
    python = {"cwd": ROOT, "env": environment, "text": True, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    made = subprocess.run([sys.executable, "-c", _MAKE], check=False, **python)
    assert made.returncode == 0, made.stderr
    key = made.stdout.strip()
    meeting_place = tmp_path / "meeting"
    meeting_place.mkdir()

    editors = {
        name: subprocess.Popen([sys.executable, "-m", "tests.staff.single_editor", key, name, meeting_place], **python)
        for name in ("one", "two")
    }
    answers = {}
    for name, editor in editors.items():
        message, faults = editor.communicate(timeout=300)
        assert editor.returncode == 0, faults
        answers[name] = json.loads(message)

    first, second = sorted(answers, key=lambda name: not answers[name]["saved"])
    assert answers == {
        first: {"saved": True},
        second: {
            "saved": False,
            "told": [
                f"Stage note added: “{first}”.",
                f"Schedules, “Every Thursday. Ask for the time.”: Note added: “Note of {first}.”",
            ],
            "by": [first.title()],
            "typed": [second, f"Note of {second}."],
            "saved again": True,
            "kept": [second, f"Note of {second}.", 2, 3],
        },
    }
