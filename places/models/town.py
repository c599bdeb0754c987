from typing import Any, ClassVar

from django.db import models

from common.models import PublicModel
from common.text import fold_name, fold_names

from ..querysets import NamedQuerySet
from .area import Area
from .gazetteer import PostcodeSector


class Town(PublicModel):
    """A town, village or suburb of more than 500 people. Source: GeoNames cities500, CC BY 4.0."""

    geonames_id = models.PositiveIntegerField("GeoNames number", unique=True, null=True, blank=True)
    name = models.CharField(max_length=80)
    folded_name = models.CharField(max_length=80, db_index=True, editable=False)
    aliases = models.JSONField(
        "other names people use",
        default=list,
        blank=True,
        help_text="One in each line: names that mean this town before any other.",
    )
    folded_aliases = models.TextField(
        blank=True, db_index=True, editable=False, help_text="The other names, folded, between bars, for looking up."
    )
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

    objects: ClassVar = NamedQuerySet.as_manager()

    class Meta:
        ordering = ["name", "-population"]

    def __str__(self) -> str:
        return f"{self.name}, {self.district.name}"

    def save(self, **kwargs: Any) -> None:
        """Save with the folded names that look-ups use."""
        self.folded_name = fold_name(self.name)
        self.folded_aliases = fold_names(self.aliases)
        super().save(**kwargs)
