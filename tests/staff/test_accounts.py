"""Accounts of staff: made by a manager, opened by a link in a letter, and closed when somebody leaves."""

import re

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from common.choices import EmailState
from common.models import OutgoingEmail
from organisations.models import Editorship
from peersupport.accounts.second_factor import confirm, has_second_factor, unconfirmed_telephone
from tests.factories import make_group, make_organisation
from tests.staff.forms import form_as_it_stands
from tests.staff.people import make_editor, make_manager, sign_in
from tests.staff.test_admin_pages import admin_url
from tests.staff.test_signing_in import INDEX, log_in
from tests.staff.test_venue_pages import sentence

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("letters_leave")]


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
    # Nobody is asked at once for the password that they have just typed twice.
    assert (chosen.request["PATH_INFO"], chosen.status_code) == (INDEX, 200)
    assert "Your new password is saved, and you are logged in." in chosen.text
    assert log_in(Client(), sam, "tea on a wet thursday").status_code == 302


def granted(organisation, role: str = "editor", at: int = 0) -> dict:
    """The fields of a page that give an organisation to an account."""
    return {
        "editorships-TOTAL_FORMS": str(at + 1),
        f"editorships-{at}-organisation": organisation.pk,
        f"editorships-{at}-role": role,
    }


def test_invitation_names_the_organisation_and_the_role_wherever_it_is_spoken_of(admin_client, client):
    answer = invite(admin_client, **granted(make_organisation(name="Take Off"), "contributor"))

    (letter,) = mail.outbox
    assert "You are contributor of “Take Off”." in letter.body
    assert sentence(answer, "success")[:2] == [
        "An e-mail to sam@example.org is on its way, with a link to choose a password.",
        "The account sam@example.org is contributor of “Take Off”.",
    ]
    assert "contributor of “Take Off”" in client.get(link_in(letter), follow=True).text


def test_invitation_without_an_organisation_says_so(admin_client):
    answer = invite(admin_client)

    assert sentence(answer, "warning") == [
        "The account sam@example.org has no organisation yet, and can see nothing. Add one below."
    ]
    assert "It has no organisation yet" in mail.outbox[0].body


def test_invitation_of_a_manager_says_what_they_may_do(admin_client):
    answer = invite(admin_client, is_superuser="on")

    assert sentence(answer, "warning") == []
    assert "You are directory manager, who may do everything." in mail.outbox[0].body


def test_link_that_is_too_old_says_nothing_of_the_account(admin_client, client):
    invite(admin_client, **granted(make_organisation(name="Take Off")))
    User.objects.filter(username="sam@example.org").update(password="!changed meanwhile")

    assert "Take Off" not in client.get(link_in(mail.outbox[0]), follow=True).text


def test_account_that_is_given_another_organisation_is_named_with_it_and_the_role(admin_client):
    wrong, right = make_organisation(name="Live Well Kent"), make_organisation(name="Take Off")
    editor = make_editor(wrong, name="sam")
    page = admin_url(User, "change", editor.pk)
    typed = form_as_it_stands(admin_client.get(page))

    given = admin_client.post(page, typed | granted(right, "contributor", at=1), follow=True)
    unchanged = admin_client.post(page, form_as_it_stands(admin_client.get(page)), follow=True)
    typed = form_as_it_stands(admin_client.get(page)) | {"editorships-0-DELETE": "on", "editorships-1-role": "editor"}
    changed = admin_client.post(page, typed, follow=True)

    now = "The account sam@example.org is {} of “Take Off” from now on. Is that wrong? Take it away again here."
    assert now.format("contributor") in sentence(given, "success")
    assert [item for item in sentence(unchanged, "success") + sentence(unchanged, "warning") if " is " in item] == []
    assert now.format("editor") in sentence(changed, "success")
    assert sentence(changed, "warning") == [
        "The account sam@example.org is no longer editor of “Live Well Kent”.",
        "The account sam@example.org is no longer contributor of “Take Off”.",
    ]


def test_link_to_choose_a_password_works_once_and_wants_a_good_one(admin_client, client):
    invite(admin_client)
    link = link_in(mail.outbox[0])

    weak = choose_password(client, link, "12345678")
    choose_password(client, link, "tea on a wet thursday")
    again = Client().get(link, follow=True)

    assert list(weak.context["form"].errors) == ["new_password2"]
    assert again.context["validlink"] is False


