"""What a search expects of its page, but for the first five results: the keys of `searches.toml`, one function each."""

import re
from collections.abc import Callable, Iterator

from django.utils.text import slugify

from .directories import Directory, fold
from .first_five import FIRST_FIVE, NEAR_MILES, Result, problems_of_first_five
from .pages import ResultsPage

#: A `[[search]]` of the file.
Search = dict
Problems = Iterator[str]

#: The names of the dates that were asked for, as a parameter has them.
_PARAMETERS = {"on": "soon"}
#: How a page may say that it holds nothing.
_NOTHING = re.compile(r"\b(?:no|none|nothing|not find|not found|no groups?|could not)\b")


def problems_of(search: Search, page: ResultsPage, directory: Directory) -> list[str]:
    """Return what a page has otherwise than a search expects, a sentence each."""
    facts = directory.facts([card.slug for card in page.cards])
    results = [Result(card, known) for card, known in zip(page.cards, facts, strict=True)]
    problems = [*_problems_of_every_search(search, page, directory)]
    for key, wanted in search.items():
        if key in _WITH_RESULTS:
            problems += _WITH_RESULTS[key](search, wanted, page, results)
        elif key in FIRST_FIVE:
            problems += problems_of_first_five(search, key, wanted, results)
        elif key not in _OF_REQUEST:
            problems += _OF_PAGE[key](wanted, page)
    return problems


def _problems_of_every_search(search: Search, page: ResultsPage, directory: Directory) -> Problems:
    names = [card.slug for card in page.cards]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        yield f"listed twice: {twice}"
    # ADR 24: it is seen in ten open tabs.
    left = [kind.removeprefix("words=") for kind in search.get("understood", []) if kind.startswith("words=")]
    private = [*" ".join(left).split(), *directory.audiences_and_topics]
    if private_words := [word for word in private if _has_words(fold(page.title), word)]:
        yield f"the title is “{page.title}”, and has {private_words}"
    least = search.get("at_least", 1 if "first_five_must_have" in search else 0)
    if len(page.cards) < least:
        yield f"{len(page.cards)} results, at least {least} wanted"


# Of the page alone


def _heading(wanted: str, page: ResultsPage) -> Problems:
    if not fold(page.heading).startswith(fold(wanted)):
        yield f"the heading is “{page.heading}”, wanted “{wanted}…”"


def _heading_has(wanted: list[str], page: ResultsPage) -> Problems:
    if lacking := [piece for piece in wanted if fold(piece) not in fold(page.heading)]:
        yield f"the heading is “{page.heading}”, without {lacking}"


def _heading_has_not(wanted: list[str], page: ResultsPage) -> Problems:
    if held := [piece for piece in wanted if fold(piece) in fold(page.heading)]:
        yield f"the heading is “{page.heading}”, with {held}"


def _understood(wanted: list[str], page: ResultsPage) -> Problems:
    lacking = []
    for each in wanted:
        kind, _, value = each.partition("=")
        if kind == "place":
            is_understood = _is_place(value, page)
        elif kind == "words":
            is_understood = dict(page.parameters).get("q", "") == fold(value)
        else:
            is_understood = _is_filter((_PARAMETERS.get(kind, kind), fold(value)), page)
        if not is_understood:
            lacking.append(each)
    if lacking:
        chips = [link.words for link in page.links if link.is_chip]
        yield f"not understood: {lacking}, but {sorted(page.parameters)}, chips {chips}"


def _is_place(name: str, page: ResultsPage) -> bool:
    """Whether the place is the one that the canonical address or the heading names."""
    known = dict(page.parameters)
    return (
        known.get("near", "").split(",")[0] == fold(name)
        or known.get("area") == slugify(name)
        or re.search(rf"\b(?:near|in|around) {re.escape(fold(name))}(?:,|$)", fold(page.heading)) is not None
    )


def _is_filter(pair: tuple[str, str], page: ResultsPage) -> bool:
    """Whether a filter is in force, and there is a chip that takes it, and nothing else, off."""
    return pair in page.parameters and any(
        page.parameters - link.parameters == {pair} for link in page.links if link.is_chip
    )


