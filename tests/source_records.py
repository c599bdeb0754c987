"""Ids that listings have in lists of others."""

from itertools import count

from model_bakery import baker

from groups.models import Source, SourceRecord, SupportGroup, Venue
from organisations.models import Organisation

_numbers = count(1)


def make_source_record(listing, *, foreign_id: str = "", **fields) -> SourceRecord:
    """The id that a group, an organisation or a venue has in a list of somebody else; `fields` are of that source."""
    kind = {SupportGroup: "group", Organisation: "organisation", Venue: "venue"}[type(listing)]
    number = next(_numbers)
    source = baker.make(Source, name=fields.pop("name", None) or f"Example list {number:04}", **fields)
    return baker.make(SourceRecord, source=source, foreign_id=foreign_id or str(number), **{kind: listing})
