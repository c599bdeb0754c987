"""Sending a file, looking at what it would change, and saying yes."""

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.utils import timezone

from groups.models import DirectoryState, GroupCheck, SupportGroup, Venue
from groups.spreadsheets.models import SheetUpload
from organisations.choices import Publication
from organisations.models import single_revision
from tests import factories
from tests.groups.spreadsheets.files import (
    CONFIRM,
    IMPORT,
    changes,
    csv_file,
    exported,
    import_rows,
    rows_of,
    say_yes,
    send,
    wrong_in,
)

pytestmark = pytest.mark.django_db

NEW = {
    "Organisation": "Example Ours",
    "Name": "Walk and Talk",
    "Summary": "A walk by the sea.",
    "When": "Every Thursday, 6.30pm to 8pm; first Monday, 10am",
    "Joining": "just come along",
    "Venue": "The Pier",
    "Town": "Margate",
}


def test_preview_shows_what_was_and_what_becomes_and_writes_nothing(editor, ours):
    group = factories.make_group(name="Talking", organisation=ours, cost_note="£1")
    factories.make_schedule(group)

    looked_at = send(
        editor,
        csv_file(
            {"Code": group.code, "Name": "Talking", "Cost": "£2", "When": "Fridays, 7-9pm", "Focus": ""},
        ),
    )

    assert changes(looked_at) == {
        "Talking": [
            ("When", "Every Thursday. Ask for the time.", "Every Friday, 7pm to 9pm."),
            ("Cost", "£1", "£2"),
        ]
    }
    assert "Every Friday, 7pm to 9pm." in looked_at.text
    assert '<td class="sheet-row">2</td><td>Talking<br>Example Ours</td>' in looked_at.text
    group.refresh_from_db()
    assert group.cost_note == "£1"
    assert [str(item) for item in group.schedules.all()] == ["Every Thursday. Ask for the time."]


def test_preview_and_import_say_where_people_read_contact_first(editor, ours):
    hidden = factories.make_group(name="Talking", organisation=ours, confidential=True, joining="contact first")
    public = factories.make_group(name="Walking", organisation=ours, venue=factories.make_venue())
    rows = [{"Code": group.code, "Joining": "just come along"} for group in (hidden, public)]

    looked_at = send(editor, csv_file(*rows))
    imported = say_yes(editor, looked_at)

    assert [group.name for group in looked_at.context["contact_first"]] == ["Talking"]
    assert "Where people read “Contact the group first”" in looked_at.text
    assert (
        "The address is confidential, so people read “Contact the group first” and not “Just come along” at “Talking”."
        in imported.text
    )
    hidden.refresh_from_db()
    assert (hidden.joining, hidden.public_joining) == ("just come", "contact first")


def test_preview_says_nothing_of_joining_where_every_address_is_public(editor, ours):
    looked_at = send(editor, csv_file(NEW))

    assert looked_at.context["contact_first"] == []
    assert "Contact the group first" not in looked_at.text


def test_new_group_is_a_draft_with_its_venue_and_times(editor, ours):
    page = import_rows(editor, NEW)

    group = SupportGroup.objects.get()
    assert "1 group added, as drafts" in page.text
    assert (group.name, group.organisation, group.publication) == ("Walk and Talk", ours, Publication.DRAFT)
    assert group.slug == "walk-and-talk-margate"
    assert [str(item) for item in group.schedules.all()] == [
        "Every Thursday, 6.30pm to 8pm.",
        "The first Monday of the month, from 10am.",
    ]
    assert (group.venue.name, group.venue.town.name, group.venue.district) == (
        "The Pier",
        "Margate",
        group.venue.town.district,
    )
    assert group.joining == "just come"


def test_row_without_a_code_is_about_the_group_of_that_name(editor, ours):
    group = factories.make_group(name="Ann’s Talking-Group", organisation=ours)

    import_rows(editor, {"Organisation": "example ours", "Name": "anns talking group", "Cost": "£2"})

    group.refresh_from_db()
    assert group.cost_note == "£2"
    assert SupportGroup.objects.count() == 1


