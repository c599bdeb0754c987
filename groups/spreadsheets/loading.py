"""Loads rows with everything that their cells need: a fixed number of queries for each batch."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from django.db.models import Model

from organisations.models import Contact, Organisation

from ..models import JoiningRoute, Schedule, SourceRecord, SupportGroup
from .row_state import LINKS, RowRelations, RowState

#: The number of groups, or rows of a file, in a batch.
PORTION = 500

Each = TypeVar("Each")


class RelationLoader:
    """Loads related rows. Rows that many rows share are loaded once, as one instance.

    Django's prefetch makes an instance, and a queryset, for each row and relation: three quarters of the time.
    """

    def __init__(self, organisations: dict[int, Organisation] | None = None) -> None:
        """Take the organisations that are loaded already, by primary key."""
        self._shared: dict[type[Model], dict[int, Any]] = defaultdict(dict)
        if organisations is not None:
            self._shared[Organisation] = organisations

    def links(self, model: type[Model], name: str, keys: Collection[int]) -> dict[int, list[Any]]:
        """Return the rows of a relation to many of a model by the primary key of their owner."""
        relation: Any = getattr(model, name)
        owner, column = (
            f"{of}_id" for of in (relation.field.m2m_field_name(), relation.field.m2m_reverse_field_name())
        )
        pairs = relation.through.objects.filter(**{f"{owner}__in": keys}).order_by("pk").values_list(owner, column)
        pairs = list(pairs)
        shared = self._load_shared(relation.field.related_model, {key for _, key in pairs})
        found: dict[int, list[Any]] = defaultdict(list)
        for of, key in pairs:
            found[of].append(shared[key])
        return found

    def attach(self, rows: Sequence[Any], name: str) -> list[Any]:
        """Set a relation to one of each row that has it. Return the related rows, each once."""
        with_one = [row for row in rows if getattr(row, f"{name}_id") is not None]
        if not with_one:
            return []
        model = with_one[0]._meta.get_field(name).related_model
        shared = self._load_shared(model, {getattr(row, f"{name}_id") for row in with_one})
        for row in with_one:
            setattr(row, name, shared[getattr(row, f"{name}_id")])
        return [shared[key] for key in {getattr(row, f"{name}_id") for row in with_one}]

    def _load_shared(self, model: type[Model], keys: set[int]) -> dict[int, Any]:
        known = self._shared[model]
        if missing := keys - known.keys():
            manager: Any = Contact.objects.order_by() if model is Contact else model._default_manager
            known.update(manager.in_bulk(missing))
        return known


def load_hidden_addresses(organisations: Iterable[Organisation]) -> None:
    """Set `hides_address` of those of the organisations that lack it, which would ask the database one by one."""
    lacking = {organisation.pk: organisation for organisation in organisations if not _knows_address(organisation)}
    if not lacking:
        return
    rows: Any = Organisation.objects.filter(pk__in=lacking.keys())
    for key, hides_address in rows.with_hidden_address().order_by().values_list("pk", "hides_address"):
        lacking[key].hides_address = hides_address


def _knows_address(organisation: Organisation) -> bool:
    return "hides_address" in organisation.__dict__


class GroupLoader(RelationLoader):
    """Loads groups with everything that their rows need."""

    def __init__(self, organisations: dict[int, Organisation] | None = None) -> None:
        super().__init__(organisations)
        self._relations: dict[int, RowRelations] = {}
        self._records: dict[int, SourceRecord] = {}

    def forget(self) -> None:
        """Forget the relations of the groups that were loaded, and keep what groups share."""
        self._relations, self._records = {}, {}

    def load(self, groups: Iterable[SupportGroup]) -> list[SupportGroup]:
        """Load the rows that groups refer to. Return the groups."""
        loaded = list(groups)
        for portion in portions(loaded):
            self._load(portion)
        return loaded

    def state_of(self, group: SupportGroup, number: int = 0) -> RowState:
        """Return the state of a group that was loaded, or of a new one, before anything is imported."""
        return RowState.of(group, number, self._relations.get(group.pk), self._records.get(group.pk))

    def _load(self, groups: Sequence[SupportGroup]) -> None:
        keys = [group.pk for group in groups]
        links = {name: self.links(SupportGroup, name, keys) for name in LINKS}
        schedules: dict[int, list[Schedule]] = defaultdict(list)
        for schedule in Schedule.objects.filter(group__in=keys).order_by("pk"):
            schedules[schedule.group_id].append(schedule)
        routes: dict[int, list[JoiningRoute]] = defaultdict(list)
        for route in JoiningRoute.objects.filter(group__in=keys).order_by("pk"):
            routes[route.group_id].append(route)
        records: Any = SourceRecord.objects.filter(group__in=keys).select_related("source")
        for record in records:
            self._records.setdefault(record.group_id, record)
        self.attach(groups, "organisation")
        self.attach(groups, "eligible_area")
        venues = self.attach([*groups, *(row for rows in schedules.values() for row in rows)], "venue")
        towns = self.attach([*groups, *venues], "town")
        self.attach([*venues, *towns], "district")
        for group in groups:
            own = {name: links[name].get(group.pk, []) for name in LINKS}
            contacts = sorted(own["contacts"], key=lambda contact: (contact.purpose, contact.role_title, contact.pk))
            of_others = [contact for contact in contacts if contact.organisation_id != group.organisation_id]
            own["contacts"] = [contact for contact in contacts if contact.organisation_id == group.organisation_id]
            self._relations[group.pk] = RowRelations(own, schedules[group.pk], routes[group.pk], of_others)


def portions(rows: Sequence[Each], size: int = PORTION) -> Iterator[Sequence[Each]]:
    """Yield the rows in batches, in their order."""
    for start in range(0, len(rows), size):
        yield rows[start : start + size]
