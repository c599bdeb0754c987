"""What stays of rows that are merged, what goes, and what keeps that from being undone."""

import datetime

import pytest

from groups.admin.merge_kinds import GROUPS, VENUES
from groups.choices import Joining
from groups.models import SupportGroup, Venue
from groups.printing.selection import select_codes
from groups.search.snapshot.snapshot import current_snapshot, invalidate
from groups.shortlist import Shortlist
from organisations.admin.merge_kinds import CONTACTS, ORGANISATIONS
from organisations.choices import Publication
from organisations.merges.merging import MergeError, merge, undo_merge
from organisations.merges.plan import MergePlan
from organisations.models import Contact, Membership, Merge, Organisation, merged_ids, single_revision
from tests.factories import (
    make_change,
    make_contact,
    make_group,
    make_organisation,
    make_role,
    make_schedule,
    make_venue,
)
from tests.staff.people import make_contributor, make_editor

pytestmark = pytest.mark.django_db


def merged(kind, target, *duplicates, is_manager: bool = True, **answers) -> Merge:
    """Merge as the page does, with the row of each answer."""
    chosen = {name: str(getattr(row, "pk", row)) for name, row in answers.items()}
    done = merge(MergePlan(kind, target, duplicates, chosen, is_manager), None)
    target.refresh_from_db()
    return done


def test_row_that_stays_takes_what_it_did_not_say_and_what_was_chosen():
    hall = make_venue(name="Example hall", getting_there="", access_note="Ring the bell.")
    other = make_venue(name="Example Hall", getting_there="Bus 5.", access_note="Use the side door.")

    merged(VENUES, hall, other, access_note=other)

    assert (hall.name, hall.getting_there, hall.access_note) == ("Example hall", "Bus 5.", "Use the side door.")
    assert list(Venue.objects.all()) == [hall]


@pytest.mark.parametrize("is_manager, is_confidential", [(True, False), (False, True)])
def test_only_a_manager_makes_a_confidential_venue_public_by_a_merge(is_manager, is_confidential):
    public, secret = make_venue(), make_venue(confidential=True)

    unasked = MergePlan(VENUES, public, [secret], is_manager=True).new_values()
    merged(VENUES, public, secret, is_manager=is_manager, address_is_confidential=public)

    assert unasked["address_is_confidential"] is True
    assert public.address_is_confidential is is_confidential


def test_merged_group_is_closed_and_public_where_either_was_and_only_one_choice_changes_that():
    draft, closed = make_group(draft=True), make_group(closed=True, joining_note="Full.")

    values = MergePlan(GROUPS, draft, [closed]).new_values()

    assert values["publication"] == Publication.PUBLISHED
    assert (values["joining"], values["joining_note"]) == (Joining.CLOSED, "Full.")


def test_contact_is_released_only_where_both_were_unless_somebody_chooses_so():
    organisation = make_organisation()
    contact = make_contact(organisation=organisation, phone="01234 567890")
    other = make_contact(organisation=organisation, released=False, phone="01234 567891")

    assert MergePlan(CONTACTS, contact, [other]).new_values() == {"is_released": False}
    assert MergePlan(CONTACTS, contact, [other], {"is_released": str(contact.pk)}).new_values() == {}


def test_times_of_two_groups_stay_once_or_only_those_that_were_chosen():
    tea, talk, art = make_group(), make_group(), make_group()
    for group, hour in ((tea, 18), (talk, 18), (talk, 10), (art, 9)):
        make_schedule(group, starts_at=datetime.time(hour))

    merged(GROUPS, tea, talk)
    of_both = [schedule.starts_at.hour for schedule in tea.schedules.all()]
    merged(GROUPS, tea, art, schedules=art)

    assert sorted(of_both) == [10, 18]
    assert [schedule.starts_at.hour for schedule in tea.schedules.all()] == [9]


@pytest.mark.parametrize("which_stays", [0, 1])
def test_times_of_a_draft_are_not_published_unless_somebody_chooses_so(which_stays):
    public, draft = make_group(), make_group(draft=True)
    make_schedule(public, starts_at=datetime.time(18))
    make_schedule(draft, starts_at=datetime.time(10))
    target, other = (public, draft) if which_stays == 0 else (draft, public)

    assert MergePlan(GROUPS, target, [other]).chosen["schedules"] == str(public.pk)
    assert MergePlan(GROUPS, target, [other], {"schedules": "all"}).chosen["schedules"] == "all"


def test_organisation_is_found_by_the_name_that_went_and_keeps_who_edits_it():
    mine, yours = make_organisation(name="Example here"), make_organisation(name="Example there")
    contributor = make_contributor(mine)
    contributor.editorships.create(organisation=yours, role="editor")
    editor = make_editor(yours)

    merged(ORGANISATIONS, mine, yours)

    assert mine.former_names == ["Example there"]
    assert list(mine.editorships.order_by("user__pk").values_list("user", "role")) == [
        (contributor.pk, "contributor"),
        (editor.pk, "editor"),
    ]


def test_group_that_two_equal_contacts_are_of_has_the_one_that_stays_once():
    organisations = [make_organisation() for _ in range(3)]
    first, *others = [make_contact(organisation=each, role_title="Lead", phone="01632") for each in organisations]
    group = make_group(organisation=organisations[0])
    group.contacts.set(others)

    done = merged(ORGANISATIONS, *organisations)
    after = list(group.contacts.all())
    undo_merge(done.pk)

    assert (after, list(group.contacts.order_by("pk"))) == ([first], others)


