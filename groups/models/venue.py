from typing import Any, ClassVar, NamedTuple

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from common.cached_urls import reverse_public_id
from common.models.known_values import point_in_united_kingdom
from common.nations import Nation
from common.opening_hours import OpeningHours, stored_hours, validate_opening_hours
from organisations.models import Attributed, RevisionHistory
from places.models import Area, Postcode, PublicModel, Town
from places.postcodes import compact_postcode, is_postcode, spaced_postcode

from ..querysets import VenueQuerySet
from .vocabulary import Term


class JourneyPlanner(NamedTuple):
    """A site of another body that plans journeys by bus and train."""

    name: str
    url: str


#: By nation, and for all others.
_PLANNERS = {Nation.NORTHERN_IRELAND: JourneyPlanner("Translink", "https://www.translink.co.uk/")}
_PLANNER = JourneyPlanner("Traveline", "https://www.traveline.info/")


class AccessFeature(Term):
    """Something about a venue that lets more people in: step-free entrance, hearing loop, accessible toilet."""


class Venue(Attributed, PublicModel):
    """Where groups meet in person. Its point and district are looked up from its postcode, or set by hand.

    A confidential venue is shown as its town or district only, everywhere: no name, no address, no directions.
    """

    name = models.CharField(max_length=120)
    address = models.TextField(
        blank=True, help_text="One line each: number and street, then what is needed to find it."
    )
    town = models.ForeignKey(Town, models.PROTECT, null=True, blank=True, related_name="venues")
    postcode = models.CharField(max_length=8, blank=True)
    outward_code = models.CharField(max_length=4, blank=True, editable=False)
    district = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="venues", help_text="Looked up from the postcode."
    )
    latitude = models.FloatField(null=True, blank=True, help_text="WGS 84 degrees. Looked up from the postcode.")
    longitude = models.FloatField(null=True, blank=True)
    position_is_by_hand = models.BooleanField(
        "position set by hand", default=False, help_text="Tick to keep the district and point that you type."
    )
    position_reason = models.CharField("why by hand", max_length=200, blank=True)
    access_features = models.ManyToManyField(AccessFeature, blank=True, related_name="venues")
    access_note = models.TextField("more about access", blank=True)
    getting_there = models.TextField(blank=True, help_text="Buses, parking, which door.")
    opening_hours = models.TextField(
        blank=True,
        validators=[validate_opening_hours],
        help_text="When people can walk in, not when groups meet. “Mon to Fri 9am to 5pm, Sat 10 to 1”.",
    )
    address_is_confidential = models.BooleanField(
        default=False, help_text="Only the town or district is shown, everywhere. For groups that must not be found."
    )

    objects: ClassVar = VenueQuerySet.as_manager()
    history = RevisionHistory(m2m_fields=["access_features"])

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(position_is_by_hand=False) | ~Q(position_reason=""),
                name="venue_position_by_hand_has_a_reason",
                violation_error_message="Say why the position is set by hand.",
            ),
            point_in_united_kingdom(
                "venue", "A venue has a latitude and a longitude in the United Kingdom, or neither."
            ),
            models.CheckConstraint(
                condition=~Q(postcode="") | Q(town__isnull=False) | Q(district__isnull=False),
                name="venue_is_somewhere",
                violation_error_message="Give the venue a postcode, a town or a district.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.postcode}" if self.postcode else self.name

    def clean(self) -> None:
        """Raise `ValidationError` for a malformed postcode, before the constraints are checked."""
        if self.postcode and not is_postcode(self.postcode):
            raise ValidationError({"postcode": "This does not look like a postcode. One looks like TA20 1AA."})

    def save(self, **kwargs: Any) -> None:
        """Normalise the postcode, and look up the point and district unless they are set by hand."""
        is_looked_up = self.postcode and not self.position_is_by_hand
        self.set_position(Postcode.objects.filter(pk=compact_postcode(self.postcode)).first() if is_looked_up else None)
        if kwargs.get("update_fields") is not None:
            looked_up = {"postcode", "outward_code", "district", "latitude", "longitude"}
            kwargs["update_fields"] = {*kwargs["update_fields"], *looked_up}
        super().save(**kwargs)

    def get_absolute_url(self) -> str:
        """Return the address of its page, which a confidential venue does not have, whatever its name is now."""
        return reverse_public_id("groups:venue_detail", self.public_id)

    @property
    def is_confidential(self) -> bool:
        return self.address_is_confidential

    @property
    def public_name(self) -> str:
        """The public name: "" for a confidential venue."""
        return "" if self.address_is_confidential else self.name

    @property
    def address_lines(self) -> list[str]:
        """The lines of the public address: none for a confidential venue."""
        if self.address_is_confidential:
            return []
        lines = [*self.address.splitlines(), self.town.name if self.town else "", self.postcode]
        return [line.strip() for line in lines if line.strip()]

    @property
    def public_hours(self) -> OpeningHours | None:
        """The opening hours that everybody may read: None for a confidential venue, or where nobody said them."""
        return None if self.address_is_confidential else stored_hours(self.opening_hours)

    @property
    def nation(self) -> Nation | None:
        """The nation whose bank holidays apply, if the district is known."""
        return Nation.of_code(self.district.gss_code) if self.district else None

    @property
    def journey_planner(self) -> JourneyPlanner:
        """The national planner of journeys by bus and train."""
        return _PLANNERS.get(self.nation, _PLANNER) if self.nation else _PLANNER

    @property
    def public_words(self) -> str:
        """The public description: name and town; for a confidential venue, the town."""
        return ", ".join(filter(None, [self.public_name, self.place_name]))

    @property
    def place_name(self) -> str:
        """The town, else the district. Public even for a confidential venue."""
        if self.town:
            return self.town.name
        return self.district.name if self.district else ""

    def set_position(self, postcode: Postcode | None) -> None:
        """Normalise the postcode, and copy the point and district from its row, else from the town."""
        if self.postcode:
            self.postcode = spaced_postcode(self.postcode)
        self.outward_code = self.postcode.split(" ")[0] if self.postcode else ""
        if self.position_is_by_hand:
            return
        place = postcode or self.town or None
        if place is not None:
            self.latitude, self.longitude, self.district_id = place.latitude, place.longitude, place.district_id
        else:
            self.latitude = self.longitude = None
