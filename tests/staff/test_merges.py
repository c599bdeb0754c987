"""Editors merge what is yours twice: on a page that shows what it changes, and old addresses lead on."""

import pytest
from django.test import Client
from django.urls import reverse

from groups.models import SupportGroup, Venue
from organisations.admin.duplicates import merge_url
from organisations.models import Contact, Organisation
from tests.factories import make_contact, make_group, make_organisation, make_role, make_venue
from tests.staff.forms import form_as_it_stands
from tests.staff.people import make_contributor, make_editor, sign_in
from tests.staff.test_admin_pages import admin_url
from tests.staff.test_venue_pages import save, sentence

pytestmark = pytest.mark.django_db


def press(client, *rows, **answers):
    """Open the page that merges rows, and press its button with other answers than it proposes."""
    url = merge_url(type(rows[0]), rows)
    page = client.get(url)
    typed = dict(page.context["versions"])
    typed |= {f"answer-{question.name}": question.chosen for question in page.context["plan"].questions}
    return client.post(url, typed | {f"answer-{name}": str(row.pk) for name, row in answers.items()}, follow=True)


def choose(client, *rows):
    chosen = {"action": "merge_selected", "_selected_action": [row.pk for row in rows]}
    return client.post(admin_url(type(rows[0]), "changelist"), chosen, follow=True)


def test_list_leads_to_the_page_that_shows_what_a_merge_changes(admin_client):
    hall, other = make_venue(name="Example hall"), make_venue(name="Example Hall", getting_there="Bus 5.")
    make_group(venue=other)

    page = choose(admin_client, hall, other)

    plan = page.context["plan"]
    assert [(question.name, question.chosen) for question in plan.questions] == [
        ("name", str(hall.pk)),
        ("getting_there", str(other.pk)),
    ]
    assert (plan.target, plan.duplicates, plan.moving, plan.going) == (hall, [other], ["1 group"], [])
    assert Venue.objects.count() == 2


@pytest.mark.parametrize("count", [3, 5])
def test_merge_page_costs_as_many_queries_with_five_organisations(admin_client, django_assert_max_num_queries, count):
    network, *organisations = [make_organisation() for _ in range(count)]
    for organisation in organisations:
        network.member_links.create(member=organisation)
    for organisation in (network, *organisations):
        make_role(organisation=organisation, title="Example role")
        contact = make_contact(organisation=organisation, role_title="Lead", phone="01632 960 118")
        other = make_contact(organisation=organisation, role_title="Chair")
        make_group(organisation=organisation).contacts.set([contact, other])

    with django_assert_max_num_queries(22):
        plan = admin_client.get(merge_url(Organisation, [network, *organisations])).context["plan"]

    assert (len(plan.obstacles), len(plan.going)) == (count - 1, 3 * (count - 1))


def test_merge_of_too_few_or_too_many_is_refused_with_what_to_do(admin_client):
    venues = [make_venue() for _ in range(6)]

    answers = [choose(admin_client, *venues[:1]), choose(admin_client, *venues)]

    expected = ["Choose those that are the same thing: two, or up to 5."]
    assert [sentence(answer, "error") for answer in answers] == [expected, expected]


def test_old_addresses_codes_and_ids_lead_to_what_stays(admin_client):
    group, other = make_group(venue=make_venue()), make_group(venue=make_venue())
    old_venue = other.venue
    public = Client()
    before = public.get(other.get_absolute_url()).status_code, public.get(old_venue.get_absolute_url()).status_code

    press(admin_client, group, other)
    press(admin_client, group.venue, old_venue)

    addresses = [
        other.get_absolute_url(),
        reverse("groups:group_short", args=[other.code]),
        old_venue.get_absolute_url(),
        admin_url(SupportGroup, "change", other.pk),
    ]
    answers = [*(public.get(address) for address in addresses[:3]), admin_client.get(addresses[3])]
    assert before == (200, 200)
    assert [answer["Location"] for answer in answers] == [
        group.get_absolute_url(),
        group.get_absolute_url(),
        group.venue.get_absolute_url(),
        admin_url(SupportGroup, "change", group.pk),
    ]


def test_address_of_a_venue_that_is_confidential_now_leads_nowhere(admin_client):
    secret, public = make_venue(confidential=True), make_venue()
    make_group(venue=public)

    press(admin_client, secret, public)

    assert Client().get(public.get_absolute_url()).status_code == 404


