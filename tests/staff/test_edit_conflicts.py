"""Two editors at once, each in a process of their own: the second is told, and loses nothing."""

import json
import os
import subprocess
import sys

import pytest
from django.contrib.auth.models import User

from groups.models import Schedule, SupportGroup
from organisations.models import Organisation, single_revision
from tests.architecture.repository import ROOT
from tests.template_database import database_url


@pytest.fixture
def group(transactional_db) -> SupportGroup:
    """A group with one schedule, whose history begins with both; and the two editors."""
    for name in ("one", "two"):
        User.objects.create_superuser(f"editor {name}", f"{name}@example.org", "not used here", first_name=name.title())
    organisation = Organisation.objects.create(name="Example house", summary="An example.")
    group = SupportGroup(name="Example tea", organisation=organisation, summary="An example.")
    with single_revision(group):
        group.save()
        Schedule.objects.create(group=group, weekday=3)
    return group


def test_second_of_two_editors_is_told_and_loses_nothing(group, tmp_path):
    environment = os.environ | {"DATABASE_URL": database_url()}
    command = [sys.executable, "-m", "tests.staff.single_editor", str(group.pk)]
    python = {"cwd": ROOT, "env": environment, "text": True, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    meeting_place = tmp_path / "meeting"
    meeting_place.mkdir()

    editors = {name: subprocess.Popen([*command, name, meeting_place], **python) for name in ("one", "two")}
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
