"""The search page: whatever is typed, an answer that a person can use."""

import pytest
from django.http import QueryDict
from django.urls import reverse
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from groups.search.active_filters import query_without
from groups.search.forms import GroupSearchForm
from tests.factories import make_group, make_organisation
from tests.peersupport.html import parse, with_id, words

# Search runs in memory. That it is loaded alike from each database, test_loader.py and test_against_reference.py hold.
pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
LIST = reverse("groups:group_list")


def main(client, **asked):
    return parse(client.get(LIST, asked)).find(".//main")


def question(page, facet):
    """What asks for one of the things that narrow a search."""
    [field] = [field for field in page.iter("fieldset") if field.find(f".//input[@name='{facet}']") is not None]
    return field


def test_group_list_shows_choices_in_force_and_how_to_take_each_away(client):
    page = main(client, near="Chard", within="5", focus="doing", joining=["just-come", "closed"], q="Tea  party")

    chips = [(words(chip), chip.get("href")) for chip in page.iterfind(".//a[@class='chip']")]
    rest = "focus=doing&joining=just-come&joining=closed"
    assert chips == [
        ("Remove Near Chard ×", f"?q=Tea+party&{rest}"),
        ("Remove Within 5 miles ×", f"?near=Chard&q=Tea+party&{rest}"),
        ("Remove “Tea party” ×", f"?near=Chard&within=5&{rest}"),
        ("Remove Doing ×", "?near=Chard&within=5&q=Tea+party&joining=just-come&joining=closed"),
        ("Remove Just come along ×", "?near=Chard&within=5&q=Tea+party&focus=doing&joining=closed"),
        ("Remove Closed to new people ×", "?near=Chard&within=5&q=Tea+party&focus=doing&joining=just-come"),
    ]


def test_group_list_offers_the_places_of_one_name_with_where_each_is_and_how_many_groups(client):
    make_group(name="Unasked", focus="doing")
    make_group(name="Asked", town="Ryde", focus="doing")
    make_group(name="Talking", town="Ryde", focus="talking")

    page = main(client, near="Newport", focus="doing")

    choices = page.find(".//section[@aria-labelledby='which-place']")
    assert [words(link) for link in choices.iter("a")] == [
        "Newport, Wales",
        "Newport, Isle of Wight",
        "Newport, Telford and Wrekin",
        "Newport, Uttlesford, Essex",
        "Newport, East Riding of Yorkshire",
        "Newport, Pembrokeshire",
    ]
    assert choices.find(".//li[2]/a").get("href") == "?near=Newport%2C+Isle+of+Wight&focus=doing"
    assert [words(count) for count in choices.iterfind(".//li/span")] == [
        "no groups within 10 miles",
        "1 group within 10 miles",
        *["no groups within 10 miles"] * 4,
    ]
    assert list(page.iterfind(".//article")) == []


@pytest.mark.parametrize(
    "asked, field, sentence",
    [
        ({"within": "far"}, "within", "We could not read how far you can go, so we looked within 10 miles."),
        ({"sort": "backwards"}, "sort", "We could not read the order, so we chose one."),
    ],
)
def test_group_list_says_kindly_what_it_could_not_read_and_still_shows_groups(client, asked, field, sentence):
    make_group(name="Still here")

    page = main(client, **asked)

    assert sentence in words(with_id(page, f"id_{field}_error"))
    assert [words(title) for title in page.iterfind(".//article/h2")] == ["Still here"]


@pytest.mark.parametrize(
    "asked, sentence",
    [
        ({"near": "South Manchester"}, "We looked near Manchester. You typed “South Manchester”."),
        ({"area": "atlantis"}, "We do not know that area, so we looked everywhere."),
        ({"organisation": "nobody"}, "We do not know that organisation, so we looked at all of them."),
        ({"focus": "dancing"}, "We could not read your answer to “Talking or doing?”, so we left it out."),
        ({"joining": ["perhaps", "closed"]}, "We could not read your answer to “How do you join?”, so we left it out."),
        ({"q": "a" * 101}, "We know none of those words, so we left them out. Try a few, like “art” or “anxiety”."),
        ({"page": "last"}, "We could not read the page number, so this is the first page."),
        ({"near": "CT9 1ZZ"}, "We do not know that postcode. It may be new, so we looked from the middle of CT9 1."),
    ],
)
def test_group_list_says_what_it_took_instead(client, asked, sentence):
    page = main(client, **asked)

    assert [words(notice) for notice in page.iterfind(".//div[@class='notice notice--warning']")] == [sentence]


