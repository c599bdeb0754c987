"""An organisation that has ended has a page that says so, and nobody is asked to call it on any other."""

import datetime

import pytest
from django.urls import reverse

from tests.factories import make_contact, make_organisation, make_role, make_training
from tests.organisations.test_pages import main
from tests.peersupport.html import words

pytestmark = pytest.mark.django_db


def test_organisation_that_has_ended_says_so_and_asks_nobody_to_call(client):
    organisation = make_organisation(ended_on=datetime.date(2026, 1, 1), what_became_of_it="It joined another.")
    make_contact(organisation=organisation, phone="01632 960001")
    make_role(organisation=organisation)
    make_training(organisation=organisation)

    page = main(client, organisation.get_absolute_url())

    notice = page.find(".//div[@class='notice notice--closed']")
    assert words(notice) == "This organisation has ended It joined another."
    assert [words(heading) for heading in page.iter("h2")] == ["Key facts", "Is this right?"]
    assert "01632" not in words(page)


@pytest.mark.parametrize("ended_on, number", [(None, 1), (datetime.date(2026, 1, 1), 0)])
def test_nobody_is_asked_to_call_an_organisation_that_has_ended_on_any_list(client, ended_on, number):
    organisation = make_organisation(name="Example harbour", ended_on=ended_on)
    make_contact(organisation=organisation, role_title="Lead", purpose="starting a group")
    make_role(organisation=organisation)
    make_training(organisation=organisation, kind="starting a group")
    lists = ["organisations:role_list", "organisations:training_list"]
    lists += ["groups:start_a_group", "groups:start_a_group_contacts"]

    named = [words(main(client, reverse(view))).count("Example harbour") for view in lists]

    assert named == [number, number, 2 * number, number]


@pytest.mark.parametrize("ended_on, asked", [(None, True), (datetime.date(2026, 1, 1), False)])
def test_role_of_an_organisation_that_has_ended_asks_nobody_to_call(client, ended_on, asked):
    organisation = make_organisation(ended_on=ended_on)
    role = make_role(organisation=organisation)
    role.contacts.add(make_contact(organisation=organisation, phone="01632 960001"))

    page = main(client, role.get_absolute_url())

    notices = [words(notice) for notice in page.iterfind(".//div[@class='notice notice--closed']")]
    headings = [words(heading) for heading in page.iter("h2")]
    assert notices == ([] if asked else ["This organisation has ended"])
    assert ("Who can I ask?" in headings, "How do I become one?" in headings, "01632" in words(page)) == (asked,) * 3
