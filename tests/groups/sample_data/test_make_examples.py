"""Examples: as many as asked, the same for a seed, valid to the last row, and never taken for real ones."""

import datetime
import re
from collections import Counter

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from groups.choices import ChangeKind, Frequency, Joining, LedBy, Stage
from groups.models import Schedule, ScheduleChange, SupportGroup, Venue
from groups.sample_data.bulk_writer import ORDER
from groups.sample_data.identity import SOURCE, examples_of
from groups.sample_data.make import make_examples
from groups.sample_data.removal import remove_examples
from organisations.choices import Freshness
from organisations.models import (
    Contact,
    Event,
    Organisation,
    PeerRole,
    Quotation,
    Sourced,
    Statement,
    Training,
)
from places.models import Postcode, Town
from tests.factories import make_group
from tests.peersupport.html import parse, words
from tests.table_copies import TableCopies, tables_of

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 11, 21)
#: What rows there are is drawn in Python; that they can be inserted is tried on both by the others.
drawn_in_python = pytest.mark.one_database
#: The last digits of numbers that Ofcom keeps for drama, after what is the same in all of them.
DRAMA = re.compile(r"(?:01632 960\d{3}|07700 900\d{3}|020 7946 0\d{3}|0808 157 0\d{3})")
OURS = [apps.get_model(label) for label in ORDER]


@pytest.fixture(scope="module")
def example_copies(seed_copies, django_db_blocker) -> TableCopies:
    """Some examples beside the real directory, made once and set aside."""
    copies = TableCopies("examples", tables_of("organisations", "groups"))
    with django_db_blocker.unblock():
        seed_copies.restore()
        make_examples(140, seed=7, today=TODAY)
        copies.save()
        copies.clear()
    return copies


@pytest.fixture
def examples(example_copies, db):
    """Some examples, beside the real directory."""
    example_copies.restore()


def described(group: SupportGroup) -> tuple:
    """What a visitor would know a group by."""
    place = group.venue.postcode if group.venue else ""
    schedules = [schedule.sentence for schedule in group.schedules.all()]
    checks = [check.checked_on for check in group.checks.all()]
    topics = [topic.name for topic in group.topics.all()]
    return (group.public_id, group.code, group.slug, group.summary, group.where, place, schedules, checks, topics)


def made(count: int, seed: int) -> list[tuple]:
    make_examples(count, seed=seed, today=TODAY)
    return [described(group) for group in examples_of(SupportGroup).order_by("pk")]


def test_make_examples_makes_as_many_groups_as_asked(seed_directory):
    real = SupportGroup.objects.count()

    make_examples(33, seed=1, today=TODAY)

    assert examples_of(SupportGroup).count() == 33
    assert SupportGroup.objects.count() == real + 33


@drawn_in_python
def test_make_examples_makes_the_same_for_a_seed_and_others_for_another(seed_directory):
    first, again, more, other = made(20, seed=3), made(20, seed=3), made(40, seed=3), made(20, seed=4)

    assert again == first
    assert more[:19] == first[:19]  # The last organisation may have had more groups to make.
    assert {row[1] for row in other} & {row[1] for row in first} == set()


@drawn_in_python
def test_make_examples_reckons_from_the_day_it_is_given(seed_directory):
    make_examples(60, seed=3, today=TODAY)
    before = examples_of(Event).order_by("pk").first().starts_on
    make_examples(60, seed=3, today=TODAY + datetime.timedelta(days=10))

    after = examples_of(Event).order_by("pk").first().starts_on

    assert after - before == datetime.timedelta(days=10)


@drawn_in_python
def test_every_example_is_a_valid_row(examples):
    """By the rules of the forms and of the database. Checks and routes are tables of a few choices."""
    counts = Counter()
    for model in OURS:
        rows = model.objects.filter(source_name=SOURCE) if issubclass(model, Sourced) else model.objects.order_by("-pk")
        for row in rows[:40]:
            row.full_clean()
            counts[model.__name__] += 1

    assert {"SupportGroup", "Organisation", "Venue", "Schedule", "PeerRole", "Training", "Event"} <= set(counts)
    assert counts["SupportGroup"] == 40


