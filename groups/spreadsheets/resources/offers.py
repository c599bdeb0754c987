"""The sheets of peer roles and of training, which belong to an organisation and have a title."""

from collections.abc import Hashable
from typing import Any

from common.text import fold
from organisations.choices import LivedExperience, Pay, Recruiting, SupportRoute, TrainingKind, YesNo
from organisations.models import PeerRole, Training

from ..columns import Choice, Column, Count, Day, Text
from ..list_columns import AreasCell, LinkColumn
from ..scope import ImportScope
from .columns import (
    IdColumn,
    LinesCell,
    OwnContactsColumn,
    OwnerColumn,
    PublicationColumn,
    VersionColumn,
    source_columns,
)
from .matching import Cells, OwnedMatcher, reject
from .model_resource import ModelResource

TITLE = "Title"
#: The columns before and after those of one model.
_FIRST = (IdColumn(), VersionColumn(), PublicationColumn(), OwnerColumn())
_LAST = (OwnContactsColumn(), *source_columns())


class OfferResource(ModelResource):
    """Base of what an organisation offers beside groups. A file adds it as a draft."""

    order = ("title", "organisation__name")
    own_rules = (
        "A row is about the one with its id; without an id, about the one of that organisation with its title. If "
        "there is none, it is added, as a draft.",
        "An import publishes nothing, and never says that anything has been checked.",
    )

    def columns(self) -> list[Column]:
        return [*_FIRST, *self.own_columns(), *_LAST]

    def own_columns(self) -> list[Column]:
        """Return the columns of this model alone."""
        raise NotImplementedError

    def matcher(self, scope: ImportScope) -> OwnedMatcher:
        return OwnedMatcher(scope, self.noun, self.model, _keys_of, _key_of_cells)


class PeerRoleResource(OfferResource):
    """Roles held by people with lived experience."""

    model = PeerRole

    def own_columns(self) -> list[Column]:
        return [
            Column("title", TITLE, Text(120, is_needed=True), "What the role is called.", "Peer mentor"),
            Column("summary", "Summary", Text(240, is_needed=True), "One or two sentences.", "Somebody to talk to."),
            Column("what_they_do", "What they do", Text(), "In plain words."),
            Column("how_they_work", "How they work", Text(), "In what team, with what support."),
            Column("where_they_work", "Where they work", LinesCell(), "Places, as it names them.", "Example Hospital"),
            LinkColumn("areas_served", "Areas served", AreasCell(), "Where it is.", "Kent"),
            Column("one_to_one", "One to one", Choice(YesNo, YesNo.NOT_SAID), "Supports people one to one.", "Yes"),
            Column(
                "support_route",
                "How to get support",
                Choice(SupportRoute, SupportRoute.NOT_SAID),
                "From one of them.",
                "Contact the organisation",
            ),
            Column("support_note", "More about getting support", Text(), "Anything else about that."),
            Column(
                "recruiting",
                "Looking for people",
                Choice(Recruiting, Recruiting.NOT_SAID),
                "Whether somebody can become one now.",
                "Looking for people now",
            ),
            Column("becoming_one", "How to become one", Text(), "What to do."),
            Column(
                "lived_experience",
                "Lived experience",
                Choice(LivedExperience, LivedExperience.NOT_SAID),
                "Whether the role asks for it.",
                "Needed",
            ),
            Column("pay", "Pay", Choice(Pay, Pay.NOT_SAID), "Whether it is paid.", "Paid"),
            Column("pay_note", "More about pay", Text(200), "Anything else about that."),
            Column("hours", "Hours", Text(120), "How long, and when.", "Two days a week"),
            Column("training_given", "Training and supervision", Text(), "What they get."),
            Column("leads_to", "What it can lead to", Text(), "Afterwards."),
        ]


class TrainingResource(OfferResource):
    """Courses, ways to train for peer work, and help to start a group."""

    model = Training

    def own_columns(self) -> list[Column]:
        return [
            Column("title", TITLE, Text(120, is_needed=True), "What the course is called.", "Peer support, a start"),
            Column("kind", "Kind", Choice(TrainingKind, TrainingKind.COURSE), "What it is towards.", "Course"),
            Column("summary", "Summary", Text(240, is_needed=True), "One or two plain sentences.", "Six evenings."),
            Column("description", "Description", Text(), "In plain words."),
            Column("is_free", "Free", Choice(YesNo, YesNo.NOT_SAID), "Whether it costs nothing.", "Yes"),
            Column("price", "Price", Text(120), "In words, if it is not free.", "£40, or £20 if you are out of work"),
            Column("starts_on", "First day", Day(), "Of a course of a fixed length.", "5 January 2027"),
            Column("ends_on", "Last day", Day(), "After this day it is no longer listed.", "9 February 2027"),
            Column("session_count", "Number of sessions", Count(), "How many, if that is known.", "6"),
            Column("when_and_where", "When and where", Text(), "In plain words."),
            LinkColumn("areas_served", "Areas served", AreasCell(), "Where it is.", "Kent"),
        ]


def _keys_of(offer: Any) -> list[Hashable]:
    return [fold(offer.title)]


def _key_of_cells(cells: Cells) -> Hashable:
    return fold(cells[TITLE]) if cells.get(TITLE) else reject(TITLE, "Write its title, or its id.")


ROLES, TRAINING = PeerRoleResource(), TrainingResource()
