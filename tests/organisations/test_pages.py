"""Pages about organisations and what they offer beside groups."""

import datetime

import pytest
from django.urls import reverse

from organisations.choices import Permission
from organisations.models import EventSeries, Membership, Resource, Statement
from tests.factories import (
    days_ago,
    make_contact,
    make_event,
    make_group,
    make_organisation,
    make_quotation,
    make_role,
    make_training,
)
from tests.peersupport.html import parse, with_id, words

pytestmark = pytest.mark.django_db


def main(client, address: str, **asked):
    return parse(client.get(address, asked)).find(".//main")


def titles(element, level: str = "h2") -> list[str]:
    return [words(title) for title in element.iterfind(f".//article/{level}")]


@pytest.mark.parametrize(
    "asked, expected",
    [
        ({}, ["Present name", "Take part"]),
        ({"q": "kmpt"}, ["Present name"]),
        ({"q": "TAKE"}, ["Take part"]),
        ({"q": "take\0part"}, ["Take part"]),
        ({"q": "nobody"}, []),
        ({"user_led": "on"}, ["Take part"]),
    ],
)
def test_organisation_list_finds_names_of_now_and_before(client, asked, expected):
    make_organisation(name="Present name", former_names=["KMPT"])
    make_organisation(name="Take part", user_led="yes")
    make_organisation(name="Draft", draft=True)

    assert titles(main(client, reverse("organisations:organisation_list"), **asked)) == expected


def test_organisation_list_carries_no_whole_postcode_to_its_other_pages(client):
    for number in range(21):
        make_organisation(name=f"Friends of CT9 1 number {number}")

    page = main(client, reverse("organisations:organisation_list"), q="friends ct91ae", rubbish="TA20 1AA")

    [link] = page.findall(".//nav[@class='pages']/a")
    assert link.get("href") == "?q=friends+CT9+1&page=2"


def test_organisation_card_counts_groups_and_programmes_apart(client):
    organisation = make_organisation()
    make_group(organisation=organisation)
    make_group(organisation=organisation)
    make_group(organisation=organisation, stands_for_several=True)
    make_group(organisation=organisation, draft=True)
    make_group(organisation=organisation, ended=True)

    card = main(client, reverse("organisations:organisation_list")).find(".//article")

    assert [words(text) for text in card.iterfind(".//dd")] == ["2 listed here", "1 that stands for several groups"]


def test_organisation_detail_shows_what_belongs_to_it(client):
    organisation = make_organisation(
        name="Example", areas=["Kent"], what_it_does="It listens.", approach="Gently.", recognises="Hardship."
    )
    network = make_organisation(name="Network")
    Membership.objects.create(network=network, member=organisation, words="is the peer specialist of")
    Resource.objects.create(organisation=organisation, name="Films", description="Of people's own stories.")
    Statement.objects.create(organisation=organisation, theme="how", heading="A heading", text="A text.", points=["A"])
    make_quotation(organisation=organisation, words="I was heard.", attribution="Member")
    make_group(name="A group", organisation=organisation)
    make_role(title="A role", organisation=organisation)
    make_training(title="A course", organisation=organisation)
    make_event(name="A past event", organisation=organisation, starts_on=days_ago(9))
    make_event(name="An event", organisation=organisation)
    make_contact(organisation=organisation, role_title="Office", email="office@example.org")

    page = main(client, organisation.get_absolute_url())

    assert [words(heading) for heading in page.iter("h2")] == [
        "Key facts",
        "Who can I ask?",
        "Is this right?",
        "What does it do?",
        "How does it work?",
        "What does it recognise?",
        "A heading",
        "What do people say?",
        "What is there to watch or read?",
        "Its groups",
        "Peer roles",
        "Training",
        "Events to come",
        "Past events",
    ]
    assert titles(page, "h3") == ["A group", "A role", "A course", "An event", "A past event"]
    assert "Example is the peer specialist of Network." in words(page)
    assert "“I was heard.”" in words(page)
    assert "office@example.org" in words(page)


def test_network_page_names_its_published_members(client):
    network = make_organisation(name="Network")
    Membership.objects.create(network=network, member=make_organisation(name="Seen"), words="is a member of")
    Membership.objects.create(network=network, member=make_organisation(name="Unseen", draft=True))

    page = words(main(client, network.get_absolute_url()))

    assert "Seen is a member of Network." in page
    assert "Unseen" not in page


def test_old_address_of_an_organisation_leads_to_the_new_one(client):
    organisation = make_organisation()
    old = organisation.get_absolute_url()
    organisation.slug = "new-address"
    organisation.save()

    response = client.get(old)

    assert (response.status_code, response.url) == (301, "/organisations/new-address/")


def test_role_detail_answers_how_to_get_support_and_how_to_become_one(client):
    role = make_role(
        support_route="care coordinator",
        support_note="Or ask your GP.",
        recruiting="was",
        becoming_one="Write to us.",
        pay="either",
        pay_note="The living wage",
        hours="2 days a week",
        where_they_work=["The Beacon"],
    )

    page = main(client, role.get_absolute_url())
    message = words(page)

    assert "How do I get support from one? Ask your care coordinator. Or ask your GP." in message
    assert "How do I become one? Was looking for people when its page was written. Write to us." in message
    assert [words(text) for text in page.find(".//aside").iter("dd")] == [
        "Not said",
        "Paid or voluntary. The living wage",
        "2 days a week",
        "Not said",
    ]
    assert "Where do they work?The Beacon" in message


