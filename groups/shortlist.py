"""A visitor's own list of groups. It is stored in the query string of each page, and nowhere else."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.http import QueryDict
from django.utils.safestring import SafeString

#: The most groups on a list: limited by the length of a URL and the density of a QR code.
MOST = 60
#: The most groups of an area on one list: for the HTML page and every file but the PDF, whose layout says its own.
MOST_OF_AREA = 500
#: The most characters of input that are parsed: ample for a full list, and quick.
_READ = 10_000
_CODE = re.compile(r"(?<![0-9a-z])[0-9a-z]{5}(?![0-9a-z])")


@dataclass(frozen=True)
class Shortlist:
    """The codes of the groups on a list, in order. `is_over` is whether the query string had more than `MOST`."""

    codes: tuple[str, ...] = ()
    is_over: bool = False

    @classmethod
    def read(cls, values: Iterable[str]) -> "Shortlist":
        """Parse the values of the parameter `list`, tolerating duplicates, capitals and other text in between."""
        text = " ".join(values)[:_READ].lower()
        codes = tuple(dict.fromkeys(_CODE.findall(text)))
        return cls(codes[:MOST], len(codes) > MOST)

    @classmethod
    def of(cls, parameters: QueryDict) -> "Shortlist":
        """Return the list of a query string."""
        return cls.read(parameters.getlist("list"))

    def __contains__(self, code: str) -> bool:
        return code in self.codes

    def __len__(self) -> int:
        return len(self.codes)

    @property
    def query(self) -> str:
        """The query parameter: "list=bcd23,fgh45", or "" for an empty list."""
        return f"list={','.join(self.codes)}" if self.codes else ""

    @property
    def suffix(self) -> str:
        """The query string to append to a path, so that the list is carried along."""
        return f"?{self.query}" if self.codes else ""

    @property
    def is_full(self) -> bool:
        return len(self) == MOST

    @property
    def sentence(self) -> str:
        """A sentence for a list that is full; "" otherwise."""
        if self.is_over:
            return f"A list holds {MOST} groups. We kept the first {MOST}, and left out the rest."
        return f"Your list is full: it holds {MOST} groups." if self.is_full else ""

    def without(self, code: str) -> "Shortlist":
        """Return a copy without a group."""
        return Shortlist(tuple(other for other in self.codes if other != code))

    def moved(self, code: str, place: int) -> "Shortlist":
        """Return a copy with one group moved to another index."""
        others = self.without(code).codes
        return Shortlist((*others[:place], code, *others[place:]))


NOTHING = Shortlist()

#: What each link says on a group's own page; and on a card, where the eye reads little, and the rest is read out.
_ADD = SafeString("Add to my list"), SafeString("Add"), SafeString(" to my list")
_TAKE_OFF = SafeString("On your list: take it off"), SafeString("Added ✓"), SafeString(" to your list: take it off")
_FULL = SafeString("Your list is full."), SafeString(""), SafeString("")


def shortlist_query(codes: Iterable[str]) -> str:
    """Return the query parameter of a list of codes: up to one more than `MOST`, so that it shows `is_over`."""
    all_codes = list(dict.fromkeys(codes))[: MOST + 1]
    return f"list={','.join(all_codes)}" if all_codes else ""


class CardLinks(NamedTuple):
    """The link on a group's card that adds it to the list or takes it off.

    For a full list `url` is "" and `words` say that it is full. A card shows `label`, and `rest` is read out.
    """

    url: str
    words: SafeString
    label: SafeString
    rest: SafeString
    #: The query string for links to the group's own page.
    suffix: str


@dataclass(frozen=True)
class ShortlistLinks:
    """The links of one page that add groups to the list or take them off: to the same page with another list."""

    shortlist: Shortlist = NOTHING
    #: The other parameters of the page, encoded.
    query: str = ""

    def for_code(self, code: str) -> CardLinks:
        """Return the links of the group with a code."""
        if code in self.shortlist:
            return CardLinks(self._remove_url(code), *_TAKE_OFF, self.shortlist.suffix)
        if self.shortlist.is_full:
            return CardLinks("", *_FULL, self.shortlist.suffix)
        return CardLinks(self._add_url + code, *_ADD, self.shortlist.suffix)

    @property
    def add_all_url(self) -> str:
        """The URL that adds all search results to the list."""
        return self._url("add=all", self.shortlist.query)

    @property
    def print_all_url(self) -> str:
        """The URL that leads to the page to print of all search results, without the list."""
        return self._url("print=all")

    def url_with(self, codes: Iterable[str]) -> str:
        """Return the URL of the page with codes added: up to one more than `MOST`, so that it shows `is_over`."""
        return self._url(shortlist_query([*self.shortlist.codes, *codes])) + "#your-list"

    @cached_property
    def _add_url(self) -> str:
        """The URL that adds a group, but for the code of the group at its end."""
        return self._url(f"{self.shortlist.query}," if self.shortlist else "list=")

    def _remove_url(self, code: str) -> str:
        return self._url(self.shortlist.without(code).query)

    def _url(self, *parameters: str) -> str:
        return f"?{'&'.join(filter(None, [self.query, *parameters]))}"
