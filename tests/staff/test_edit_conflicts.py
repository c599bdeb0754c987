"""Two editors at once, each in a process of their own: the second is told, and loses nothing."""

import json
import os
import subprocess
import sys

from tests.architecture.repository import ROOT


def test_second_of_two_editors_is_told_and_loses_nothing(other_database, tmp_path):
    environment = os.environ | {"DATABASE_URL": other_database}
    python = {"cwd": ROOT, "env": environment, "text": True, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    made = subprocess.run([sys.executable, "-m", "tests.staff.single_editor"], check=False, **python)
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
