"""The tables of the seed files: for each the model, its natural key, and the fields that an entry may set."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Field, ManyToManyField, Model

from organisations.choices import Publication
from organisations.models import (
    Contact,
    Event,
    EventSeries,
    Listing,
    Membership,
    Organisation,
    PeerRole,
    Quotation,
    Resource,
    Sourced,
    Statement,
    Training,
)

from ..choices import Wellbeing
from ..models import AccessFeature, Activity, Audience, JoiningRoute, Language, Schedule, SupportGroup, Topic

#: Fields that no entry sets by name: staff's own link, a check of a number, and what is set once for the whole file.
_EXCLUDED_FIELDS = {"online_link", "number_checked_on", "publication", "source_name", "source_url", "source_dated"}
#: The choices of JSON list fields.
LIST_CHOICES = {"wellbeing": Wellbeing}


@dataclass(frozen=True)
class Kind:
    """One table of the files, such as `[groups.…]`, and its model."""

    table: str
    model: type[Model]
    #: The fields that identify a row made by an editor with an entry: its natural key.
    natural_key: tuple[str, ...] = ("name",)
    #: The foreign key that is set to the file's organisation, and the one that is set by the name of an entry.
    owner: str = "organisation"
    named_after: str = ""
    #: Inline rows of a row, by the name of the relation: its schedules.
    children: dict[str, "Kind"] = field(default_factory=dict)

    @cached_property
    def fields(self) -> dict[str, "Field[Any, Any]"]:
        """`{name: field}` of the model's own fields that are compared and written, without many-to-many fields."""
        return {
            field.name: field
            for field in self.model._meta.fields
            if field.editable and not field.primary_key and field.name not in (self.owner, self.named_after)
        }

    @cached_property
    def links(self) -> dict[str, "ManyToManyField[Any, Any]"]:
        """`{name: field}` of the many-to-many fields with an automatic through table."""
        links: Iterable[Any] = self.model._meta.many_to_many
        return {link.name: link for link in links if link.remote_field.through._meta.auto_created}

    @cached_property
    def words(self) -> list[str]:
        """The keys that an entry may have, sorted."""
        own = {*self.fields, *self.links, *self.children} - _EXCLUDED_FIELDS
        return sorted(own | ({"source"} if self.is_sourced else set()))

    @property
    def is_sourced(self) -> bool:
        return issubclass(self.model, Sourced)

    @property
    def is_listing(self) -> bool:
        return issubclass(self.model, Listing)

    @property
    def fixed(self) -> dict[str, Any]:
        """Values set when a row is first loaded: listings are published at once, without a check."""
        return {"publication": Publication.PUBLISHED} if self.is_listing else {}

    def rows(self, keys: Iterable[int]) -> dict[int, Model]:
        """Return `{pk: row}` of the rows that still exist, with everything compared, in a fixed number of queries."""
        relations = [*self.links, *self.children, *(["checks"] if self.is_listing else [])]
        return self.model._default_manager.prefetch_related(*relations).in_bulk(list(keys))


VOCABULARIES = (
    Kind("topics", Topic, owner=""),
    Kind("activities", Activity, owner=""),
    Kind("audiences", Audience, owner=""),
    Kind("languages", Language, owner=""),
    Kind("access_features", AccessFeature, owner=""),
)


#: The tables of an organisation's file, in dependency order: each may refer to those before it.
KINDS = (
    Kind("organisation", Organisation, owner=""),
    Kind("networks", Membership, natural_key=("network", "member"), owner="member", named_after="network"),
    Kind("contacts", Contact, natural_key=("organisation", "role_title", "purpose")),
    Kind("resources", Resource, natural_key=("organisation", "name")),
    Kind("statements", Statement, natural_key=("organisation", "heading")),
    Kind("quotations", Quotation, natural_key=("organisation", "words")),
    Kind("series", EventSeries, natural_key=("organisation", "name")),
    Kind("events", Event, natural_key=("organisation", "name", "starts_on")),
    Kind("roles", PeerRole, natural_key=("organisation", "title")),
    Kind("training", Training, natural_key=("organisation", "title")),
    Kind(
        "groups",
        SupportGroup,
        natural_key=("organisation", "name"),
        children={
            "schedules": Kind("schedules", Schedule, owner="group", natural_key=()),
            "routes": Kind("routes", JoiningRoute, owner="group", natural_key=()),
        },
    ),
)
