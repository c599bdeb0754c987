"""The boxes that find as you type: what is exactly what was typed comes first, in every one of them."""

import itertools

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.urls import reverse
from model_bakery import baker

from groups.feedback.models.report import Report
from groups.feedback.models.suggestion import Suggestion
from groups.models import AccessFeature, Activity, Audience, Language, Source, SupportGroup, Topic, Venue
from organisations.models import Contact, Editorship, EventSeries, Organisation, PeerRole, Training
from peersupport import autocomplete
from peersupport.autocomplete import NamedRows
from peersupport.name_ranking import Fit, Term
from places.admin import ReadOnly
from places.models import Area, Town
from tests.factories import (
    make_contact,
    make_group,
    make_organisation,
    make_role,
    make_training,
    make_venue,
    town,
)
from tests.staff.people import make_contributor, make_editor, sign_in

pytestmark = pytest.mark.django_db

URL = reverse("admin:autocomplete")
_numbers = itertools.count(1)

#: Rows in the order in which "Zebra Club" should find them; the alphabet has them otherwise.
NAMES = ["Zebra Club", "Zebra Club Two", "A Zebra Club", "Club for any Zebra", "AZebra Club"]


def _town(name: str) -> Town:
    return Town.objects.create(name=name, latitude=51, longitude=0, district=town("Chard").district)


def _area(name: str) -> Area:
    return Area.objects.create(name=name, slug=f"example-{next(_numbers)}", kind="informal")


def _account(name: str) -> User:
    return User.objects.create(username=name, email=name)


#: How a row of each kind is made that a box finds, by its name.
MAKE = {
    AccessFeature: lambda name: baker.make(AccessFeature, name=name, slug=f"example-{next(_numbers)}"),
    Activity: lambda name: baker.make(Activity, name=name, slug=f"example-{next(_numbers)}"),
    Area: _area,
    Audience: lambda name: baker.make(Audience, name=name, slug=f"example-{next(_numbers)}"),
    Contact: lambda name: make_contact(role_title=name),
    EventSeries: lambda name: baker.make(EventSeries, name=name, organisation=make_organisation()),
    Language: lambda name: baker.make(Language, name=name, slug=f"example-{next(_numbers)}"),
    Organisation: lambda name: make_organisation(name=name),
    PeerRole: lambda name: make_role(title=name),
    Report: lambda name: baker.make(Report, group=make_group(), part="time", what_is_right=name),
    Source: lambda name: baker.make(Source, name=name),
    Suggestion: lambda name: baker.make(Suggestion, name=name, what="x"),
    SupportGroup: lambda name: make_group(name=name),
    Topic: lambda name: baker.make(Topic, name=name, slug=f"example-{next(_numbers)}"),
    Town: _town,
    Training: lambda name: make_training(title=name),
    User: _account,
    Venue: lambda name: make_venue(name=name),
}


def boxes():
    """Every box of every page and of the rows below it: the model it stands on, and its field."""
    pages = [*admin.site._registry.values()]
    pages += [inline for page in pages for inline in page.inlines]
    return {(page.model, name) for page in pages for name in page.autocomplete_fields}


def find(client, model, field: str, term: str, **more) -> list[str]:
    return [found["text"] for found in answer(client, model, field, term, **more)["results"]]


def answer(client, model, field: str, term: str, **more) -> dict:
    box = {"app_label": model._meta.app_label, "model_name": model._meta.model_name, "field_name": field}
    response = client.get(URL, box | {"term": term} | more)
    assert response.status_code == 200
    return response.json()


def test_every_box_leads_to_a_kind_of_thing_that_is_tried_below():
    chosen = {model._meta.get_field(name).related_model for model, name in boxes()}

    assert {model for model in chosen if not isinstance(admin.site._registry[model], ReadOnly)} - set(MAKE) == set()


def box_to(model) -> tuple[type, str]:
    """A box from which a row of a kind is chosen: a page's own, or else any relation that Django lets a box ask for."""
    found = [(holder, field) for holder, field in boxes() if holder._meta.get_field(field).related_model is model]
    return min(found, key=str) if found else (Editorship, "user")


