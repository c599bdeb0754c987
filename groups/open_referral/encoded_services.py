"""The records of groups, encoded ahead: for all processes, and for longer than one lives."""

import datetime
import zlib
from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b
from typing import Any

import msgspec
from django.conf import settings
from django.db.models import QuerySet

from common.compiled_queries import values_in_batches
from common.models import related_rows
from organisations.freshness import days_of_change

from ..models import EncodedService, SupportGroup
from .catalogue import PlaceKey, Row, Version, Versions
from .locations import public_places
from .reader import BATCH, read_whole
from .services import Context, encode_service
from .taxonomy import Vocabulary

#: The fields of a record, and those of several, each as the JSON that it is.
_FIELDS = msgspec.json.Decoder(dict[str, msgspec.Raw])
_RECORDS = msgspec.json.Decoder(list[dict[str, msgspec.Raw]])
_ONE_DAY = datetime.timedelta(days=1)


def stored_services(wanted: Mapping[int, Version], vocabulary: Vocabulary) -> dict[int, bytes]:
    """Return `{pk: JSON}` of those groups whose stored record is as of their version."""
    return {pk: record for pk, _, record in _stored_records(wanted, vocabulary)}


def stored_places(wanted: Mapping[PlaceKey, Version], vocabulary: Vocabulary) -> dict[PlaceKey, bytes]:
    """Return `{key: JSON}` of those places of groups, each with its service, that the groups' stored records have."""
    found: dict[PlaceKey, bytes] = {}
    versions = {group: version for (group, _), version in wanted.items()}
    for pk, keys, record in _stored_records(versions, vocabulary):
        service = _FIELDS.decode(record)
        places = _RECORDS.decode(service.pop("service_at_locations", b"[]"))
        encoded = msgspec.Raw(msgspec.json.encode(service))
        for key, place in zip(keys, places, strict=True):
            # A record ends with its id.
            place_id = place.pop("id")
            found[pk, key] = msgspec.json.encode(place | {"service": encoded, "id": place_id})
    return {key: found[key] for key in wanted if key in found}


def encode_services() -> Iterator[int]:
    """Store the record of each group of the feed that has none as it is now; yield how many of each batch were made.

    Records of groups that left the feed are deleted.
    """
    stored = {pk: (digest, until) for pk, digest, until in EncodedService.objects.values_list("pk", "version", "until")}
    rows = Versions().groups[:]
    gone = sorted(stored.keys() - {pk for pk, *_ in rows})
    for start in range(0, len(gone), BATCH):
        EncodedService.objects.filter(pk__in=gone[start : start + BATCH]).delete()
    for start in range(0, len(rows), BATCH):
        # Of each batch the versions are read anew, before its groups: a record is never older than its version.
        yield _encode_batch(rows[start : start + BATCH], Versions(), stored)


def _encode_batch(rows: Iterable[Row], versions: Versions, stored: Mapping[int, tuple[str, datetime.date]]) -> int:
    of_organisations = versions.of_organisations({organisation for *_, organisation in rows})
    known = {pk: of_organisations[owner] for pk, _, owner in rows if owner in of_organisations}
    storage = _Storage(versions.vocabulary)
    missing = [pk for pk in known if pk not in stored or not storage.is_as_of(known[pk], *stored[pk])]
    if not missing:
        return 0
    context = Context(versions.today, versions.vocabulary, versions.addresses)
    encoded = [
        EncodedService(
            group_key=pk,
            version=storage.digest(known[pk]),
            until=_unchanged_until(group, versions.today),
            places=[*public_places(group, context.today, context.addresses)],
            content=storage.compress(msgspec.json.encode(encode_service(group, context))),
        )
        for pk, group in read_whole(missing).items()
    ]
    columns = ["version", "until", "places", "content"]
    key = ["group_key"]
    EncodedService.objects.bulk_create(encoded, update_conflicts=True, unique_fields=key, update_fields=columns)
    return len(encoded)


def _unchanged_until(group: SupportGroup, today: datetime.date) -> datetime.date:
    """Return the first day after today on which the record of a group may be another, though nothing was written."""
    if group.is_paused:
        # Its first meeting after the break is looked for so many days ahead of today.
        return today + _ONE_DAY
    schedules, changes = related_rows(group, "schedules"), related_rows(group, "schedule_changes")
    last_days = [row.last_date for row in schedules]
    last_days += [day for row in changes for day in (row.date, row.until, row.new_date)]
    days = [row.first_date for row in schedules if row.first_date] + [day + _ONE_DAY for day in last_days if day]
    if group.last_checked_on:
        days += days_of_change(group.last_checked_on)
    return min((day for day in days if day > today), default=datetime.date.max)


class _Storage:
    """How records are stored: compressed, and with a digest of all that they depend on but the day.

    Terms are over half of each: compressed with all terms as a dictionary, they are a third shorter.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.dictionary = msgspec.json.encode(list(vocabulary.nested.values()))
        self._shown = [settings.SITE_ADDRESS, settings.CONTACT_EMAIL, zlib.crc32(self.dictionary)]

    def is_as_of(self, version: Version, digest: str, until: datetime.date) -> bool:
        day, *_ = version
        return digest == self.digest(version) and bool(day < until)

    def digest(self, version: Version) -> str:
        _, *numbers = version
        return blake2b(msgspec.json.encode([*numbers, *self._shown]), digest_size=16).hexdigest()

    def compress(self, record: bytes) -> bytes:
        compressor = zlib.compressobj(zdict=self.dictionary)
        return compressor.compress(record) + compressor.flush()

    def decompress(self, content: bytes) -> bytes:
        return zlib.decompressobj(zdict=self.dictionary).decompress(content)


def _stored_records(wanted: Mapping[int, Version], vocabulary: Vocabulary) -> Iterator[tuple[int, list[int], bytes]]:
    """Yield key, keys of places and JSON of each stored record that is as of its version."""
    storage = _Storage(vocabulary)
    for pk, digest, until, places, content in values_in_batches(_stored, wanted):
        if storage.is_as_of(wanted[pk], digest, until):
            yield pk, places, storage.decompress(content)


def _stored(keys: list[int]) -> "QuerySet[EncodedService, tuple[Any, ...]]":
    return EncodedService.objects.filter(pk__in=keys).values_list("pk", "version", "until", "places", "content")
