"""A directory in which every page has something to say in each of its states: for browsers, checkers and pictures."""

from django.core.management import call_command
from model_bakery import baker

#: Enough for every kind of group and organisation, for lists beyond their limit, and for several pages of results.
FEW = 90


def fill(count: int = FEW) -> None:
    """Put examples beside the real listings, and what strangers and editors left there."""
    call_command("make_examples", "--beside-real-listings", count=count, verbosity=0, stdout=_Nowhere())
    _what_is_long()
    _what_is_missing()
    _what_was_asked()
    _what_editors_did()
    _what_waits_for_staff()


def _what_is_long() -> None:
    """A name of one word that no line of a telephone holds; and of as many letters as there may be."""
    from tests.factories import make_contact, make_group, make_organisation, make_schedule, make_venue

    word = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"
    organisation = make_organisation(name=f"Example {word} {'and friends of it ' * 3}"[:120].strip())
    group = make_group(
        name=f"Example {word} {word} {'w' * 60}".ljust(136, "w")[:136],
        organisation=organisation,
        venue=make_venue(name=f"Example {word} hall", access_note=f"{word}. A ramp."),
        contacts=[make_contact(organisation=organisation, email=f"{word.lower()}@{word.lower()}.example")],
        what_it_is_like=f"{word} {word}\n{word}",
    )
    make_schedule(group)


def _what_is_missing() -> None:
    """More needs than a page shows, one of them taken on, and one that is not shown yet."""
    from groups.feedback.models.need import Need
    from organisations.models import Organisation
    from places.models import Area

    kent = Area.objects.get(name="Kent")
    for number in range(1, 31):
        baker.make(Need, what=f"An example group on evening {number}", area=kent, times_asked=number, is_shown=True)
    taker = Organisation.objects.published().order_by("pk").first()
    baker.make(Need, what="An example walking group", times_asked=4, is_shown=True, taken_on_by=taker)
    baker.make(Need, what="Example words that nobody has read", is_shown=False)


def _what_was_asked() -> None:
    """A message that asks whether listings are right: one of them answered, the others open."""
    from groups.verification.models import AskedListing, CheckRequest
    from organisations.models import Contact
    from tests.factories import days_ago

    organisation = _with_much_to_check()
    contact = baker.make(Contact, organisation=organisation, email="desk@house.example", role_title="Example desk")
    request = baker.make(CheckRequest, organisation=organisation, contact=contact, sent_on=days_ago(1))
    groups = organisation.groups.listed(days_ago(0)).order_by("pk")[:3]
    baker.make(AskedListing, request=request, organisation=organisation, answer="right", answered_on=days_ago(0))
    for group in groups:
        baker.make(AskedListing, request=request, group=group)


def _with_much_to_check():
    from django.db.models import Count

    from organisations.models import Organisation

    published = Organisation.objects.published()
    return published.annotate(size=Count("groups")).order_by("-size", "pk").first()


def _what_editors_did() -> None:
    """Versions of a group and of an organisation, and a report."""
    from groups.feedback.models.report import Report
    from organisations.models import Organisation, single_revision

    group = newest_at_a_venue()
    for row, note in ((group, "stage_note"), (Organisation.objects.order_by("-pk")[0], "user_led_note")):
        for words in ("As they told us on the phone.", "As their new leaflet says."):
            with single_revision(row, "From a leaflet"):
                setattr(row, note, words)
                row.save()
    baker.make(Report, group=group, part="time", what_is_right="It is at 7pm now, not at 6pm.")


def newest_at_a_venue():
    """The group that was added last of those that meet at a venue we know."""
    from groups.models import SupportGroup

    return SupportGroup.objects.exclude(venue=None).order_by("-pk")[0]


class _Nowhere:
    """Takes what a command says, for nobody to read."""

    def write(self, message: str) -> None: ...


def _what_waits_for_staff() -> None:
    """A proposal of which one part has changed since and one tells a secret, and a suggestion of a new group."""
    from groups.feedback.models.proposal import Proposal
    from groups.feedback.models.suggestion import Suggestion

    group = newest_at_a_venue()
    changes = {
        "when": {"was": "Mondays.", "proposed": "Tuesdays 7-8.30", "read": ""},
        "where": {"was": "", "proposed": "The old mill, TA20 1PP", "read": "The old mill\nTA20 1PP"},
        "what_it_is_like": {"was": group.what_it_is_like, "proposed": "We walk by the sea. Tea follows."},
        "stage_note": {"was": "Something older.", "proposed": "Two more places from May."},
    }
    note = "The door has moved to the back."
    baker.make(Proposal, group=group, source="contributor", changes=changes, note=note, email="ann@house.example")
    notice = {"what": "A walk for new parents.", "when_in_words": "Tuesdays at 10am", "place": "Margate"}
    baker.make(Suggestion, name="Example pram walk", run_by="Example parents", how_to_ask="ann@house.example", **notice)