def test_every_example_says_that_it_is_one(examples):
    """In its name, or title, or by whose words they are; and by its source."""
    named = {PeerRole: "title", Training: "title", Quotation: "attribution", Statement: "organisation__name"}
    sourced = [model for model in OURS if issubclass(model, Sourced)]

    names = {model: set(examples_of(model).values_list(named.get(model, "name"), flat=True)) for model in sourced}
    names[Venue] = set(examples_of(Venue).values_list("name", flat=True))

    assert len(names) == 9
    assert all(names.values())
    assert [name for items in names.values() for name in items if not name.startswith("Example ")] == []
    assert {model.objects.filter(source_name=SOURCE).count() for model in sourced} == {
        examples_of(model).count() for model in sourced
    }


def test_the_page_of_an_example_says_that_it_is_one(client, examples):
    group = examples_of(SupportGroup).published().filter(organisation__publication="published").first()

    page = client.get(group.get_absolute_url()).content.decode()

    assert "<h1>Example " in page
    assert "Source: Generated example" in page


def test_no_example_can_be_reached(examples):
    """Telephones that Ofcom keeps for drama; mailboxes and websites in the domain that nobody has."""
    contacts = Contact.objects.filter(organisation__in=examples_of(Organisation))
    numbers = {number for row in contacts.values_list("phone", "text_number") for number in row if number}
    hosts = {contact.email.rpartition(".")[2] for contact in contacts if contact.email}
    websites = examples_of(Organisation).exclude(website="").values_list("website", flat=True)

    assert [number for number in numbers if not DRAMA.fullmatch(number)] == []
    assert hosts == {"example"}
    assert [website for website in websites if not website.endswith(".example/")] == []


@drawn_in_python
def test_examples_are_of_every_kind_there_is(seed_directory):
    """Every stage, way of joining, frequency and change; checked lately, long ago, and never."""
    make_examples(250, seed=7, today=timezone.localdate())
    groups = examples_of(SupportGroup)

    for choices, field in ((Stage, "stage"), (Joining, "joining"), (LedBy, "led_by")):
        assert set(groups.values_list(field, flat=True)) == set(choices.values)
    assert set(Schedule.objects.filter(group__in=groups).values_list("frequency", flat=True)) == set(Frequency.values)
    changes = ScheduleChange.objects.filter(group__in=groups)
    assert set(changes.values_list("kind", flat=True)) == set(ChangeKind.values)
    in_term_time = Schedule.objects.filter(group__in=groups, term_time_only=True)
    assert 0 < in_term_time.count() < 30
    assert not Schedule.objects.filter(group__in=groups, note__icontains="term time").exists()
    for change in changes.filter(kind=ChangeKind.ON):
        assert any(schedule.pattern.falls_on(change.date) for schedule in change.group.schedules.all())
    freshness = Counter(group.freshness.value for group in examples_of(SupportGroup).with_last_check())
    assert set(freshness) == set(Freshness)
    assert freshness.most_common(1)[0][0] == Freshness.FRESH
    assert examples_of(Venue).filter(address_is_confidential=True).exists()
    assert examples_of(SupportGroup).filter(meets_in_person=False).exists()


@drawn_in_python
def test_no_example_says_just_come_where_its_address_is_hidden(seed_directory):
    make_examples(400, seed=7, today=timezone.localdate())
    groups = examples_of(SupportGroup).for_cards()

    both = [group.name for group in groups if group.joining == Joining.JUST_COME and group.joining_reason]

    assert both == []
    assert groups.filter(venue__address_is_confidential=True, joining=Joining.CONTACT_FIRST).exists()


