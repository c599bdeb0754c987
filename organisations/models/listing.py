import datetime
from collections.abc import Collection
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.text import slugify

from common.dates import today
from common.models import related_model, related_rows
from common.models.known_values import choices_are_known
from places.models import ChangeTracked, PublicModel

from ..choices import CheckedBy, Publication
from ..freshness import Checked, freshness


class Sourced(PublicModel):
    """Something that we were told: it names the document it comes from, and when that was written."""

    source_name = models.CharField(
        "source", max_length=200, blank=True, help_text="Where this comes from: a page, a leaflet, a conversation."
    )
    source_url = models.URLField("address of the source", blank=True)
    source_dated = models.CharField(
        "date of the source", max_length=60, blank=True, help_text='In words, as it is known: "July 2016", "undated".'
    )

    class Meta:
        abstract = True


class Attributed(models.Model):
    """What may come from the list of somebody else, whose licence may ask to be named."""

    class Meta:
        abstract = True

    @property
    def attributions(self) -> list[Any]:
        """The sources that it comes from whose licence asks for words. Costs a query unless they are prefetched."""
        records = related_rows(self, "source_records") if hasattr(type(self), "source_records") else ()
        sources = {record.source_id: record.source for record in records}
        return [source for source in sources.values() if source.attribution]


class Listing(Attributed, Sourced):
    """What everything listed has in common: a source, a publication state, an address that lasts, and checks.

    A listing is never thought right because it was edited or loaded: only a check says so. Its `revision` counts
    the times it was saved, so that two editors at once can be told of each other.
    """

    if TYPE_CHECKING:
        # The rows of its own check and former slug models, which each kind of listing has.
        @property
        def checks(self) -> Any: ...

        @property
        def former_slugs(self) -> Any: ...

    publication = models.CharField(max_length=10, choices=Publication, default=Publication.DRAFT, db_index=True)
    slug = models.SlugField(
        "end of its address",
        max_length=120,
        unique=True,
        blank=True,
        help_text="Made of its name. Change it if you must: old addresses go on working.",
    )
    revision = models.PositiveIntegerField(default=0, editable=False)

    #: The fields that the public may propose changes to, with their public labels: nothing confidential, no relation,
    #: nothing about publication. Changes to other fields can only be proposed in a note.
    plain_fields: ClassVar[dict[str, str]] = {}
    #: The fields that record that it has ended; the public may propose changes to these too.
    ending_fields: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True

    @property
    def title_for_slug(self) -> str:
        """Return the text that the slug is made of at the first save."""
        return str(self)

    @property
    def is_published(self) -> bool:
        return self.publication == Publication.PUBLISHED

    @property
    def freshness(self) -> Checked:
        """Return the freshness as of today. Costs a query unless the queryset used `with_last_check()`."""
        if "last_checked_on" not in self.__dict__:
            self.last_checked_on = self.checks.aggregate(newest=models.Max("checked_on"))["newest"]
        return freshness(self.last_checked_on, today())

    @classmethod
    def from_db(cls, db: str | None, field_names: Collection[str], values: Collection[Any], **options: Any) -> Self:
        listing = super().from_db(db, field_names, values, **options)
        listing.after_loading()
        return listing

    def after_loading(self) -> None:
        """Store the loaded slug, so that `save` can add it to the former slugs when it changes."""
        self._slug_as_loaded = self.__dict__.get("slug", "")

    def save(self, **kwargs: Any) -> None:
        """Save with a slug and the next revision number; a changed slug is added to the former slugs."""
        if not self.slug:
            self.slug = self._free_slug()
        if not self._state.adding:
            self.revision += 1
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "slug", "revision"}
        super().save(**kwargs)
        before = getattr(self, "_slug_as_loaded", "")
        if before and before != self.slug:
            # Another listing may have had it before: it redirects to the last one that did.
            self.former_slugs.model.objects.update_or_create(slug=before, defaults={"listing": self})
        self.former_slugs.filter(slug=self.slug).delete()
        self._slug_as_loaded = self.slug

    def slug_among(self, taken: set[str]) -> str:
        """Return a slug of the title that is not in `taken`, numbered if need be, and add it to `taken`."""
        base = slugify(self.title_for_slug)[:110] or "listing"
        slug, number = base, 1
        while slug in taken:
            number += 1
            slug = f"{base}-{number}"
        taken.add(slug)
        return slug

    @classmethod
    def taken_slugs(cls, beginning: str = "") -> set[str]:
        """Return the current and former slugs of this model that start with `beginning`."""
        former = related_model(cls, "former_slugs")
        return {
            slug
            for model in (cls, former)
            for slug in models.QuerySet(model).filter(slug__startswith=beginning).values_list("slug", flat=True)
        }

    def _free_slug(self) -> str:
        return self.slug_among(self.taken_slugs(slugify(self.title_for_slug)[:110] or "listing"))


def proposable_fields(model: type[Listing]) -> list["models.Field[Any, Any]"]:
    """Return the fields that a proposal may change, in display order."""
    names = (*model.plain_fields, *model.ending_fields)
    return [field for name in names if isinstance(field := model._meta.get_field(name), models.Field)]


class Check(ChangeTracked):
    """Somebody confirmed a listing, on a day, by a means. One table for each kind of listing."""

    checked_on = models.DateField()
    checked_by = models.CharField("how", max_length=20, choices=CheckedBy)
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    note = models.CharField(max_length=200, blank=True, help_text="For staff. What was asked, what was said.")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True
        ordering = ["-checked_on", "-pk"]
        # The newest check of each listing is asked for wherever freshness counts.
        indexes = [models.Index(fields=["listing", "-checked_on"], name="%(class)s_newest")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(checked_on__gte=datetime.date(2000, 1, 1)),
                name="%(class)s_has_a_likely_date",
                violation_error_message="The day of a check must be in this century.",
            ),
            choices_are_known("%(class)s", checked_by=CheckedBy),
        ]

    def __str__(self) -> str:
        return f"{self.checked_on.day} {self.checked_on:%B %Y}, {self.get_checked_by_display()}"


class FormerSlug(models.Model):
    """A slug that a listing had before: its old address redirects for ever."""

    slug = models.SlugField(max_length=120, unique=True)

    class Meta:
        abstract = True
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.slug
