"""An organisation of which every table that its pages show has a row."""

from groups.models import AccessFeature, JoiningRoute, Language, SupportGroup
from organisations.models import Contact, EventSeries, Organisation, Resource, Statement
from tests.factories import (
    days_ago,
    make_change,
    make_contact,
    make_event,
    make_group,
    make_organisation,
    make_quotation,
    make_role,
    make_schedule,
    make_training,
    make_venue,
)
from tests.source_records import make_source_record


def make_everything(name: str = "Example of everything") -> Organisation:
    """Return a published organisation with a group, its times, a role, training, an event, words and a network."""
    yesterday = days_ago(1)
    organisation = make_organisation(name=name, areas=["Somerset"], checked=yesterday)
    contact = make_contact(organisation=organisation, role_title="Example contact", email="example@contact.example")
    group = _group(organisation, contact)
    make_source_record(group)
    make_source_record(organisation)
    make_schedule(group)
    make_change(group)
    make_role(
        title="Example role",
        organisation=organisation,
        areas=["Somerset"],
        contacts=[contact],
        checked=yesterday,
        one_to_one="yes",
    )
    make_training(organisation=organisation, areas=["Somerset"], contacts=[contact], checked=yesterday)
    make_event(organisation=organisation, series=EventSeries.objects.create(organisation=organisation, name="Example"))
    make_quotation(organisation=organisation, explains_peer_support=True)
    organisation.network_links.create(network=make_organisation(name=f"{name}: network"))
    Resource.objects.create(organisation=organisation, name="Example")
    Statement.objects.create(
        organisation=organisation, theme="what", heading="Example", text="Example.", explains_peer_support=True
    )
    return organisation


def _group(organisation: Organisation, contact: Contact) -> SupportGroup:
    group = make_group(
        name="Example group of everything",
        organisation=organisation,
        venue=make_venue(name="Example hall of everything", town="Chard"),
        contacts=[contact],
        topics=["Anxiety"],
        activities=["Walking"],
        audiences=["Women"],
        areas=["Somerset"],
        checked=days_ago(1),
    )
    group.languages.add(Language.objects.get_or_create(name="Example", slug="example")[0])
    group.venue.access_features.add(AccessFeature.objects.get_or_create(name="Example", slug="example")[0])
    JoiningRoute.objects.create(group=group, route="care coordinator")
    return group
