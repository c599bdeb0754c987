"""Reading a page as a browser does, to ask it questions."""

import io
from xml.etree.ElementTree import Element

import tinyhtml5


def parse(response) -> Element:
    """The page of a response."""
    return parse_text(response.content.decode())


def parse_text(html: str) -> Element:
    """A page, or a part of one."""
    # As a file: the parser takes a short text for the name of one.
    return tinyhtml5.parse(io.StringIO(html), namespace_html_elements=False)


def words(element: Element) -> str:
    """What somebody reads in an element, in one line."""
    return " ".join("".join(element.itertext()).split())


def with_id(page: Element, id_: str) -> Element:
    """The one element with an id."""
    [element] = page.iterfind(f".//*[@id='{id_}']")
    return element
