"""Write an import in bulk: a fixed number of queries for each batch."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from django.db.models import Model
from django.utils import timezone

from common.dates import today
from organisations.models import Contact, Organisation, record_first_revisions, record_revisions

from ..models import JoiningRoute, Schedule, ScheduleChange, Source, SourceRecord, SupportGroup, Venue
from ..short_codes import new_code
from .bulk_writes import BATCH_SIZE, REASON, overwrite, write_links
from .contact_columns import ContactResolver
from .group_results import GroupImportResult
from .organisation_columns import OrganisationState
from .row_state import LINKS, RowState
from .source_columns import SourceMatcher

Row = TypeVar("Row", bound=Model)


def write(result: GroupImportResult) -> None:
    """Write everything that a dry run found, with revisions."""
    states = result.to_write
    _write_organisations(result.organisations.states.values())
    _write_contacts(result.contacts)
    _write_groups(states, result)
    _write_rows(states)
    _write_dates(result)
    record_revisions([state.group for state in states if state.is_new], "+", REASON)
    record_revisions([state.group for state in states if not state.is_new and state.changes_group], "~", REASON)
    _write_records(result.sources)


def _write_organisations(states: Iterable[OrganisationState]) -> None:
    new = [state.organisation for state in states if state.is_new]
    changed = [state.organisation for state in states if state.changes and not state.is_new]
    taken = Organisation.taken_slugs()
    for organisation in new:
        # Until now it had a negative key.
        organisation.pk = None
        organisation.slug = organisation.slug_among(taken)
    Organisation.objects.bulk_create(new, batch_size=BATCH_SIZE)
    record_revisions(new, "+", REASON)
    record_first_revisions(Organisation, [organisation.pk for organisation in changed])
    for organisation in changed:
        organisation.revision += 1
        organisation.updated_at = timezone.now()
    overwrite(Organisation, changed)
    record_revisions(changed, "~", REASON)


def _write_contacts(contacts: ContactResolver) -> None:
    changed = [*contacts.changed.values()]
    for contact in contacts.new:
        # An organisation that has just been added has its primary key only now.
        contact.organisation = contact.organisation
    Contact.objects.bulk_create(contacts.new, batch_size=BATCH_SIZE)
    record_revisions(contacts.new, "+", REASON)
    record_first_revisions(Contact, [contact.pk for contact in changed])
    overwrite(Contact, changed)
    record_revisions(changed, "~", REASON)


def _write_records(sources: SourceMatcher) -> None:
    Source.objects.bulk_create(sources.new_sources)
    for record in sources.new_records:
        record.source, record.group, record.organisation = record.source, record.group, record.organisation
    SourceRecord.objects.bulk_create(sources.new_records, batch_size=BATCH_SIZE)
    Source.objects.filter(pk__in=[source.pk for source in sources.sources.values()]).update(last_read_on=today())


def _write_groups(states: Sequence[RowState], result: GroupImportResult) -> None:
    new = [state.group for state in states if state.is_new]
    groups = [state.group for state in states if not state.is_new and state.changes_group]
    used = {id(group.venue) for group in (*new, *groups) if group.venue}
    used |= {id(row.venue) for state in states if state.is_new for row in state.relations.schedules if row.venue}
    used |= {id(change.venue) for change in result.dates.new if change.venue}
    venues = [venue for venue in result.new_venues if id(venue) in used]
    Venue.objects.bulk_create(venues, batch_size=BATCH_SIZE)
    links: Any = Venue.access_features.through
    features = [
        links(venue=venue, accessfeature=each)
        for venue, found in result.venue_details.features
        if id(venue) in used
        for each in found
    ]
    links.objects.bulk_create(features, batch_size=BATCH_SIZE)
    record_revisions(venues, "+", REASON)
    record_first_revisions(SupportGroup, [group.pk for group in groups])
    taken = SupportGroup.taken_slugs()
    codes = set(SupportGroup.objects.values_list("code", flat=True))
    for group in new:
        group.slug = group.slug_among(taken)
        while group.code in codes:
            group.code = new_code()
        codes.add(group.code)
    for group in groups:
        group.revision += 1
        group.updated_at = timezone.now()
    for group in (*new, *groups):
        # What has just been added has its primary key only now.
        group.venue, group.organisation = group.venue, group.organisation
    SupportGroup.objects.bulk_create(new, batch_size=BATCH_SIZE)
    overwrite(SupportGroup, groups)


def _write_rows(states: Sequence[RowState]) -> None:
    for name in LINKS:
        write_links(SupportGroup, name, states)
    schedules: list[Schedule] = []
    routes: list[JoiningRoute] = []
    deleted_schedules: list[int] = []
    deleted_routes: list[int] = []
    for state in states:
        previous, current = state.previous, state.relations
        _plan_rows(state.group, previous.schedules, current.schedules, schedules, deleted_schedules)
        _plan_rows(state.group, previous.routes, current.routes, routes, deleted_routes)
    _replace(Schedule, schedules, deleted_schedules)
    _replace(JoiningRoute, routes, deleted_routes)


def _write_dates(result: GroupImportResult) -> None:
    for change in result.dates.new:
        # A group that has just been added has its primary key only now.
        change.group, change.venue = change.group, change.venue
    ScheduleChange.objects.bulk_create(result.dates.new, batch_size=BATCH_SIZE)


def _replace(model: type[Row], rows: Sequence[Row], deleted: Sequence[int]) -> None:
    """Delete the rows with the given keys, then write others: joining routes are unique within a group."""
    model._default_manager.filter(pk__in=deleted).delete()
    overwrite(model, [row for row in rows if row.pk])
    model._default_manager.bulk_create([row for row in rows if not row.pk], batch_size=BATCH_SIZE)


def _plan_rows(group: SupportGroup, before: list, after: list, written: list, deleted: list[int]) -> None:
    """Append the rows to write to `written` and the keys to delete to `deleted`. New rows reuse removed keys."""
    previous, remaining = {id(row) for row in before}, {row.pk for row in after if row.pk}
    free = [row.pk for row in before if row.pk not in remaining]
    for row in after:
        if id(row) not in previous:
            row.group = group
            if not row.pk and isinstance(row, Schedule):
                # A venue that has just been added has its primary key only now.
                row.venue = row.venue
            row.pk = row.pk or (free.pop(0) if free else None)
            written.append(row)
    deleted += free
