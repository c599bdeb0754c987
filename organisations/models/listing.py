import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.text import slugify

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


class Listing(Sourced):
    """What everything listed has in common: a source, a publication state, an address that lasts, and checks.

    A listing is never thought right because it was edited or loaded: only a check says so. Its `revision` counts
    the times it was saved, so that two editors at once can be told of each other.
    """

    publication = models.CharField(max_length=10, choices=Publication, default=Publication.DRAFT, db_index=True)
    slug = models.SlugField(
        "end of its address",
        max_length=120,
        unique=True,
        blank=True,
        help_text="Made of its name. Change it if you must: old addresses go on working.",
    )
    revision = models.PositiveIntegerField(default=0, editable=False)

    #: The fields that anybody may propose other words for, and what the public calls each: nothing confidential, no
    #: relation, nothing that says who may see it. What is in neither can only be spoken of in a note.
    plain_fields: dict[str, str] = {}
    #: The fields that say that it has ended, beside them.
    ending_fields: tuple[str, ...] = ()

    class Meta:
        abstract = True

    @property
    def title_for_slug(self) -> str:
        """The words that its address is made of when it is first saved."""
        return str(self)

    @property
    def is_published(self) -> bool:
        return self.publication == Publication.PUBLISHED

    @property
    def freshness(self) -> Checked:
        """How long ago it was last checked. Costs a query unless the queryset said `with_last_check()`."""
        if "last_checked_on" not in self.__dict__:
            self.last_checked_on = self.checks.aggregate(newest=models.Max("checked_on"))["newest"]
        return freshness(self.last_checked_on, timezone.localdate())

    @classmethod
    def from_db(cls, db, field_names, values):
        """Remember the slug it was loaded with, so that saving another one keeps the old address working."""
        listing = super().from_db(db, field_names, values)
        listing._slug_as_loaded = listing.__dict__.get("slug", "")
        return listing

    def save(self, **kwargs) -> None:
        """Give it a slug, keep the slug it had before, and count the revision."""
        if not self.slug:
            self.slug = self._free_slug()
        if not self._state.adding:
            self.revision += 1
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "slug", "revision"}
        super().save(**kwargs)
        before = getattr(self, "_slug_as_loaded", "")
        if before and before != self.slug:
            # It may have been another listing's before: the last one that had it is the one people look for.
            self.former_slugs.model.objects.update_or_create(slug=before, defaults={"listing": self})
        self.former_slugs.filter(slug=self.slug).delete()
        self._slug_as_loaded = self.slug

    def slug_among(self, taken: set[str]) -> str:
        """The slug of its title, with a number where that is taken. It is one of the taken ones from now on."""
        base = slugify(self.title_for_slug)[:110] or "listing"
        slug, number = base, 1
        while slug in taken:
            number += 1
            slug = f"{base}-{number}"
        taken.add(slug)
        return slug

    @classmethod
    def taken_slugs(cls, beginning: str = "") -> set[str]:
        """The slugs that listings of this kind have, or had before, of those with a beginning."""
        former = cls._meta.get_field("former_slugs").related_model
        return {
            slug
            for model in (cls, former)
            for slug in model.objects.filter(slug__startswith=beginning).values_list("slug", flat=True)
        }

    def _free_slug(self) -> str:
        return self.slug_among(self.taken_slugs(slugify(self.title_for_slug)[:110] or "listing"))


def proposable_fields(model: type[Listing]) -> list[models.Field]:
    """The fields of a kind of listing that a proposal may change, in the order in which they are read."""
    return [model._meta.get_field(name) for name in (*model.plain_fields, *model.ending_fields)]


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
        constraints = [
            models.CheckConstraint(
                condition=models.Q(checked_on__gte=datetime.date(2000, 1, 1)),
                name="%(class)s_has_a_likely_date",
                violation_error_message="The day of a check must be in this century.",
            ),
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
