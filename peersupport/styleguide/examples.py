"""The examples of the style guide. Every component is here, or in `ELSEWHERE` with the page that shows it."""

from collections.abc import Iterator
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from common.crisis_line_lookup import lines_with_number
from common.crisis_lines import EMERGENCY, NHS_111_ENGLAND, SAMARITANS, SHOUT
from common.nations import Nation
from common.opening_hours import stored_hours
from common.rendering import render_jinja
from groups.areas.other_support import OtherSupport, SupportItem
from groups.cards import CardHtml, GroupCard, group_cards
from groups.feedback.models.need import Need
from groups.models import DatesToCome
from groups.search.danger import DangerKind, Detection
from groups.search.danger_panels import danger_panels, line_for_group_search
from groups.search.facets import FACETS, Answer, Option, ShownFacet
from groups.search.forms import GroupSearchForm
from groups.search.quarters import Quarter, Quarters
from groups.shortlist import NOTHING, Shortlist, ShortlistLinks
from organisations.models import Quotation, Statement
from places.location.locate import UNKNOWN_REASON

from .fixtures import COURSE, HOUSE, KENT, LONGEST, ROLE, THANET, WALES, contacts, event, group, groups, unsaved, venue

#: Components without an example, and where they can be seen.
ELSEWHERE = {
    "stylesheets": "in the head of this page",
    "print_button": "on a page to print",
    "site_files": "in the head of this page",
    "list_is_private": "in the head of a page with a list",
    "open_graph": "in the head of this page",
    "footer": "at the foot of this page",
    "help_now": "at the top of this page",
    "masthead": "at the top of this page",
    "logo": "at the top of this page",
    "quick_exit": "at the top of this page",
    "site_nav": "at the top of this page",
    "people_to_ask": "on the page that says how to start a group",
    "group_card": "in the lists of cards on this page",
    "card_list": "in the lists of cards on this page",
    "group_card_parts": "in the cards on this page",
    "place_search": "on the page of peer roles",
    "place_answer": "on the page of peer roles, where several places have one name",
    "offer_sections": "on the page of peer roles",
    "offer_where": "in the cards on the page of peer roles",
    "area_page": "on the page of an area",
    "organisation_page": "on the page of an organisation",
    "results_notices": "on a page of search results",
    "talk_or_do": "on the home page",
    "new_to_this": "on the home page",
    "group_page": "on the page of a group",
    "group_essentials": "at the head of the page of a group",
    "group_sections": "on a page of search results",
    "map_key": "on the page of a map",
    "map_shapes": "in the map on this page",
    "results_summary": "on a page of search results",
    "results_found": "on a page of search results",
    "results_list": "on a page of search results",
    "filters_box": "in the filters on this page",
    "filters_more": "in the filters on this page",
    "week_days": "on the page of what is on in an area",
    "answer_form": "behind the link of a check request",
    "asked_listing": "behind the link of a check request",
    "posted_form": "on the page that asks what is missing",
    "not_for_help_now": "below the form on the page that asks what is missing",
    "list_ways": "on the page of a list with a group on it",
    "paper": "on the page that prints a list",
    "paper_entry": "on the page that prints a list",
    "paper_week": "on the page that prints a list as a week",
    "paper_week_where": "on paper, in a list as a week that prints as one page",
}

#: Of a city, those with room in a row, and the rest.
QUARTERS = Quarters(
    "London", [Quarter("Westminster", "#", 17), Quarter("Newham", "#", 16)], [Quarter("Bexley", "#", 1)]
)

_JINJA = {path.stem for path in (settings.BASE_DIR / "templates" / "components").glob("*.jinja")}


@dataclass(frozen=True)
class ComponentExample:
    """A component with one set of inputs."""

    component: str
    state: str
    inputs: dict[str, Any]

    @property
    def html(self) -> SafeString:
        if self.component in _JINJA:
            return render_jinja(f"components/{self.component}.jinja", **self.inputs)
        return render_to_string(f"components/{self.component}.html", self.inputs)