def test_row_is_found_by_code_or_public_identity_and_may_be_renamed(editor, ours):
    item, two = (factories.make_group(name=name, organisation=ours) for name in ("One", "Two"))

    import_rows(editor, {"Code": item.code.upper(), "Name": "Uno"}, {"Code": str(two.public_id), "Name": "Due"})

    assert set(SupportGroup.objects.values_list("pk", "name")) == {(item.pk, "Uno"), (two.pk, "Due")}


def test_empty_cell_leaves_and_a_dash_empties(editor, ours):
    group = factories.make_group(
        name="Talking", organisation=ours, cost_note="£1", joining_note="Ring first.", topics=["Grief"], age_from=18
    )
    factories.make_schedule(group)

    row = {"Code": group.code, "Cost": "", "More about joining": "-", "Topics": "–", "Age from": "-", "When": "-"}
    import_rows(editor, row | {"Focus": "-"})

    group.refresh_from_db()
    assert (group.cost_note, group.joining_note, group.age_from, group.focus) == ("£1", "", None, "not said")
    assert [group.topics.count(), group.schedules.count()] == [0, 0]


def test_import_keeps_one_version_with_who_did_it_and_no_check(editor, ours):
    group = factories.make_group(name="Talking", organisation=ours, checked=factories.days_ago(3), topics=["Grief"])
    schedule = factories.make_schedule(group)
    factories.make_terms(factories.Topic, ["Anxiety"])
    group.history.all().delete()

    import_rows(
        editor, {"Code": group.code, "Topics": "Anxiety", "When": "Fridays 7pm", "Cost": "£2"}, NEW | {"Code": ""}
    )

    newest, first = group.history.all()
    made = SupportGroup.objects.get(name="Walk and Talk")
    assert (str(newest.history_user), newest.history_type, newest.history_change_reason) == (
        "ann@example.org",
        "~",
        "Imported from a spreadsheet",
    )
    assert [first.parts["schedules"][0]["weekday"], newest.parts["schedules"][0]["weekday"]] == [3, 4]
    assert [item.topic.name for item in newest.topics.all()] == ["Anxiety"]
    assert [item.topic.name for item in first.topics.all()] == ["Grief"]
    assert (newest.revision, first.revision) == (group.revision + 1, group.revision)
    assert [newest.created_at, first.created_at] == [group.created_at] * 2
    assert (first.history_user, first.history_change_reason) == (None, "As it stood when its history began")
    # A time that is changed keeps its key.
    assert group.schedules.get().pk == schedule.pk
    assert [(item.history_type, str(item.history_user)) for item in made.history.all()] == [("+", "ann@example.org")]
    assert [item.history_type for item in made.venue.history.all()] == ["+"]
    assert GroupCheck.objects.count() == 1
    assert sorted(LogEntry.objects.values_list("object_repr", "change_message")) == [
        ("Talking", "By a spreadsheet."),
        ("Walk and Talk", "By a spreadsheet."),
    ]


def test_history_page_says_what_an_import_changed(editor, ours):
    group = factories.make_group(name="Talking", organisation=ours, cost_note="£1")

    import_rows(editor, {"Code": group.code, "Cost": "£2"})

    page = editor.get(f"/staff/groups/supportgroup/{group.pk}/history/")
    assert "Ann Example" in page.text
    assert "£2" in page.text


def test_search_is_told_of_an_import(editor, ours):
    group = factories.make_group(name="Talking", organisation=ours)
    before = DirectoryState.objects.get().number

    import_rows(editor, {"Code": group.code, "Summary": "Other words."})

    assert DirectoryState.objects.get().number > before


def test_one_bad_row_and_nothing_is_written(editor, ours):
    group = factories.make_group(name="Talking", organisation=ours, cost_note="£1")
    good, bad = (
        {"Code": group.code, "Cost": "£2", "Age from": ""},
        {"Code": group.code + "2", "Cost": "", "Age from": "x"},
    )

    looked_at = send(editor, csv_file(good, bad))
    answer = editor.post(CONFIRM, {"word": "", "mark": looked_at.context["mark"]}, follow=True)

    assert looked_at.context["word"] == ""
    assert "imported already" in answer.text
    assert not SheetUpload.objects.exists()
    group.refresh_from_db()
    assert group.cost_note == "£1"


