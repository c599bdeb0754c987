from django.db import models

from ..text import fold_name
from .area import Area
from .gazetteer import PostcodeSector
from .noun import Noun


class Town(Noun):
    """A town, village or suburb of more than 500 people. Source: GeoNames cities500, CC BY 4.0."""

    geonames_id = models.PositiveIntegerField("GeoNames number", unique=True, null=True, blank=True)
    name = models.CharField(max_length=80)
    folded_name = models.CharField(max_length=80, db_index=True, editable=False)
    latitude = models.FloatField()
    longitude = models.FloatField()
    population = models.PositiveIntegerField(default=0)
    district = models.ForeignKey(Area, models.PROTECT, related_name="towns")
    sector = models.ForeignKey(
        PostcodeSector,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="towns",
        help_text="The nearest postcode sector. None in Northern Ireland, whose postcodes are not open data.",
    )

    class Meta:
        ordering = ["name", "-population"]

    def __str__(self) -> str:
        return f"{self.name}, {self.district.name}"

    def save(self, **kwargs) -> None:
        """Fold the name, so that what people type finds it, before saving."""
        self.folded_name = fold_name(self.name)
        super().save(**kwargs)
