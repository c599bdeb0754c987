"""What somebody sees whose words show danger: in a search, in either box, among organisations, and in forms."""

import pytest
from django.conf import settings
from django.urls import reverse

from common import crisis_lines
from common.nations import Nation
from groups.feedback.models.need import Need
from groups.feedback.models.suggestion import Suggestion
from groups.search.danger import DangerKind, Detection
from groups.search.danger_panels import danger_panels
from tests.factories import make_group, make_organisation
from tests.groups.feedback.posting import send
from tests.peersupport.html import parse, words

# Words of danger are read in Python.
pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
LIST, MISSING = reverse("groups:group_list"), reverse("groups:missing")
ORGANISATIONS = reverse("organisations:organisation_list")
#: Stands in words of danger where nothing else on a page could hold it.
SECRET = "zyxwvut"


def page_of(client, address=LIST, **asked):
    return parse(client.get(address, asked))


def panels(page):
    """The kind of each panel on a page, in order."""
    found = page.iterfind(".//section[@class='panel danger']")
    return [section.get("aria-labelledby").removeprefix("danger-") for section in found]


def links(page, kind):
    """Whom a panel says to call or text, in order."""
    section = page.find(f".//section[@aria-labelledby='danger-{kind}']")
    return [link.get("href") for link in section.iterfind(".//ul//a")]


def titles(page):
    return [words(title) for title in page.iterfind(".//main//article/h2")]


@pytest.mark.parametrize(
    "typed, kinds",
    [
        ("I want to die", ["self-harm"]),
        ("he hits me", ["abuse"]),
        ("my son is suicidal", ["concern"]),
        ("I am not safe", ["self-harm", "abuse"]),
        ("killing time", []),
        ("overdose of cake", []),
        ("suicide bereavement", []),
    ],
)
@pytest.mark.parametrize("box", ["q", "near"])
def test_panel_of_each_kind_stands_above_the_results(client, typed, kinds, box):
    page = page_of(client, **{box: typed})

    assert panels(page) == kinds


def test_panel_comes_before_the_form_and_the_results(client):
    make_group(name="Example for suicidal feelings")

    main = page_of(client, q="suicidal").find(".//main")
    parts = [part for part in main.iter() if part.tag in ("h1", "section", "form", "article")]
    order = [part.get("aria-labelledby", part.tag) for part in parts]
    assert order == ["danger-self-harm", "h1", "form", "article", "more-help"]


@pytest.mark.parametrize("nation", [*Nation, None])
def test_panel_of_self_harm_has_the_lines_of_the_nation_and_999_last(nation):
    [panel] = danger_panels(Detection((DangerKind.SELF_HARM,)), nation)

    assert [link.link for link in panel.links] == [
        crisis_lines.SAMARITANS.call_link,
        crisis_lines.SHOUT.text_link,
        *(line.call_link for line in crisis_lines.urgent_lines(nation)),
        crisis_lines.CHILDLINE.call_link,
        crisis_lines.EMERGENCY.call_link,
    ]


@pytest.mark.parametrize("nation", [*Nation, None])
def test_panel_of_concern_says_how_to_ask_and_has_lines_that_take_such_calls(nation):
    [panel] = danger_panels(Detection((DangerKind.CONCERN,)), nation)

    assert [link.link for link in panel.links] == [
        crisis_lines.EMERGENCY.call_link,
        crisis_lines.SAMARITANS.call_link,
        *(line.call_link for line in crisis_lines.urgent_lines(nation)),
        crisis_lines.SHOUT.text_link,
    ]
    assert "Asking does not give them the idea." in panel.advice


@pytest.mark.parametrize("nation", [*Nation, None])
def test_panel_of_abuse_has_999_first_then_the_abuse_lines_of_the_nation(nation):
    [panel] = danger_panels(Detection((DangerKind.ABUSE,)), nation)

    found = [link.link for link in panel.links]
    lines = [line.call_link for line in crisis_lines.abuse_lines(nation)]
    assert found == [
        crisis_lines.EMERGENCY.call_link,
        *lines,
        crisis_lines.CHILDLINE.call_link,
        crisis_lines.SHOUT.text_link,
    ]
    assert crisis_lines.SILENT_CALL in panel.links[0].note


