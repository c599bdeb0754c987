"""What staff read on the pages that Django words for developers."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from groups.feedback.models.proposal import Proposal
from tests.factories import make_group
from tests.staff.test_admin_pages import admin_url

from .people import make_manager

# How Django's pages are drawn and their boxes read: no row decides it.
pytestmark = pytest.mark.one_database


def words_of(response) -> str:
    return " ".join(response.text.split())


def test_page_of_one_app_does_not_say_that_there_is_nothing_to_do(admin_client):
    make_group()

    page = words_of(admin_client.get(reverse("admin:app_list", args=["groups"])))

    assert "What needs me today?" not in page
    assert "<h1>What and when: support groups</h1>" in page


def test_list_with_nothing_in_it_says_so_and_offers_nothing_to_do(admin_client):
    empty = words_of(admin_client.get(admin_url(Proposal, "changelist")))
    narrowed = words_of(admin_client.get(admin_url(Proposal, "changelist"), {"state__exact": "taken"}))

    assert ("There is nothing here yet." in empty, "Show all" in empty, 'name="action"' in empty) == (
        True,
        False,
        False,
    )
    assert ("Nothing here fits what you asked for." in narrowed, "Show all" in narrowed) == (True, True)


def test_list_of_accounts_is_in_the_words_of_an_account_page(admin_client):
    make_manager()

    page = words_of(admin_client.get(admin_url(User, "changelist")))

    assert "<summary>Directory manager</summary>" in page
    assert [word for word in ("uperuser status", "Authentication", "By active") if word in page] == []


def test_page_of_an_account_says_nothing_of_how_user_names_are_spelt(admin_client):
    page = words_of(admin_client.get(admin_url(User, "change", make_manager().pk)))

    assert ("Signs in as" in page, "150 characters" in page) == (True, False)


def test_login_says_in_plain_words_that_it_went_wrong(client, db):
    page = words_of(client.post(reverse("admin:login"), {"username": "nobody", "password": "wrong"}))

    assert "The e-mail address or the password is not right." in page
    assert "case-sensitive" not in page


def test_password_is_changed_by_typing_the_old_and_a_new_one(client, db):
    user = User.objects.create_user("sam@alongside.example", password="an old password to go", is_staff=True)
    client.force_login(user)
    typed = {"old_password": "an old password to go", "new_password1": "tea on a wet thursday"}

    asked = client.get(reverse("admin:password_change"))
    stored = client.post(
        reverse("admin:password_change"), {**typed, "new_password2": typed["new_password1"]}, follow=True
    )

    assert "The new password again" in asked.text
    assert "<h1>Your password is changed</h1>" in stored.text
    user.refresh_from_db()
    assert user.check_password("tea on a wet thursday")


def test_somebody_who_owes_a_code_can_log_out(client, db):
    manager = make_manager()
    client.force_login(manager)

    client.post(reverse("admin:logout"))

    assert "_auth_user_id" not in client.session


def test_link_that_does_not_work_is_no_alarm(client, db):
    page = words_of(client.get(reverse("admin:password_reset_confirm", args=["MQ", "no-token"])))

    assert ("<h1>Choose a password</h1>" in page, "unsuccessful" in page) == (True, False)
