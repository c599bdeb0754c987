"""Getting in: a password, and for managers a code; being kept out after wrong ones; and leaving."""

import re
from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from organisations.models import Editorship
from peersupport.accounts.second_factor import confirm, has_one, is_owed, telephone_to_confirm
from tests.factories import make_group, make_organisation
from tests.staff.people import PASSWORD, make_editor, make_manager, sign_in
from tests.staff.test_admin_pages import admin_url
from tests.staff.test_venue_pages import said

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


@pytest.fixture
def with_telephone() -> tuple[User, TOTPDevice, list[str]]:
    """A manager who has set up a telephone and has ten codes on paper."""
    manager = make_manager()
    telephone = telephone_to_confirm(manager)
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
    wrong = client.post(SET_UP, {"code": "000000" if code_of(telephone) != "000000" else "111111"})
    TOTPDevice.objects.update(throttling_failure_timestamp=timezone.now() - timedelta(minutes=1))
    codes = client.post(SET_UP, {"code": code_of(telephone)}).context["codes"]

    assert page.text.count('<svg role="img"') == 1
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


def test_wrong_codes_make_the_next_try_wait(client, with_telephone):
    manager, telephone, _ = with_telephone
    log_in(client, manager)
    right = code_of(telephone)
    wrong = "000000" if right != "000000" else "111111"

    for _ in range(5):
        TOTPDevice.objects.update(throttling_failure_timestamp=None)
        client.post(CODE, {"code": wrong})
    refused = client.post(CODE, {"code": right})

    assert refused.context["form"].errors["code"][0].startswith("That was tried too often. Wait 16 seconds")


def test_second_factor_of_one_does_not_let_another_in(client, with_telephone):
    _, telephone, codes = with_telephone
    other = make_manager()
    confirm(telephone_to_confirm(other))
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

    confirm(telephone_to_confirm(editor))

    assert (without, client.get(INDEX).status_code) == (200, 302)


def test_address_after_the_code_is_our_own(client, with_telephone):
    manager, telephone, _ = with_telephone
    log_in(client, manager)

    answer = client.post(f"{CODE}?next=https://elsewhere.example/", {"code": code_of(telephone)})

    assert answer.headers["Location"] == INDEX


def test_lost_telephone_is_taken_away_by_another_manager(admin_client, client, with_telephone):
    manager, *_ = with_telephone

    admin_client.post(
        admin_url(User, "changelist"), {"action": "take_away_second_factor", "_selected_action": [manager.pk]}
    )

    assert has_one(User.objects.get(pk=manager.pk)) is False
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
        beside = log_in(Client(), editor, "wrong", **other)

    assert [last.status_code, beside.status_code] == shut


def test_nothing_is_kept_of_wrong_passwords_but_a_mark_that_goes(client):
    editor = make_editor(make_organisation())

    log_in(client, editor, "wrong", REMOTE_ADDR="192.0.2.1")
    attempt = AccessAttempt.objects.get()
    kept = " ".join(str(value) for value in vars(attempt).values())
    log_in(client, editor, REMOTE_ADDR="192.0.2.1")

    assert ("192.0.2.1" in kept, PASSWORD in kept, "wrong" in kept) == (False, False, False)
    assert list(AccessAttempt.objects.all()) == []


def test_what_is_kept_of_wrong_passwords_goes_when_its_time_is_over(client):
    log_in(client, make_editor(make_organisation()), "wrong")
    AccessAttempt.objects.update(attempt_time=timezone.now() - settings.AXES_COOLOFF_TIME)

    log_in(client, make_editor(make_organisation()))

    assert list(AccessAttempt.objects.all()) == []


# Accounts, and passwords by a link


def invite(client, address: str = "sam@example.org", **more):
    rows = {"editorships-TOTAL_FORMS": "0", "editorships-INITIAL_FORMS": "0"} | more
    return client.post(admin_url(User, "add"), {"email": address, "first_name": "Sam", **rows}, follow=True)


def link_in(letter) -> str:
    return re.search(r"https?://[^/]+(/staff/password/choose/\S+)", letter.body).group(1)


def choose_password(client, link: str, password: str):
    page = client.get(link, follow=True)
    return client.post(page.request["PATH_INFO"], {"new_password1": password, "new_password2": password}, follow=True)