@pytest.mark.parametrize("model", MAKE, ids=lambda model: model.__name__)
def test_box_finds_what_was_typed_then_what_begins_so_then_a_word_then_the_rest(admin_client, model):
    rows = {name: MAKE[model](name) for name in reversed(NAMES)}

    found = answer(admin_client, *box_to(model), "Zebra Club")["results"]

    assert [item["id"] for item in found] == [str(rows[name].pk) for name in NAMES]


def test_take_off_is_found_before_an_organisation_that_only_speaks_of_it(admin_client):
    make_organisation(name="Live Well Kent", summary="Together with Take Off.")
    make_organisation(name="Take Off")

    found = [find(admin_client, *box_to(Organisation), typed) for typed in ("Take Off", "take off", "takeoff", "off")]

    assert [names[0] for names in found] == ["Take Off"] * 4
    assert found[0] == ["Take Off", "Live Well Kent"]


def test_organisation_is_found_by_names_that_it_had_and_by_initials(admin_client):
    make_organisation(name="Kent Walkers", former_names=["Open Mental Health"])
    make_organisation(name="Open Mental Health Kent")
    make_organisation(name="Walkers", summary="OMH is our partner.")

    assert find(admin_client, *box_to(Organisation), "Open Mental Health") == [
        "Kent Walkers",
        "Open Mental Health Kent",
    ]
    assert find(admin_client, *box_to(Organisation), "OMH") == ["Kent Walkers", "Walkers"]


@pytest.mark.parametrize(
    "model, named, typed",
    [
        (Organisation, "Café Hope", "cafe hope"),
        (Organisation, "St. Mary’s House", "Saint Marys House"),
        (SupportGroup, "Éire in Kent", "eire"),
        (Town, "Saint Zebra", "st zebra"),
        (Venue, "St Zebra’s Hall", "saint zebras"),
    ],
)
def test_box_finds_a_name_without_its_accents_and_saint_as_st(admin_client, model, named, typed):
    row = MAKE[model](named)

    assert [item["id"] for item in answer(admin_client, *box_to(model), typed)["results"]] == [str(row.pk)]


def test_town_is_found_as_the_box_itself_calls_it(admin_client):
    chard = town("Chard")

    assert find(admin_client, *box_to(Town), str(chard)) == [str(chard)]


def test_contact_is_found_by_its_organisation_the_exact_one_first(admin_client):
    for name in ("A Zebra Club", "Zebra Club Two", "Zebra Club"):
        make_contact(role_title="Any questions", organisation=make_organisation(name=name))

    assert find(admin_client, *box_to(Contact), "Zebra Club") == [
        "Any questions, Zebra Club",
        "Any questions, Zebra Club Two",
        "Any questions, A Zebra Club",
    ]


def test_box_with_nothing_typed_has_everything_in_the_order_of_its_list(admin_client):
    for name in ("B", "C", "A"):
        make_organisation(name=name)

    assert find(admin_client, *box_to(Organisation), "") == ["A", "B", "C"]


def test_pages_of_a_box_follow_one_another_and_end(admin_client):
    for number in range(45):
        make_organisation(name=f"The zebra {number:02}")
    make_organisation(name="Zebra")

    pages = [answer(admin_client, *box_to(Organisation), "zebra", page=page) for page in (1, 2, 3)]

    names = [item["text"] for page in pages for item in page["results"]]
    assert names == ["Zebra", *(f"The zebra {number:02}" for number in range(45))]
    assert [page["pagination"]["more"] for page in pages] == [True, True, False]


@pytest.mark.parametrize("typed", ["%", "_", "((", "\\", "a" * 5000, "امید", "🙂", "…"])
def test_box_with_what_is_in_no_name_finds_nothing(admin_client, typed):
    make_organisation(name="Zebra Club")

    assert find(admin_client, *box_to(Organisation), typed) == []


@pytest.mark.parametrize("typed", ['"', "'", '"Zebra Club', "Zebra' Club"])
def test_box_answers_quotes_that_are_not_closed(admin_client, typed):
    make_organisation(name="Zebra Club")

    assert find(admin_client, *box_to(Organisation), typed) == ["Zebra Club"]


def test_name_of_another_writing_is_found(admin_client):
    make_organisation(name="امید گروپ")

    assert find(admin_client, *box_to(Organisation), "امید") == ["امید گروپ"]


