from typing import Any, ClassVar

from django.db import models

from common.cached_urls import reverse_slug
from common.models import ChangeTracked, PublicModel
from common.models.known_values import choices_are_known, point_in_united_kingdom
from common.nations import Nation
from common.text import fold_names

from ..choices import AreaKind
from ..querysets import AreaQuerySet


class Area(PublicModel):
    """A place people say they live in: a nation, region, county or district, or an informal area such as East Kent.

    Official areas have a GSS code and form a tree. An informal area is a set of districts and parts of districts
    (see `AreaPart`) and belongs to no tree. Source: OS Code-Point Open and ONS; informal areas by hand.
    """

    gss_code = models.CharField("GSS code", max_length=9, unique=True, null=True, blank=True)
    name = models.CharField(max_length=80)
    name_cy = models.CharField("Welsh name", max_length=80, blank=True)
    aliases = models.JSONField(
        "other names people use", default=list, blank=True, help_text="One in each line. Searches find them too."
    )
    slug = models.SlugField("end of its address", max_length=90, unique=True)
    kind = models.CharField(max_length=30, choices=AreaKind)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="lies in"
    )
    path = models.CharField(
        max_length=60, db_index=True, editable=False, help_text="GSS codes from the nation down to this area."
    )
    latitude = models.FloatField(null=True, blank=True, help_text="In degrees: the middle of its postcodes.")
    longitude = models.FloatField(null=True, blank=True)
    what_it_covers = models.TextField(blank=True, help_text="For an informal area: what people mean by it.")
    is_listed = models.BooleanField(
        "shown in lists of areas",
        default=True,
        help_text="Not: only searches find it, such as Avon, which is no county now, or South London.",
    )
    folded_names = models.TextField(editable=False, help_text="Every name, folded, between bars, for looking up.")

    objects: ClassVar = AreaQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            choices_are_known("area", kind=AreaKind),
            models.CheckConstraint(
                condition=models.Q(kind=AreaKind.INFORMAL, gss_code=None)
                | (~models.Q(kind=AreaKind.INFORMAL) & models.Q(gss_code__isnull=False)),
                name="area_has_gss_code_unless_informal",
                violation_error_message="An official area has a GSS code; an informal one has none.",
            ),
            point_in_united_kingdom(
                "area", "An area has a latitude and a longitude in the United Kingdom, or neither."
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, **kwargs: Any) -> None:
        """Save with the folded names that look-ups use."""
        self.folded_names = fold_names(self.names)
        super().save(**kwargs)

    def get_absolute_url(self) -> str:
        return reverse_slug("groups:area_detail", self.slug)

    @property
    def names(self) -> list[str]:
        """Return all names: English, Welsh, aliases."""
        return [name for name in (self.name, self.name_cy, *self.aliases) if name]

    @property
    def is_informal(self) -> bool:
        return self.kind == AreaKind.INFORMAL

    @property
    def nation(self) -> Nation | None:
        """Return the nation it lies in; None if it lies in several. One query for an informal area."""
        return Nation.shared_by(Area.objects.nations_of([self]))


class AreaPart(ChangeTracked):
    """One district that lies in an area: all of it, or the part of it with one outward code (ME13 of Swale).

    Every area, official and informal, has its districts listed here, a district itself among them, so "what is in
    this area" is one look-up for both kinds.
    """

    area = models.ForeignKey(Area, models.CASCADE, related_name="parts")
    district = models.ForeignKey(Area, models.CASCADE, related_name="part_of")
    outward_code = models.CharField(
        "first half of the postcode",
        max_length=4,
        blank=True,
        help_text="Only where a part of the district belongs: ME13. Empty: all of it.",
    )

    class Meta:
        verbose_name = "part"
        constraints = [
            models.UniqueConstraint(
                fields=["area", "district", "outward_code"],
                name="area_part_once",
                violation_error_message="This part is already in the area.",
            ),
        ]
        indexes = [models.Index(fields=["area", "district"])]

    def __str__(self) -> str:
        return f"{self.outward_code or 'all'} of {self.district} in {self.area}"
