from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from common.cached_urls import reverse_slug
from common.models.known_values import choices_are_known, point_in_united_kingdom
from common.nations import Nation
from places.models import Area

from ..choices import OrganisationKind, Publication, YesNo
from ..querysets import OrganisationQuerySet
from .addressed import Addressed
from .listing import Check, FormerSlug, Listing
from .revision import RevisionHistory


class Organisation(Addressed, Listing):
    """A body that runs or hosts groups, or a network of such bodies: Take Off, WATCH, Open Mental Health."""

    name = models.CharField(max_length=120)
    former_names = models.JSONField(
        default=list, blank=True, help_text="Names it had, or is also known by, one in each line. Search finds them."
    )
    former_names_note = models.CharField(
        max_length=200, blank=True, help_text="When and why its name changed, in a sentence."
    )
    kind = models.CharField(max_length=20, choices=OrganisationKind, default=OrganisationKind.NOT_SAID)
    user_led = models.CharField(
        "led by people with lived experience", max_length=10, choices=YesNo, default=YesNo.NOT_SAID
    )
    user_led_note = models.TextField(blank=True, help_text="In its own words: why, how much.")
    charity_number = models.CharField(max_length=20, blank=True)
    summary = models.CharField(max_length=240, help_text="One or two plain sentences, for lists.")
    what_it_does = models.TextField(blank=True)
    approach = models.TextField("its approach", blank=True, help_text="How it works, and what it believes.")
    recognises = models.TextField(
        "what it recognises",
        blank=True,
        help_text="Backgrounds and hardships that it knows of. Not a promise of a group for each of them.",
    )
    areas_served = models.ManyToManyField(Area, blank=True, related_name="organisations")
    website = models.URLField(blank=True)
    networks = models.ManyToManyField(
        "self", through="Membership", through_fields=("member", "network"), symmetrical=False, related_name="members"
    )
    ended_on = models.DateField(null=True, blank=True, help_text="The day it closed, if it did.")
    what_became_of_it = models.CharField(max_length=240, blank=True)

    plain_fields = {
        "name": "Name",
        "summary": "In a sentence or two",
        "what_it_does": "What does it do?",
        "approach": "How does it work?",
        "recognises": "What does it recognise?",
        "user_led": "User led",
        "user_led_note": "More about being user led",
        "charity_number": "Charity number",
        "website": "Website",
        "address": "Address",
        "postcode": "Postcode",
        "opening_hours": "When is it open?",
    }
    ending_fields = ("ended_on", "what_became_of_it")

    objects: ClassVar = OrganisationQuerySet.as_manager()
    history = RevisionHistory(m2m_fields=["areas_served"], parts=("network_links", "resources"))

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["name"],
                name="organisation_name_once",
                violation_error_message="An organisation of this name is already listed.",
            ),
            models.CheckConstraint(
                condition=models.Q(what_became_of_it="") | models.Q(ended_on__isnull=False),
                name="organisation_became_something_only_if_ended",
                violation_error_message="Say what became of an organisation only with the day on which it ended.",
            ),
            point_in_united_kingdom("organisation", "An organisation has a point in the United Kingdom, or none."),
            choices_are_known("organisation", publication=Publication, kind=OrganisationKind, user_led=YesNo),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse_slug("organisations:organisation_detail", self.slug)

    @property
    def website_name(self) -> str:
        """Return the website without scheme and `www.`."""
        return self.website.removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")

    @property
    def nation(self) -> Nation | None:
        """The nation that it and its listed groups are in; None where that is not just one."""
        return self.nation_with(self.groups.listed(timezone.localdate()).for_cards())

    def nation_with(self, groups: Iterable[Any]) -> Nation | None:
        """Return the nation of its areas served and of the given groups, else of its address; None unless it is one."""
        areas = [*self.areas_served.all(), *(area for group in groups for area in group.areas)]
        if not areas and self.district is not None:
            areas = [self.district]
        return Nation.shared_by(Area.objects.nations_of(areas))

    @property
    def is_user_led(self) -> bool:
        return self.user_led == YesNo.YES

    @property
    def has_ended(self) -> bool:
        return self.ended_on is not None


class OrganisationCheck(Check):
    """Somebody confirmed what is said of an organisation."""

    # No index of its own: the one for the newest check starts with it.
    listing = models.ForeignKey(Organisation, models.CASCADE, related_name="checks", db_index=False)


class OrganisationFormerSlug(FormerSlug):
    """A slug that an organisation had before."""

    listing = models.ForeignKey(Organisation, models.CASCADE, related_name="former_slugs")


class Resource(models.Model):
    """Something of an organisation's to read, watch or use, such as a library of people's own stories on film."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="resources")
    name = models.CharField(max_length=120)
    description = models.TextField(blank=True)
    url = models.URLField("address", blank=True, help_text="Empty when the source gives none.")

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"],
                name="resource_once_per_organisation",
                violation_error_message="This organisation already has a resource of this name.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