def test_box_names_nothing_that_its_editor_may_not_see(client):
    mine = make_organisation(name="Zebra Club Two")
    other = make_organisation(name="Zebra Club", draft=True)
    make_group(name="Zebra walkers", organisation=other)
    make_venue(name="Zebra hall", confidential=True)
    make_contact(role_title="Zebra keeper", organisation=other)

    for make in (make_editor, make_contributor):
        staff = sign_in(client, make(mine))
        assert find(staff, SupportGroup, "organisation", "Zebra Club") == ["Zebra Club Two"]
        assert find(staff, SupportGroup, "venue", "Zebra") == []
        assert find(staff, SupportGroup, "contacts", "Zebra") == []


#: Names that databases compare otherwise than folded, in which signs begin words, and which share their beginnings.
_HOSTILE = (
    "Art|ART|A.R.T.|Art Rooms Tonight|Arts & Crafts|Arts and Crafts|(Art) for all|’Art|A r t|Take Off|Take-Off|"
    "Takeoff Kent|We Take Off|Women's Art|Womens’ Art|Wömens Art|Party|St Ives Art|Saint Ives|St. Ives|"
    "The Saint's Art|Ärt|½ Art|Art/Craft|Craft:Art|Éire|`Art|100% Art|Art_Craft|  Art|A & B|Rooms of Art|"
    "A Rather Tall Room|a-r-t|Ｆull Art|The Art|Zither:Lute"
)
HOSTILE = _HOSTILE.split("|")
TERMS = [
    "a",
    "arts and",
    "takeoff",
    "womens",
    "st",
    "saint ives",
    "art chard",
    "art craft",
    "aandb",
    "chard",
    "artr",
    "lute",
]


@pytest.mark.parametrize("most_ranked, compared", [(20_000, Fit.EVERY_WORD), (20, Fit.OTHER_NAME_EXACT)])
def test_rows_that_the_database_leaves_are_ranked_as_all_rows_would_be(monkeypatch, most_ranked, compared):
    kent, chard = make_organisation(name="Kent Art & Craft"), town("Chard")
    for number, name in enumerate(HOSTILE):
        organisation = kent if number % 3 else make_organisation(name=name)
        make_group(name=name, organisation=organisation, town=chard if number % 2 else None)
    monkeypatch.setattr(autocomplete, "MOST_RANKED", most_ranked)
    names, context = ("name", "code"), ("town__name", "venue__town__name", "organisation__name")
    rows = list(SupportGroup.objects.values_list("pk", *names, *context))

    for text in TERMS:
        term = Term(text)
        ranks = {key: term.rank(name, [code], list(filter(None, texts))) for key, name, code, *texts in rows}
        ranked = sorted((key for key, rank in ranks.items() if rank is not None), key=ranks.__getitem__)
        found = NamedRows(SupportGroup.objects.all(), term, names, context).first(6)
        # Where too many rows match, those of which the term is the name are first.
        count = min(6, sum(ranks[key].fit <= compared for key in ranked))
        assert (text, found[:count]) == (text, ranked[:count])


def test_names_in_lists_are_ranked_as_all_rows_would_be():
    for number, name in enumerate(HOSTILE):
        make_organisation(name=f"{number % 7} Walkers {number}", former_names=[name, "Kent Art"][: 1 + number % 2])
    rows = list(Organisation.objects.values_list("pk", "name", "former_names"))

    for text in TERMS:
        term = Term(text)
        ranks = {key: rank for key, name, others in rows if (rank := term.rank(name, others)) is not None}
        found = NamedRows(Organisation.objects.all(), term, ("name", "former_names"), ()).first(10)
        assert (text, found[:10]) == (text, sorted(ranks, key=ranks.__getitem__)[:10])


def test_box_costs_the_same_number_of_queries_however_many_it_finds(admin_client, django_assert_num_queries):
    find(admin_client, *box_to(Organisation), "zebra")
    for count, queries in ((1, 7), (30, 6)):
        for number in range(count):
            make_organisation(name=f"Zebra {count} {number}")
        with django_assert_num_queries(queries):
            find(admin_client, *box_to(Organisation), "zebra")


def test_box_of_towns_reads_no_district_for_each(admin_client, django_assert_num_queries):
    find(admin_client, SupportGroup, "town", "a")

    with django_assert_num_queries(6):
        found = find(admin_client, SupportGroup, "town", "a")

    assert len(found) > 1
