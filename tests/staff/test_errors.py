"""What goes wrong on a page for staff is said in the frame of the staff pages, with why and the way back."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from places.models import GazetteerLoad
from tests import factories
from tests.peersupport.html import parse, with_id, words
from tests.staff.people import sign_in

pytestmark = pytest.mark.django_db


def heading_and_words(response) -> tuple[str, str]:
    """The page's own heading, and the first paragraph below it."""
    page = parse(response)
    return words(with_id(page, "content").find("h1")), words(with_id(page, "content-main").find("p"))


def leads_back(response) -> bool:
    return reverse("admin:index") in [link.get("href") for link in with_id(parse(response), "content-main").iter("a")]


@pytest.mark.parametrize(
    "make, words",
    [
        (factories.make_group, "A group is never deleted: its code stands on printed lists,"),
        (
            factories.make_organisation,
            "Only a draft can be deleted, by its editors. What was public",
        ),
        (GazetteerLoad.objects.first, "This is here to look at. A command of the site keeps it;"),
    ],
)
def test_what_is_kept_says_why_to_somebody_who_would_delete_it(admin_client, make, words):
    row = make()
    address = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_delete", args=[row.pk])

    responses = [admin_client.get(address), admin_client.post(address, {"post": "yes"})]

    for response in responses:
        heading, why = heading_and_words(response)
        assert (response.status_code, heading, why.startswith(words)) == (403, "You cannot do this here", True)
        assert leads_back(response)


def test_account_that_may_not_open_a_page_reads_which_account_that_is(client):
    client.force_login(User.objects.create_user("sam", is_staff=True))

    response = client.get(reverse("admin:groups_venue_changelist"))

    assert response.status_code == 403
    assert heading_and_words(response)[1].startswith("Your account, sam, may not open this page.")
    assert leads_back(response)


def test_address_for_staff_that_leads_nowhere_leads_back(admin_client):
    response = admin_client.get("/staff/there-is-no-such-page/")

    assert (response.status_code, heading_and_words(response)[0]) == (404, "There is no such page")
    assert leads_back(response)


def test_form_from_a_page_that_is_too_old_is_told_how_to_save_what_was_typed():
    editor = User.objects.create_superuser("ann")
    client = sign_in(Client(enforce_csrf_checks=True), editor)

    response = client.post(reverse("admin:groups_venue_add"), {"name": "Example hall"})

    assert (response.status_code, heading_and_words(response)[0]) == (403, "This was not saved")
    assert leads_back(response)
    assert "Go back one page, copy what you want to keep" in response.text


def test_somebody_who_has_not_signed_in_sees_the_public_page_of_errors(client):
    refused = Client(enforce_csrf_checks=True).post(reverse("admin:login"), {"username": "ann"})

    assert refused.status_code == 403
    assert "This page is not open to you" in refused.text
