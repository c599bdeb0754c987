from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from ..choices import Joining
from ..confidentiality import public_joining


class PublicJoining:
    """Mixin of the group's model: how visitors are told to join, derived from the editor's answer.

    Costs a query each for `schedules` and their venues, unless the queryset prefetched them with `for_cards()`.
    """

    if TYPE_CHECKING:
        # What the group's model has.
        schedules: Any
        joining: Any
        meets_in_person: Any
        venue: Any

        @property
        def shows_dates(self) -> bool: ...

    @property
    def public_joining(self) -> Joining:
        """The editor's answer, or "contact first" where that would send people to a hidden address."""
        return self.public_joining_with(self.schedules.all())

    @property
    def joining_label(self) -> str:
        return self.public_joining.label

    @property
    def joining_reason(self) -> str:
        """A sentence for visitors where the editor's answer is replaced; else ""."""
        return "The group will tell you where to come." if self.public_joining != self.joining else ""

    def public_joining_with(self, schedules: Iterable[Any]) -> Joining:
        """Return how visitors would be told to join with the given schedules, which may be unsaved."""
        # Only one answer depends on the schedules, which may cost a query.
        regular = schedules if self.joining == Joining.JUST_COME and self.meets_in_person else ()
        return public_joining(
            self.joining,
            meets_in_person=self.meets_in_person,
            venue_is_hidden=self.venue is not None and self.venue.is_confidential,
            regular_venues=[
                (schedule.last_date, schedule.venue.is_confidential if schedule.venue_id else None)
                for schedule in regular
            ],
            dates_are_public=self.shows_dates,
            today=timezone.localdate(),
        )