def component_examples() -> list[ComponentExample]:
    """Return the examples, created anew, since their dates depend on today."""
    return [
        ComponentExample(component, state, inputs)
        for component, state, inputs in (*_listed(), *_small(), *_of_places(), *_asking())
    ]


def _listed() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield the components that show listings."""
    links = ShortlistLinks(NOTHING)
    for state, listed_group in groups().items():
        card = GroupCard.of(CardHtml.of(listed_group), "about 2 miles", links if state == "Open, checked" else None)
        yield "group_cards", state, {"cards": [card], "heading": "h4"}
    back = GroupCard.of(CardHtml.of(group("Example on a break"))._replace(back=SafeString("Back on 5 January 2027.")))
    yield "group_cards", "On a break", {"cards": [back], "heading": "h4", "is_brief": True}
    yield "organisation_card", "", {"organisation": HOUSE, "heading": "h4"}
    yield "role_card", "", {"role": ROLE, "heading": "h4"}
    yield "training_card", "", {"training": COURSE, "heading": "h4", "contact_heading": "h5"}
    yield "event_card", "To come", {"event": event(7), "heading": "h4", "organisation": HOUSE}
    yield "event_card", "Past", {"event": event(-7), "heading": "h4", "organisation": HOUSE}
    need = unsaved(Need, what="A walking group on a weekday", area=KENT, times_asked=4, taken_on_by=HOUSE)
    yield "need_card", "", {"need": need}
    thursday = group("Example Thursday tea")
    dates = thursday.dates_to_come(timezone.now(), 3)
    first, second, third = dates.rows
    christmas = second._replace(day_caution="ask first: it is Christmas Eve")
    term_time = third._replace(day_caution="term time only: ask whether it is on")
    for state, row in {"": first, "At Christmas": christmas, "In term time only": term_time}.items():
        yield "occasion", state, {"one": SimpleNamespace(row=row, group=thursday, where="Example hall, Margate")}
        yield "next_date", state, {"row": row}
    with_day_off = DatesToCome([first, christmas, term_time], ["No meeting on 24 December."])
    yield "next_dates", "With a day off, and days to ask about", {"dates": with_day_off, "a_time_is_known": True}
    none = DatesToCome([], ["No meeting on 24 December.", "We know of no more meetings. Please ask the group."])
    yield "next_dates", "With none to come", {"dates": none, "a_time_is_known": False}
    never_checked = group("Example", checked_days_ago=None).dates_to_come(timezone.now(), 2)
    yield "next_dates", "Never checked, no time known", {"dates": never_checked, "a_time_is_known": False}
    yield "venue", "", {"venue": venue()}
    yield "venue", "On a group's page", {"venue": venue(), "with_name": True, "address": "#"}
    hours = stored_hours("Monday to Friday, 9am to 5pm\nSaturday, 10am to 1pm")
    closed_on_holidays = stored_hours("Every day, 6pm to midnight\nClosed on bank holidays")
    yield "opening_hours", "Open for certain", {"hours": hours, "open_until": "5pm"}
    yield "opening_hours", "Not open now", {"hours": closed_on_holidays, "open_until": ""}
    yield "poster_links", "", {"group": thursday}
    yield "send", "", {"address": "https://alongside.example/g/bcd23"}
    for state, contact in contacts().items():
        yield "contact", state, {"contact": contact, "heading": "h4"}
    yield "ask", "Nobody to ask", {"contacts": [], "organisation": HOUSE}
    words = unsaved(Quotation, words="Somebody saved me a chair.", attribution="An example of a member")
    yield "quotation", "", {"quotation": words}
    points = ["Nobody has to speak.", "What is said stays here."]
    statement = unsaved(Statement, heading="What we hold to", text="We listen first.", points=points)
    yield "statement", "", {"statement": statement, "credit": HOUSE, "heading": "h4"}
    yield "source", "", {"listing": thursday, "report_url": reverse("groups:missing")}
    for state in ("Open, checked", "Doing, get in touch first, two days, check is due", "For members, lapsed"):
        yield "freshness", "", {"freshness": groups()[state].freshness}
    yield "freshness", "Brief", {"freshness": group("Example", checked_days_ago=None).freshness, "brief": True}


def _small() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield the components between and around listings."""
    for kind in ("info", "warning", "closed"):
        title = f"Kind: {kind}"
        yield "notice", kind, {"kind": kind, "title": title, "words": "One sentence, or two. Then what to do."}
    yield (
        "facts",
        "",
        {"facts": [("When", "Every Thursday."), ("Where", ["At the hall.", "Then online."]), ("Not", "")]},
    )
    links = [("Look further away", "#"), ("Start a group", "#")]
    yield "empty_state", "", {"title": "Nothing here yet", "words": ["This is why."], "links": links}
    yield "breadcrumbs", "", {"trail": [("Areas", "#"), ("England", "#"), ("South East", "#"), ("Kent", "#")]}
    chips = [("Near CT9 1", "#"), ("Within 15 miles", "#"), (LONGEST[:60], "#")]
    yield "chips", "", {"chips": chips, "quarters": QUARTERS, "quick": [("Today", "#"), ("Evenings", "#")]}
    yield "view_switch", "", {"views": [("List", "#", True), ("Week", "#", False)]}
    page = Paginator(range(60), 20)
    for number, state in ((1, "First"), (2, "Between")):
        yield "pagination", state, {"page": page.get_page(number), "query": "near=Chard"}
    count = SimpleNamespace(sentence="4 groups, 1 for the whole area", meeting=4)
    places = [SimpleNamespace(area=area, count=count) for area in (KENT, THANET)]
    region = SimpleNamespace(area=WALES, count=count, inside=places, most=places)
    yield "region", "", {"region": region, "heading": "h4"}
    yield "region_fold", "", {"region": region}
    yield "region_fold", "No areas in it", {"region": SimpleNamespace(area=WALES, count=count, inside=[])}
    yield "typed_number", "", {"lines": lines_with_number(SHOUT.text_number)}
    yield "typed_number", "A number of several nations", {"lines": lines_with_number(NHS_111_ENGLAND.number)}
    near = [("Newport, Wales", "#", "2 groups within 10 miles"), ("Ash, Dover, Kent", "#", "no groups within 10 miles")]
    yield "place_choices", "", {"choices": near, "sure": False}
    parts = [("Wales", "#", 12), ("North East", "#", 1)]
    yield "unknown_place", "", {"unknown": SimpleNamespace(areas=parts, everywhere="#", total=90)}
    asked = "?near=Margate&within=25"
    addresses = {"address": reverse("groups:group_map") + asked, "view": reverse("groups:group_list_map") + asked}
    yield "map_figure", "", addresses | {"about": "groups near Margate"}
    yield "list_bar", "", {"chosen": Shortlist(("bcd23", "fgh45"))}
    few = SimpleNamespace(total=7, printable=7, fits_on_a_list=True, links=ShortlistLinks(NOTHING))
    yield "list_add_all", "They fit", {"results": few}
    many = SimpleNamespace(total=70, printable=70, fits_on_a_list=False, links=ShortlistLinks(Shortlist(("bcd23",))))
    yield "list_add_all", "Too many", {"results": many}
    entry = SimpleNamespace(
        when=["Every Thursday, 6.30pm."], next_dates=["Thursday 26 November"], flags=["Having a break."]
    )
    selected = SimpleNamespace(group=group("Example Thursday tea"), code="bcd23")
    row = SimpleNamespace(
        selected=selected, entry=entry, page="#", where="Margate", to_top="#", up="#", down="#", off="#", name=""
    )
    yield "list_row", "", {"row": row}
    gone = SimpleNamespace(selected=SimpleNamespace(group=None), entry=None, off="#", name="number 2")
    yield "list_row", "No longer listed", {"row": gone}
    roles = [SupportItem(render_jinja("components/role_card.jinja", role=ROLE, heading="h4"), 0)]
    to_ask = [SupportItem(render_jinja("components/organisation_to_ask.jinja", organisation=HOUSE), 0)]
    other = OtherSupport(KENT, roles, to_ask, has_more_roles=True)
    yield "organisation_to_ask", "", {"organisation": HOUSE}
    yield "other_support", "", {"area": KENT, "other": other}
    online = group_cards([group("Example at home")])
    yield "round_about", "", {"area": KENT, "serving": [], "online": online, "online_total": 9}
    yield "keep_up", "", {"area": KENT}
    yield "two_paths", "", {}
    yield "people", "With room for it, at the head of the home page", {}