@pytest.mark.parametrize("nation", [*Nation, None])
def test_panel_of_abuse_says_nothing_of_ending_a_life(nation):
    [panel] = danger_panels(Detection((DangerKind.ABUSE,)), nation)

    message = " ".join([panel.heading, panel.lead, panel.advice, *(link.note for link in panel.links)]).lower()
    assert [part for part in ("suicid", "self-harm", "die", "ending", "samaritans") if part in message] == []


def test_panel_without_a_nation_says_for_which_nations_each_line_is():
    [panel] = danger_panels(Detection((DangerKind.SELF_HARM,)), None)

    notes = {link.link: link.note for link in panel.links}
    assert notes["tel:111"].startswith("NHS, mental health option. England, Wales and Scotland.")
    assert notes[crisis_lines.LIFELINE.call_link].startswith("Lifeline. Northern Ireland.")


def test_emergency_comes_first_where_somebody_took_something(client):
    calm, urgent = page_of(client, q="i want to die"), page_of(client, q="i took an overdose")

    assert links(calm, "self-harm")[0] == crisis_lines.SAMARITANS.call_link
    assert links(urgent, "self-harm")[0] == crisis_lines.EMERGENCY.call_link


def test_way_out_stands_in_the_panel_of_abuse_only(client):
    def exits(page):
        return [link.get("href") for link in page.iterfind(".//section[@class='panel danger']//a[@data-leave]")]

    assert exits(page_of(client, q="he hits me")) == [settings.QUICK_EXIT_URL]
    assert exits(page_of(client, q="i want to die")) == exits(page_of(client, q="my son is suicidal")) == []


def test_groups_that_fit_follow_the_panel(client):
    make_group(name="Example suicide group", town="Chard")
    make_group(name="Example diet club", town="Chard")

    page = page_of(client, q="I want to die", near="Chard")

    assert (panels(page), titles(page)) == (["self-harm"], ["Example suicide group"])


def test_groups_that_fit_all_words_are_preferred(client):
    make_group(name="Example suicide walking group")
    make_group(name="Example suicide talking group")

    assert titles(page_of(client, q="suicidal walking group")) == ["Example suicide walking group"]


@pytest.mark.parametrize("typed", ["suicide bereavement", "lost my son to suicide"])
def test_search_for_groups_has_results_first_and_the_panel_as_one_line(client, typed):
    make_group(name="Example bereaved by suicide", summary="For people bereaved by suicide.")

    page = page_of(client, q=typed)

    order = [
        words(element)
        for element in page.find(".//main").iter()
        if element.tag == "article" or element.get("class") == "notice"
    ]
    assert len(order) == 2
    assert order[0].startswith("Example bereaved by suicide")
    assert order[1] == (
        "Is it hard for you right now? Call 116 123 (Samaritans, free, day or night), or see who else to call or text."
    )


def test_words_of_danger_in_the_place_box_are_looked_up_nowhere(client, monkeypatch):
    monkeypatch.setattr("groups.search.forms.locate_cached", lambda *asked: pytest.fail("looked up"))

    page = page_of(client, near=f"i want to die {SECRET}")

    assert page.find(".//input[@name='near']").get("value") is None
    assert page.find(".//*[@id='id_near_error']") is None
    assert SECRET not in words(page)


def test_postcode_beside_words_of_danger_is_still_the_place(client):
    page = page_of(client, near="he hits me CT9 1AE")

    assert (words(page.find(".//h1")), panels(page)) == ("Groups near CT9 1", ["abuse"])


def test_number_beside_words_of_danger_hides_no_panel(client):
    assert panels(page_of(client, near="i want to die 999")) == ["self-harm"]


