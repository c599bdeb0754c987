"""Whatever points to a row that is merged away points to the one that stays, and back when that is undone."""

import pytest
from model_bakery import baker

from groups.admin.merge_kinds import GROUPS, VENUES
from groups.models import AskedListing, Proposal, Report, Schedule, ScheduleChange, SupportGroup, Venue
from organisations.admin.merge_kinds import CONTACTS, ORGANISATIONS
from organisations.merges.merging import merge, undo_merge
from organisations.merges.plan import MergePlan
from organisations.merges.relations import relations_to
from organisations.models import Contact, Event, PeerRole, Training
from tests import factories
from tests.staff.test_admin_pages import ROWS

pytestmark = pytest.mark.django_db

KINDS = [
    (GROUPS, factories.make_group),
    (VENUES, factories.make_venue),
    (ORGANISATIONS, factories.make_organisation),
    (CONTACTS, factories.make_contact),
]
#: How to make a row of a model that random values cannot fill.
FACTORIES = {
    AskedListing: lambda **fields: baker.make(AskedListing, **fields),
    Contact: factories.make_contact,
    Event: factories.make_event,
    PeerRole: factories.make_role,
    Proposal: lambda **fields: baker.make(Proposal, source="link", note="It has moved.", **fields),
    Report: lambda **fields: baker.make(Report, part="time", **fields),
    Schedule: lambda **fields: factories.make_schedule(fields.pop("group", None) or factories.make_group(), **fields),
    ScheduleChange: lambda **fields: factories.make_change(
        fields.pop("group", None) or factories.make_group(), **fields
    ),
    SupportGroup: factories.make_group,
    Training: factories.make_training,
    Venue: factories.make_venue,
}


def make_pointing(relation, to):
    """A row that points to another by a relation, with an example of each other thing that it must point to."""
    others = [each for each in relation.model._meta.concrete_fields if each.many_to_one and each != relation]
    given = {each.name: ROWS[each.related_model]() for each in others if not each.null and each.related_model in ROWS}
    make = FACTORIES.get(relation.model) or (lambda **fields: baker.make(relation.model, **fields))
    return make(**{relation.name: to}, **given)


def points_to(relation, row) -> int:
    return getattr(relation.model._base_manager.get(pk=row.pk), relation.attname)


@pytest.mark.parametrize("kind, make_row", KINDS, ids=lambda each: getattr(each, "__name__", ""))
def test_every_relation_to_a_merged_row_moves_and_is_back_when_that_is_undone(kind, make_row):
    target, duplicate = make_row(), make_row()
    rows = []
    for relation in relations_to(kind.model):
        rows.append((relation, make_pointing(relation, duplicate)))

    done = merge(MergePlan(kind, target, [duplicate]), None)
    moved = {str(relation): points_to(relation, row) for relation, row in rows}
    undo_merge(done.pk)

    assert moved == {str(relation): target.pk for relation, _ in rows}
    assert {str(relation): points_to(relation, row) for relation, row in rows} == {
        str(relation): duplicate.pk for relation, _ in rows
    }
    assert len(rows) >= 4
