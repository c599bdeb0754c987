"""One editor in a process of their own: opens a group, waits for the others, saves, and says what they were told.

Run by test_edit_conflicts.py: `python -m tests.staff.single_editor <group's key> <note> <folder to meet in>`.
"""

import json
import sys
import time
from pathlib import Path

import django


def edit(key: str, note: str, meeting_place: str) -> None:
    from django.contrib.auth.models import User
    from django.test import Client
    from django.test.utils import setup_test_environment

    from tests.staff.forms import form_as_it_stands
    from tests.staff.people import sign_in

    setup_test_environment()
    client = Client()
    sign_in(client, User.objects.get(username=f"editor {note}"))
    url = f"/staff/groups/supportgroup/{key}/change/"
    typed = form_as_it_stands(client.get(url)) | {"stage_note": note, "schedules-0-note": f"Note of {note}."}
    meet(Path(meeting_place), note)
    response = client.post(url, typed)
    print(json.dumps(what_was_said(client, url, response)))  # noqa: T201 (this is how it answers)


def meet(place: Path, note: str) -> None:
    """Wait until both have opened the page, so that neither knows of the other's change."""
    (place / note).touch()
    until = time.monotonic() + 240
    while len(list(place.iterdir())) < 2 and time.monotonic() < until:
        time.sleep(0.01)


def what_was_said(client, url: str, response) -> dict:
    from groups.models import SupportGroup
    from tests.staff.forms import form_as_it_stands

    if response.status_code == 302:
        return {"saved": True}
    form = response.context["adminform"].form
    again = client.post(url, form_as_it_stands(response))
    group = SupportGroup.objects.get()
    return {
        "saved": False,
        "told": [sentence for step in form.conflict.revision_diffs for sentence in step.sentences],
        "by": [step.who for step in form.conflict.revision_diffs],
        "typed": [form["stage_note"].value(), form_as_it_stands(response)["schedules-0-note"]],
        "saved again": again.status_code == 302,
        "kept": [group.stage_note, group.schedules.get().note, group.revision, group.history.count()],
    }


if __name__ == "__main__":
    django.setup()
    edit(*sys.argv[1:])
