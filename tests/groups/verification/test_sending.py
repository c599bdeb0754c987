"""Asking organisations: one plain message in a fortnight, each recorded, and a mail server's no is heard."""

import datetime
import re
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command

from groups.choices import Delivery, ProposalSource
from groups.feedback.proposals import propose
from groups.verification.models import CheckRequest
from groups.verification.sending import _record, send_check_requests
from organisations.models import Organisation
from tests.factories import as_example, days_ago, make_contact, make_group, make_organisation, make_role, make_training

pytestmark = pytest.mark.django_db


def after(days: int) -> datetime.date:
    return days_ago(-days)


def send(today: datetime.date | None = None) -> list[tuple[str, str]]:
    return [(outcome.organisation.name, outcome.words) for outcome in send_check_requests(today or days_ago(0))]


def test_message_names_all_that_is_due_and_nothing_else(organisation, mailoutbox):
    due = [make_group(name="Example due", organisation=organisation, checked=days_ago(200))]
    due += [make_role(title="Example never", organisation=organisation)]
    due += [make_training(title="Example lapsed", organisation=organisation, checked=days_ago(900))]
    make_group(name="Example fresh", organisation=organisation, checked=days_ago(100))
    make_group(name="Example ended", organisation=organisation, ended=True)
    make_group(name="Example draft", organisation=organisation, draft=True)
    make_training(title="Example over", organisation=organisation, starts_on=days_ago(90), ends_on=days_ago(1))

    send()

    [letter] = mailoutbox
    assert (letter.to, letter.subject) == (["desk@house.example"], "Is this still right? Example house")
    assert re.findall(r"^- (.*)$", letter.body, re.M) == [str(row) for row in due]
    assert letter.extra_headers == {"Auto-Submitted": "auto-generated"}
    request = CheckRequest.objects.get()
    assert [row.listing for row in request.asked.all()] == due
    assert (request.organisation, request.sent_on, request.delivery) == (organisation, days_ago(0), Delivery.SENT)


def test_message_is_in_short_plain_sentences(asked, mailoutbox):
    body = re.sub(r"^- .*$|^http.*$", "", mailoutbox[0].body, flags=re.M)
    longest = max((sentence.split() for sentence in re.split(r"[.?!:]\s|\n\n", body)), key=len)

    assert len(longest) <= 25, " ".join(longest)


def test_contact_that_is_ticked_is_asked_before_the_one_for_questions(organisation, group, mailoutbox):
    make_contact(organisation=organisation, purpose="joining", email="joining@house.example")
    make_contact(organisation=organisation, purpose="training", email="keeper@house.example", is_asked_for_checks=True)

    send()

    assert [letter.to for letter in mailoutbox] == [["keeper@house.example"]]


def test_nobody_is_asked_for_whom_there_is_no_address_and_it_is_said(mailoutbox):
    organisation = make_organisation(name="Example house")
    make_contact(organisation=organisation, purpose="joining", email="joining@house.example")

    assert send() == [("Example house", "nobody to ask: no contact for questions has an e-mail address")]
    assert (mailoutbox, CheckRequest.objects.count()) == ([], 0)


@pytest.mark.parametrize("days, messages", [(0, 1), (13, 1), (14, 2)])
def test_next_message_comes_in_a_fortnight(asked, mailoutbox, days, messages):
    send(after(days))

    assert len(mailoutbox) == messages


def test_after_three_silent_messages_the_next_waits_a_quarter_of_a_year(asked, mailoutbox):
    counted = []
    for days in range(14, 150, 7):
        send(after(days))
        counted.append((days, len(mailoutbox)))

    assert [days for (days, now), (_, before) in zip(counted[1:], counted, strict=False) if now > before] == [28, 119]


def test_what_was_answered_and_not_decided_yet_is_not_asked_again(asked, group, mailoutbox):
    propose(group, ProposalSource.LINK, {"cost_note": "£2"})

    send(after(30))

    assert len(mailoutbox) == 1


def test_ended_or_hidden_organisation_is_not_asked(organisation, group, mailoutbox):
    Organisation.objects.update(ended_on=days_ago(0))
    assert send() == []
    Organisation.objects.update(ended_on=None, publication="withdrawn")
    assert send() == []


def refusing(error: Exception):
    def send_it(self, **_):
        raise error

    return send_it


def test_refused_mail_is_recorded_without_the_address_and_not_sent_again(organisation, group, monkeypatch, mailoutbox):
    refused = SMTPRecipientsRefused({"desk@house.example": (550, b"desk@house.example is unknown here")})
    with monkeypatch.context() as patch:
        patch.setattr(EmailMessage, "send", refusing(refused))
        message = send()

    request = CheckRequest.objects.get()
    assert message == [("Example house", "refused: 550 this address is unknown here")]
    assert (request.delivery, request.problem) == (Delivery.REFUSED, "550 this address is unknown here")
    assert (send(after(60)), mailoutbox) == ([], [])

    contact = organisation.contacts.get()
    contact.email = "new@house.example"
    contact.save()
    assert send(after(60)) == [("Example house", "asked")]


def test_mail_server_that_goes_away_leaves_no_record_of_what_was_not_sent(group, monkeypatch):
    monkeypatch.setattr(EmailMessage, "send", refusing(SMTPServerDisconnected()))

    with pytest.raises(CommandError, match="The mail server cannot be used"):
        call_command("send_check_requests")

    assert CheckRequest.objects.count() == 0


def test_dry_run_sends_and_records_nothing(group, mailoutbox, capsys):
    call_command("send_check_requests", dry_run=True)

    assert capsys.readouterr().out == "Example house (1 listing): would be asked.\n"
    assert (mailoutbox, CheckRequest.objects.count()) == ([], 0)


def test_command_says_when_there_is_nothing_to_do(organisation, capsys):
    call_command("send_check_requests")

    assert capsys.readouterr().out == "Nobody has to be asked today.\n"


def test_message_that_another_process_has_just_recorded_is_not_sent_again(organisation, group):
    contact = organisation.contacts.get()

    first, second = (_record(organisation, contact, [group], days_ago(0)) for _ in "12")

    assert (CheckRequest.objects.get(), second) == (first, None)


def test_examples_are_sent_no_letters(mailoutbox):
    example = as_example(make_organisation(name="Example house"))
    make_contact(organisation=example, purpose="general", email="desk@house.example")
    for make in (make_group, make_role, make_training):
        as_example(make(organisation=example))
    # Whoever put it there, nobody would read a letter about it.
    make_group(name="Real group of an example", organisation=example)

    assert send() == []
    assert mailoutbox == []


def test_example_of_a_real_organisation_is_not_asked_about(mailoutbox):
    organisation = make_organisation(name="Real house", checked=days_ago(1))
    make_contact(organisation=organisation, purpose="general", email="desk@house.example")
    as_example(make_group(name="Generated", organisation=organisation))
    assert send() == []

    make_group(name="Real walkers", organisation=organisation)

    assert send() == [("Real house", "asked")]
    assert "- Real walkers\n" in mailoutbox[0].body
    assert "Generated" not in mailoutbox[0].body


def test_example_that_an_editor_has_made_real_is_asked_about():
    organisation = make_organisation(name="Real house", checked=days_ago(1))
    make_contact(organisation=organisation, purpose="general", email="desk@house.example")
    group = as_example(make_group(organisation=organisation))
    group.source_name = "A leaflet"
    group.save()

    assert send() == [("Real house", "asked")]