def _asking() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield the components of forms."""
    yield "help_list", "", {"lines": [EMERGENCY, NHS_111_ENGLAND, SAMARITANS, SHOUT], "heading": "h4"}
    yield from _of_danger()
    yield "search_box", "", {}
    box = SimpleNamespace(auto_id="guide_text", errors=[])
    form = GroupSearchForm(QueryDict("near=&within=5"), auto_id="guide_%s")
    wrong = GroupSearchForm(QueryDict("near=&within=far"), auto_id="guide_wrong_%s")
    wrong.full_clean()
    wrong.add_error("near", UNKNOWN_REASON)
    yield "text_field", "", {"field": form["near"], "value": ""}
    yield "text_field", "Something is wrong", {"field": wrong["near"], "value": "Nowhere"}
    yield "select_field", "", {"field": form["within"], "chosen": 5}
    yield "select_field", "Something is wrong", {"field": wrong["within"], "chosen": 10}
    yield "field_error", "", {"id": "guide", "errors": ["Say which day.", "Say at what time."]}
    yield "near_me", "With script only", {"box": box.auto_id}
    facet = next(facet for facet in FACETS if facet.name == "audience")
    few = Option(Answer.of(facet, "men", "men", "Men"), 12, is_chosen=True)
    none = Option(Answer.of(facet, "women", "women", "Women"), 0, is_chosen=False)
    shown = ShownFacet(facet, SafeString("Men"), [few], [none], SafeString("Carers"))
    yield "facets", "", {"facets": [shown]}
    questions = render_jinja("components/filters_more.jinja", form=form, facets=[shown], total=12)
    boxes = dict.fromkeys(("near", "words", "area", "organisation", "codes", "asked"), "") | {"questions": questions}
    yield (
        "filters",
        "",
        {"form": GroupSearchForm(QueryDict(), auto_id="guide_box_%s"), "action": "#", "is_open": True} | boxes,
    )


def _of_places() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield the components of places to choose from."""
    yield "more_quarters", "", {"quarters": QUARTERS}


def _of_danger() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield the crisis panels and lines of searches."""
    exit_url = settings.QUICK_EXIT_URL
    for nation in (Nation.WALES, Nation.NORTHERN_IRELAND, None):
        where = nation.label if nation else "no nation known"
        for kind in DangerKind:
            [panel] = danger_panels(Detection((kind,)), nation)
            guide = {"heading": "h4", "id": f"guide_{nation or 'all'}", "exit_url": exit_url}
            yield "danger_panel", f"{kind.value}, {where}", guide | {"panel": panel}
    [emergency] = danger_panels(Detection((DangerKind.SELF_HARM,), is_emergency=True), Nation.ENGLAND)
    yield "danger_panel", "Somebody may be hurt already", guide | {"panel": emergency, "id": "guide_999"}
    unclear = danger_panels(Detection((DangerKind.SELF_HARM, DangerKind.ABUSE)), Nation.SCOTLAND)
    yield "danger_panels", "Not clear: two beside each other", guide | {"panels": unclear, "id": "guide_two"}
    for kind in (DangerKind.SELF_HARM, DangerKind.ABUSE):
        question, link = line_for_group_search(kind, Nation.ENGLAND)
        yield "danger_line", kind.value, {"question": question, "link": link}
