import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from common.dates import format_date_range

from ..querysets import EventQuerySet
from .listing import Sourced
from .organisation import Organisation


class EventSeries(Sourced):
    """Events that belong together, such as Peer Support Awareness Week."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="event_series")
    name = models.CharField(max_length=160)
    summary = models.TextField(blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-starts_on", "name"]
        verbose_name_plural = "event series"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"],
                name="series_once_per_organisation",
                violation_error_message="This organisation already has a series of this name.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(starts_on__isnull=False, ends_on__gte=F("starts_on")),
                name="series_ends_after_it_starts",
                violation_error_message="A series that has a last day has a first day too, and not after it.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def dates(self) -> str:
        return format_date_range(self.starts_on, self.ends_on)


class Event(Sourced):
    """Something that happens, or happened, on a day or over some days, and is not a group's meeting."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="events")
    series = models.ForeignKey(EventSeries, models.SET_NULL, null=True, blank=True, related_name="events")
    name = models.CharField(max_length=160)
    summary = models.TextField(blank=True)
    place = models.CharField(max_length=200, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True, help_text="For more than one day.")
    date_note = models.CharField(max_length=240, blank=True, help_text="When the source is unsure of the date: how.")

    objects: ClassVar = EventQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name", "starts_on"],
                name="event_once_per_day",
                violation_error_message="This organisation already has an event of this name on this day.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="event_ends_after_it_starts",
                violation_error_message="An event cannot end before it starts.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.dates}"

    def get_absolute_url(self) -> str:
        return f"{reverse('organisations:event_list')}#event-{self.pk}"

    @property
    def last_day(self) -> datetime.date:
        return self.ends_on or self.starts_on

    @property
    def is_past(self) -> bool:
        return self.last_day < timezone.localdate()

    @property
    def dates(self) -> str:
        return format_date_range(self.starts_on, self.ends_on)
