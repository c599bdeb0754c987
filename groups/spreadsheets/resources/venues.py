"""The sheet of venues. Confidential ones are never exported, found or created, whoever the user is."""

from collections.abc import Hashable, Iterable, Sequence
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest

from common.text import fold_name
from organisations.admin import changes_since
from organisations.models import Organisation
from organisations.permissions import ADD, permissions_of
from places.postcodes import compact_postcode, spaced_postcode

from ...models import Venue
from ...models.venue import AccessFeature
from ..columns import Column, Text
from ..list_columns import LinkColumn, TermsCell
from ..merge_links import with_merge_link
from ..row_state import RowState
from ..scope import ImportScope
from ..venue_columns import already_here, called_alike
from .columns import (
    ID,
    POSTCODE,
    TOWN,
    AddressColumn,
    IdColumn,
    OpeningHoursColumn,
    PlaceLookup,
    PostcodeColumn,
    TownColumn,
    VersionColumn,
)
from .matching import Cells, Matcher, reject
from .model_resource import ModelResource


class VenueMatcher(Matcher):
    """Finds venues by their name and postcode, else their name and town."""

    def __init__(self, scope: ImportScope, noun: str) -> None:
        super().__init__(scope, noun)
        self._named: dict[Hashable, list[Venue]] = {}
        self._at_postcode: dict[str, list[Venue]] = {}

    def load_named(self, rows: Sequence[Cells]) -> Iterable[Any]:
        named = [row for row in rows if not row.get(ID)]
        postcodes = {spaced_postcode(compact_postcode(row[POSTCODE])) for row in named if row.get(POSTCODE)}
        towns = {_town_key(row) for row in named if not row.get(POSTCODE)}
        visible = self.scope.rows.select_related("town")
        found = (*visible.filter(postcode__in=postcodes), *visible.filter(town__folded_name__in=towns))
        unique = {venue.pk: venue for venue in found}
        for venue in unique.values():
            for key in _keys_of(venue):
                self._named.setdefault(key, []).append(venue)
            if venue.postcode:
                self._at_postcode.setdefault(compact_postcode(venue.postcode), []).append(venue)
        return unique.values()

    def find_named(self, cells: Cells) -> Venue | None:
        name = fold_name(cells.get("Name", ""))
        if not name:
            reject("Name", "Write its name, or its id.")
        if postcode := cells.get(POSTCODE, ""):
            found = self._named.get((name, compact_postcode(postcode)), [])
        elif town := _town_key(cells):
            found = self._named.get((name, "", town), [])
        else:
            reject(POSTCODE, "Write its postcode, or its town: a venue is found by its name and one of the two.")
        if len(found) > 1:
            sentence = f"There are {len(found)} such venues. Write under “{ID}” which: export them to see their ids."
            reject(ID, self.with_merge_link(sentence, found))
        return found[0] if found else None

    def make(self, cells: Cells) -> Venue:
        venue, name = Venue(), fold_name(cells.get("Name", ""))
        place = compact_postcode(cells[POSTCODE]) if cells.get(POSTCODE) else ""
        # A second row of the same venue finds the first.
        self._named[(name, place) if place else (name, "", _town_key(cells))] = [venue]
        return venue

    def with_merge_link(self, sentence: str, venues: Sequence[Venue]) -> str:
        """Return a sentence with a link to merge venues, if the user may do so."""
        return with_merge_link(sentence, venues) if all(map(self.scope.may_merge, venues)) else sentence

    def others_at(self, venue: Venue) -> list[Venue]:
        """Return the venues that are at the postcode of a new one already."""
        return self._at_postcode.get(compact_postcode(venue.postcode), []) if venue.postcode else []