def test_events_stand_with_what_is_to_come_first_and_each_series_together(client):
    organisation = make_organisation()
    series = EventSeries.objects.create(
        organisation=organisation,
        name="A week",
        starts_on=datetime.date(2016, 7, 4),
        ends_on=datetime.date(2016, 7, 8),
    )
    for name, day in (("Second", 5), ("First", 4), ("Before the week", 1)):
        make_event(name=name, organisation=organisation, series=series, starts_on=datetime.date(2016, 7, day))
    make_event(name="Later past", starts_on=datetime.date(2019, 1, 1))
    make_event(name="Next year", starts_on=days_ago(-400))
    make_event(name="Next week")

    page = main(client, reverse("organisations:event_list"))

    shown = [words(heading) for heading in page.iter() if heading.tag in ("h2", "h3", "h4")]
    assert shown == [
        "Events to come",
        "Next week",
        "Next year",
        "Past events",
        "Later past",
        "A week",
        "Before the week",
        "First",
        "Second",
    ]


def test_peer_support_is_made_of_what_editors_chose_in_the_order_of_the_questions(client):
    organisation = make_organisation(name="Example house")
    for theme, heading, chosen in (("why", "B", True), ("what", "A", True), ("what", "Not chosen", False)):
        Statement.objects.create(
            organisation=organisation, theme=theme, heading=heading, text="Text.", explains_peer_support=chosen
        )
    make_quotation(organisation=organisation, words="Yes.", explains_peer_support=True, permission=Permission.CONSENT)
    make_quotation(organisation=organisation, words="No.", explains_peer_support=False)

    page = main(client, reverse("organisations:peer_support"))

    assert [words(heading) for heading in page.iter() if heading.tag in ("h2", "h3")] == [
        "What is peer support?",
        "A",
        "Why it could help",
        "B",
        "What do people say?",
        "Is a group a medical service?",
        "What next?",
    ]
    assert [words(quotation) for quotation in page.iter("blockquote")] == ["“Yes.”"]


def test_event_of_a_list_says_who_holds_it(client):
    make_event(name="Picnic", organisation=make_organisation(name="Take Part"))

    page = main(client, reverse("organisations:event_list"))

    assert [words(link) for link in page.iter("a")] == ["Take Part"]


def test_start_a_group_shows_the_first_few_of_many(client):
    for number in range(4):
        make_group(name=f"Forming {number}", town="Chard", forming=True)
        make_contact(role_title=f"Lead {number}", purpose="starting a group")
        make_training(title=f"Set up {number}", kind="starting a group")

    page = with_id(main(client, reverse("groups:start_a_group")), "help")

    shown = [f"{name} {number}" for name in ("Set up", "Lead", "Forming") for number in range(3)]
    assert [words(title) for title in page.iter("h3")] == shown


def test_start_a_group_leads_to_the_rest_of_each(client):
    for number in range(4):
        make_group(name=f"Forming {number}", town="Chard", forming=True)
        make_contact(role_title=f"Lead {number}", purpose="starting a group")
        make_training(title=f"Set up {number}", kind="starting a group")
    make_group(name="Running", town="Chard")

    page = main(client, reverse("groups:start_a_group"))
    addresses = {words(link): link.get("href") for link in page.iter("a")}
    trainings = main(client, addresses["See all training, and all help to start a group"])
    contacts = main(client, addresses["See everybody you can ask"])
    groups = main(client, addresses["See every group that is being set up"])

    assert titles(trainings, "h3") == [f"Set up {number}" for number in range(4)]
    assert [words(title) for title in contacts.iter("h3")] == [f"Lead {number}" for number in range(4)]
    assert titles(groups, "h3") == [f"Forming {number}" for number in range(4)]


def test_start_a_group_has_no_link_to_more_people_where_there_are_none(client):
    make_contact(role_title="Lead", purpose="starting a group")

    page = main(client, reverse("groups:start_a_group"))

    assert "See everybody you can ask" not in words(page)


def test_start_a_group_names_help_people_to_ask_and_groups_being_set_up(client):
    organisation = make_organisation()
    contact = make_contact(organisation=organisation, role_title="Lead", purpose="starting a group")
    make_contact(organisation=organisation, role_title="Office")
    make_training(title="Set up", organisation=organisation, kind="starting a group")
    make_training(title="Cooking", organisation=organisation, kind="course")
    make_training(title="Listening", organisation=organisation, kind="peer support")
    make_group(name="Forming", town="Chard", forming=True)
    make_group(name="Running", town="Chard")

    page = main(client, reverse("groups:start_a_group"))

    assert titles(page, "h3") == ["Set up", "Listening", "Forming"]
    assert [words(title) for title in page.iterfind(".//div[@class='contact']/h3")] == [contact.role_title]


def test_contact_that_is_not_released_is_named_on_no_page(client):
    organisation = make_organisation()
    # The contact of a training is shown with the training, and not among those for help to start a group.
    of_training, of_others = (
        [
            make_contact(organisation=organisation, purpose=purpose, role_title="Lead of groups"),
            make_contact(organisation=organisation, purpose=purpose, role_title="Zyxwvutsecret", released=False),
        ]
        for purpose in ("general", "starting a group")
    )
    role = make_role(organisation=organisation, contacts=of_others)
    group = make_group(organisation=organisation, contacts=of_others)
    make_training(organisation=organisation, contacts=of_training)
    pages = [organisation.get_absolute_url(), role.get_absolute_url(), group.get_absolute_url()]
    pages += map(reverse, ("organisations:training_list", "groups:start_a_group", "groups:start_a_group_contacts"))

    texts = [client.get(page).text for page in pages]

    assert [("Lead of groups" in text, "Zyxwvutsecret" in text) for text in texts] == [(True, False)] * len(pages)
