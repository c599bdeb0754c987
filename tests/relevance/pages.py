"""A page of search results, read as a visitor reads it."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import parse_qsl, urlsplit
from xml.etree.ElementTree import Element

from django.urls import Resolver404, resolve

from tests.peersupport.html import parse_text, words

from .directories import fold

_HEADINGS = {"h2", "h3", "h4"}
#: What is in a line with the words around it.
_INLINE = {"a", "abbr", "b", "em", "i", "mark", "q", "s", "small", "span", "strong", "time"}
#: Whose words are values of a form, or nobody's.
_NOT_READ = {"option", "select", "textarea", "script", "style", "template", "noscript"}
#: Two thirds of a page, of which nothing is read: parsing them would take most of the time.
_FACETS = re.compile(r"<fieldset\b.*?</fieldset>", re.DOTALL)


@dataclass(frozen=True)
class Card:
    """A result: its group, the next meeting that is shown, and the heading that it stands under."""

    slug: str
    name: str
    date: datetime.date | None
    time: datetime.time | None
    #: "" where it stands under none.
    heading: str
    #: How many headings of the main list are above it.
    section: int
    #: Where it ends in the page.
    end: int


@dataclass(frozen=True)
class Link:
    """A link of the page, outside the results, with the words of its list item if it is in one."""

    words: str
    item: str
    address: str
    is_chip: bool
    #: Where it is in the page.
    position: int

    @property
    def parameters(self) -> set[tuple[str, str]]:
        return {(name, fold(value)) for name, value in parse_qsl(urlsplit(self.address).query)}


class ResultsPage:
    """The page of a response, without the facets that could be chosen."""

    def __init__(self, response) -> None:
        self._page = parse_text(_FACETS.sub("", response.content.decode()))
        self._parents = {child: parent for parent in self._page.iter() for child in parent}
        self._positions = {element: number for number, element in enumerate(self._page.iter())}
        [self._main] = self._page.iterfind(".//main")
        self.title = words(next(self._page.iter("title")))
        [self.heading] = [words(element) for element in self._page.iter("h1")]

    @cached_property
    def parameters(self) -> set[tuple[str, str]]:
        """Names and values of the canonical address, folded: what was understood."""
        [link] = self._page.iterfind(".//link[@rel='canonical']")
        return {(name, fold(value)) for name, value in parse_qsl(urlsplit(link.get("href", "")).query)}

    @cached_property
    def results(self) -> Element | None:
        """The main list: `#results`, or else the first list of cards that is in no block beside it."""
        for element in self._main.iterfind(".//*[@id='results']"):
            return element
        for element in self._main.iter():
            if "card-list" in _classes(element) and not any(
                parent.tag in {"aside", "section"} for parent in self._ancestors(element)
            ):
                return element
        return None

    @cached_property
    def cards(self) -> list[Card]:
        """The results of the main list, in order."""
        cards, heading, section = [], "", 0
        for element in [] if self.results is None else self.results.iter():
            if element.tag in _HEADINGS and not any(parent.tag == "article" for parent in self._ancestors(element)):
                heading, section = words(element), section + 1
            if element.tag == "article" and "card" in _classes(element):
                cards.append(_card(element, heading, section, self._end(element)))
        return cards

    @cached_property
    def links(self) -> list[Link]:
        """The links of the page outside the cards of results."""
        links = []
        for element in self._main.iter("a"):
            parents = list(self._ancestors(element))
            if not any(parent.tag == "article" for parent in parents):
                item = next((words(parent) for parent in parents if parent.tag == "li"), "")
                address, is_chip = element.get("href", ""), "chip" in _classes(element)
                links.append(Link(words(element), item, address, is_chip, self._positions[element]))
        return links

    @cached_property
    def lines(self) -> list[str]:
        """What can be read outside the cards of results and the boxes of forms, a block in each, folded."""
        pieces: list[str] = []
        self._read(self._main, pieces)
        return [line for line in (" ".join(fold(block).split()) for block in "".join(pieces).split("\f")) if line]

    @property
    def text(self) -> str:
        """Everything that can be read but the values of forms, folded, in one line."""
        cards = (words(card) for card in self._main.iter("article"))
        return fold(" ".join([*self.lines, *cards]))

    @cached_property
    def end_of_first_five(self) -> int:
        """Where the first five results end; where the page ends, if there are none."""
        if not self.cards:
            return len(self._positions)
        return self.cards[:5][-1].end

    def has_help_first(self) -> bool:
        """Whether the panel for somebody in danger stands before every card of the page."""
        cards = [self._positions[card] for card in self._main.iter("article")]
        panels = [self._positions[panel] for panel in self._main.iter() if "danger" in _classes(panel)]
        return bool(panels) and all(panels[0] < card for card in cards)

    def _ancestors(self, element: Element) -> Iterator[Element]:
        while (element := self._parents.get(element)) is not None:
            yield element

    def _end(self, element: Element) -> int:
        return max(self._positions[inner] for inner in element.iter())

    def _read(self, element: Element, pieces: list[str]) -> None:
        # A comment of the page has a function for a tag.
        if isinstance(element.tag, str) and element.tag not in _NOT_READ and element.tag != "article":
            between = "" if element.tag in _INLINE else "\f"
            pieces.extend([between, element.text or ""])
            for child in element:
                self._read(child, pieces)
                pieces.append(child.tail or "")
            pieces.append(between)


def _classes(element: Element) -> list[str]:
    return element.get("class", "").split()


def _card(article: Element, heading: str, section: int, end: int) -> Card:
    [title] = [element for element in article.iter() if "card__title" in _classes(element)]
    link = next(title.iter("a"))
    try:
        slug = resolve(urlsplit(link.get("href", "")).path).kwargs["slug"]
    except (Resolver404, KeyError) as error:
        raise AssertionError(f"The card of {words(link)} leads to no page of a group.") from error
    for fact in article.iter("div"):
        [*terms] = fact.iterfind("dt")
        if terms and words(terms[0]).startswith("Next"):
            for row in fact.iterfind("dd"):
                for day in row.iter("time"):
                    date = datetime.date.fromisoformat(day.get("datetime", "")[:10])
                    return Card(slug, words(link), date, _time(words(row)), heading, section, end)
    return Card(slug, words(link), None, None, heading, section, end)


def _time(text: str) -> datetime.time | None:
    """The first time of day in a text such as "Thursday 3 December, 6.30pm."; None where there is none."""
    found = re.search(r"\b(\d{1,2})(?:[.:](\d\d))?\s?(am|pm)\b|\b(noon|midday)\b", text)
    if found is None:
        return None
    hour, minute, half, noon = found.groups()
    if noon:
        return datetime.time(12)
    return datetime.time(int(hour) % 12 + (12 if half == "pm" else 0), int(minute or 0))