class VenueResource(ModelResource):
    """Venues whose address is public. An editor's file changes those where only groups of their own meet."""

    model = Venue
    has_drafts = False
    relations = ("town",)
    name_title = "Name"
    order = ("name",)
    not_exported = "It has no confidential venue."
    own_rules = (
        "A row is about the venue with its id. Without an id, it is about the one with its name and postcode, or with "
        "its name and town. If there is none, it is added.",
        "A confidential venue is in no file, and no file changes it. A venue is made confidential on its own page.",
        "You may change a venue where only your own groups meet.",
    )

    def columns(self) -> list[Column]:
        return [
            IdColumn(),
            VersionColumn(),
            Column("name", "Name", Text(120, is_needed=True), "What it is called.", "The Guildhall"),
            AddressColumn("One line each: number and street, then what is needed to find it."),
            PostcodeColumn("Where it is: its position is looked up from it."),
            TownColumn(PlaceLookup(), "Where it is, for people to read."),
            OpeningHoursColumn(),
            Column("getting_there", "Getting there", Text(), "Buses, parking, which door."),
            LinkColumn(
                "access_features",
                "Access features",
                TermsCell(AccessFeature, "access features"),
                "What lets more people in.",
            ),
            Column("access_note", "More about access", Text(), "Anything else about that."),
        ]

    def exported(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        return super().exported(rows.filter(address_is_confidential=False))

    def scope(self, request: HttpRequest, page: Any) -> ImportScope:
        rights = permissions_of(request.user)
        rows = self.exported(page.filter_visible(request, Venue.objects.all()))
        changeable = rows.order_by() if rights.is_manager else _changeable(rows, rights)
        keys: set[int] = set()

        def may_change(venue: Venue) -> bool:
            if rights.is_manager:
                return True
            if not keys:
                keys.update(changeable.values_list("pk", flat=True))
            return venue.pk in keys

        def may_merge(venue: Venue) -> bool:
            # Nobody edits one that is unused.
            is_used = not Venue.objects.unused().filter(pk=venue.pk).exists()
            return rights.is_manager or (may_change(venue) and is_used)

        return ImportScope(rows, {}, partial(changes_since, request), may_change=may_change, may_merge=may_merge)

    def may_import(self, request: HttpRequest, page: Any) -> bool:
        return super().may_import(request, page) and permissions_of(request.user).may(ADD, page)

    def matcher(self, scope: ImportScope) -> VenueMatcher:
        return VenueMatcher(scope, self.noun)

    def remarks_of_new(self, instance: Venue, matcher: VenueMatcher) -> list[str]:
        others = matcher.others_at(instance)
        sentence = already_here(instance, others)
        return [matcher.with_merge_link(sentence, called_alike(others))] if sentence else []

    def rivals(self, scope: ImportScope, instances: Sequence[Any]) -> QuerySet[Any]:
        return Venue.objects.none()

    def finish(self, state: RowState, titles: set[str], columns: Sequence[Column]) -> None:
        if not titles & {POSTCODE, TOWN}:
            return
        [places] = self.places_of(columns)
        try:
            places.finish(state, titles)
        except ValueError as error:
            raise ValidationError({POSTCODE: str(error)}) from None


def _changeable(rows: QuerySet[Venue], rights: Any) -> QuerySet[Venue]:
    """Return those of the venues where only groups of organisations that somebody edits meet, or that they added."""
    # A subquery: a site has thousands of other organisations.
    other_keys: Any = Organisation.objects.exclude(pk__in=rights.edits).values("pk")
    own = Venue.objects.used_by(rights.edits).exclude(pk__in=Venue.objects.used_by(other_keys).values("pk"))
    added = Venue.objects.unused().added_by(rights.user)
    return rows.filter(pk__in=own.values("pk")) | rows.filter(pk__in=added.values("pk"))


def _keys_of(venue: Venue) -> list[Hashable]:
    name = fold_name(venue.name)
    keys: list[Hashable] = [(name, compact_postcode(venue.postcode))] if venue.postcode else []
    return [*keys, *([(name, "", venue.town.folded_name)] if venue.town else [])]


def _town_key(cells: Cells) -> str:
    """Return the folded name of the town of a row, without its district."""
    return fold_name(cells.get(TOWN, "").partition(",")[0])


VENUES = VenueResource()
