"""The sheet of organisations."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from organisations.choices import OrganisationKind, YesNo
from organisations.models import Organisation

from ..columns import Address, Choice, Column, Day, Text
from ..list_columns import AreasCell, LinkColumn
from ..loading import load_hidden_addresses
from ..organisation_columns import CHARITY_NUMBER
from ..row_state import RowState
from ..scope import ImportScope
from .columns import (
    POSTCODE,
    TOWN,
    AddressColumn,
    IdColumn,
    LinesCell,
    OpeningHoursColumn,
    PlaceLookup,
    PostcodeColumn,
    PublicationColumn,
    TownColumn,
    VersionColumn,
    source_columns,
)
from .matching import OrganisationMatcher
from .model_resource import ModelResource


class OrganisationResource(ModelResource):
    """Organisations. A manager's file adds one, as a draft."""

    model = Organisation
    relations = ("town",)
    owner = "pk"
    name_title = "Name"
    order = ("name",)
    own_rules = (
        "A row is about the organisation with its id. Without an id, it is about the one with its charity number, its "
        "name or a name it had. If there is none, a manager's file adds it, as a draft.",
        "If a name is nearly one that we have, we ask. Write “new” under “Id” to add it all the same.",
        "The address is empty where a group of theirs meets confidentially and may be there. Change it on its page.",
        "An import publishes nothing, and never says that anything has been checked.",
    )

    def columns(self) -> list[Column]:
        return [
            IdColumn(),
            VersionColumn(),
            PublicationColumn(),
            Column("name", "Name", Text(120, is_needed=True), "What it is called.", "Take Off"),
            Column("former_names", "Former names", LinesCell(), "Names it had, or is also known by.", "Kick Off"),
            Column("former_names_note", "More about former names", Text(200), "When and why its name changed."),
            Column("kind", "Kind", Choice(OrganisationKind, OrganisationKind.NOT_SAID), "What body it is.", "Charity"),
            Column("charity_number", CHARITY_NUMBER, Text(20), "An organisation is found by it.", "1234567"),
            Column(
                "user_led", "User led", Choice(YesNo, YesNo.NOT_SAID), "Led by people with lived experience.", "Yes"
            ),
            Column("user_led_note", "More about being user led", Text(), "In its own words: why, how much."),
            Column("summary", "Summary", Text(240, is_needed=True), "One or two plain sentences.", "A local charity."),
            Column("what_it_does", "What it does", Text(), "In plain words."),
            Column("approach", "Its approach", Text(), "How it works, and what it believes."),
            Column("recognises", "What it recognises", Text(), "Backgrounds and hardships that it knows of."),
            LinkColumn("areas_served", "Areas served", AreasCell(), "Where it works.", "Kent"),
            Column("website", "Website", Address(), "Its own page.", "https://www.example.org"),
            AddressColumn("Its office, for everybody to read."),
            PostcodeColumn("Of its office."),
            TownColumn(PlaceLookup(), "Of its office."),
            OpeningHoursColumn(),
            Column("ended_on", "Ended on", Day(), "The day it closed, if it did."),
            Column("what_became_of_it", "What became of it", Text(240), "For one that has closed."),
            *source_columns(),
        ]

    def annotate(self, instances: Sequence[Any]) -> None:
        load_hidden_addresses(instances)

    def matcher(self, scope: ImportScope) -> OrganisationMatcher:
        return OrganisationMatcher(scope, self.noun)

    def rivals(self, scope: ImportScope, instances: Sequence[Any]) -> QuerySet[Any]:
        return Organisation.objects.all()

    def finish(self, state: RowState, titles: set[str], columns: Sequence[Column]) -> None:
        if titles & {POSTCODE, TOWN}:
            # An organisation may have a postcode that we do not know: it has no position then.
            [places] = self.places_of(columns)
            state.instance.set_position(places.postcode_of(state.instance))


ORGANISATIONS = OrganisationResource()
