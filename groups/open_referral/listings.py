"""The lists of the feed, and each of their items by its id."""

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from django.db.models import Prefetch, Value
from msgspec import UNSET

from organisations.models import Contact

from .catalogue import Row, Versions, feed_groups, feed_organisations
from .envelopes import Listing, Rows
from .filters import filtered
from .identifiers import groups_of_place
from .items import Detail, encode, place_items, service_items
from .locations import MAIN, REMOTE
from .organizations import full_organization, organization
from .parameters import Wanted
from .places import place_catalogue, rows_at_other_venues
from .taxonomy import TAXONOMY_ID, taxonomy


def service_listing(wanted: Wanted, versions: Versions) -> Listing[Row]:
    """Return the services that are asked for."""

    def items(rows: Sequence[Row]) -> Iterable[bytes]:
        # Lines are of all groups: in the cache, they would take the place of all else.
        return service_items(rows, versions, wanted.detail, is_cached=not wanted.is_ndjson)

    return Listing(filtered(versions.groups, wanted, versions), items)


def service(public_id: uuid.UUID, versions: Versions) -> bytes | None:
    """Return a service as JSON; None if there is none with this id."""
    rows = feed_groups(versions.today).filter(public_id=public_id).values_list("pk", Value(MAIN), "organisation_id")
    return _only([service_items(list(rows), versions)])


def place_listing(wanted: Wanted, versions: Versions) -> Listing[Row]:
    """Return the services that are asked for, each at each of its locations."""
    places = filtered(place_catalogue(versions), wanted, versions)
    return Listing(places, lambda rows: place_items(rows, versions, wanted.detail))


def place(public_id: uuid.UUID, versions: Versions) -> bytes | None:
    """Return a service at a location as JSON; None if there is none with this id."""
    at_own, from_home = groups_of_place(public_id)
    groups = feed_groups(versions.today).filter(public_id__in=(at_own, from_home))
    rows = [
        (pk, MAIN if found == at_own else REMOTE, owner)
        for pk, found, owner in groups.values_list("pk", "public_id", "organisation_id")
    ]
    return _only([place_items(rows or rows_at_other_venues(public_id, versions.today), versions)])


def organization_listing(wanted: Wanted, versions: Versions) -> Listing[int]:
    """Return the organisations that are asked for, by name."""
    keys: Rows[int] = versions.organisations
    if wanted.search:
        named = feed_organisations().filter(name__icontains=wanted.search).order_by("name", "pk")
        keys = list(named.values_list("pk", flat=True))
    return Listing(keys, lambda rows: _organizations(rows, wanted, versions))


def one_organization(public_id: uuid.UUID, wanted: Wanted, versions: Versions) -> bytes | None:
    """Return an organisation as JSON; None if there is none with this id."""
    keys = feed_organisations().filter(public_id=public_id).values_list("pk", flat=True)
    return _only([_organizations(list(keys), wanted, versions)])


def taxonomy_listing(wanted: Wanted, versions: Versions) -> Listing[bytes]:
    """Return the taxonomies: ours alone."""
    record = taxonomy()
    is_found = wanted.search.casefold() in record.name.casefold()
    return Listing([encode(record)] if is_found else [], lambda rows: rows)


def one_taxonomy(public_id: uuid.UUID, versions: Versions) -> bytes | None:
    """Return our taxonomy with its terms as JSON; None for another id."""
    if public_id != TAXONOMY_ID:
        return None
    terms = [
        {"id": term.id, "code": term.code, "name": term.name, "description": term.description}
        for term in versions.vocabulary.records.values()
    ]
    return encode({**msgspec.to_builtins(taxonomy()), "taxonomy_terms": terms})


def term_listing(wanted: Wanted, versions: Versions) -> Listing[bytes]:
    """Return the terms that are asked for, parents first."""
    searched = wanted.search.casefold()
    terms = [
        encode(term)
        for term in versions.vocabulary.records.values()
        if searched in term.name.casefold()
        and (wanted.taxonomy_id is None or wanted.taxonomy_id == TAXONOMY_ID)
        and (wanted.parent_id is None or str(wanted.parent_id) == term.parent_id)
        and not (wanted.top_only and term.parent_id is not UNSET)
    ]
    return Listing(terms, lambda rows: rows)


def one_term(public_id: uuid.UUID, versions: Versions) -> bytes | None:
    """Return a term as JSON; None if there is none with this id."""
    term = versions.vocabulary.by_id(public_id)
    return encode(term) if term is not None else None


def _organizations(keys: Sequence[int], wanted: Wanted, versions: Versions) -> list[bytes]:
    """Return the JSON of organisations, in their order."""
    contacts: Prefetch[Any] = Prefetch("contacts", Contact.objects.publicly_visible().order_by("pk"))
    rows: Any = feed_organisations().filter(pk__in=keys).prefetch_related(contacts)
    rows = rows.with_hidden_address().select_related("town", "district")
    found = {organisation.pk: organisation for organisation in rows}
    services = _services_of(found, versions) if wanted.full_service else {}
    items = []
    for pk in keys:
        if pk in found:
            of_list = wanted.detail == Detail.FULL
            record = (
                full_organization(found[pk], versions.vocabulary.nested, versions.addresses)
                if of_list
                else organization(found[pk])
            )
            record.services = [msgspec.Raw(item) for item in services.get(pk, ())]
            items.append(encode(record))
    return items


def _services_of(organisations: Iterable[int], versions: Versions) -> dict[int, list[bytes]]:
    """Return the JSON of the groups of organisations, by the key of the organisation."""
    rows: dict[int, list[Row]] = {key: [] for key in organisations}
    for row in versions.groups[:]:
        if row[2] in rows:
            rows[row[2]].append(row)
    return {key: service_items(groups, versions) for key, groups in rows.items() if groups}


def _only(found: Iterable[Sequence[bytes]]) -> bytes | None:
    """Return the first item that there is; None for none."""
    return next((items[0] for items in found if items), None)
