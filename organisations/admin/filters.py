"""List filters: by freshness, by generated example, by area."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from places.models import Area

from ..choices import Freshness
from ..examples import is_example
from ..freshness import DUE_AFTER, LAPSED_AFTER, OVERDUE_AFTER, cutoff
from ..models import Contact, Training


class UsedFilter(admin.RelatedFieldListFilter):
    """Filter rows by a related row, of which only those are offered that a row of the list has."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: "ModelAdmin[Any]") -> Any:
        """Return (key, name) of each. It looks for one row with each; Django's own filter reads the whole list."""
        rows = model_admin.get_queryset(request).order_by().filter(**{self.field_path: OuterRef("pk")})
        ordering = self.field_admin_ordering(field, request, model_admin)
        choices: Any = field.get_choices(
            include_blank=False, limit_choices_to=Q(Exists(rows.values("pk"))), ordering=ordering
        )
        return choices


class FreshnessFilter(admin.SimpleListFilter):
    """Filter listings by the age of their last check."""

    title = "last check"
    parameter_name = "freshness"

    def lookups(self, request: HttpRequest, model_admin: "ModelAdmin[Any]") -> list[tuple[str, str]]:
        return [
            (Freshness.FRESH, f"In the last {DUE_AFTER} months"),
            (Freshness.DUE, "Due now"),
            (Freshness.OVERDUE, f"Overdue: more than {OVERDUE_AFTER} months ago"),
            (Freshness.LAPSED, f"Lapsed: more than {LAPSED_AFTER} months ago"),
            (Freshness.UNCHECKED, "Not yet checked"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        condition = freshness_conditions(timezone.localdate()).get(self.value() or "")
        return queryset.filter(condition) if condition else queryset


def freshness_conditions(today: datetime.date) -> dict[str, Q]:
    """Return the condition of each freshness on a day, for a queryset `with_last_check()`."""
    due, overdue, lapsed = (cutoff(months, today) for months in (DUE_AFTER, OVERDUE_AFTER, LAPSED_AFTER))
    return {
        Freshness.FRESH: Q(last_checked_on__gte=due),
        Freshness.DUE: Q(last_checked_on__lt=due, last_checked_on__gte=overdue),
        Freshness.OVERDUE: Q(last_checked_on__lt=overdue, last_checked_on__gte=lapsed),
        Freshness.LAPSED: Q(last_checked_on__lt=lapsed),
        Freshness.UNCHECKED: Q(last_checked_on=None),
    }


def without_contact() -> Q:
    """Return the condition of the organisations without a contact that is released."""
    return ~Q(pk__in=Contact.objects.filter(is_released=True).order_by().values("organisation"))


class ContactFilter(admin.SimpleListFilter):
    """Filter organisations by whether they have a contact that visitors can see."""

    title = "contact"
    parameter_name = "contact"

    def lookups(self, request: HttpRequest, model_admin: "ModelAdmin[Any]") -> list[tuple[str, str]]:
        return [("none", "None that visitors can see")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(without_contact(), ended_on=None) if self.value() == "none" else queryset


class OverFilter(admin.SimpleListFilter):
    """Filter training by whether its last day is past."""

    title = "last day"
    parameter_name = "over"

    def lookups(self, request: HttpRequest, model_admin: "ModelAdmin[Any]") -> list[tuple[str, str]]:
        return [("no", "To come, or not said"), ("yes", "Past: not listed any more")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        not_over = Training.objects.not_over(timezone.localdate()).order_by().values("pk")
        if self.value() == "yes":
            return queryset.exclude(pk__in=not_over)
        return queryset.filter(pk__in=not_over) if self.value() == "no" else queryset


class ExamplesFilter(admin.SimpleListFilter):
    """Filter listings by whether they are generated examples. Shown only while a link has set it."""

    title = "examples"
    parameter_name = "examples"
    #: The lookup prefix of the listing that may be an example, such as `organisation__`; "" for a list of listings.
    path = ""

    def lookups(self, request: HttpRequest, model_admin: "ModelAdmin[Any]") -> list[tuple[str, str]]:
        return [("no", "Without examples"), ("only", "Only examples")] if self.value() else []

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "only":
            return queryset.filter(is_example(self.path))
        return queryset.exclude(is_example(self.path)) if self.value() == "no" else queryset


class AreaFilter(admin.SimpleListFilter):
    """Filter rows by area, drilling down from the nations to a district."""

    title = "area"
    parameter_name = "area"
    template = "admin/area_filter.html"

    def lookups(self, request: HttpRequest, model_admin: "ModelAdmin[Any]") -> list[tuple[str, str]]:
        key = self.value() or ""
        chosen = Area.objects.filter(pk=int(key)).first() if key.isdecimal() else None
        self.chosen = chosen
        self.above = list(Area.objects.ancestors_of(chosen)) if chosen else []
        below = Area.objects.filter(parent=chosen) if chosen else Area.objects.nations()
        return [(str(area.pk), area.name) for area in (*self.above, *below.order_by("name"))]

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        """Yield the choices: all, the ancestors of the selected area, itself, then its children (`is_within`)."""
        yield from (
            choice | {"is_within": index > len(self.above)} for index, choice in enumerate(super().choices(changelist))
        )

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return self.within(queryset, self.chosen) if self.chosen else queryset

    def within(self, queryset: QuerySet[Any], area: Area) -> QuerySet[Any]:
        """Return the rows in an area, by its districts."""
        raise NotImplementedError


class ServedAreaFilter(AreaFilter):
    """Filter rows by the areas that they serve."""

    title = "area served"

    def within(self, queryset: QuerySet[Any], area: Area) -> QuerySet[Any]:
        return queryset.filter(pk__in=self.serving(queryset, area))

    def serving(self, queryset: QuerySet[Any], area: Area) -> QuerySet[Any]:
        # Joined, rows would be found as often as their areas share districts with it: England, 300 times.
        overlapping = Area.objects.filter(parts__district__part_of__area=area).order_by().values("pk")
        rows: QuerySet[Any] = queryset.model._base_manager.filter(areas_served__in=overlapping)
        return rows.order_by().values("pk")