@pytest.mark.parametrize("box", ["q", "near"])
def test_title_heading_and_what_is_offered_do_not_repeat_words_of_danger(client, box):
    page = page_of(client, **{box: f"i want to die {SECRET}"})

    assert (words(page.find(".//title")), words(page.find(".//h1"))) == (
        f"Find a group | {settings.SITE_NAME}",
        "Find a group",
    )
    empty = page.find(".//div[@class='empty']")
    message = [words(empty), *(link.get("href") for link in empty.iter("a"))]
    assert [text for text in message if SECRET in text or "want" in text] == []


def test_nothing_found_asks_nothing_of_somebody_in_danger(client):
    page = page_of(client, q="i want to die", near="Chard")

    empty = page.find(".//div[@class='empty']")
    assert words(empty.find("h2")) == "Groups to look at later"
    assert [(words(link), link.get("href")) for link in empty.iter("a")] == [
        ("See every group there", "?near=Chard"),
        ("Groups that meet online", "/groups/?format=online"),
        ("See where there are groups now", "/areas/"),
    ]
    assert "It is not you" not in words(page)


def test_other_pages_of_a_search_in_danger_are_of_the_same_search(client):
    for number in range(14):
        make_group(name=f"Example suicide group {number}")

    page = page_of(client, q="i want to die")
    [more] = [link.get("href") for link in page.iterfind(".//nav[@class='pages']//a") if "page=2" in link.get("href")][
        :1
    ]

    assert len(titles(page_of(client, q="i want to die", page="2"))) == 2
    assert "q=i+want+to+die" in more


def test_organisations_show_the_panel_and_no_shrug(client):
    make_organisation(name="Example house")

    page = page_of(client, ORGANISATIONS, q="i want to die")

    assert panels(page) == ["self-harm"]
    assert words(page.find(".//div[@class='empty']/h2")) == "No organisation has that in its name"
    assert panels(page_of(client, ORGANISATIONS, q="Example house")) == []


def test_need_with_words_of_danger_is_thanked_with_the_lines_and_a_code_that_tells_nothing(client):
    response = send(client, MISSING, what="He hits me and I want to die", place="")

    assert response["Location"] == f"{reverse('groups:missing_thanks')}?lines=12"
    assert panels(parse(client.get(response["Location"]))) == ["self-harm", "abuse"]
    assert list(Need.objects.values_list("what", flat=True)) == ["He hits me and I want to die"]


def test_need_without_words_of_danger_is_thanked_as_before(client):
    response = send(client, MISSING, what="A group for people bereaved by suicide", place="")

    assert response["Location"] == reverse("groups:missing_thanks")
    assert panels(parse(client.get(response["Location"]))) == []


def test_refused_form_shows_the_panel_above_what_has_to_be_put_right(client):
    page = parse(send(client, reverse("groups:group_suggest"), what="my husband beats me", name="", place=""))

    assert panels(page) == ["abuse"]
    first = next(
        element for element in page.find(".//main").iter() if element.get("class") in ("panel danger", "error-summary")
    )
    assert first.get("class") == "panel danger"
    assert Suggestion.objects.count() == 0


def test_report_with_words_of_danger_shows_the_panel(client):
    group = make_group()

    response = send(
        client, reverse("groups:group_report", args=[group.slug]), part="else", what_is_right="The leader hit me"
    )

    assert response["Location"] == f"{reverse('groups:report_thanks')}?lines=2"


@pytest.mark.parametrize("code", ["", "0", "x", "4", "99"])
def test_code_that_stands_for_nothing_shows_nothing(client, code):
    assert panels(page_of(client, reverse("groups:missing_thanks"), lines=code)) == []


@pytest.mark.parametrize("kinds", [("self-harm",), ("abuse",), ("self-harm", "abuse", "concern")])
@pytest.mark.parametrize("is_emergency", [True, False])
def test_code_is_read_as_it_was_written(kinds, is_emergency):
    detection = Detection(tuple(map(DangerKind, kinds)), is_emergency=is_emergency)

    assert Detection.of_code(detection.code) == detection
