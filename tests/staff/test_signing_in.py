"""Getting in: a password, and for managers a code; and being kept out after wrong ones."""

import re
from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from peersupport.accounts.second_factor import (
    MOST_PENDING,
    confirm,
    has_second_factor,
    requires_second_factor,
    unconfirmed_telephone,
)
from tests.factories import make_group, make_organisation
from tests.staff.people import PASSWORD, make_editor, make_manager
from tests.staff.test_admin_pages import admin_url

pytestmark = pytest.mark.django_db

INDEX, LOGIN = "/staff/", "/staff/login/"
CODE, SET_UP = "/staff/second-factor/", "/staff/second-factor/set-up/"


def log_in(client, user, password=PASSWORD, **headers):
    return client.post(LOGIN, {"username": user.username, "password": password, "next": INDEX}, **headers)


def code_of(telephone: TOTPDevice, later: int = 0) -> str:
    """The six figures that a telephone shows now, or so many half minutes later."""
    totp = TOTP(telephone.bin_key, telephone.step, telephone.t0, telephone.digits, telephone.drift)
    totp.time = timezone.now().timestamp() + later * telephone.step
    return f"{totp.token():06}"


def no_code_of(telephone: TOTPDevice) -> str:
    """Six figures that a telephone shows neither now nor about now."""
    shown = {code_of(telephone, later) for later in range(-2, 3)}
    return next(code for figure in "012345" if (code := figure * 6) not in shown)


@pytest.fixture
def with_telephone() -> tuple[User, TOTPDevice, list[str]]:
    """A manager who has set up a telephone and has ten codes on paper."""
    manager = make_manager()
    telephone = unconfirmed_telephone(manager)
    return manager, telephone, confirm(telephone)


# A second factor


def test_manager_can_do_nothing_before_a_second_factor_is_set_up(client):
    manager = make_manager()
    group = make_group()

    entered = log_in(client, manager)
    pages = [client.get(url) for url in (INDEX, admin_url(type(group), "change", group.pk), "/staff/password_change/")]
    posted = client.post(admin_url(type(group), "changelist"), {"action": "withdraw", "_selected_action": [group.pk]})

    assert (entered.status_code, entered.headers["Location"]) == (302, INDEX)
    assert [page.headers["Location"].split("?")[0] for page in (*pages, posted)] == [LOGIN] * 4
    assert client.get(LOGIN, follow=True).redirect_chain[-1][0].split("?")[0] == SET_UP
    group.refresh_from_db()
    assert group.is_published is True


def test_second_factor_is_set_up_with_the_code_that_a_telephone_shows(client):
    manager = make_manager()
    log_in(client, manager)

    page = client.get(SET_UP)
    telephone = TOTPDevice.objects.get(user=manager)
    wrong = client.post(SET_UP, {"code": no_code_of(telephone)})
    TOTPDevice.objects.update(throttling_failure_timestamp=timezone.now() - timedelta(minutes=1))
    codes = client.post(SET_UP, {"code": code_of(telephone)}).context["codes"]

    # It shrinks to a narrow screen as a whole.
    assert re.findall(r'<svg role="img"[^>]* viewBox="0 0 (\d+) \1"', page.text) != []
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (200, ["code"])
    assert (len(set(codes)), client.get(INDEX).status_code) == (10, 200)


def test_second_factor_is_asked_for_at_each_login(client, with_telephone):
    manager, telephone, _ = with_telephone
    log_in(client, manager)

    before = client.get(INDEX)
    let_in = client.post(f"{CODE}?next=/staff/groups/", {"code": code_of(telephone)})

    assert before.status_code == 302
    assert (let_in.headers["Location"], client.get(INDEX).status_code) == ("/staff/groups/", 200)


def test_code_from_a_telephone_works_once(client, with_telephone):
    manager, telephone, _ = with_telephone
    code = code_of(telephone)
    for browser in (client, Client()):
        log_in(browser, manager)
        answer = browser.post(CODE, {"code": code})

    assert (answer.status_code, list(answer.context["form"].errors)) == (200, ["code"])