def test_manager_lets_an_editor_in_by_a_letter_with_a_link(admin_client, client):
    organisation = make_organisation()
    row = {
        "editorships-TOTAL_FORMS": "1",
        "editorships-0-organisation": organisation.pk,
        "editorships-0-role": "editor",
    }

    invite(admin_client, "Sam@Example.org", **row)

    sam = User.objects.get(username="sam@example.org")
    (letter,) = mail.outbox
    assert (letter.to, sam.has_usable_password(), sam.is_staff, sam.is_superuser) == (
        ["sam@example.org"],
        False,
        True,
        False,
    )
    assert list(Editorship.objects.values_list("user", "organisation", "role")) == [(sam.pk, organisation.pk, "editor")]
    chosen = choose_password(client, link_in(letter), "tea on a wet thursday")
    assert chosen.request["PATH_INFO"] == reverse("admin:password_reset_complete")
    assert log_in(client, sam, "tea on a wet thursday").status_code == 302
    assert client.get(INDEX).status_code == 200


def test_link_to_choose_a_password_works_once_and_wants_a_good_one(admin_client, client):
    invite(admin_client)
    link = link_in(mail.outbox[0])

    weak = choose_password(client, link, "12345678")
    choose_password(client, link, "tea on a wet thursday")
    again = Client().get(link, follow=True)

    assert list(weak.context["form"].errors) == ["new_password2"]
    assert again.context["validlink"] is False


def test_letter_that_cannot_be_sent_is_said_and_can_be_sent_again(admin_client, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr("django.core.mail.EmailMessage.send", lambda letter: (_ for _ in ()).throw(OSError))
        page = invite(admin_client)
    sam = User.objects.get(username="sam@example.org")

    admin_client.post(admin_url(User, "changelist"), {"action": "send_link", "_selected_action": [sam.pk]})

    assert said(page, "error")[0].startswith("The letter to sam@example.org could not be sent.")
    assert [letter.to for letter in mail.outbox] == [["sam@example.org"]]


def test_forgotten_password_says_the_same_to_everybody_and_writes_once(client):
    cache.clear()
    editor = make_editor(make_organisation())
    gone = make_editor(is_active=False)

    pages = [
        client.post("/staff/password/forgotten/", {"email": address}, follow=True, HTTP_HOST="localhost").text
        for address in (editor.email, editor.email, gone.email, "nobody@example.org")
    ]

    assert len({re.sub(r'value="[^"]*"', "", page) for page in pages}) == 1
    (letter,) = mail.outbox
    assert letter.to == [editor.email]
    assert f"{settings.SITE_ADDRESS}/staff/password/choose/" in letter.body


# Leaving


def test_somebody_who_leaves_is_out_at_once_and_takes_nothing_along(admin_client, client):
    organisation = make_organisation()
    editor = make_editor(organisation, first_name="Ann")
    sign_in(client, editor)
    group = make_group(organisation=organisation, draft=True)
    client.post(admin_url(type(group), "changelist"), {"action": "publish", "_selected_action": [group.pk]})

    admin_client.post(admin_url(User, "changelist"), {"action": "has_left", "_selected_action": [editor.pk]})

    assert client.get(INDEX).status_code == 302
    assert [one.get_decoded().get("_auth_user_id") for one in Session.objects.all()].count(str(editor.pk)) == 0
    editor.refresh_from_db()
    assert (editor.is_active, editor.has_usable_password(), editor.editorships.count()) == (False, False, 0)
    group.refresh_from_db()
    assert (group.is_published, group.history.first().history_user) == (True, editor)
    assert "Ann" in admin_client.get(admin_url(type(group), "history", group.pk)).text


def test_nobody_is_deleted_and_nobody_shuts_themselves_out(admin_client, admin_user):
    deleted = admin_client.post(admin_url(User, "delete", admin_user.pk), {"post": "yes"})
    admin_client.post(admin_url(User, "changelist"), {"action": "has_left", "_selected_action": [admin_user.pk]})

    admin_user.refresh_from_db()
    assert (deleted.status_code, admin_user.is_active) == (403, True)


def test_cookies_of_staff_are_not_sent_with_public_pages(client):
    log_in(client, make_editor(make_organisation()))

    assert {name: cookie["path"] for name, cookie in client.cookies.items()} == {
        "sessionid": "/staff/",
        "csrftoken": "/staff/",
    }


def test_second_factor_is_owed_by_nobody_who_is_not_signed_in(client):
    request = client.get(LOGIN).wsgi_request

    assert is_owed(request.user) is False
