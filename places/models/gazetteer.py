from typing import ClassVar

from django.db import models

from common.models import ChangeTracked

from ..querysets import NamedQuerySet
from .area import Area


class PostcodeSector(ChangeTracked):
    """A postcode sector, such as TA20 1: some streets, about 160 postcodes. Source: OS Code-Point Open."""

    sector = models.CharField(max_length=6, unique=True)
    outward_code = models.CharField(max_length=4, db_index=True)
    latitude = models.FloatField()
    longitude = models.FloatField()
    district = models.ForeignKey(Area, models.PROTECT, related_name="sectors")
    postcodes = models.PositiveIntegerField(help_text="How many postcodes it has.")

    class Meta:
        ordering = ["sector"]

    def __str__(self) -> str:
        return self.sector


class Postcode(models.Model):
    """A unit postcode, such as TA20 1AA: some fifteen addresses, to about 10 m. Source: OS Code-Point Open.

    1.74 million of them, replaced all at once by `load_places`, so nothing may point at one.
    """

    postcode = models.CharField(max_length=7, primary_key=True, help_text="Without the space: TA201AA.")
    latitude = models.FloatField()
    longitude = models.FloatField()
    district = models.ForeignKey(Area, models.PROTECT, db_index=False, related_name="+")

    class Meta:
        ordering = ["postcode"]

    def __str__(self) -> str:
        return f"{self.postcode[:-3]} {self.postcode[-3:]}"


class Locality(ChangeTracked):
    """A quarter, hamlet or station that is no `Town`: Clapham in London. Source: NaPTAN, OGL v3.0, and by hand.

    27,000 of them, replaced all at once by `load_places`, so nothing may point at one.
    """

    name = models.CharField(max_length=80)
    folded_name = models.CharField(max_length=80, db_index=True)
    folded_aliases = models.TextField(
        blank=True, db_index=True, help_text="Other names, folded, between bars, for looking up."
    )
    within = models.CharField(max_length=80, blank=True, help_text="The city or town that it is a part of.")
    latitude = models.FloatField()
    longitude = models.FloatField()
    population = models.PositiveIntegerField(help_text="A rough estimate, to rank places of one name by.")
    district = models.ForeignKey(Area, models.PROTECT, related_name="+")
    sector = models.ForeignKey(PostcodeSector, models.SET_NULL, null=True, related_name="+")

    objects: ClassVar = NamedQuerySet.as_manager()

    class Meta:
        ordering = ["name", "-population"]
        verbose_name_plural = "localities"

    def __str__(self) -> str:
        return f"{self.name}, {self.district.name}"


class GazetteerLoad(models.Model):
    """The files that the gazetteer was last loaded from, so that loading the same ones again costs nothing."""

    name = models.CharField(max_length=30, unique=True)
    sha256 = models.CharField("fingerprint of the file", max_length=64)
    rows = models.PositiveIntegerField("how many")
    loaded_at = models.DateTimeField("when", auto_now=True)

    class Meta:
        ordering = ["name"]
        verbose_name = "file of places"
        verbose_name_plural = "files of places"

    def __str__(self) -> str:
        return f"{self.rows:,} {self.name}"