def test_membership_between_merged_organisations_goes_and_others_stay_once():
    network, leeds, york = (make_organisation(name=f"Example {name}") for name in ("network", "Leeds", "York"))
    Membership.objects.create(network=network, member=leeds)
    Membership.objects.create(network=network, member=york, words="was a member of")
    Membership.objects.create(network=leeds, member=york)
    going = [MergePlan(ORGANISATIONS, leeds, [york], {}, is_manager).going for is_manager in (True, False)]

    merged(ORGANISATIONS, leeds, york)

    assert list(Membership.objects.values_list("network", "member", "words")) == [
        (network.pk, leeds.pk, "is a member of")
    ]
    assert going == [
        [
            "Membership: Example York was a member of Example network",
            "Membership: Example York is a member of Example Leeds",
        ],
        ["Membership", "Membership"],
    ]


def test_rows_that_cannot_stand_beside_each_other_are_in_the_way():
    mine, yours = make_organisation(), make_organisation()
    contacts = [
        make_contact(organisation=organisation, role_title="Lead", purpose="general", phone=phone)
        for organisation, phone in ((mine, "01234 567890"), (yours, "01234 567891"))
    ]
    roles = [make_role(organisation=organisation, title="Peer worker") for organisation in (mine, yours)]
    plan = MergePlan(ORGANISATIONS, mine, [yours])

    obstacles = plan.obstacles

    assert [{row.pk, other.pk} for row, other in obstacles] == [{row.pk for row in rows} for rows in (contacts, roles)]
    with pytest.raises(MergeError):
        merge(plan, None)
    assert Organisation.objects.count() == 2


def test_contact_of_both_is_merged_with_its_organisation_and_is_back_when_that_is_undone():
    mine, yours = make_organisation(), make_organisation()
    contact, other = (
        make_contact(organisation=organisation, role_title="Lead", purpose="general", phone="01234 567890")
        for organisation in (mine, yours)
    )
    group, both = make_group(contacts=[other]), make_group(contacts=[contact, other])

    done = merged(ORGANISATIONS, mine, yours)
    contacts = [list(each.contacts.all()) for each in (group, both)]
    merged_away = merged_ids(Contact, contact.pk)
    undo_merge(done.pk)

    assert (contacts, merged_away) == ([[contact], [contact]], {other.pk})
    assert [set(each.contacts.all()) for each in (group, both)] == [{other}, {contact, other}]
    assert (list(yours.contacts.all()), Merge.objects.count(), group.history.first().revision) == ([other], 0, 2)


def test_merge_is_one_version_of_each_listing_that_it_changes():
    hall, other = make_venue(), make_venue()
    tea, art, far = make_group(venue=other), make_group(), make_group()
    with single_revision(art):
        make_schedule(art, venue=other)
        make_change(art, venue=other)

    merged(VENUES, hall, other)

    for group in (tea, art, far):
        group.refresh_from_db()
    assert [group.revision for group in (tea, art, far)] == [1, 1, 0]
    newest, before, _ = art.history.all()
    assert [version.parts["schedules"][0]["venue_id"] for version in (newest, before)] == [hall.pk, other.pk]
    assert Venue.history.filter(id=other.pk).count() == 1


def test_merge_is_undone_as_long_as_nobody_changed_what_stays():
    hall, other = make_venue(getting_there="Bus 1."), make_venue(name="Example other", getting_there="Bus 5.")
    group = make_group(venue=other)
    done = merged(VENUES, hall, other, getting_there=other)
    later = merged(VENUES, hall, make_venue())

    with pytest.raises(MergeError):
        undo_merge(done.pk)
    undo_merge(later.pk)
    undo_merge(done.pk)

    hall.refresh_from_db()
    group.refresh_from_db()
    restored = Venue.objects.get(name="Example other")
    assert (hall.getting_there, group.venue) == ("Bus 1.", restored)
    assert (restored.pk, restored.public_id, restored.created_at.date()) == (
        other.pk,
        other.public_id,
        other.created_at.date(),
    )
    assert (hall.former_ids.count(), Merge.objects.count()) == (0, 0)


def test_merge_is_not_undone_after_a_change():
    tea, talk = make_group(), make_group()
    done = merged(GROUPS, tea, talk)
    tea.summary = "Another sentence."
    tea.save()

    with pytest.raises(MergeError):
        undo_merge(done.pk)

    assert list(SupportGroup.objects.all()) == [tea]


def test_list_with_both_codes_of_merged_groups_has_the_one_that_stays_once():
    tea, talk = make_group(), make_group()
    shortlist = Shortlist((talk.code, tea.code, "zzzzz"))
    merged(GROUPS, tea, talk)

    rows = select_codes(shortlist).rows

    assert [(row.code, row.group) for row in rows] == [(talk.code, tea), ("zzzzz", None)]


def documents() -> list:
    """What the directory in memory has of each group."""
    return sorted(map(repr, current_snapshot().index._documents.values()))


def test_search_has_what_a_merge_changed_as_if_read_anew():
    hall, other = make_venue(town="Chard"), make_venue(town="Margate")
    group, talk = make_group(venue=other, topics=["Anxiety"]), make_group(venue=other, topics=["Grief"])
    current_snapshot()

    merged(VENUES, hall, other)
    merged(GROUPS, group, talk)
    merged(ORGANISATIONS, group.organisation, talk.organisation)
    patched = documents()
    invalidate()

    assert (len(patched), patched) == (1, documents())


def test_deleted_contact_takes_what_was_merged_into_it_along():
    organisation = make_organisation()
    contact, other = (make_contact(organisation=organisation) for _ in range(2))
    merged(CONTACTS, contact, other)
    before = Contact.history.filter(id=other.pk).count()

    contact.delete()

    assert (before, Contact.history.count(), Merge.objects.count()) == (1, 0, 0)
