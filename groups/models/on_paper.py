from typing import TYPE_CHECKING, Any

from organisations.choices import Freshness
from organisations.freshness import Checked


class OnPaper:
    """Mixin of the group's model: on which paper it may be."""

    if TYPE_CHECKING:
        # Attributes of the group's model.
        organisation: Any
        meets_in_person: Any
        stands_for_several: Any
        venue: Any

        @property
        def can_be_visited(self) -> bool: ...

        @property
        def is_published(self) -> bool: ...

        @property
        def freshness(self) -> Checked: ...

    @property
    def can_be_printed(self) -> bool:
        """Whether it is printed on lists: not if it is closed, ended or lapsed."""
        return self.can_be_visited and self.freshness.value != Freshness.LAPSED

    @property
    def has_poster(self) -> bool:
        """Whether there is a poster of it: if its page is public, and it is printed on lists."""
        return self.is_published and bool(self.organisation.is_published) and self.can_be_printed

    @property
    def has_door_sheet(self) -> bool:
        """Whether there is a sheet for the door of its venue: where that is known.

        Not for a confidential venue: everybody who passes would read that the group meets there.
        """
        has_a_door = self.meets_in_person and not self.stands_for_several
        return bool(has_a_door and self.venue and not self.venue.is_confidential and self.has_poster)
