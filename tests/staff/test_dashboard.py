"""The first page for staff: what needs me today, each count with the list of just those."""

import datetime
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from groups.choices import ChangeKind
from groups.feedback.models.need import Need
from groups.feedback.models.report import Report
from groups.feedback.models.suggestion import Suggestion
from groups.models import ScheduleChange, SupportGroup
from groups.verification.models import CheckRequest
from organisations.models import Organisation
from tests import factories
from tests.factories import as_example, days_ago, make_contact, make_group, make_role, make_training
from tests.staff.people import make_contributor, make_editor, sign_in

pytestmark = pytest.mark.django_db


def make_organisation(**fields) -> Organisation:
    """An organisation that visitors can ask."""
    organisation = factories.make_organisation(**fields)
    make_contact(organisation=organisation)
    return organisation


def tasks(client: Client) -> dict[str, str]:
    """Each task in words, with the address that it leads to."""
    page = client.get(reverse("admin:index")).content.decode()
    part = page[page.index('id="to-do-heading"') : page.index("</section>", page.index('id="to-do-heading"'))]
    links = re.findall(r'<a href="([^"]+)"><b>(\d+)</b><span>([^<]+)</span>', part)
    return {f"{number} {strip_tags(words)}": address.replace("&amp;", "&") for address, number, words in links}


def listed(client: Client, address: str) -> int:
    """How many rows a list shows."""
    return client.get(address).context["cl"].result_count


def later(days: int) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=days)


def born(group: SupportGroup, days: int) -> SupportGroup:
    """A group as if it had been made so many days ago."""
    SupportGroup.objects.filter(pk=group.pk).update(created_at=timezone.now() - datetime.timedelta(days=days))
    return group


def test_desk_is_empty_where_all_is_well(admin_client):
    organisation = make_organisation(checked=days_ago(1))
    make_group(organisation=organisation, checked=days_ago(1))

    assert tasks(admin_client) == {}
    assert "Nothing. Every listing has been checked lately" in admin_client.get("/staff/").content.decode()


@pytest.mark.parametrize(
    "checked, words",
    [
        (days_ago(500), "1 group not checked for so long that lists leave them out"),
        (days_ago(300), "1 group whose check is overdue"),
        (days_ago(200), "1 group whose check is due"),
        (None, "1 group that nobody has checked yet"),
    ],
)
def test_desk_counts_listings_that_want_a_check(admin_client, checked, words):
    make_group(organisation=make_organisation(checked=days_ago(1)), checked=checked)

    found = tasks(admin_client)

    assert list(found) == [words]
    assert listed(admin_client, found[words]) == 1


def test_desk_begins_with_organisations_that_nobody_can_ask(admin_client):
    for fields in ({}, {"ended_on": days_ago(1)}, {"draft": True}):
        factories.make_organisation(checked=days_ago(1), **fields)
    silent = factories.make_organisation(checked=days_ago(1))
    make_contact(organisation=silent, released=False)
    Need.objects.create(what="A group for young fathers")

    found = tasks(admin_client)

    words = "2 organisations without a contact that visitors can see"
    assert list(found) == [words, "1 need that nobody has read yet", "1 organisation in draft"]
    assert listed(admin_client, found[words]) == 2


def shortcuts(client: Client) -> list[tuple[str, str]]:
    return client.get(reverse("admin:index")).context["shortcuts"]


def test_desk_leads_to_what_one_may_do(admin_client, client):
    ours = make_organisation(checked=days_ago(1))
    newer, older = (make_group(organisation=ours, checked=days_ago(days)) for days in (300, 320))
    contributor = sign_in(Client(), make_contributor(ours))

    (address, words), imports = shortcuts(admin_client)

    assert words == "Check these now"
    assert list(admin_client.get(address).context["cl"].queryset) == [older, newer]
    assert imports == (reverse("admin:groups_supportgroup_import"), "Import groups from a spreadsheet")
    assert shortcuts(contributor) == []


def test_desk_counts_roles_and_drafts_too(admin_client):
    organisation = make_organisation(checked=days_ago(1))
    make_role(organisation=organisation)
    make_group(organisation=organisation, draft=True)

    assert list(tasks(admin_client)) == ["1 peer role that nobody has checked yet", "1 group in draft"]


