"""What a search expects of its first five results: one function for each key of `first_five_must_have` and `…_not`."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from .directories import Facts
from .pages import Card

#: What is further away is far, where the place is not certain.
NEAR_MILES = 25
#: Distances that differ by less are the same to a visitor.
_TIE_MILES = 0.05


@dataclass(frozen=True)
class Result:
    """A card of the main list, and what the directory holds of its group."""

    card: Card
    facts: Facts

    @property
    def when(self) -> str:
        """The next meeting that is shown: "Thursday 2026-12-03 18:30"; "" for none."""
        day, time = self.card.date, self.card.time
        return f"{day:%A} {day}{f' {time:%H:%M}' if time else ''}" if day else ""


def problems_of_first_five(search: dict, key: str, wanted: dict[str, Any], results: list[Result]) -> Iterator[str]:
    """Yield what the first five have otherwise than `first_five_must_have` or `first_five_must_not` says."""
    five = results[:5]
    for name, value in wanted.items():
        if name in _EACH and key == "first_five_must_have":
            holds = _EACH[name]
            if wrong := [_described(name, result) for result in five if not holds(result, value, search)]:
                yield f"{name} = {value} does not hold of {wrong}"
        elif key == "first_five_must_have":
            yield from _OF_ALL[name](value, search, results)
        else:
            has = _MUST_NOT[name]
            if wrong := [result.facts.name for result in five if has(result, value)]:
                yield f"must not be there, by {name} = {value}: {wrong}"


def _described(name: str, result: Result) -> str:
    when = result.when or "no date"
    return f"{result.facts.name} ({when})" if name.startswith(("each_on", "each_time")) else result.facts.name


# Of each result


def _begins_in(result: Result, part: str, search: dict) -> bool:
    time = result.card.time
    if time is None:
        return False
    return part == ("morning" if time.hour < 12 else "afternoon" if time.hour < 17 else "evening")


def _is_on(result: Result, dates: str | list[str], search: dict) -> bool:
    return str(result.card.date) in ([dates] if isinstance(dates, str) else dates)


def _is_within(result: Result, miles: float, search: dict) -> bool:
    """Whether it is so near, or is online or for a whole area."""
    distance = result.facts.miles_from(search["centre"])
    return distance is None or distance <= miles


_EACH: dict[str, Callable[[Result, Any, dict], bool]] = {
    "each_has_any": lambda result, pieces, search: result.facts.has_any(pieces),
    "each_on_day": lambda result, day, search: result.when.startswith(day),
    "each_on_date": _is_on,
    "each_time": _begins_in,
    "each_within_miles": _is_within,
    "each_district": lambda result, names, search: result.facts.district in names,
    "each_online": lambda result, wanted, search: result.facts.is_online == wanted,
    "each_free": lambda result, wanted, search: result.facts.is_free == wanted,
    "each_step_free": lambda result, wanted, search: result.facts.is_step_free == wanted,
    "each_audience": lambda result, slug, search: slug in result.facts.audiences,
    "each_audience_any": lambda result, slugs, search: not result.facts.audiences.isdisjoint(slugs),
    "each_topic": lambda result, slug, search: slug in result.facts.topics,
    "each_focus": lambda result, values, search: result.facts.focus in values,
    "each_joining": lambda result, value, search: result.facts.joining == value,
    "each_open": lambda result, wanted, search: result.facts.is_open == wanted,
}


# Of all of them


def _first(piece: str, search: dict, results: list[Result]) -> Iterator[str]:
    if results and not results[0].facts.name_has(piece):
        yield f"the first is {results[0].facts.name}, wanted {piece}"


def _names(pieces: Iterable[str], search: dict, results: list[Result]) -> Iterator[str]:
    five = results[:5]
    if lacking := [piece for piece in pieces if not any(result.facts.name_has(piece) for result in five)]:
        yield f"not among the first five: {lacking}, but {[result.facts.name for result in five]}"


def _sorted_by(order: str, search: dict, results: list[Result]) -> Iterator[str]:
    """In the default order only those above the first heading that is below a result: the rest is another list."""
    if not search.get("order"):
        results = [result for result in results if result.card.section == results[0].card.section]
    for before, after in pairwise(results):
        if _is_after(order, before, after, search):
            shown = [f"{result.facts.name} ({_place_in(order, result, search)})" for result in (before, after)]
            yield f"not sorted by {order}: {shown[0]} stands before {shown[1]}"
            return


def _place_in(order: str, result: Result, search: dict) -> Any:
    if order == "name":
        return result.facts.name.casefold()
    return result.card.date if order == "date" else result.facts.miles_from(search["centre"])


def _is_after(order: str, before: Result, after: Result, search: dict) -> bool:
    """Whether the first of two has to stand below the second."""
    first, second = (_place_in(order, result, search) for result in (before, after))
    if first is None or second is None:
        return first is None and second is not None
    return first > second + _TIE_MILES if order == "distance" else first > second


_OF_ALL: dict[str, Callable[[Any, dict, list[Result]], Iterator[str]]] = {
    "first": _first,
    "names": _names,
    "sorted_by": _sorted_by,
}
_MUST_NOT: dict[str, Callable[[Result, Any], bool]] = {
    "names_with": lambda result, pieces: any(map(result.facts.name_has, pieces)),
    "has_any": lambda result, pieces: result.facts.has_any(pieces),
    "audiences": lambda result, slugs: not result.facts.audiences.isdisjoint(slugs),
    "stages": lambda result, values: result.facts.stage in values,
    "joining": lambda result, values: result.facts.joining in values,
}
FIRST_FIVE = {"first_five_must_have", "first_five_must_not"}
