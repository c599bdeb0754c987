from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from common.dates import today
from common.models import related_rows

from ..choices import Joining, Route
from ..confidentiality import public_joining
from ..timetable.sentences import listed

#: The routes that are people who refer somebody to a group.
_REFERRERS = (Route.GP, Route.CARE_COORDINATOR, Route.LINK_WORKER)
#: What people who refer can do, by how visitors are told to join; by any other way their part in it is not known.
_REFERRING = {
    Joining.JUST_COME: "can also refer you",
    Joining.CONTACT_FIRST: "can also refer you",
    Joining.BY_REFERRAL: "can do that",
    Joining.NOT_SAID: "can refer you",
}


class PublicJoining:
    """Mixin of the group's model: how visitors are told to join, derived from the editor's answer.

    Costs a query each for `schedules` and their venues, unless the queryset prefetched them with `for_cards()`.
    """

    if TYPE_CHECKING:
        # Attributes of the group's model.
        schedules: Any
        routes: Any
        joining: Any
        meets_in_person: Any
        venue: Any

        @property
        def shows_dates(self) -> bool: ...

    @property
    def public_joining(self) -> Joining:
        """The editor's answer, or "contact first" where that would send people to a hidden address."""
        if self.joining != Joining.JUST_COME or not self.meets_in_person:
            # Only "just come" depends on the schedules, which may cost a query.
            return Joining(self.joining)
        return self.public_joining_with(related_rows(self, "schedules"))

    @property
    def joining_label(self) -> str:
        return self.public_joining.label

    @property
    def joining_reason(self) -> str:
        """A sentence for visitors where the editor's answer is replaced; else ""."""
        return "The group will tell you where to come." if self.public_joining != self.joining else ""

    @property
    def referral_words(self) -> str:
        """Sentences on who can refer somebody, which agree with how visitors are told to join; "" if none are known.

        Costs a query for `routes`, unless they are prefetched.
        """
        joining = self.public_joining
        named = self._named_routes(joining)
        people = [route.label for route in named if route != Route.YOURSELF]
        sentences = []
        if people:
            names = listed([people[0], *(name[0].lower() + name[1:] for name in people[1:])], "or")
            sentences.append(f"{names} {_REFERRING[joining]}.")
        if Route.YOURSELF in named and joining == Joining.BY_REFERRAL:
            sentences.append("You can refer yourself, too." if people else "You can refer yourself.")
        return " ".join(sentences)

    @property
    def routes_heading(self) -> str:
        """What its routes are called, so that they do not contradict how visitors are told to join."""
        if self.public_joining == Joining.JUST_COME:
            return "Other ways to come to it"
        return "Ways to come to it when it is open again" if self.joining == Joining.CLOSED else "Ways to come to it"

    @property
    def public_routes(self) -> list[Any]:
        """Its routes, but for those of which all is said already: by `referral_words`, or by "just come along"."""
        rows = related_rows(self, "routes")
        if not rows:
            return []
        named = self._named_routes(self.public_joining)
        return [row for row in rows if row.note or row.who or row.route not in named]

    def _named_routes(self, joining: Joining) -> list[Route]:
        """Return the routes that the words on how to join name."""
        named = list(_REFERRERS) if joining in _REFERRING else []
        if joining in (Joining.JUST_COME, Joining.BY_REFERRAL):
            named.append(Route.YOURSELF)
        routes = {row.route for row in related_rows(self, "routes")}
        return [route for route in named if route in routes]

    def public_joining_with(self, schedules: Iterable[Any]) -> Joining:
        """Return how visitors would be told to join with the given schedules, which may be unsaved."""
        return public_joining(
            self.joining,
            meets_in_person=self.meets_in_person,
            venue_is_hidden=self.venue is not None and self.venue.is_confidential,
            regular_venues=[
                (schedule.last_date, schedule.venue.is_confidential if schedule.venue_id else None)
                for schedule in schedules
            ],
            dates_are_public=self.shows_dates,
            today=today(),
        )