def test_examples_lie_at_real_postcodes_and_in_towns_of_northern_ireland(examples):
    venues = examples_of(Venue).filter(position_is_by_hand=False)
    real = {row.pk: (row.district_id, row.latitude, row.longitude) for row in Postcode.objects.all()}
    at_postcodes = venues.exclude(postcode="")

    message = {venue: (venue.district_id, venue.latitude, venue.longitude) for venue in at_postcodes}

    assert message
    assert {venue: real[venue.postcode.replace(" ", "")] for venue in message} == message
    assert set(venues.filter(postcode="").values_list("district__path", flat=True)) <= set(
        Town.objects.filter(district__path__startswith="N").values_list("district__path", flat=True)
    )


def test_no_two_examples_share_an_address_or_a_code(examples):
    for model in (Organisation, SupportGroup, PeerRole, Training):
        slugs = list(model.objects.values_list("slug", flat=True))
        slugs += model._meta.get_field("former_slugs").related_model.objects.values_list("slug", flat=True)
        assert len(slugs) == len(set(slugs))
    assert SupportGroup.objects.count() == SupportGroup.objects.values("code").distinct().count()


def test_an_example_leaves_a_real_listing_its_address(seed_directory):
    make_examples(5, seed=1, today=TODAY)
    slug = examples_of(SupportGroup).order_by("pk")[0].slug
    examples_of(SupportGroup).order_by("pk")[0].delete()
    real = make_group(slug=slug)

    make_examples(5, seed=1, today=TODAY)

    real.refresh_from_db()
    assert real.slug == slug
    assert examples_of(SupportGroup).order_by("pk")[0].slug == f"{slug}-2"


def test_a_confidential_venue_of_an_example_is_no_other_groups(examples):
    confidential = examples_of(Venue).filter(address_is_confidential=True)

    assert {venue.groups.count() for venue in confidential} == {1}
    assert ScheduleChange.objects.filter(group__venue__in=confidential).exclude(venue=None).count() == 0


def test_search_knows_of_examples_that_were_made_and_removed(seed_directory, client):
    def total() -> int:
        page = words(parse(client.get(reverse("groups:group_list"))))
        return int(re.search(r"Show (\d+) groups", page)[1])

    before = total()
    make_examples(30, seed=7, today=timezone.localdate())
    during = total()
    remove_examples()

    assert during > before + 20
    assert total() == before


# The command


def test_command_says_what_it_made_and_beside_what(seed_directory, settings, capsys):
    settings.DEBUG = True
    real = SupportGroup.objects.count()

    call_command("make_examples", count=12, seed=1)

    organisations = examples_of(Organisation).count()
    assert capsys.readouterr().out == (
        f"Made 12 example groups of {organisations} organisations, beside {real} real groups. The name of each begins "
        "“Example”; make_examples --remove takes them all away.\n"
    )


def test_command_asks_before_it_mixes_examples_with_a_site_in_use(seed_directory):
    with pytest.raises(CommandError) as refused:
        call_command("make_examples", count=12)

    assert str(refused.value) == (
        f"This site shows {SupportGroup.objects.count()} real groups to the public. Examples would stand among them, "
        "each with a name that begins “Example”. If that is what you want, say --beside-real-listings."
    )
    assert examples_of(SupportGroup).count() == 0


def test_command_mixes_when_it_is_told_to(seed_directory):
    call_command("make_examples", "--beside-real-listings", count=12)

    assert examples_of(SupportGroup).count() == 12


def test_command_says_what_to_do_where_there_are_no_places(no_places):
    with pytest.raises(CommandError) as refused:
        call_command("make_examples", count=3)

    assert str(refused.value) == (
        "There are no places yet for examples to lie in. Run load_places first. Nothing was changed."
    )


def test_some_examples_have_opening_hours_and_courses_with_days(examples):
    venues, organisations, courses = (examples_of(model) for model in (Venue, Organisation, Training))

    with_hours = [rows.exclude(opening_hours="") for rows in (venues, organisations)]
    assert all(0 < part.count() < rows.count() for part, rows in zip(with_hours, (venues, organisations), strict=True))
    dated = courses.exclude(starts_on=None)
    assert 0 < dated.count() < courses.count()
    assert all((row.ends_on - row.starts_on).days == 7 * (row.session_count - 1) for row in dated)
