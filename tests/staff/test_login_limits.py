"""Guessing passwords: by invented names, over many accounts, from many addresses; and that the owner still gets in."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth import hashers
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from common.models import RateLimitCount, RateLimitDay
from peersupport.accounts import throttle
from peersupport.accounts.second_factor import DOUBLINGS
from peersupport.accounts.throttle import MANY_FOR_ACCOUNT, MOST_OF_HOUSEHOLD, PASSWORD_EMAILS_OF_HOUSEHOLD
from tests.factories import make_organisation
from tests.staff.people import PASSWORD, make_editor, sign_in
from tests.staff.test_signing_in import CODE, INDEX, LOGIN, code_of, log_in, no_code_of, with_telephone

__all__ = ["with_telephone"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("letters_leave")]

FORGOTTEN = "/staff/password/forgotten/"


def try_password(name: str, password: str = "wrong", address: str = "192.0.2.1", **headers) -> int:
    """Try a password in a new browser; the status of the answer."""
    typed = {"username": name, "password": password, "next": INDEX}
    return Client().post(LOGIN, typed, REMOTE_ADDR=address, **headers).status_code


@pytest.fixture
def hashed(monkeypatch) -> list[str]:
    """The passwords that were hashed, each as often as it was."""
    seen = []
    hasher = type(hashers.get_hasher())
    encode = hasher.encode
    monkeypatch.setattr(
        hasher, "encode", lambda self, password, salt: seen.append(password) or encode(self, password, salt)
    )
    return seen


def attack(name: str, addresses: int) -> list[int]:
    """A wrong password for one account from so many addresses."""
    return [try_password(name, address=f"198.51.100.{number}") for number in range(addresses)]


def test_invented_names_from_one_address_are_refused_before_they_cost_a_hash(hashed):
    answers = [try_password(f"invented-{number}@example.org") for number in range(16)]

    assert answers == [200] * (MOST_OF_HOUSEHOLD - 1) + [429] * (17 - MOST_OF_HOUSEHOLD)
    assert len(hashed) == MOST_OF_HOUSEHOLD
    assert AccessAttempt.objects.count() == MOST_OF_HOUSEHOLD


def test_one_password_is_not_tried_on_fifty_accounts_from_one_address(hashed):
    organisation = make_organisation()
    editors = [make_editor(organisation) for _ in range(50)]
    hashed.clear()

    answers = [try_password(editor.username, "Summer2026!!") for editor in editors]

    assert (answers.count(200), answers.count(429)) == (MOST_OF_HOUSEHOLD - 1, 51 - MOST_OF_HOUSEHOLD)
    assert hashed.count("Summer2026!!") == MOST_OF_HOUSEHOLD


def test_addresses_of_one_ipv6_household_are_one_address_and_its_neighbour_is_another():
    same = [try_password(f"invented-{number}@example.org", address=f"2001:db8:0:1::{number:x}") for number in range(12)]
    neighbour = try_password("invented-13@example.org", address="2001:db8:0:2::1")

    assert (same[-1], neighbour) == (429, 200)


def test_another_browser_and_a_forwarded_address_do_not_begin_a_new_count():
    answers = [
        try_password(f"invented-{n}@example.org", HTTP_USER_AGENT=f"Browser {n}", HTTP_X_FORWARDED_FOR=f"203.0.113.{n}")
        for n in range(12)
    ]

    assert answers[MOST_OF_HOUSEHOLD - 1 :] == [429] * (13 - MOST_OF_HOUSEHOLD)


def test_right_password_does_not_erase_what_a_household_tried_on_other_accounts():
    editor = make_editor(make_organisation())
    for number in range(MOST_OF_HOUSEHOLD - 1):
        try_password(f"invented-{number}@example.org")

    let_in = try_password(editor.username, PASSWORD)
    answers = [try_password(f"more-{number}@example.org") for number in range(2)]

    assert (let_in, answers) == (302, [429, 429])


def test_household_is_told_and_may_try_again_after_the_time():
    for number in range(MOST_OF_HOUSEHOLD):
        try_password(f"invented-{number}@example.org")
    editor = make_editor(make_organisation())

    refused = log_in(Client(), editor, REMOTE_ADDR="192.0.2.1")
    AccessAttempt.objects.update(attempt_time=timezone.now() - settings.AXES_COOLOFF_TIME - timedelta(seconds=1))
    later = log_in(Client(), editor, REMOTE_ADDR="192.0.2.1")

    assert (refused.status_code, refused.headers["Retry-After"], "came from where you are" in refused.text) == (
        429,
        "900",
        True,
    )
    assert later.status_code == 302


def test_refused_tries_do_not_lengthen_the_time():
    for number in range(MOST_OF_HOUSEHOLD + 5):
        try_password(f"invented-{number}@example.org")
    before = list(AccessAttempt.objects.order_by("pk").values_list("attempt_time", "failures_since_start"))

    try_password("invented-0@example.org")

    assert list(AccessAttempt.objects.order_by("pk").values_list("attempt_time", "failures_since_start")) == before


def test_owner_gets_in_while_many_addresses_try_their_account(hashed, with_telephone):
    manager, telephone, _ = with_telephone
    hashed.clear()

    attack(manager.username, MANY_FOR_ACCOUNT + 20)
    browser = Client()
    let_in = log_in(browser, manager, REMOTE_ADDR="192.0.2.9")
    shown = browser.post(CODE, {"code": code_of(telephone)}, REMOTE_ADDR="192.0.2.9")

    assert (let_in.status_code, shown.status_code, browser.get(INDEX).status_code) == (302, 302, 200)


def test_account_that_is_attacked_gives_each_address_one_try_instead_of_five(hashed):
    editor = make_editor(make_organisation())
    attack(editor.username, MANY_FOR_ACCOUNT)
    hashed.clear()

    answers = [try_password(editor.username, address="203.0.113.1") for _ in range(5)]
    right_too_late = try_password(editor.username, PASSWORD, address="203.0.113.1")
    again = [try_password(editor.username, address=f"198.51.100.{number}") for number in range(MANY_FOR_ACCOUNT)]
    others = try_password(make_editor(make_organisation()).username, PASSWORD, address="203.0.113.1")

    assert (answers, right_too_late, set(again), others) == ([429] * 5, 429, {429}, 302)
    assert hashed.count("wrong") == 1


def test_whoever_is_refused_for_an_attacked_account_is_told_of_the_letter():
    editor = make_editor(make_organisation())
    attack(editor.username, MANY_FOR_ACCOUNT)

    refused = log_in(Client(), editor, "mistyped", REMOTE_ADDR="192.0.2.9")

    assert (refused.status_code, "from many places" in refused.text, f'href="{FORGOTTEN}"' in refused.text) == (
        429,
        True,
        True,
    )


def test_nothing_of_any_count_outlives_the_time(client):
    attack(make_editor(make_organisation()).username, MANY_FOR_ACCOUNT + 1)
    client.post(FORGOTTEN, {"email": "nobody@example.org"}, HTTP_HOST="localhost")
    tables = (AccessAttempt, RateLimitCount, RateLimitDay)
    stored = " ".join(str(value) for table in tables for row in table.objects.values_list() for value in row)
    AccessAttempt.objects.update(attempt_time=timezone.now() - settings.AXES_COOLOFF_TIME)

    call_command("tidy_up")

    assert ("198.51.100" in stored, "127.0.0.1" in stored, "wrong" in stored) == (False, False, False)
    assert [table.objects.count() for table in tables] == [0, 0, 0]


def test_rows_of_wrong_passwords_are_so_many_at_most_and_the_oldest_go(monkeypatch):
    monkeypatch.setattr(throttle, "MOST_FAILURES", 3)

    for number in range(6):
        try_password(f"invented-{number}@example.org", address=f"192.0.2.{number}")

    names = list(AccessAttempt.objects.order_by("pk").values_list("username", flat=True))
    assert names == [f"invented-{number}@example.org" for number in (3, 4, 5)]


# Letters, codes, and the password that somebody has


def test_household_asks_for_so_many_letters_whoever_they_are_for(client):
    ask = [client.post(FORGOTTEN, {"email": f"invented-{n}@example.org"}, HTTP_HOST="localhost") for n in range(12)]
    elsewhere = client.post(FORGOTTEN, {"email": "x@example.org"}, HTTP_HOST="localhost", REMOTE_ADDR="192.0.2.2")

    most = PASSWORD_EMAILS_OF_HOUSEHOLD.most
    assert [answer.status_code for answer in ask] == [302] * most + [429] * (12 - most)
    assert ("asked for from where you are" in ask[-1].text, elsewhere.status_code) == (True, 302)


def test_account_gets_one_letter_in_five_minutes_from_all_addresses_together(client):
    editor = make_editor(make_organisation())

    def ask(number: int) -> None:
        client.post(FORGOTTEN, {"email": editor.email}, HTTP_HOST="localhost", REMOTE_ADDR=f"192.0.2.{number}")

    for number in range(5):
        ask(number)
    at_once = len(mail.outbox)
    RateLimitCount.objects.update(expires_at=timezone.now())
    ask(6)

    assert (at_once, len(mail.outbox)) == (1, 2)


def test_letters_that_were_asked_for_are_no_wrong_passwords(client):
    editor = make_editor(make_organisation())
    for _ in range(PASSWORD_EMAILS_OF_HOUSEHOLD.most + 2):
        client.post(FORGOTTEN, {"email": editor.email}, HTTP_HOST="localhost")

    assert log_in(client, editor).status_code == 302


def test_wrong_codes_never_make_the_owner_wait_longer_than_half_an_hour(client, with_telephone):
    manager, telephone, _ = with_telephone
    log_in(client, manager)
    TOTPDevice.objects.update(throttling_failure_count=40, throttling_failure_timestamp=timezone.now())

    refused = client.post(CODE, {"code": code_of(telephone)})
    waited = timezone.now() - timedelta(seconds=2 ** (DOUBLINGS - 1))
    TOTPDevice.objects.update(throttling_failure_timestamp=waited)
    let_in = client.post(CODE, {"code": code_of(telephone)})

    assert ("Wait 35 minutes" in refused.text, let_in.status_code) == (True, 302)


def test_new_password_by_a_letter_ends_the_wait_that_somebody_elses_wrong_codes_made(client, with_telephone):
    manager, telephone, _ = with_telephone
    thief = Client()
    log_in(thief, manager)
    for _ in range(3):
        TOTPDevice.objects.update(throttling_failure_timestamp=None)
        thief.post(CODE, {"code": no_code_of(telephone)})
    client.post(FORGOTTEN, {"email": manager.email}, HTTP_HOST="localhost")
    link = mail.outbox[0].body.split("/staff/")[1].split()[0]

    page = client.get(f"/staff/{link}", follow=True)
    new = "tea on a wet thursday"
    client.post(page.request["PATH_INFO"], {"new_password1": new, "new_password2": new})
    log_in(client, manager, new)

    assert client.post(CODE, {"code": code_of(telephone)}).status_code == 302
    assert thief.get(CODE).status_code == 302


def test_password_that_somebody_has_cannot_be_guessed_at_an_open_browser(client, hashed):
    editor = make_editor(make_organisation())
    sign_in(client, editor)
    new = {"new_password1": "tea on a wet thursday", "new_password2": "tea on a wet thursday"}

    answers = [client.post("/staff/password_change/", {"old_password": "wrong", **new}).status_code for _ in range(6)]
    editor.refresh_from_db()

    assert (answers, editor.check_password(PASSWORD), hashed.count("wrong")) == ([200] * 4 + [429] * 2, True, 5)


def test_password_is_changed_with_the_one_that_somebody_has(client):
    editor = make_editor(make_organisation())
    sign_in(client, editor)
    new = {"new_password1": "tea on a wet thursday", "new_password2": "tea on a wet thursday"}

    changed = client.post("/staff/password_change/", {"old_password": PASSWORD, **new})
    editor.refresh_from_db()

    assert (changed.status_code, editor.check_password("tea on a wet thursday")) == (302, True)