def test_merge_is_refused_after_somebody_saved_one_of_the_rows(admin_client):
    rows = [make_group(), make_group()]
    url = merge_url(SupportGroup, rows)
    opened_with = dict(admin_client.get(url).context["versions"])
    save(admin_client, rows[1], summary="Another sentence.")

    page = admin_client.post(url, opened_with)

    assert page.context["error"].startswith("Somebody saved one of them")
    assert SupportGroup.objects.count() == 2


def test_merge_that_leaves_something_invalid_changes_nothing_and_says_why(admin_client):
    organisation = make_organisation()
    contact = make_contact(organisation=organisation, released=False, email="lead@example.org", role_title="Lead")
    other = make_contact(organisation=organisation, released=False, phone="01234 567890", role_title="Co-lead")
    third = make_contact(organisation=organisation, role_title="", phone="01234 567890", email="lead@example.org")
    Contact.objects.filter(pk=other.pk).update(role_title="")

    page = press(admin_client, contact, other, role_title=other)

    assert "There is a contact with these numbers" in page.context["error"]
    assert set(Contact.objects.all()) == {contact, other, third}


def test_history_has_both_and_undoes_the_merge(admin_client):
    tea, talk = make_group(name="Example tea"), make_group(name="Example talk")
    press(admin_client, tea, talk)
    history = admin_url(SupportGroup, "history", tea.pk)

    page, old = admin_client.get(history), admin_client.get(history, {"merged": talk.pk})
    version = admin_client.get(admin_url(SupportGroup, "version", tea.pk, talk.history.first().pk))
    undone = admin_client.post(admin_url(SupportGroup, "unmerge", tea.pk), follow=True)

    assert [step.version.history_change_reason for step in page.context["steps"]] == [
        "Merged with another group",
        None,
    ]
    assert [step.version.name for step in old.context["steps"]] == ["Example talk"]
    assert (version.context["is_merged"], version.context["may_change"]) == (True, False)
    assert sentence(undone, "success") == ["“Example talk” and “Example tea” are as they were before."]
    assert set(SupportGroup.objects.all()) == {tea, talk}


def test_form_of_a_group_that_was_opened_before_a_merge_takes_its_venue(admin_client):
    hall, other = make_venue(), make_venue()
    group = make_group(venue=other)
    url = admin_url(SupportGroup, "change", group.pk)
    typed = form_as_it_stands(admin_client.get(url)) | {"summary": "Another sentence."}
    press(admin_client, hall, other)

    admin_client.post(url, typed)

    group.refresh_from_db()
    assert (group.venue, group.summary) == (hall, "Another sentence.")


@pytest.mark.parametrize(
    "make, of_both, opens",
    [(make_editor, True, True), (make_editor, False, False), (make_contributor, True, False)],
    ids=["editor of both", "editor of one", "contributor"],
)
def test_only_who_edits_both_merges(make, of_both, opens):
    mine, yours = make_organisation(), make_organisation()
    client = sign_in(Client(), make(*([mine, yours] if of_both else [mine])))
    groups = [make_group(organisation=organisation, draft=True, venue=make_venue()) for organisation in (mine, yours)]
    contacts = [make_contact(organisation=organisation) for organisation in (mine, yours)]
    kinds = [groups, [group.venue for group in groups], contacts, [mine, yours]]

    for rows in kinds:
        answers = [client.get(merge_url(type(rows[0]), rows)), client.post(merge_url(type(rows[0]), rows))]
        assert ["plan" in (answer.context or {}) for answer in answers] == [opens, opens]
    assert [type(rows[0]).objects.count() for rows in kinds] == [2, 2, 2, 2]


def test_action_is_offered_to_editors_and_not_to_contributors(mine):
    make_group(organisation=mine)
    offered = []

    for make in (make_editor, make_contributor):
        page = sign_in(Client(), make(mine)).get(admin_url(SupportGroup, "changelist"))
        offered.append("merge_selected" in dict(page.context["action_form"].fields["action"].choices))

    assert offered == [True, False]


def test_notice_of_venues_at_a_postcode_leads_to_their_merge(admin_client):
    yours = make_venue(postcode="TA20 1PP")
    mine = make_venue()

    saved = save(admin_client, mine, postcode="TA20 1PP")

    address = merge_url(Venue, [mine, yours]).replace("&", "&amp;")
    assert [f'<a href="{address}">merge them</a>.' in notice for notice in sentence(saved, "info")] == [True]
