from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models

from common.opening_hours import OpeningHours, stored_hours, validate_opening_hours
from places.models import Area, Postcode, Town
from places.postcodes import compact_postcode, is_postcode, spaced_postcode


class Addressed(models.Model):
    """What has a public address of its own. Its point and district are looked up from its postcode, else its town.

    An address is not shown where a group of the same body meets confidentially: see `address_is_hidden`.
    """

    if TYPE_CHECKING:

        @property
        def groups(self) -> Any: ...

    address = models.TextField(
        blank=True, help_text="Its office, for everybody to read. Leave it empty if people must not know it."
    )
    town = models.ForeignKey(Town, models.PROTECT, null=True, blank=True, related_name="organisations")
    postcode = models.CharField(max_length=8, blank=True)
    opening_hours = models.TextField(
        blank=True,
        validators=[validate_opening_hours],
        help_text="When people can walk in, not when groups meet. “Mon to Fri 9am to 5pm, Sat 10 to 1”.",
    )
    district = models.ForeignKey(
        Area,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="organisations_based_there",
        help_text="Looked up from the postcode, else from the town.",
    )
    latitude = models.FloatField(null=True, blank=True, editable=False)
    longitude = models.FloatField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Raise `ValidationError` for a malformed postcode."""
        super().clean()
        if self.postcode and not is_postcode(self.postcode):
            raise ValidationError({"postcode": "This does not look like a postcode. One looks like TA20 1AA."})

    def save(self, **kwargs: Any) -> None:
        """Normalise the postcode, and look up the point and district."""
        code = compact_postcode(self.postcode) if self.postcode else ""
        self.set_position(Postcode.objects.filter(pk=code).first() if code else None)
        if kwargs.get("update_fields") is not None:
            looked_up = {"postcode", "district", "latitude", "longitude"}
            kwargs["update_fields"] = {*kwargs["update_fields"], *looked_up}
        super().save(**kwargs)

    @property
    def address_is_hidden(self) -> bool:
        """Whether a group of its meets confidentially at its postcode, or where nobody can say that it is not there.

        Costs a query unless the queryset used `with_hidden_address()`.
        """
        if "hides_address" not in self.__dict__:
            rows: Any = type(self)._default_manager.filter(pk=self.pk)
            self.hides_address = bool(self.pk) and rows.with_hidden_address().filter(hides_address=True).exists()
        return self.hides_address

    @property
    def address_lines(self) -> list[str]:
        """The lines of the public address: none where it is hidden."""
        if not (self.address or self.postcode) or self.address_is_hidden:
            return []
        lines = [*self.address.splitlines(), self.town.name if self.town else "", self.postcode]
        return [line.strip() for line in lines if line.strip()]

    @property
    def public_hours(self) -> OpeningHours | None:
        """The opening hours that everybody may read: None where its address is hidden, or nobody said them."""
        return None if self.opening_hours and self.address_is_hidden else stored_hours(self.opening_hours)

    def set_position(self, postcode: Postcode | None) -> None:
        """Normalise the postcode, and copy the point and district from its row, else from the town."""
        if self.postcode:
            self.postcode = spaced_postcode(self.postcode)
        place = postcode or self.town or None
        self.latitude = place.latitude if place else None
        self.longitude = place.longitude if place else None
        if place is not None:
            self.district_id = place.district_id
