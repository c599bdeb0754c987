"""Loading index entries from the database, for some groups or all, in a fixed number of queries per batch."""

import datetime
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet

from common.bank_holidays import holiday_nation
from common.compiled_queries import values_in_batches
from common.nations import Nation
from groups.choices import Focus, Joining, Stage
from groups.confidentiality import public_joining
from groups.models import SupportGroup
from organisations.choices import YesNo

from ..index.chosen_facets import denied
from ..index.document import Document, IndexEntry, Keys, Term
from .group_rows import (
    IN_CLAUSE_LIMIT,
    TERMS,
    Build,
    GroupRow,
    access_of_venues,
    areas_served,
    by_group,
    change_rows,
    entry_rows,
    grouped,
    newest_checks,
    rows_in,
    schedule_rows,
)
from .lookups import Lookups
from .meeting_dates import MeetingDates, MeetingTimes, ScheduleRow

#: Groups per batch. What a batch leaves free between what stays, the process keeps: with 2,000 it is 4 MB more.
BATCH_SIZE = 500
#: How far apart keys may be on average to be read as a range.
MOST_APART = 4

#: A group that does both is found by either option.
_TALKING, _DOING = ("focus", "talking"), ("focus", "doing")
_FOCUS = {Focus.TALKING: (_TALKING,), Focus.DOING: (_DOING,), Focus.BOTH: (_TALKING, _DOING)}
#: The facets that say for whom in particular a group is.
_PARTICULARS = ("audience", "topic")
#: Columns, in the order of `GroupRow`, each with its option, the value that means yes, and the words that find it too.
_ANSWERS: dict[str, tuple[tuple[str, str], str | bool, tuple[str, ...]]] = {
    "is_free": (("free", "yes"), YesNo.YES, ("free",)),
    "while_waiting": (("services", "while-waiting"), YesNo.YES, ()),
    "alongside_services": (("services", "alongside"), YesNo.YES, ()),
    "after_services": (("services", "after"), YesNo.YES, ()),
    "meets_in_person": (("format", "in_person"), True, ("in", "person")),
    "meets_online": (("format", "online"), True, ("online",)),
    "meets_by_phone": (("format", "by_phone"), True, ("by", "phone")),
}
_FIRST_ANSWER, _COUNT_OF_ANSWERS = GroupRow._fields.index("is_free"), len(_ANSWERS)


def load(
    today: datetime.date, keys: Collection[int] | None = None, lookups: Lookups | None = None
) -> Iterator[IndexEntry]:
    """Yield the entries of the groups that can be listed, by key; only those among `keys`, if given."""
    found = _listed().values_list("pk").iterator() if keys is None else values_in_batches(_keys_listed, keys)
    return entries(sorted(pk for (pk,) in found), _groups, today, lookups or Lookups())


def entries(keys: list[int], rows: Build, today: datetime.date, lookups: Lookups) -> Iterator[IndexEntry]:
    """Yield the entries of groups by sorted keys; `rows` makes the queryset of `entry_rows` of some of them."""
    dates = MeetingDates(today)
    size = batch_size(keys)
    for start in range(0, len(keys), size):
        batch = keys[start : start + size]
        builder = _EntryBuilder(lookups, dates, batch)
        listed = {*batch}
        for row in rows_in(rows, batch):
            if row[0] in listed:
                yield builder.entry(GroupRow._make(row))


def batch_size(keys: Sequence[int]) -> int:
    """Return how many of some sorted keys to read at a time: of keys far apart so few that no range of keys is read.

    A range has the rows of all groups between, such as those that have not ended.
    """
    is_dense = bool(keys) and keys[-1] - keys[0] < MOST_APART * len(keys)
    return BATCH_SIZE if is_dense else IN_CLAUSE_LIMIT


def _listed() -> Any:
    return SupportGroup.objects.published().of_listed_organisations().exclude(stage=Stage.ENDED).order_by()


def _keys_listed(keys: list[int]) -> QuerySet[Any, tuple[Any, ...]]:
    rows: QuerySet[Any, tuple[Any, ...]] = _listed().filter(pk__in=keys).values_list("pk")
    return rows


def _groups(keys: list[int]) -> QuerySet[Any, tuple[Any, ...]]:
    # Not again those of listed organisations: SQLite would look up all of these for each batch.
    return entry_rows(SupportGroup.objects.published().exclude(stage=Stage.ENDED).order_by(), keys)