def test_file_waits_in_the_database_for_its_sender_alone_and_is_taken_once(editor, manager, ours):
    looked_at = send(editor, csv_file(NEW))
    word = {name: looked_at.context[name] for name in ("word", "mark")}

    by_other = manager.post(CONFIRM, word, follow=True)
    forged = editor.post(CONFIRM, word | {"word": word["word"][:-1]}, follow=True)
    assert SupportGroup.objects.count() == 0
    done = editor.post(CONFIRM, word, follow=True)
    again = editor.post(CONFIRM, word, follow=True)

    assert ["imported already" in page.text for page in (by_other, forged, done, again)] == [True, True, False, True]
    assert SupportGroup.objects.count() == 1
    assert not SheetUpload.objects.exists()


def test_file_that_nobody_said_yes_to_is_erased(editor, ours, django_user_model):
    send(editor, csv_file(NEW))

    assert SheetUpload.delete_expired(timezone.now()) == 0
    assert SheetUpload.delete_expired(timezone.now() + timezone.timedelta(hours=3)) == 1


def test_nothing_is_imported_that_was_not_shown(editor, manager, ours):
    """Somebody else saves the group while the sender reads: what would be written over was never shown."""
    group = factories.make_group(name="Talking", organisation=ours, cost_note="£1")
    looked_at = send(editor, csv_file({"Code": group.code, "Cost": "£3"}))
    SupportGroup.objects.filter(pk=group.pk).update(cost_note="£2")

    page = say_yes(editor, looked_at)

    group.refresh_from_db()
    assert "while you were reading" in page.text
    assert group.cost_note == "£2"


def test_row_that_somebody_changed_since_the_export_is_refused_with_what_changed(editor, manager, ours):
    group = factories.make_group(name="Talking", organisation=ours)
    other = factories.make_group(name="Walking", organisation=ours)
    with single_revision(group):
        group.save()
    rows = [row | {"Cost": "£3" if row["Name"] == "Talking" else row["Cost"]} for row in rows_of(exported(editor))]
    for each in (group, other):
        with single_revision(each):
            each.stage_note = "Since then."
            each.save()

    looked_at = send(editor, csv_file(*rows))

    # The other row says what it did when the file was made, so it would take back what somebody has written since.
    [(row, column, sentence)] = wrong_in(looked_at)
    assert (row, column) == (2, "Version")
    assert "Since then." in sentence


def test_same_venue_is_used_again_and_no_venue_is_changed(editor, ours):
    hall = factories.make_venue(name="The Hall", postcode="TA20 1PP", address="1 Fore Street")
    row = {"Organisation": "Example Ours", "Name": "One", "Summary": "One.", "Venue": "the hall", "Postcode": "ta201pp"}

    import_rows(
        editor, row, row | {"Name": "Two", "Venue": "Other Hall"}, row | {"Name": "Three", "Venue": "Other hall"}
    )

    item, two, three = SupportGroup.objects.order_by("pk")
    assert item.venue == hall
    assert two.venue == three.venue != hall
    assert list(Venue.objects.values_list("name", flat=True)) == ["Other Hall", "The Hall"]
    assert (two.venue.postcode, two.venue.outward_code, two.venue.district) == ("TA20 1PP", "TA20", hall.district)


def test_town_is_kept_where_no_venue_is_known(editor, ours):
    import_rows(editor, {"Organisation": "Example Ours", "Name": "One", "Summary": "One.", "Town": "Margate"})

    group = SupportGroup.objects.get()
    assert (group.venue, group.town.name) == (None, "Margate")


def test_pages_lead_to_files(editor, ours, client):
    group = factories.make_group(name="Talking", organisation=ours)
    groups = editor.get("/staff/groups/supportgroup/", {"q": "Talking"})

    page = editor.get("/staff/groups/supportgroup/export/", {"q": "Nothing like it"})

    assert f"{IMPORT}" in groups.text
    assert "export/?q=Talking" in groups.text
    assert "0 groups" in page.text
    assert rows_of(exported(editor, q="Nothing like it")) == []
    chosen = editor.post("/staff/groups/supportgroup/", {"action": "export_chosen_csv", "_selected_action": [group.pk]})
    assert [row["Name"] for row in rows_of(chosen.getvalue())] == ["Talking"]


def test_nobody_comes_to_files_without_signing_in(ours):
    assert [Client().get(url).status_code for url in (IMPORT, CONFIRM)] == [302, 302]
