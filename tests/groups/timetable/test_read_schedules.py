"""`manage.py read_schedules`: how much of a list can be understood before anybody imports it."""

import io

import pytest
from django.core.management import CommandError, call_command


def read(path, **options) -> list[str]:
    message = io.StringIO()
    call_command("read_schedules", path, stdout=message, **options)
    return message.getvalue().splitlines()


def test_read_schedules_says_the_share_and_what_was_not_read(tmp_path):
    path = tmp_path / "schedules.txt"
    path.write_text("\ufeffMondays 7-9pm\n\nMondays 7-9\n  1st & 3rd Tues\nterm time only\n", encoding="utf-8")

    assert read(path) == ["Read 2 of 4 (50 %).", "Not read:", "  Mondays 7-9", "  term time only"]


def test_read_schedules_shows_how_each_was_read(tmp_path):
    path = tmp_path / "schedules.txt"
    path.write_text("alternate Saturdays\nMon & Wed 2pm\nTuesdays 7pm (18+)\n")

    assert read(path, show=True) == [
        "Read 3 of 3 (100 %).",
        "  alternate Saturdays  =  Every second Saturday. Ask for the time. Needs a date on which it meets.",
        "  Mon & Wed 2pm  =  Every Monday, from 2pm. Every Wednesday, from 2pm.",
        "  Tuesdays 7pm (18+)  =  Every Tuesday, from 7pm. Note: 18+.",
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