def test_desk_counts_what_people_tell_us(admin_client):
    group = make_group(organisation=make_organisation(checked=days_ago(1)), checked=days_ago(1))
    Report.objects.create(group=group, part="time", what_is_right="Fridays")
    Suggestion.objects.create(name="Tea and Talk", what="People talk.")
    Need.objects.create(what="A group for young fathers")

    found = tasks(admin_client)

    assert list(found) == [
        "1 report of something wrong to look into",
        "1 suggestion of a group that we do not have",
        "1 need that nobody has read yet",
    ]
    assert [listed(admin_client, address) for address in found.values()] == [1, 1, 1]


def test_desk_has_what_was_set_aside_in_no_number_but_its_own(admin_client):
    group = make_group(organisation=make_organisation(checked=days_ago(1)), checked=days_ago(1))
    for number in range(3):
        aside = {"is_set_aside": number > 0}
        Report.objects.create(group=group, part="time", what_is_right=f"At {number}", **aside)
        Suggestion.objects.create(name=f"Tea {number}", what="People talk.", **aside)
        Need.objects.create(what=f"Art {number}", **aside)
    Suggestion.objects.create(name="Old", what="Talk.", is_set_aside=True, state="declined", closed_on=days_ago(0))

    found = tasks(admin_client)

    assert {words: listed(admin_client, address) for words, address in found.items()} == {
        "1 report of something wrong to look into": 1,
        "1 suggestion of a group that we do not have": 1,
        "1 need that nobody has read yet": 1,
        "2 reports set aside": 2,
        "2 suggestions set aside": 2,
        "2 needs set aside": 2,
    }


def test_desk_counts_nothing_that_is_done_or_not_public(admin_client):
    organisation = make_organisation(checked=days_ago(1))
    group = make_group(organisation=organisation, checked=days_ago(1))
    Report.objects.create(group=group, part="time", what_is_right="Fridays", state="done", closed_on=days_ago(0))
    Suggestion.objects.create(name="Tea and Talk", what="People talk.", state="known", closed_on=days_ago(0))
    Need.objects.create(what="A group for young fathers", is_shown=True)
    CheckRequest.objects.create(organisation=organisation, sent_on=days_ago(2), delivery="sent")
    draft = make_group(organisation=organisation, draft=True, paused=True, checked=days_ago(1))
    SupportGroup.objects.filter(pk=draft.pk).update(paused_until=days_ago(3))

    assert list(tasks(admin_client)) == ["1 group in draft"]


def test_desk_counts_messages_that_came_to_nothing(admin_client):
    organisation = make_organisation(checked=days_ago(1))
    CheckRequest.objects.create(organisation=organisation, sent_on=days_ago(20), delivery="sent")
    CheckRequest.objects.create(
        organisation=organisation, sent_on=days_ago(1), delivery="refused", problem="No such box"
    )
    CheckRequest.objects.create(organisation=organisation, sent_on=days_ago(2), delivery="sent")

    found = tasks(admin_client)

    assert len(found) == 2
    assert [listed(admin_client, address) for address in found.values()] == [1, 1]


def test_desk_counts_groups_without_news(admin_client):
    organisation = make_organisation(checked=days_ago(1))
    born(make_group(organisation=organisation, name="Quiet", forming=True, checked=days_ago(70)), 100)
    born(make_group(organisation=organisation, name="Heard of", forming=True, checked=days_ago(50)), 100)
    born(make_group(organisation=organisation, name="New", forming=True, checked=days_ago(61)), 59)

    found = tasks(admin_client)

    assert list(found) == ["1 group being set up, without news for 60 days"]
    assert [group.name for group in SupportGroup.objects.needing_attention("news", timezone.localdate())] == ["Quiet"]
    assert listed(admin_client, *found.values()) == 1


def test_desk_counts_breaks_that_should_be_over(admin_client):
    organisation = make_organisation(checked=days_ago(1))
    for until in (days_ago(1), later(0), None):
        make_group(organisation=organisation, paused=True, paused_until=until, checked=days_ago(1))

    found = tasks(admin_client)

    assert list(found) == ["1 group whose break should be over"]
    assert listed(admin_client, *found.values()) == 1