def test_code_on_paper_works_once_however_it_is_typed(client, with_telephone):
    manager, _, codes = with_telephone
    answers = []
    for browser in (client, Client()):
        log_in(browser, manager)
        answers.append(browser.post(CODE, {"code": codes[0].upper().replace(" ", "-")}).status_code)

    assert answers == [302, 200]


def test_wrong_codes_make_the_next_try_wait(client, monkeypatch, with_telephone):
    manager, telephone, _ = with_telephone
    log_in(client, manager)
    # The clock stands still: on a busy machine a second of the sixteen may be over before the answer comes.
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now)
    right, wrong = code_of(telephone), no_code_of(telephone)

    for _ in range(5):
        TOTPDevice.objects.update(throttling_failure_timestamp=None)
        client.post(CODE, {"code": wrong})
    refused = client.post(CODE, {"code": right})

    assert refused.context["form"].errors["code"][0].startswith("That was tried too often. Wait 16 seconds")


def test_second_factor_of_one_does_not_let_another_in(client, with_telephone):
    _, telephone, codes = with_telephone
    other = make_manager()
    confirm(unconfirmed_telephone(other))
    log_in(client, other)

    answers = [client.post(CODE, {"code": code}).status_code for code in (code_of(telephone), codes[0])]

    assert (answers, client.get(INDEX).status_code) == ([200, 200], 302)


def test_second_factor_cannot_be_replaced_by_who_has_only_the_password(client, with_telephone):
    manager, *_ = with_telephone
    log_in(client, manager)

    answers = [client.get(SET_UP), client.post(SET_UP, {"code": "123456"}), client.post("/staff/second-factor/codes/")]

    assert [answer.status_code for answer in answers] == [302] * 3
    assert TOTPDevice.objects.filter(user=manager, confirmed=False).count() == 0


def test_editor_may_do_without_and_once_set_up_needs_it(client):
    editor = make_editor(make_organisation())
    log_in(client, editor)
    without = client.get(INDEX).status_code

    confirm(unconfirmed_telephone(editor))

    assert (without, client.get(INDEX).status_code) == (200, 302)


def test_address_after_the_code_is_our_own(client, with_telephone):
    manager, telephone, _ = with_telephone
    log_in(client, manager)

    answer = client.post(f"{CODE}?next=https://elsewhere.example/", {"code": code_of(telephone)})

    assert answer.headers["Location"] == INDEX