def test_letter_that_cannot_be_sent_waits_and_another_can_be_sent(admin_client, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr("django.core.mail.EmailMessage.send", lambda letter: (_ for _ in ()).throw(OSError))
        page = invite(admin_client)
    sam = User.objects.get(username="sam@example.org")
    waiting = list(OutgoingEmail.objects.values_list("to_address", "state", "problem"))

    admin_client.post(admin_url(User, "changelist"), {"action": "send_link", "_selected_action": [sam.pk]})

    assert (
        sentence(page, "success")[0] == "An e-mail to sam@example.org is on its way, with a link to choose a password."
    )
    assert waiting == [("sam@example.org", EmailState.WAITING, "OSError")]
    assert [letter.to for letter in mail.outbox] == [["sam@example.org"]]


def test_forgotten_password_says_the_same_to_everybody_and_writes_once(client):
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


def test_link_to_choose_a_password_does_not_stand_for_the_second_factor(client):
    manager = make_manager()
    confirm(unconfirmed_telephone(manager))
    client.post("/staff/password/forgotten/", {"email": manager.email}, HTTP_HOST="localhost")

    chosen = choose_password(client, link_in(mail.outbox[0]), "tea on a wet thursday")

    assert (chosen.request["PATH_INFO"], client.get(INDEX).status_code) == (reverse("admin:second_factor"), 302)


# Leaving


def test_somebody_who_leaves_is_out_at_once_and_takes_nothing_along(admin_client, client):
    organisation = make_organisation()
    editor = make_editor(organisation, first_name="Ann")
    sign_in(client, editor)
    group = make_group(organisation=organisation, draft=True)
    client.post(admin_url(type(group), "changelist"), {"action": "publish", "_selected_action": [group.pk]})

    admin_client.post(admin_url(User, "changelist"), {"action": "deactivate", "_selected_action": [editor.pk]})

    assert client.get(INDEX).status_code == 302
    assert [item.get_decoded().get("_auth_user_id") for item in Session.objects.all()].count(str(editor.pk)) == 0
    editor.refresh_from_db()
    assert (editor.is_active, editor.has_usable_password(), editor.editorships.count()) == (False, False, 0)
    group.refresh_from_db()
    assert (group.is_published, group.history.first().history_user) == (True, editor)
    assert "Ann" in admin_client.get(admin_url(type(group), "history", group.pk)).text


def test_manager_who_leaves_is_no_manager_when_they_may_sign_in_again(admin_client, client):
    manager = make_manager()

    admin_client.post(admin_url(User, "changelist"), {"action": "deactivate", "_selected_action": [manager.pk]})
    User.objects.filter(pk=manager.pk).update(is_active=True)
    manager.refresh_from_db()

    assert (manager.is_superuser, sign_in(client, manager).get(admin_url(User, "changelist")).status_code) == (
        False,
        403,
    )


def test_nobody_is_deleted_and_nobody_shuts_themselves_out(admin_client, admin_user):
    deleted = admin_client.post(admin_url(User, "delete", admin_user.pk), {"post": "yes"})
    admin_client.post(admin_url(User, "changelist"), {"action": "deactivate", "_selected_action": [admin_user.pk]})

    admin_user.refresh_from_db()
    assert (deleted.status_code, admin_user.is_active) == (403, True)


# The first manager


def test_first_manager_is_let_in_by_a_link(client, capsys):
    call_command("create_manager", email=" Pat@Example.org")

    link = re.search(r"(/staff/password/choose/\S+)", capsys.readouterr().out).group(1)
    choose_password(client, link, "tea on a wet thursday")
    pat = User.objects.get()
    assert (pat.username, pat.email, pat.is_superuser) == ("pat@example.org", "pat@example.org", True)
    assert log_in(client, pat, "tea on a wet thursday").status_code == 302


@pytest.mark.parametrize(
    "typed, refused",
    [
        (["tea on a wet thursday", "tea on a wet thursday"], ""),
        (["tea on a wet thursday", "tea on a wet tuesday"], "The two are not the same."),
        (["password1234", "password1234"], "This password is too common."),
    ],
)
def test_first_manager_may_type_a_good_password(monkeypatch, typed, refused):
    answers = iter(typed)
    monkeypatch.setattr("getpass.getpass", lambda prompt: next(answers))

    if refused:
        with pytest.raises(CommandError, match=refused):
            call_command("create_manager", email="pat@example.org", password=True)
    else:
        call_command("create_manager", email="pat@example.org", password=True)

    assert [user.check_password(typed[0]) for user in User.objects.all()] == ([] if refused else [True])


@pytest.mark.parametrize("email", ["not an address", "ann@example.org"])
def test_first_manager_needs_an_address_of_their_own(email):
    make_manager("ann")

    with pytest.raises(CommandError):
        call_command("create_manager", email=email)


def test_second_factor_is_taken_away_where_there_is_no_other_manager(capsys):
    manager = make_manager("ann")
    confirm(unconfirmed_telephone(manager))

    call_command("take_away_second_factor", "Ann@example.org")

    assert has_second_factor(User.objects.get()) is False