@pytest.mark.parametrize(
    "changes, counts",
    [
        ([{"kind": ChangeKind.OFF, "date": 3}], True),
        ([{"kind": ChangeKind.OFF_RANGE, "date": -10, "until": 14}], True),
        ([{"kind": ChangeKind.OFF, "date": -1}], False),
        ([{"kind": ChangeKind.OFF, "date": 3}, {"kind": ChangeKind.OFF, "date": 15}], False),
        ([{"kind": ChangeKind.MOVED, "date": 3, "new_date": 20}], False),
    ],
)
def test_desk_counts_groups_whose_special_dates_run_out(admin_client, changes, counts):
    group = make_group(organisation=make_organisation(checked=days_ago(1)), checked=days_ago(1))
    for change in changes:
        dates = {name: later(days) for name, days in change.items() if name != "kind"}
        ScheduleChange.objects.create(group=group, kind=change["kind"], **dates)

    assert list(tasks(admin_client)) == ["1 group whose special dates run out within two weeks"] * counts


def test_desk_of_an_editor_is_about_their_own_organisation(client):
    ours, other = make_organisation(name="Ours", checked=days_ago(1)), make_organisation(name="Other")
    make_group(organisation=ours)
    for organisation in (ours, other):
        group = make_group(organisation=organisation, checked=days_ago(1))
        Report.objects.create(group=group, part="time", what_is_right="Fridays")

    found = tasks(sign_in(client, make_editor(ours)))

    assert list(found) == ["1 report of something wrong to look into", "1 group that nobody has checked yet"]


def test_desk_of_a_contributor_has_no_reports(client):
    ours = make_organisation(checked=days_ago(1))
    Report.objects.create(
        group=make_group(organisation=ours, checked=days_ago(1)), part="time", what_is_right="Fridays"
    )

    assert tasks(sign_in(client, make_contributor(ours))) == {}


def test_desk_costs_as_many_queries_with_many_listings(admin_client, django_assert_max_num_queries):
    for _ in range(12):
        make_group(forming=True)

    with django_assert_max_num_queries(29):
        admin_client.get("/staff/")


def test_desk_counts_no_examples_and_its_lists_leave_them_out(admin_client):
    """Whatever they want, nobody has to do anything about them."""
    for make in (lambda listing: listing, as_example):
        organisation = make(make_organisation())
        make(make_group(organisation=organisation, checked=days_ago(300)))
        make(make_group(organisation=organisation, draft=True, checked=days_ago(1)))
        make(make_role(organisation=organisation, checked=days_ago(500)))
        make(make_training(organisation=organisation, checked=days_ago(200)))
        # Nobody checks a course that is over.
        make(make_training(organisation=organisation, starts_on=days_ago(90), ends_on=days_ago(1)))
        paused = make(make_group(organisation=organisation, paused=True, checked=days_ago(1)))
        SupportGroup.objects.filter(pk=paused.pk).update(paused_until=days_ago(3))
        CheckRequest.objects.create(organisation=organisation, sent_on=days_ago(20), delivery="sent")
        CheckRequest.objects.create(organisation=organisation, sent_on=days_ago(1), delivery="refused")

    found = tasks(admin_client)

    assert list(found) == [
        "1 check request refused, or sent back: find a new address",
        "1 check request without an answer for a fortnight",
        "1 group whose break should be over",
        "1 group whose check is overdue",
        "1 peer role not checked for so long that lists leave them out",
        "1 training whose check is due",
        "1 organisation that nobody has checked yet",
        "1 group in draft",
    ]
    assert {listed(admin_client, address) for address in found.values()} == {1}
    without = "/staff/groups/supportgroup/"
    assert [listed(admin_client, without + query) for query in ("", "?examples=no", "?examples=only")] == [6, 3, 3]


def test_desk_is_empty_where_there_are_only_examples(admin_client):
    as_example(make_group(organisation=as_example(make_organisation())))

    assert tasks(admin_client) == {}
