"""What RFC 4287 asks of an Atom feed: each element where it may be, as often as it must be, and of the right form."""

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

ATOM = "{http://www.w3.org/2005/Atom}"
#: For each container the elements that it must have once, may have once, and may have any number of.
_ONCE = {"feed": "id title updated", "entry": "id title updated", "author": "name", "contributor": "name"}
_AT_MOST_ONCE = {
    "feed": "generator icon logo rights subtitle",
    "entry": "published rights source summary content",
    "author": "uri email",
    "contributor": "uri email",
}
_ANY_NUMBER = {"feed": "author category contributor link entry", "entry": "author category contributor link"}
_TEXTS = ("title", "subtitle", "rights", "summary")
_MOMENTS = ("updated", "published")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


def breaches(feed: Element) -> list[str]:
    """Each rule that a feed breaks, with where."""
    if feed.tag != f"{ATOM}feed":
        return [f"{feed.tag} is no feed"]
    entries = feed.findall(f"{ATOM}entry")
    found = [*_of_container(feed, "feed")]
    if not feed.findall(f"{ATOM}author") and not all(entry.findall(f"{ATOM}author") for entry in entries):
        found.append("nobody is the author")
    for entry in entries:
        if not entry.findall(f"{ATOM}content") and not _links(entry, "alternate"):
            found.append("entry: neither content nor an alternate link")
    states = Counter((entry.findtext(f"{ATOM}id"), entry.findtext(f"{ATOM}updated")) for entry in entries)
    return found + [f"two entries are {state}" for state, number in states.items() if number > 1]


def _of_container(element: Element, kind: str) -> Iterator[str]:
    children = Counter(child.tag.removeprefix(ATOM) for child in element if child.tag.startswith(ATOM))
    once, at_most_once = _ONCE[kind].split(), _AT_MOST_ONCE[kind].split()
    yield from (f"{kind}: {children[name]} of {name}" for name in once if children[name] != 1)
    yield from (f"{kind}: {children[name]} of {name}" for name in at_most_once if children[name] > 1)
    known = {*once, *at_most_once, *_ANY_NUMBER.get(kind, "").split()}
    yield from (f"{kind}: {name} has no place here" for name in children if name not in known)
    if any((text or "").strip() for text in (element.text, *(child.tail for child in element))):
        yield f"{kind}: text beside its elements"
    alternates = Counter((link.get("type"), link.get("hreflang")) for link in _links(element, "alternate"))
    yield from (f"{kind}: two alternate links of {of}" for of, number in alternates.items() if number > 1)
    for child in element:
        name = child.tag.removeprefix(ATOM)
        if name in _ONCE:
            yield from _of_container(child, name)
        elif child.tag.startswith(ATOM):
            yield from (f"{kind}: {name}: {what}" for what in _of_value(child, name))


def _of_value(element: Element, name: str) -> Iterator[str]:
    text = (element.text or "").strip()
    if name in _TEXTS and element.get("type", "text") not in {"text", "html"}:
        yield f"type {element.get('type')}, of which we have none"
    if name != "content" and len(element):
        yield "elements in a text"
    if name in _MOMENTS and not _MOMENT.fullmatch(element.text or ""):
        yield f"{element.text} is no moment"
    if name in {"id", "icon", "logo", "uri"} and not urlsplit(text).scheme:
        yield f"{text} is no whole address"
    if name == "link" and not urlsplit(element.get("href", "")).scheme:
        yield f"{element.get('href')} is no whole address"
    if name == "category" and not element.get("term"):
        yield "no term"
    if name == "email" and "@" not in text:
        yield f"{text} is no e-mail address"


def _links(element: Element, relation: str) -> list[Element]:
    return [link for link in element.findall(f"{ATOM}link") if link.get("rel", "alternate") == relation]