def _offered(wanted: list[str], page: ResultsPage) -> Problems:
    """Each in a choice of places, which is a link to a search of another place or to an area; or in the heading."""
    choices = [
        link.item or link.words
        for link in page.links
        if {"near", "area"} & {name for name, _ in link.parameters} or link.address.startswith("/areas/")
    ]
    offered = fold("\n".join([page.heading, *choices]))
    if lacking := [piece for piece in wanted if fold(piece) not in offered]:
        yield f"not offered: {lacking}; choices: {choices[:8]}, heading “{page.heading}”"


def _left_out(wanted: list[str], page: ResultsPage) -> Problems:
    for word in wanted:
        quoted = rf"[\"']{re.escape(fold(word))}[\"']"
        sentence = re.compile(rf"(?:without|left out|leave out) [^.]*{quoted}|{quoted}[^.]* (?:left|leave) out")
        if not any(map(sentence.search, page.lines)):
            yield f"not said to be left out: “{word}”"


def _corrected(wanted: dict[str, str], page: ResultsPage) -> Problems:
    for typed, meant in wanted.items():
        if not any(_has_words(line, typed) and _has_words(line, meant) for line in page.lines):
            yield f"no sentence says that “{typed}” was taken for “{meant}”"


def _help_first(wanted: bool, page: ResultsPage) -> Problems:
    if page.has_help_first() != wanted:
        yield "no panel for somebody in danger stands before the results"


def _organisations(wanted: list[str], page: ResultsPage) -> Problems:
    """Each named by a link that leads to it, no further down than the fifth result."""
    for name in wanted:
        places = [
            link.position
            for link in page.links
            if link.address.startswith("/organisations/") and fold(name) in fold(link.words)
        ]
        if not places:
            yield f"no link to the organisation {name}"
        elif min(places) > page.end_of_first_five:
            yield f"the link to the organisation {name} stands below the first five"


def _says(wanted: list[str], page: ResultsPage) -> Problems:
    if lacking := [piece for piece in wanted if fold(piece) not in page.text]:
        yield f"the page does not say {lacking}"


def _says_not(wanted: list[str], page: ResultsPage) -> Problems:
    if unwanted := [piece for piece in wanted if fold(piece) in page.text]:
        yield f"the page says {unwanted}"


# Of the main list


def _none(search: Search, wanted: bool, page: ResultsPage, results: list[Result]) -> Problems:
    if results:
        yield f"{len(results)} results, none wanted: {[result.facts.name for result in results[:5]]}"
    elif not any(map(_NOTHING.search, page.lines)):
        yield "the page does not say that it holds nothing"


def _nothing_far(search: Search, wanted: bool, page: ResultsPage, results: list[Result]) -> Problems:
    centre = search.get("centre")
    far = [
        result.facts.name for result in results if centre is None or (result.facts.miles_from(centre) or 0) > NEAR_MILES
    ]
    if far:
        yield f"{len(far)} results are far away, or of no place: {far[:5]}"


def _under(search: Search, wanted: dict[str, str], page: ResultsPage, results: list[Result]) -> Problems:
    for name, heading in wanted.items():
        headings = [result.card.heading for result in results if result.facts.name_has(name)]
        if not headings:
            yield f"{name} is not in the main list"
        elif fold(heading) not in fold(headings[0]):
            yield f"{name} stands under “{headings[0]}”, wanted “{heading}”"


def _has_words(text: str, piece: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(fold(piece))}(?!\w)", text) is not None


#: Keys that say what is asked, or are read with others.
_OF_REQUEST = {"typed", "near", "filters", "order", "directory", "why", "centre", "at_least"}
_OF_PAGE: dict[str, Callable[..., Problems]] = {
    "heading": _heading,
    "heading_has": _heading_has,
    "heading_has_not": _heading_has_not,
    "understood": _understood,
    "offered": _offered,
    "left_out": _left_out,
    "corrected": _corrected,
    "help_first": _help_first,
    "organisations": _organisations,
    "says": _says,
    "says_not": _says_not,
}
_WITH_RESULTS: dict[str, Callable[..., Problems]] = {"none": _none, "nothing_far": _nothing_far, "under": _under}
