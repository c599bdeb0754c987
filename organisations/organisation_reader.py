"""Reads an organisation with all that its page shows, by statements compiled once."""

import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from common.compiled_queries import fill, fill_both_ways, of_owners, rows_of
from common.models import related_model
from places.models import Area

from .models import Contact, Event, Membership, Organisation, PeerRole, Quotation, Resource, Statement, Training


def read_page(slug: str) -> Organisation | None:
    """Return the published organisation that has a slug now, with the public relations of its page; None for none."""
    found = {organisation.pk: organisation for organisation in rows_of(_published, [slug])}
    for organisation in found.values():
        fill(found, "areas_served", rows_of(_areas, found))
        for relation, build in _OWN.items():
            fill_both_ways(found, relation, rows_of(build, found), "organisation_id")
        trainings = {training.pk: training for training in organisation.trainings.all()}
        if trainings:
            fill(trainings, "areas_served", rows_of(_areas_of_trainings, trainings))
            fill(trainings, "contacts", rows_of(_contacts_of_trainings, trainings))
        records = rows_of(_records, found) if organisation.__dict__["has_records"] else []
        fill(found, "source_records", records, "organisation_id")
        fill(found, "network_links", rows_of(_network_links, found), "member_id")
        fill(found, "member_links", rows_of(_member_links, found), "network_id")
        return organisation
    return None


def read_groups(organisation: Organisation, today: datetime.date) -> list[Any]:
    """Return the listed groups of an organisation, with what their cards show."""
    groups: Any = related_model(Organisation, "groups").objects
    listed: list[Any] = groups.read_listed_of(organisation.pk, today)
    return listed


def read_events(organisation: Organisation, today: datetime.date) -> list[Any]:
    """Return the events of what `read_page` returned, those to come first, each with whether it is past."""
    # Most have none, which saves a query.
    events = rows_of(_events, [organisation.pk]) if organisation.__dict__["has_events"] else []
    for event in events:
        event.__dict__["past"] = int(event.last_day < today)
    return sorted(events, key=_upcoming_first)


def _upcoming_first(event: Any) -> tuple[int, ...]:
    """Return what events are sorted by to be in the order of `upcoming_first` of their querysets."""
    starts_on, series = event.starts_on.toordinal(), event.series
    together = series.starts_on.toordinal() if series and series.starts_on else starts_on
    return event.past, 0 if event.past else starts_on, -together, event.series_id or 0, starts_on, event.pk


def _events(keys: list[int]) -> QuerySet[Event]:
    return Event.objects.filter(organisation__in=keys).select_related("series").order_by()


def _published(slugs: list[str]) -> QuerySet[Organisation]:
    has_events = Exists(Event.objects.filter(organisation=OuterRef("pk")))
    has_records = Exists(_records_model().objects.filter(organisation=OuterRef("pk")))
    published = Organisation.objects.published().filter(slug__in=slugs).select_related("town", "district")
    published = published.with_last_check().with_hidden_address()
    return published.annotate(has_events=has_events, has_records=has_records)


def _records_model() -> Any:
    """Return the model of the ids in other lists, which is of an upper layer."""
    return related_model(Organisation, "source_records")


def _records(keys: list[int]) -> QuerySet[Any]:
    records: QuerySet[Any] = _records_model().objects.filter(organisation__in=keys).select_related("source")
    return records


def _own(rows: Any) -> Any:
    """Return the function that builds the queryset of the rows that belong to organisations."""
    return lambda keys: rows().filter(organisation__in=keys)


def _network_links(keys: list[int]) -> QuerySet[Membership]:
    links = Membership.objects.filter(network__publication="published", member__in=keys).select_related("network")
    return links.only("member", "words", "note", "network__name", "network__slug")


def _member_links(keys: list[int]) -> QuerySet[Membership]:
    links = Membership.objects.filter(member__publication="published", network__in=keys).select_related("member")
    return links.only("network", "words", "note", "member__name", "member__slug")


_areas = of_owners("organisations", Area.objects)
_areas_of_trainings = of_owners("trainings", Area.objects)
_contacts_of_trainings = of_owners("trainings", Contact.objects)
#: The relations to rows that belong to one organisation each.
_OWN = {
    "resources": _own(Resource.objects.all),
    "contacts": _own(Contact.objects.publicly_visible),
    "statements": _own(Statement.objects.all),
    "quotations": _own(Quotation.objects.permitted),
    "roles": _own(PeerRole.objects.published),
    "trainings": _own(lambda: Training.objects.published().with_last_check()),
}
#: The relations that its page shows as they are.
SHOWN_RELATIONS = (*_OWN, "network_links", "member_links")