def test_group_list_without_results_says_what_would_find_some(client):
    make_group(name="Doing far", town="Yeovil", focus="doing")
    make_group(name="Talking near", town="Chard", focus="talking")

    page = main(client, near="Chard", within="3", focus="doing")

    empty = page.find(".//div[@class='empty']")
    assert words(page.find(".//h1")) == "No groups found near Chard, Somerset"
    assert words(empty.find("h2")) == "What may help"
    assert [(words(link), link.get("href")) for link in empty.iter("a")] == [
        ("1 within 25 miles", "?near=Chard&focus=doing&within=25"),
        ("1 without your answer to “Talking or doing?”", "?near=Chard&within=3"),
        ("See what there is in Somerset, and near by", "/areas/somerset/"),
        ("See where there are groups now", "/areas/"),
        ("Start a group", "/start-a-group/"),
        ("Tell us what is missing", "/missing/?place=Chard"),
    ]


def test_group_list_without_results_offers_other_ways_to_join_and_to_meet(client):
    make_group(town="Chard", joining="contact first")
    make_group(town="Chard", online=True, meets_in_person=True)

    page = main(client, near="Chard", joining="just-come")
    other = main(client, near="Chard", format="by-phone")

    assert words(page.find(".//div[@class='empty']//a")) == "1 if you can contact them first"
    assert words(other.find(".//div[@class='empty']//a")) == "1 online"


@pytest.mark.parametrize("asked", [{}, {"near": "Zzyzxq"}, {"near": "Margatt on Sea"}])
def test_box_stands_open_and_the_rest_is_folded_where_no_place_is_known(client, asked):
    make_group(focus="doing")

    page = main(client, **asked)

    form = page.find(".//form[@role='search']")
    box, fold = form.find("div[@class='search__box']"), form.find("details")
    assert [field.get("name") for field in box.iter("input")] == ["near", "q"]
    assert (fold.get("open"), words(fold.find("summary"))) == (None, "More to choose from")
    assert question(fold, "focus") is not None


def test_places_that_may_be_meant_stand_before_the_choices_that_narrow(client):
    page = main(client, near="Weston super Mudd")

    parts = [part.tag for part in page.find(".//form[@role='search']")]
    assert parts == ["div", "script", "section", "details"]
    labels = [words(place) for place in page.findall(".//section[@aria-labelledby='which-place']//a")]
    assert labels == ["Weston-super-Mare, North Somerset"]


def test_bad_answer_of_a_folded_field_unfolds_it(client):
    fold = main(client, near="Chard", within="far").find(".//details[@class='search-fold']")

    assert fold.get("open") is not None


def test_each_answer_says_how_many_groups_it_would_leave(client):
    make_group(focus="talking", joining="just come", audiences=["Men"])
    make_group(focus="doing", joining="just come")
    make_group(focus="both", joining="closed", audiences=["Women"])

    page = main(client, joining="just-come")

    def counts(facet: str) -> dict[str, str]:
        field = question(page, facet)
        labels = [label for label in field.iter("label") if label.find("span") is not None]
        return {label.find("input").tail.strip(): words(label.find("span")) for label in labels}

    assert counts("focus") == {"Talking": "1", "Doing": "1"}
    assert counts("joining")["Closed to new people"] == "1"
    assert counts("joining")["Just come along"] == "2"
    assert counts("audience") == {"Men": "1"}


def test_answers_that_leave_nothing_are_said_in_a_line_unless_they_are_chosen(client):
    make_group(audiences=["Men"], joining="just come")
    make_group(audiences=["Women"], joining="closed")

    def offered(**asked) -> list[str]:
        field = question(main(client, **asked), "audience")
        return [words(label) for label in field.iter("label")]

    def without_groups(**asked) -> str:
        return words(question(main(client, **asked), "audience").find(".//p"))

    assert offered(joining="just-come") == ["Men 1"]
    assert without_groups(joining="just-come") == "No groups for: Women."
    assert offered(joining="just-come", audience="women") == ["Women 0", "Men 1"]


