"""What all listings share: addresses that last, a count of revisions, publication."""

import pytest

from groups.models import SupportGroup
from organisations.choices import Freshness
from organisations.models import Organisation, PeerRole, Training
from tests.factories import days_ago, make_check, make_group, make_organisation, make_role, make_training

pytestmark = pytest.mark.django_db

MAKERS = {
    Organisation: make_organisation,
    PeerRole: make_role,
    SupportGroup: make_group,
    Training: make_training,
}


def each_listing():
    return pytest.mark.parametrize("model", MAKERS, ids=lambda model: model.__name__)


def former_slugs(listing) -> list[str]:
    return [former.slug for former in listing.former_slugs.all()]


@each_listing()
def test_listing_keeps_its_first_slug_as_a_former_one(model):
    listing = MAKERS[model]()
    first = listing.slug

    listing.slug = "another"
    listing.save()

    assert (listing.slug, former_slugs(listing)) == ("another", [first])


@each_listing()
def test_listing_keeps_every_slug_it_had(model):
    pk = MAKERS[model](slug="one").pk

    for slug in ("two", "three"):
        listing = model.objects.get(pk=pk)
        listing.slug = slug
        listing.save()

    assert former_slugs(listing) == ["one", "two"]


def test_listing_that_goes_back_to_a_slug_no_longer_has_it_as_a_former_one():
    organisation = make_organisation(slug="one")

    for slug in ("two", "one"):
        organisation.slug = slug
        organisation.save()

    assert (organisation.slug, former_slugs(organisation)) == ("one", ["two"])


def test_listing_does_not_take_a_slug_that_another_has_or_had():
    first = make_organisation(name="Example House")
    first.slug = "renamed"
    first.save()
    make_organisation(name="Example  House")

    third = make_organisation(name="Example, House")

    assert [*Organisation.objects.order_by("pk").values_list("slug", flat=True)] == [
        "renamed",
        "example-house-2",
        third.slug,
    ]
    assert third.slug == "example-house-3"


def test_former_slug_leads_to_the_listing_that_had_it_last():
    first, second = make_organisation(slug="one"), make_organisation(slug="two")
    first.slug = "first"
    first.save()
    second.slug = "one"
    second.save()

    second.slug = "second"
    second.save()

    assert (former_slugs(first), former_slugs(second)) == ([], ["one", "two"])


def test_listing_without_letters_in_its_name_has_a_slug():
    assert make_organisation(name="???").slug == "listing"


def test_long_name_makes_a_slug_that_fits():
    organisations = [make_organisation(name="Example " + "long " * 22 + end) for end in ("a", "b")]

    assert [len(organisation.slug) for organisation in organisations] == [110, 112]


@each_listing()
def test_revision_counts_the_times_a_listing_was_saved_again(model):
    pk = MAKERS[model]().pk

    for _ in range(3):
        model.objects.get(pk=pk).save()

    assert model.objects.get(pk=pk).revision == 3


def test_revision_is_counted_when_only_some_columns_are_saved():
    organisation = make_organisation()

    Organisation.objects.update_or_create(pk=organisation.pk, defaults={"summary": "Another."})

    organisation.refresh_from_db()
    assert (organisation.summary, organisation.revision) == ("Another.", 1)


@each_listing()
def test_listing_is_as_fresh_as_its_newest_check(model):
    listing = MAKERS[model](checked=days_ago(400))
    make_check(listing, days_ago(10))
    make_check(listing, days_ago(700))

    assert model.objects.get().freshness.checked_on == days_ago(10)
    assert model.objects.with_last_check().get().last_checked_on == days_ago(10)


@each_listing()
def test_saving_a_listing_does_not_check_it(model):
    listing = MAKERS[model]()

    listing.save()

    assert model.objects.get().freshness.value == Freshness.UNCHECKED
