"""Telling us of a group that we do not have, and of what is missing."""

import pytest
from django.urls import reverse

from groups.feedback import flood_control
from groups.feedback.models.need import Need
from groups.feedback.models.suggestion import Suggestion
from groups.models import SupportGroup
from tests.factories import area, make_organisation
from tests.groups.feedback.posting import send
from tests.peersupport.html import parse, words

pytestmark = pytest.mark.django_db

SUGGEST, MISSING = reverse("groups:group_suggest"), reverse("groups:missing")
TOLD = {"name": "Example walkers", "what": "We walk and talk.", "place": "Chard"}


def test_suggestion_is_kept_with_the_area_that_it_is_in_and_is_no_listing(client):
    response = send(client, SUGGEST, **TOLD, run_by="Its members", email="a@example.org")

    notice = Suggestion.objects.get()
    assert (response.status_code, response.headers["Location"]) == (302, reverse("groups:group_suggest_thanks"))
    assert (notice.name, notice.what, notice.place, notice.area.name) == (*TOLD.values(), "Somerset")
    assert (notice.run_by, notice.email, notice.state) == ("Its members", "a@example.org", "open")
    assert SupportGroup.objects.count() == 0


@pytest.mark.parametrize("typed, stored", [("CT9 1AE", "CT9 1"), ("by ZZ1 1ZZ the hall", "by the hall")])
def test_whole_postcode_of_a_suggestion_is_not_kept(client, typed, stored):
    send(client, SUGGEST, **TOLD | {"place": typed})

    assert Suggestion.objects.get().place == stored


def test_suggestion_with_gaps_says_what_to_do(client):
    response = send(client, SUGGEST)

    message = [words(link) for link in parse(response).iterfind(".//*[@class='error-summary']//a")]
    assert message == [
        "Say what the group is called. If it has no name, say what people call it.",
        "Say what happens there, in a few words.",
        "Say where: a town or an area will do.",
    ]


@pytest.mark.parametrize(
    "box, label, most",
    [
        ("name", "What is the group called?", "120"),
        ("what", "What happens there, and who is it for?", "1,000"),
        ("place", "Which town or area is it in?", "100"),
        ("when_in_words", "When does it meet?", "500"),
        ("where_in_words", "Where does it meet?", "300"),
        ("run_by", "Who runs it?", "120"),
        ("how_to_ask", "How can people ask about it?", "200"),
    ],
)
def test_suggestion_that_is_too_long_says_which_box_and_how_long_it_may_be(client, box, label, most):
    response = send(client, SUGGEST, **TOLD | {box: "a" * 1001})

    message = [words(link) for link in parse(response).iterfind(".//*[@class='error-summary']//a")]
    assert message == [f"“{label}” is too long. Please use {most} letters or fewer."]


@pytest.mark.parametrize("address", [SUGGEST, MISSING])
def test_form_says_that_nobody_answers_it_quickly_and_where_help_is(client, address):
    below = parse(client.get(address)).find(".//form[@class='posted']/../p[@class='small']")

    assert words(below) == "If you need help now, see who to call or text. We cannot answer quickly."


def test_same_suggestion_is_counted(client):
    for _ in "123":
        send(client, SUGGEST, **TOLD)

    assert list(Suggestion.objects.values_list("times_said", flat=True)) == [3]


@pytest.mark.parametrize("address, more", [(SUGGEST, TOLD), (MISSING, {"what": "A walking group"})])
def test_advert_is_thanked_for_and_not_kept(client, address, more):
    response = send(client, address, **more | {"what": "Pills www.a.example www.b.example"})

    assert (response.status_code, Suggestion.objects.count(), Need.objects.count()) == (302, 0, 0)


def test_suggestion_may_name_a_page_in_each_box(client):
    boxes = {"how_to_ask": "https://www.example.org/walkers", "when_in_words": "At www.hall.example, Mondays."}

    send(client, SUGGEST, **TOLD, **boxes)

    assert Suggestion.objects.values(*boxes).get() == boxes


@pytest.mark.parametrize("address, notice", [(SUGGEST, TOLD), (MISSING, {"what": "A walking group"})])
def test_form_stays_open_when_more_wait_than_anybody_reads(client, monkeypatch, address, notice):
    monkeypatch.setattr(flood_control, "MOST_WAITING", 0)

    response = send(client, address, **notice)

    [row] = [*Suggestion.objects.all(), *Need.objects.all()]
    assert (response.status_code, row.what, row.is_set_aside) == (302, notice["what"], True)


def test_need_is_shown_only_when_an_editor_has_read_it(client):
    send(client, MISSING, what="Chess on Sundays", place="Chard")
    need = Need.objects.get()
    before = client.get(MISSING).text

    Need.objects.update(is_shown=True, taken_on_by=make_organisation(name="Example house"))
    after = client.get(MISSING).text

    assert (need.area, need.times_asked, need.is_shown) == (area("Somerset"), 1, False)
    assert ("Chess on Sundays" in before, "Chess on Sundays" in after) == (False, True)
    assert "Example house" in after


def test_organisation_that_is_not_public_is_not_named_beside_a_need(client):
    Need.objects.create(what="Art", is_shown=True, taken_on_by=make_organisation(name="Zyx house", draft=True))

    assert "Zyx house" not in client.get(MISSING).text


def test_same_need_at_the_same_place_is_counted(client):
    for place in ("Chard", "chard", "Margate"):
        send(client, MISSING, what="Art in the evening", place=place)

    assert sorted(Need.objects.values_list("area__name", "times_asked")) == [("Somerset", 2), ("Thanet", 1)]


def test_need_at_a_place_we_do_not_know_says_where(client):
    send(client, MISSING, what="Art", place="Xqzzy")

    assert Need.objects.get().what == "Art (Xqzzy)"