@pytest.mark.parametrize("address", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"])
def test_address_after_the_password_is_our_own_page(client, address):
    editor = make_editor(make_organisation())

    answer = client.post(LOGIN, {"username": editor.username, "password": PASSWORD, "next": address}, follow=True)

    assert (answer.redirect_chain, answer.status_code) == ([(INDEX, 302)], 200)


def test_each_session_is_shown_a_key_of_its_own_until_one_is_confirmed(client):
    manager, thief = make_manager(), Client()
    for browser in (client, thief):
        log_in(browser, manager)

    keys = [browser.get(SET_UP).context["key"] for browser in (client, thief, client, thief)]
    own = TOTPDevice.objects.order_by("pk").first()
    client.post(SET_UP, {"code": code_of(own)})

    assert (keys[0] != keys[1], keys[2:]) == (True, keys[:2])
    assert (client.get(INDEX).status_code, list(TOTPDevice.objects.values_list("pk", "confirmed"))) == (
        200,
        [(own.pk, True)],
    )


def test_telephones_that_were_never_confirmed_are_a_few_at_most(client):
    manager = make_manager()

    for _ in range(MOST_PENDING + 3):
        unconfirmed_telephone(manager)

    assert TOTPDevice.objects.count() == MOST_PENDING


def test_lost_telephone_is_taken_away_by_another_manager(admin_client, client, with_telephone):
    manager, *_ = with_telephone

    admin_client.post(
        admin_url(User, "changelist"), {"action": "take_away_second_factor", "_selected_action": [manager.pk]}
    )

    assert has_second_factor(User.objects.get(pk=manager.pk)) is False
    log_in(client, manager)
    assert client.get(INDEX).status_code == 302


# Wrong passwords


def test_wrong_passwords_shut_an_account_for_that_household_only(client):
    editor = make_editor(make_organisation())

    answers = [log_in(client, editor, "wrong", REMOTE_ADDR="192.0.2.1").status_code for _ in range(5)]
    right_too_late = log_in(client, editor, REMOTE_ADDR="192.0.2.1")
    elsewhere = log_in(Client(), editor, REMOTE_ADDR="192.0.2.2")

    assert answers == [200, 200, 200, 200, 429]
    assert (right_too_late.status_code, "shut for 15 minutes" in right_too_late.text) == (429, True)
    assert elsewhere.status_code == 302


def test_account_is_the_same_however_it_is_written(client):
    editor = make_editor(make_organisation(), name="ann")

    tries = ["ann@example.org", "Ann@example.org", " ANN@example.org", "ann@EXAMPLE.org", "aNn@example.org"]
    answers = [client.post(LOGIN, {"username": name, "password": "wrong"}).status_code for name in tries]
    let_in = Client().post(
        LOGIN, {"username": " Ann@Example.org", "password": PASSWORD, "next": INDEX}, REMOTE_ADDR="192.0.2.2"
    )

    assert answers == [200, 200, 200, 200, 429]
    assert (let_in.status_code, User.objects.get(pk=editor.pk).last_login is not None) == (302, True)


@pytest.mark.parametrize("believed, shut", [(True, [429, 200]), (False, [429, 429])])
def test_address_is_the_front_servers_word_where_there_is_one(client, believed, shut):
    editor = make_editor(make_organisation())
    with_proxy = {"HTTP_X_FORWARDED_FOR": "203.0.113.9, 192.0.2.1", "REMOTE_ADDR": "10.0.0.2"}
    other = with_proxy | {"HTTP_X_FORWARDED_FOR": "203.0.113.9, 192.0.2.2"}

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "BEHIND_PROXY", believed)
        for _ in range(5):
            last = log_in(client, editor, "wrong", **with_proxy)
        background = log_in(Client(), editor, "wrong", **other)

    assert [last.status_code, background.status_code] == shut


def test_nothing_is_kept_of_wrong_passwords_but_a_mark_that_goes(client):
    editor = make_editor(make_organisation())

    log_in(client, editor, "wrong", REMOTE_ADDR="192.0.2.1")
    attempt = AccessAttempt.objects.get()
    stored = " ".join(str(value) for value in vars(attempt).values())
    log_in(client, editor, REMOTE_ADDR="192.0.2.1")

    assert ("192.0.2.1" in stored, PASSWORD in stored, "wrong" in stored) == (False, False, False)
    assert list(AccessAttempt.objects.all()) == []


def test_what_is_kept_of_wrong_passwords_goes_when_its_time_is_over(client):
    log_in(client, make_editor(make_organisation()), "wrong")
    AccessAttempt.objects.update(attempt_time=timezone.now() - settings.AXES_COOLOFF_TIME)

    log_in(client, make_editor(make_organisation()))

    assert list(AccessAttempt.objects.all()) == []


def test_cookies_of_staff_are_not_sent_with_public_pages(client):
    log_in(client, make_editor(make_organisation()))

    assert {name: cookie["path"] for name, cookie in client.cookies.items()} == {
        "sessionid": "/staff/",
        "csrftoken": "/staff/",
    }


def test_second_factor_is_owed_by_nobody_who_is_not_signed_in(client):
    request = client.get(LOGIN).wsgi_request

    assert requires_second_factor(request.user) is False
