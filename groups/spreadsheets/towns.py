"""The towns that the cells of a file name, each chosen by the postcode beside it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from common.text import fold_name
from places.location.town_choice import disagreement, town_at
from places.models import Locality, Postcode, Town

from .cells import did_you_mean

#: The most unknown towns of a file for which similar names are suggested: each search is slow.
_MOST_SUGGESTIONS = 20


class UnknownTown(ValueError):
    """No single town matches. The message says what to write."""


@dataclass(frozen=True)
class FoundTown:
    """The town of a cell: the town to write, if any; all towns of that name; and a remark for the editor."""

    town: Town | None
    namesakes: tuple[Town, ...] = ()
    remark: str = ""


class TownLookup:
    """Towns by name and alias, loaded in bulk for one file."""

    def __init__(self) -> None:
        self._towns: dict[str, list[Town]] = defaultdict(list)
        self._localities: dict[tuple[str, int], Locality] = {}
        self._all_names: list[str] | None = None
        self._suggestions = 0

    def load(self, names: Iterable[str], postcodes: Iterable[Postcode]) -> None:
        """Load the towns of these names; in the districts of these postcodes, towns by the names of localities too."""
        districts = {postcode.district_id for postcode in postcodes}
        wanted = {fold_name(name.partition(",")[0]) for name in names} - {""}
        localities = Locality.objects.filter(folded_name__in=wanted, district__in=districts).order_by("-pk")
        others: set[str] = set()
        for locality in localities:
            self._localities[locality.folded_name, locality.district_id] = locality
            others.update(filter(None, locality.folded_aliases.split("|")))
        # Few towns have aliases.
        named = Q(folded_name__in=wanted | others) | Q(folded_aliases__gt="")
        for town in Town.objects.filter(named).select_related("district").order_by("pk"):
            for name in {town.folded_name, *filter(None, town.folded_aliases.split("|"))}:
                self._towns[name].append(town)

    @property
    def loaded(self) -> set[int]:
        """The primary keys of the towns that were loaded."""
        return {town.pk for towns in self._towns.values() for town in towns}

    def find(self, words: str, postcode: Postcode | None, current: Town | None = None) -> FoundTown:
        """Return the town of a cell: the current one if it is so called, else the one at the postcode.

        Without a postcode that is known, raises `UnknownTown` if not exactly one town is called so.
        """
        name, _, district = words.partition(",")
        namesakes = self._towns.get(fold_name(name), [])
        within = [town for town in namesakes if not district.strip() or _is_in(town, district)]
        if current is not None and (current in within or fold_name(str(current)) == fold_name(words)):
            return FoundTown(current, (current,))
        if postcode is not None:
            return self._at_postcode(words, within or namesakes, postcode)
        if len(within) == 1:
            return FoundTown(within[0], tuple(within))
        if within:
            either = " or ".join(f"“{town}”" for town in within[:6])
            raise UnknownTown(f"There are {len(within)} towns called “{words}”. Write {either}.")
        raise UnknownTown(f"We do not know a town “{words}”.{self._similar(name)} Or write its district too.")

    def _at_postcode(self, words: str, namesakes: list[Town], postcode: Postcode) -> FoundTown:
        town = town_at(namesakes, postcode)
        if town is not None and town.district_id == postcode.district_id:
            return FoundTown(town, tuple(namesakes))
        if (other := self._by_locality(words, postcode)) is not None:
            return FoundTown(other, (*namesakes, other), f"“{words}” is “{other}” in our list, by its postcode.")
        if town is not None:
            return FoundTown(town, tuple(namesakes), f"{disagreement(town, postcode)} Is one of the two wrong?")
        taken = f"We took the place of its postcode: {postcode} is in {postcode.district.name}."
        if not namesakes:
            return FoundTown(None, (), f"We do not know a town “{words}”. {taken}")
        return FoundTown(None, tuple(namesakes), f"{disagreement(namesakes[0], postcode)} {taken}")

    def _by_locality(self, words: str, postcode: Postcode) -> Town | None:
        """Return the town of the postcode's district that has another name of a locality that is called so there."""
        locality = self._localities.get((fold_name(words.partition(",")[0]), postcode.district_id))
        names = filter(None, locality.folded_aliases.split("|")) if locality else ()
        towns = [town for name in names for town in self._towns.get(name, ())]
        return next((town for town in towns if town.district_id == postcode.district_id), None)

    def _similar(self, name: str) -> str:
        if self._suggestions >= _MOST_SUGGESTIONS:
            return ""
        self._suggestions += 1
        if self._all_names is None:
            self._all_names = list(Town.objects.order_by().values_list("name", flat=True).distinct())
        return did_you_mean(name, self._all_names)


def _is_in(town: Town, district: str) -> bool:
    return fold_name(town.district.name) == fold_name(district)
