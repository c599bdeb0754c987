"""What the files may describe: for each table the model, what tells one row from another, and what it may say."""

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

#: What no entry says in these words: staff's own link, a check of a number, and what is said once for the whole file.
_NEVER_IN_AN_ENTRY = {"online_link", "number_checked_on", "publication", "source_name", "source_url", "source_dated"}
#: Lists whose words are fixed.
WORDS_OF_LISTS = {"wellbeing": Wellbeing}


@dataclass(frozen=True)
class Kind:
    """One table of the files, such as `[groups.…]`, and the model whose rows it describes."""

    table: str
    model: type[Model]
    #: The fields by which a person would say that two rows are the same thing.
    known_by: tuple[str, ...] = ("name",)
    #: The field that is set to the file's own organisation, and the one that an entry's name stands for.
    owner: str = "organisation"
    named_after: str = ""
    #: Rows that belong to one row of it, by the name of the relation: its schedules.
    children: dict[str, "Kind"] = field(default_factory=dict)

    @cached_property
    def fields(self) -> dict[str, Field]:
        """Its own fields that are compared and written, by name; relations to many apart."""
        return {
            field.name: field
            for field in self.model._meta.fields
            if field.editable and not field.primary_key and field.name not in (self.owner, self.named_after)
        }

    @cached_property
    def links(self) -> dict[str, ManyToManyField]:
        """Its relations to many, by name, without those that are rows of their own."""
        links = self.model._meta.many_to_many
        return {link.name: link for link in links if link.remote_field.through._meta.auto_created}

    @cached_property
    def words(self) -> list[str]:
        """Every word that an entry may use to the left of an equals sign."""
        own = {*self.fields, *self.links, *self.children} - _NEVER_IN_AN_ENTRY
        return sorted(own | ({"source"} if self.is_sourced else set()))

    @property
    def is_sourced(self) -> bool:
        return issubclass(self.model, Sourced)

    @property
    def is_listing(self) -> bool:
        return issubclass(self.model, Listing)

    @property
    def fixed(self) -> dict[str, Any]:
        """What every row is given when it is first loaded: listings are published at once, and not yet checked."""
        return {"publication": Publication.PUBLISHED} if self.is_listing else {}

    def rows(self, keys: Iterable[int]) -> dict[int, Model]:
        """The rows that are still there, by primary key, with all that is compared, in a fixed number of queries."""
        also = [*self.links, *self.children, *(["checks"] if self.is_listing else [])]
        return self.model._default_manager.prefetch_related(*also).in_bulk(list(keys))


VOCABULARIES = (
    Kind("topics", Topic, owner=""),
    Kind("activities", Activity, owner=""),
    Kind("audiences", Audience, owner=""),
    Kind("languages", Language, owner=""),
    Kind("access_features", AccessFeature, owner=""),
)


#: The tables of an organisation's file, in an order in which each may speak of those before it.
KINDS = (
    Kind("organisation", Organisation, owner=""),
    Kind("networks", Membership, known_by=("network", "member"), owner="member", named_after="network"),
    Kind("contacts", Contact, known_by=("organisation", "role_title", "purpose")),
    Kind("resources", Resource, known_by=("organisation", "name")),
    Kind("statements", Statement, known_by=("organisation", "heading")),
    Kind("quotations", Quotation, known_by=("organisation", "words")),
    Kind("series", EventSeries, known_by=("organisation", "name")),
    Kind("events", Event, known_by=("organisation", "name", "starts_on")),
    Kind("roles", PeerRole, known_by=("organisation", "title")),
    Kind("training", Training, known_by=("organisation", "title")),
    Kind(
        "groups",
        SupportGroup,
        known_by=("organisation", "name"),
        children={
            "schedules": Kind("schedules", Schedule, owner="group", known_by=()),
            "routes": Kind("routes", JoiningRoute, owner="group", known_by=()),
        },
    ),
)
