"""`manage.py read_schedules`: how much of a list can be understood before anybody imports it."""

import io

import pytest
from django.core.management import CommandError, call_command


def read(path) -> list[str]:
    message = io.StringIO()
    call_command("read_schedules", path, stdout=message)
    return message.getvalue().splitlines()


def test_read_schedules_prints_what_is_read_asked_and_refused_with_counts(tmp_path):
    path = tmp_path / "schedules.txt"
    path.write_text("\ufeffMondays 7-9\n\n  Tuesdays 7pm (18+)\nterm time only\nMon 2pm; Wed 3pm\n", encoding="utf-8")

    assert read(path) == [
        "Read: 2 of 4 (50 %).",
        "  Tuesdays 7pm (18+)  =  Every Tuesday, from 7pm. Note: 18+.",
        "  Mon 2pm; Wed 3pm  =  Every Monday, from 2pm. Every Wednesday, from 3pm.",
        "Asked about: 1 of 4 (25 %).",
        "  Mondays 7-9  ?  “7-9”: 7pm to 9pm, or 7am to 9am?",
        "Refused: 1 of 4 (25 %).",
        "  term time only  It names no day.",
    ]


@pytest.mark.parametrize("content, sentence", [(b"\n", "has no schedule in it."), (b"\xff\xfe", "cannot be read as a")])
def test_read_schedules_refuses_what_is_no_list(tmp_path, content, sentence):
    path = tmp_path / "schedules.txt"
    path.write_bytes(content)

    with pytest.raises(CommandError, match=sentence):
        read(path)


def test_read_schedules_refuses_a_file_that_is_not_there(tmp_path):
    with pytest.raises(CommandError, match="cannot be read as a"):
        read(tmp_path / "nothing.txt")
