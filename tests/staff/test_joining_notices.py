"""Staff are told, while they edit, that nobody reads "just come along" where the address is hidden."""

import pytest
from django.utils.html import strip_tags

from groups.choices import Joining
from groups.feedback.models.proposal import Proposal
from groups.models import SupportGroup
from tests.factories import make_group, make_organisation, make_schedule, make_venue
from tests.staff.forms import form_as_it_stands
from tests.staff.test_admin_pages import admin_url
from tests.staff.test_venue_pages import save, sentence

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]  # Python decides what people read.

SHOWN = "People read “Contact the group first” here, because the address is confidential: nobody could just come."
ADVICE = " To show “Just come along”, choose a public venue for each regular time, where new people are met."


def help_of(client, row, field: str) -> str:
    form = client.get(admin_url(type(row), "change", row.pk)).context["adminform"].form
    return strip_tags(form.fields[field].help_text).strip()


def test_page_of_a_group_says_what_people_read_instead(admin_client):
    hidden = make_group(confidential=True, joining=Joining.JUST_COME)
    withheld = make_group(confidential=True, joining=Joining.JUST_COME, times_are_withheld=True)
    public = make_group(venue=make_venue(), joining=Joining.JUST_COME)

    assert help_of(admin_client, hidden, "joining") == SHOWN + ADVICE
    assert help_of(admin_client, withheld, "joining") == SHOWN
    assert help_of(admin_client, public, "joining") == ""


def test_group_saved_with_just_come_at_a_hidden_address_is_warned_of(admin_client):
    group = make_group(name="Example tea", confidential=True, joining=Joining.CONTACT_FIRST)

    saved = save(admin_client, group, joining="just come")

    assert sentence(saved, "warning") == [f"“Example tea”: {SHOWN}{ADVICE}"]
    assert SupportGroup.objects.get().joining == "just come"
    assert sentence(save(admin_client, group, joining="contact first"), "warning") == []


def test_preview_says_it_of_what_is_typed_before_anything_is_saved(admin_client):
    group = make_group(venue=make_venue(), joining=Joining.JUST_COME)
    make_schedule(group)
    url = admin_url(SupportGroup, "change", group.pk)
    typed = form_as_it_stands(admin_client.get(url)) | {"_preview": "1"}
    hidden, public = make_venue(confidential=True).pk, make_venue().pk

    def notice(**changed) -> str:
        return admin_client.post(url, typed | changed).context["preview"].joining

    assert notice() == ""
    assert notice(venue=hidden) == SHOWN + ADVICE
    assert notice(venue=hidden, joining="contact first") == ""
    assert notice(venue=hidden, **{"schedules-0-venue": public}) == ""
    assert notice(**{"schedules-0-venue": hidden}) == SHOWN + ADVICE
    assert SHOWN in strip_tags(admin_client.post(url, typed | {"venue": hidden}).content.decode())


def test_page_of_a_venue_says_it_before_the_tick_and_while_it_is_ticked(admin_client):
    venue = make_venue()
    for name in ("Example tea", "Example walk"):
        make_group(name=name, venue=venue, joining=Joining.JUST_COME)
    make_schedule(make_group(joining=Joining.JUST_COME, venue=make_venue()), venue=venue)
    make_group(venue=venue, joining=Joining.CONTACT_FIRST)
    make_group(venue=venue, joining=Joining.JUST_COME, ended=True)
    says = "3 groups that meet here say “Just come along”. {}, people read “Contact the group first” instead."

    before = help_of(admin_client, venue, "address_is_confidential")
    saved = save(admin_client, venue, address_is_confidential="on")
    after = help_of(admin_client, venue, "address_is_confidential")

    assert before.startswith(says.format("If you tick this"))
    assert after.startswith(says.format("Because this is ticked"))
    [warning] = sentence(saved, "warning")
    assert warning.startswith(
        "The address is confidential, so people read “Contact the group first” and not “Just come along” at “Example"
    )
    assert warning.count("“Example") == 3


def test_page_of_a_venue_says_nothing_where_nobody_is_concerned(admin_client):
    venue = make_venue()
    make_group(venue=venue, joining=Joining.CONTACT_FIRST)

    assert "people read" not in help_of(admin_client, venue, "address_is_confidential")


def test_proposal_taken_for_a_group_at_a_hidden_address_is_warned_of(admin_client):
    group = make_group(name="Example tea", confidential=True, joining=Joining.CONTACT_FIRST)
    changes = {"joining": {"was": "contact first", "proposed": "just come"}}
    proposal = Proposal.objects.create(group=group, source="link", changes=changes, made_against=group.revision)

    url = admin_url(Proposal, "change", proposal.pk)
    answer = admin_client.post(url, {"_all": "1", "revision": group.revision}, follow=True)

    assert sentence(answer, "warning") == [f"“Example tea”: {SHOWN}{ADVICE}"]


def test_venue_of_another_organisation_is_not_opened_to_an_editor_by_the_notice(client):
    from tests.staff.people import make_editor, sign_in

    ours = make_organisation()
    venue = make_venue(confidential=True)
    make_group(organisation=ours, venue=venue, joining=Joining.JUST_COME)
    make_group(name="Example secret", organisation=make_organisation(), venue=venue, joining=Joining.JUST_COME)

    page = sign_in(client, make_editor(ours)).get(admin_url(type(venue), "change", venue.pk))

    assert "Example secret" not in page.content.decode()