class _EntryBuilder:
    """The related rows of a batch of groups, read at once, and the entries built from them."""

    def __init__(self, lookups: Lookups, dates: MeetingDates, keys: list[int]) -> None:
        self._lookups, self._dates, self._today = lookups, dates, dates.today
        self._terms_by_group = {facet: grouped(rows_in(build, keys)) for facet, build in TERMS.items()}
        self._served = grouped(rows_in(areas_served, keys))
        self._access = grouped(rows_in(access_of_venues, keys))
        self._schedules = by_group(schedule_rows, keys, ScheduleRow._make)
        self._changes = by_group(change_rows, keys, tuple)
        self._checked = dict(rows_in(newest_checks, keys))

    def entry(self, row: "GroupRow") -> IndexEntry:
        """Return the document and keys of a group. Neither holds anything confidential, so no search can reveal it."""
        pk, hidden, lookups = row.pk, row.place_is_hidden, self._lookups
        served = tuple(self._served.get(pk, ()))
        schedules, changes = tuple(self._schedules.get(pk, ())), tuple(self._changes.get(pk, ()))
        # The meeting times of a closed group are confidential.
        times_are_public = not row.times_are_withheld and row.joining != Joining.CLOSED
        times = self._dates.times(schedules) if times_are_public else MeetingTimes()
        is_paused = row.stage == Stage.PAUSED
        places = self._names_of_place(row)
        # Many groups of an organisation have one name, and one summary.
        name = lookups.folded_text(row.name)
        name_words = {*lookups.words_of_text(name)}
        words = {
            *lookups.words_of_text(without_places(name, places)),
            *lookups.words_of_text(without_places(lookups.folded_text(row.summary), places)),
        }
        terms = [
            _term_of_kind(row.focus, row.led_by, row.stage, self._joining(row, schedules)),
            _term_of_answers(*row[_FIRST_ANSWER : _FIRST_ANSWER + _COUNT_OF_ANSWERS]),
            times.term,
        ]
        for organisation in lookups.organisations[row.organisation_id]:
            name_words.update(lookups.words_of_organisation(organisation))
            words.update(lookups.words_without_towns(without_places(lookups.folded(organisation), places)))
        terms += self._public_terms(row)
        latitude, longitude = row.place_latitude, row.place_longitude
        document = Document(
            pk=pk,
            name_key=row.name.casefold(),
            point=None if latitude is None or longitude is None else (latitude, longitude),
            is_about=row.place_is_about,
            is_hidden=hidden,
            is_closed=row.joining == Joining.CLOSED,
            is_from_home=(row.meets_online or row.meets_by_phone) and not served,
            checked_on=self._checked.get(pk),
            is_forming=row.stage == Stage.FORMING,
            is_paused=is_paused,
            meets_in_person=row.meets_in_person,
            particulars=sum(len(self._terms_by_group[facet].get(pk, ())) for facet in _PARTICULARS),
            added_at=row.created_at.timestamp(),
            meetings=self._dates.meetings(schedules, changes, self._nation(row, served), is_paused, row.paused_until)
            if times_are_public and not row.stands_for_several
            else (),
        )
        return document, Keys(
            times=times.together,
            areas=lookups.areas_containing(row.place_district_id, row.place_outward_code or ""),
            serves=lookups.areas_overlapping(served) if served else (),
            words=words,
            name_words=name_words,
            organisation=(row.organisation_id,),
            terms=tuple(dict.fromkeys(terms)),
        )

    def _joining(self, row: "GroupRow", schedules: tuple[ScheduleRow, ...]) -> str:
        """Return the way to join that visitors see."""
        return public_joining(
            row.joining,
            meets_in_person=row.meets_in_person,
            venue_is_hidden=bool(row.venue_address_is_confidential),
            regular_venues=[(schedule.last_date, schedule.venue_is_hidden) for schedule in schedules],
            dates_are_public=not (row.times_are_withheld or row.stands_for_several),
            today=self._today,
        ).value

    def _public_terms(self, row: "GroupRow") -> list[Term]:
        """Return the terms of a group that are public."""
        pk, known = row.pk, self._lookups.terms
        found = [known[facet][key] for facet, given in self._terms_by_group.items() for key in given.get(pk, ())]
        if not row.place_is_hidden:
            found += [known["access"][key] for key in self._access.get(row.venue_id or 0, ())]
        return found

    def _names_of_place(self, row: "GroupRow") -> tuple[str, ...]:
        """Return the folded names of the town and the district of a group. Places are searched as places."""
        if row.venue_id:
            names = row.venue_town_name, row.venue_district_name
        else:
            names = row.town_name, row.town_district_name
        return tuple([self._lookups.folded(name) for name in names if name])

    def _nation(self, row: "GroupRow", served: tuple[int, ...]) -> Nation:
        """Return the nation whose bank holidays a group keeps."""
        if row.place_district_id:
            return self._lookups.areas.nations[row.place_district_id] or Nation.ENGLAND
        return holiday_nation(self._lookups.areas.nations[area] for area in served)


@lru_cache(maxsize=4096)
def _term_of_kind(focus: Focus, led_by: str, stage: str, joining: str) -> Term:
    """Return what all groups of such a kind are found by."""
    return Term((*_FOCUS.get(focus, ()), ("led", led_by), ("stage", stage), ("joining", joining)))


@lru_cache(maxsize=4096)
def _term_of_answers(*answers: Any) -> Term:
    """Return what all groups are found by that give such answers, in the order of `_ANSWERS`."""
    options: list[tuple[str, str]] = []
    words: list[str] = []
    for answer, ((facet, value), yes, words_of_answer) in zip(answers, _ANSWERS.values(), strict=True):
        if answer == yes:
            options.append((facet, value))
            words += words_of_answer
        elif answer == YesNo.NO:
            options.append((facet, denied(value)))
    return Term(tuple(options), tuple(words))


def without_places(folded: str, places: tuple[str, ...]) -> str:
    """Return a folded text without the names of places: no piece of "Welwyn Garden City" is a word of a group."""
    if not any(place in folded for place in places):
        return folded
    padded = f" {folded} "
    for place in places:
        padded = padded.replace(f" {place} ", " ")
    return padded.strip()
