"""E-mails are made of two templates: what they are about, and what they say."""

import pytest
from django.template import TemplateDoesNotExist

from common.emails import email_message
from tests.architecture.repository import ROOT

FOLDER = ROOT / "templates" / "emails"
#: Part of others.
INCLUDED = {"help_now"}


def test_subject_and_body_are_those_of_the_templates_as_they_were_typed():
    message = email_message("report_closed", to="ann@example.org", listing="Tea & Talk’s <b>", outcome="Done.")

    assert (message.to, message.subject) == (["ann@example.org"], "What you told us about Tea & Talk’s <b>")
    assert "\nTea & Talk’s <b>\n" in message.body
    assert message.extra_headers == {"Auto-Submitted": "auto-generated"}


def test_line_break_in_a_name_begins_no_other_header():
    message = email_message("report_closed", to="ann@example.org", listing="Tea\r\nBcc: all@example.org")

    assert message.message()["Subject"] == "What you told us about Tea Bcc: all@example.org"


def test_every_e_mail_has_a_subject_of_one_line_and_escapes_nothing():
    names = {path.stem.removesuffix("_subject") for path in FOLDER.iterdir()} - INCLUDED
    subjects = {name: (FOLDER / f"{name}_subject.txt").read_text() for name in names}

    assert "report_closed" in names
    assert [name for name, text in subjects.items() if len(text.splitlines()) != 1] == []
    assert [name for name, text in subjects.items() if not text.startswith("{% autoescape off %}")] == []
    assert [name for name in names if not (FOLDER / f"{name}.txt").read_text().startswith("{% autoescape off %}")] == []


def test_e_mail_without_a_subject_is_not_sent():
    with pytest.raises(TemplateDoesNotExist):
        email_message("help_now", to="ann@example.org")
