"""The groups that somebody has put on a list. The list lives in the address of the page and nowhere else."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

#: How many groups a list holds: what an address, a telephone's camera and a person can carry.
MOST = 60
#: What is read of an address: enough for a full list however it is written, little enough to be quick.
_READ = 10_000
_CODE = re.compile(r"(?<![0-9a-z])[0-9a-z]{5}(?![0-9a-z])")


@dataclass(frozen=True)
class Shortlist:
    """The codes of the groups on a list, in its order. `is_over` where the address asked for more than fit."""

    codes: tuple[str, ...] = ()
    is_over: bool = False

    @classmethod
    def read(cls, said: Iterable[str]) -> "Shortlist":
        """The list that an address carries, however it is written: repeated, in capitals, with rubbish between."""
        text = " ".join(said)[:_READ].lower()
        codes = tuple(dict.fromkeys(_CODE.findall(text)))
        return cls(codes[:MOST], len(codes) > MOST)

    def __contains__(self, code: str) -> bool:
        return code in self.codes

    def __len__(self) -> int:
        return len(self.codes)

    @property
    def query(self) -> str:
        """As an address carries it: "list=bcd23,fgh45"; nothing for an empty list."""
        return f"list={','.join(self.codes)}" if self.codes else ""

    @property
    def suffix(self) -> str:
        """What goes behind the address of another page, so that the list comes along."""
        return f"?{self.query}" if self.codes else ""

    @property
    def is_full(self) -> bool:
        return len(self) == MOST

    @property
    def sentence(self) -> str:
        """What must be said of a list that can hold no more; "" while it can."""
        if self.is_over:
            return f"A list holds {MOST} groups. We kept the first {MOST}, and left out the rest."
        return f"Your list is full: it holds {MOST} groups." if self.is_full else ""

    def without(self, code: str) -> "Shortlist":
        return Shortlist(tuple(one for one in self.codes if one != code))

    def moved(self, code: str, place: int) -> "Shortlist":
        """With one of its groups in another place, counted from 0."""
        others = self.without(code).codes
        return Shortlist((*others[:place], code, *others[place:]))


NOTHING = Shortlist()

#: In a card that is drawn once for all pages these stand where its page puts in what differs. No text that an editor
#: types holds them.
_ADDRESS, _WORDS, _SUFFIX = "\ue001", "\ue002", "\ue003"
_CODE_IN_CARD = re.compile(f"{_ADDRESS}(\\w{{5}})")
_LINK_IN_CARD = re.compile(f"<a [^>]*{_ADDRESS}.*?</a>")
_ADD, _TAKE_OFF, _FULL = "Add to my list", "On your list: take it off", "Your list is full."


@dataclass(frozen=True)
class CardLinks:
    """What a group's card needs to know of the list: where its link leads, what that says, and what comes along.

    To a full list nothing can be added: then there is no address, and the words say so.
    """

    address: str
    words: str
    #: Goes behind the address of the group's own page.
    suffix: str

    @classmethod
    def to_be_filled(cls, code: str) -> "CardLinks":
        """For a card that is kept and shown on many pages: `ShortlistLinks.on` puts the links of each in."""
        return cls(_ADDRESS + code, _WORDS, _SUFFIX)


@dataclass(frozen=True)
class ShortlistLinks:
    """How groups are put on the list, and taken off it, on one page: by links to the same page with another list."""

    chosen: Shortlist = NOTHING
    #: What else the page's address carries, encoded.
    query: str = ""

    def on(self, card: str) -> str:
        """A kept card, with its links."""
        link = _CODE_IN_CARD.search(card) if self.chosen else None
        if link and link[1] in self.chosen:
            return self._filled(card, link[0], self._without(link[1]), _TAKE_OFF)
        if self.chosen.is_full:
            card = _LINK_IN_CARD.sub(_FULL, card)
        return self._filled(card, _ADDRESS, self._adding, _ADD)

    def links(self, code: str) -> CardLinks:
        """The links of one group."""
        if code in self.chosen:
            return CardLinks(self._without(code), _TAKE_OFF, self.chosen.suffix)
        if self.chosen.is_full:
            return CardLinks("", _FULL, self.chosen.suffix)
        return CardLinks(self._adding + code, _ADD, self.chosen.suffix)

    @property
    def all_of_these(self) -> str:
        """The address that puts every group found on the list."""
        return self._address("add=all", self.chosen.query)

    def address_with(self, codes: Iterable[str]) -> str:
        """The address of the page with more groups on the list: with one more than fit, so that it says so."""
        both = list(dict.fromkeys((*self.chosen.codes, *codes)))[: MOST + 1]
        return self._address(*([f"list={','.join(both)}"] if both else [])) + "#your-list"

    @cached_property
    def _adding(self) -> str:
        """The address to which the code of a group that is added need only be put on."""
        return self._address(f"{self.chosen.query}," if self.chosen else "list=")

    def _without(self, code: str) -> str:
        return self._address(self.chosen.without(code).query)

    def _address(self, *more: str) -> str:
        return f"?{'&'.join(filter(None, [self.query, *more]))}"

    def _filled(self, card: str, place: str, address: str, words: str) -> str:
        address = address.replace("&", "&amp;")
        return card.replace(place, address).replace(_WORDS, words).replace(_SUFFIX, self.chosen.suffix)
