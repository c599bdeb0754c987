"""Reading a page as a browser does, to ask it questions."""

import io
import re
from collections.abc import Collection
from xml.etree.ElementTree import Element

import tinyhtml5
from tinyhtml5 import inputstream


class _Patterns(dict[tuple[Collection[str], bool], re.Pattern[str]]):
    """The parser's patterns, by characters and whether these are meant or all others.

    It keeps each under the pattern itself, where it never finds it again: making them was half of reading a page.
    """

    def __missing__(self, key: tuple[Collection[str], bool]) -> re.Pattern[str]:
        characters, are_meant = key
        listed = "".join(f"\\x{ord(each):02x}" for each in characters)
        pattern = self[key] = re.compile(f"[{'' if are_meant else '^'}{listed}]+")
        return pattern


inputstream.characters_until_regex = _Patterns()


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
