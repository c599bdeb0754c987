"""Writing what a file says, all at once: a fixed number of queries for every few hundred groups."""

from collections.abc import Sequence

from django.utils import timezone

from organisations.models import record_first_revisions, record_revisions

from ..models import JoiningRoute, Schedule, SupportGroup, Venue
from ..short_codes import new_code
from .row_relations import LINKS, RowRelations, row_relations

REASON = "Imported from a spreadsheet"
AT_ONCE = 500
_NEVER = {"id", "public_id", "created_at"}


def write(
    new: Sequence[SupportGroup], changed: Sequence[tuple[SupportGroup, RowRelations]], new_venues: Sequence[Venue]
) -> None:
    """Write venues, new groups, and changed ones, each with how it was related before; and one version of each."""
    used = {id(group.venue) for group in (*new, *(group for group, _ in changed)) if group.venue}
    venues = [venue for venue in new_venues if id(venue) in used]
    Venue.objects.bulk_create(venues, batch_size=AT_ONCE)
    record_revisions(venues, "+", REASON)
    groups = [group for group, _ in changed]
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
        # A venue that has just been added has its key only now.
        group.venue = group.venue
    SupportGroup.objects.bulk_create(new, batch_size=AT_ONCE)
    _overwrite(SupportGroup, groups)
    _write_rows([*((group, RowRelations()) for group in new), *changed])
    record_revisions(new, "+", REASON)
    record_revisions(groups, "~", REASON)


def _write_rows(groups: Sequence[tuple[SupportGroup, RowRelations]]) -> None:
    for name in LINKS:
        _write_links(name, groups)
    schedules, routes = [], []
    gone_schedules, gone_routes = [], []
    for group, before in groups:
        given = row_relations(group)
        _settle(group, before.schedules, given.schedules, schedules, gone_schedules)
        _settle(group, before.routes, given.routes, routes, gone_routes)
    for model, rows, gone in ((Schedule, schedules, gone_schedules), (JoiningRoute, routes, gone_routes)):
        # Those that go first: a way in stands only once.
        model.objects.filter(pk__in=gone).delete()
        _overwrite(model, [row for row in rows if row.pk])
        model.objects.bulk_create([row for row in rows if not row.pk], batch_size=AT_ONCE)


def _settle(group: SupportGroup, before: list, after: list, written: list, gone: list[int]) -> None:
    """Say which rows of a group are written, and which go. What is new takes the place of what goes, with its key."""
    stood, kept = {id(row) for row in before}, {row.pk for row in after if row.pk}
    free = [row.pk for row in before if row.pk not in kept]
    for row in after:
        if id(row) not in stood:
            row.group = group
            row.pk = row.pk or (free.pop(0) if free else None)
            written.append(row)
    gone += free


def _write_links(name: str, groups: Sequence[tuple[SupportGroup, RowRelations]]) -> None:
    through = getattr(SupportGroup, name).through
    target = SupportGroup._meta.get_field(name).m2m_reverse_field_name()
    added, emptied = [], []
    for group, before in groups:
        was, now = ({row.pk for row in given.links[name]} for given in (before, row_relations(group)))
        if was - now:
            emptied.append(group.pk)
        stays = set() if was - now else was
        if was != now:
            others = {row.pk for row in before.others_contacts} if name == "contacts" and was - now else set()
            added += [
                through(**{"supportgroup_id": group.pk, f"{target}_id": key}) for key in sorted((now | others) - stays)
            ]
    through.objects.filter(supportgroup__in=emptied).delete()
    through.objects.bulk_create(added, batch_size=AT_ONCE)


def _overwrite(model: type, rows: Sequence) -> None:
    """Write rows that are there: in one statement for many, where `bulk_update` has a case for each cell."""
    if rows:
        names = [field.name for field in model._meta.concrete_fields if field.name not in _NEVER]
        model.objects.bulk_create(
            rows, batch_size=AT_ONCE, update_conflicts=True, unique_fields=["id"], update_fields=names
        )