def test_place_that_is_typed_takes_that_of_an_area_that_was_clicked(client):
    make_group(name="Margate group", town="Margate")

    page = main(client, near="Margate", area="somerset")

    assert [words(title) for title in page.iterfind(".//article/h2")] == ["Margate group"]


def test_next_page_keeps_the_question_and_carries_only_the_sector(client):
    for number in range(21):
        make_group(name=f"Group {number}", town="Margate")

    page = main(client, near="ct9 1ae", within="25", joining="not-said")

    assert page.find(".//a[@rel='next']").get("href") == "?near=CT9+1&within=25&joining=not-said&page=2"


def test_canonical_address_is_the_question_as_it_was_understood(client):
    page = parse(client.get(f"{LIST}?near=ct91ae&utm_source=x&within=10&focus=&q="))

    assert page.find(".//link[@rel='canonical']").get("href") == f"http://testserver{LIST}?near=CT9+1"


def test_postcode_among_the_words_is_the_place_and_no_link_carries_the_whole_of_it(client):
    for number in range(21):
        make_group(name=f"Art {number}", town="Margate")

    response = client.get(LIST, {"q": "art ct9 1AE", "within": "25"})

    page = parse(response)
    assert words(page.find(".//h1")) == "Art groups near CT9 1"
    assert "You typed a postcode among your words, so we looked near CT9 1." in words(page.find(".//main"))
    assert page.find(".//a[@rel='next']").get("href") == "?near=CT9+1&within=25&q=art&page=2"
    assert page.find(".//link[@rel='canonical']").get("href") == f"http://testserver{LIST}?near=CT9+1&within=25&q=art"
    assert [link.get("href") for link in page.iter("a") if "1ae" in (link.get("href") or "").lower()] == []


def test_every_postcode_among_the_words_is_cut_to_its_sector():
    form = GroupSearchForm(QueryDict("q=art CT9 1AE or ta201aa or LS1 4AP"))

    assert query_without(form) == "near=CT9+1&q=art+TA20+1+LS1+4"


def test_choices_of_place_begin_at_the_first_page():
    form = GroupSearchForm(QueryDict("near=Newport&q=art&page=3&list=&add=all"))
    form.is_valid()

    assert form.choices_of_place[0][:2] == ("Newport, Wales", "?near=Newport%2C+Wales&q=art")


def test_postcode_among_the_words_beside_a_place_is_cut_to_its_sector(client):
    page = parse(client.get(LIST, {"near": "Chard", "q": "tea CT91AE"}))

    assert words(page.find(".//h1")) == "No tea CT9 1 groups found near Chard, Somerset"
    assert page.find(".//link[@rel='canonical']").get("href") == f"http://testserver{LIST}?near=Chard&q=tea+CT9+1"


_names = st.sampled_from(["near", "within", "area", "focus", "joining", "format", "q", "page", "list", "x"])
_values = st.one_of(
    st.text(max_size=120),
    st.sampled_from(
        ["-1", "0", "9" * 40, "' OR 1=1 --", "%00", "\x00", "‮abc", "👩‍🦰", "CT9 1AE", "Newport", "a" * 3000]
    ),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(pairs=st.lists(st.tuples(_names, _values), max_size=6))
@example(pairs=[("page", "-1"), ("page", "0"), ("area", "\x00"), ("near", "\x00")])
def test_any_question_is_answered_with_a_page(client, pairs):
    asked: dict[str, list[str]] = {}
    for name, value in pairs:
        asked.setdefault(name, []).append(value)

    for address in (LIST, reverse("organisations:organisation_list"), reverse("groups:area_detail", args=["kent"])):
        response = client.get(address, asked)

        assert response.status_code == 200
        assert len(list(parse(response).iter("h1"))) == 1


def test_search_names_a_few_organisations_and_leads_to_the_others_that_match(client):
    for number in range(6):
        make_organisation(name=f"Gardeners {number}")

    page = main(client, q="gardeners")
    section = page.find(".//section[@aria-labelledby='organisations']")
    [*named, more] = section.iter("a")
    others = words(parse(client.get(more.get("href"))))

    assert [words(name) for name in named] == [f"Gardeners {number}" for number in range(5)]
    assert "Gardeners 5" in others
