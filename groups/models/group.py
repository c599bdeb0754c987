from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models

from common.cached_urls import reverse_slug
from common.models import related_rows
from organisations.choices import Freshness, YesNo
from organisations.models import Check, Contact, FormerSlug, Listing, Organisation, RevisionHistory
from places.models import Area, Town

from ..choices import Focus, Joining, LedBy, Stage, Wellbeing
from ..querysets import GroupQuerySet
from ..short_codes import LENGTH, new_code
from .description import GroupDescription
from .eligibility import Eligibility
from .group_constraints import CONSTRAINTS
from .joining import PublicJoining
from .meets_on_dates import MeetsOnDates
from .on_paper import OnPaper
from .venue import Venue
from .vocabulary import Activity, Audience, Language, Topic


class SupportGroup(MeetsOnDates, PublicJoining, OnPaper, GroupDescription, Eligibility, Listing):
    """A peer support group: people with something in common who meet to talk, or to do something together.

    Focus, who leads it, its stage, whom it is for, how somebody joins and by which routes are six different
    things, each with an answer for "not said". A closed group is shown, without its venue, times and contacts.
    """

    name = models.CharField(max_length=160)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="groups")
    code = models.CharField(max_length=LENGTH, unique=True, editable=False, default=new_code)
    stands_for_several = models.BooleanField(
        default=False, help_text="A programme described as one: talking groups across East Kent. Not one meeting."
    )
    summary = models.CharField(max_length=240, help_text="One or two plain sentences, for lists.")

    focus = models.CharField(max_length=20, choices=Focus, default=Focus.NOT_SAID)
    wellbeing = models.JSONField(
        "ways to wellbeing", default=list, blank=True, help_text="Those of the five that it is good for."
    )
    topics = models.ManyToManyField(Topic, blank=True, related_name="groups")
    activities = models.ManyToManyField(Activity, blank=True, related_name="groups")
    led_by = models.CharField(max_length=20, choices=LedBy, default=LedBy.NOT_SAID)

    stage = models.CharField(max_length=10, choices=Stage, default=Stage.RUNNING)
    stage_note = models.CharField(max_length=240, blank=True, help_text="More about where it is in its life.")
    wants_members = models.BooleanField(default=False)
    wants_volunteers = models.BooleanField(default=False)
    wants_place = models.BooleanField("wants a place to meet", default=False)
    paused_since = models.DateField(null=True, blank=True)
    paused_until = models.DateField(null=True, blank=True)
    paused_because = models.CharField(max_length=200, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    where_members_went = models.CharField(max_length=240, blank=True)

    joining = models.CharField(max_length=20, choices=Joining, default=Joining.NOT_SAID)
    joining_note = models.TextField("more about joining", blank=True)
    look_again_on = models.DateField(null=True, blank=True, help_text="For a closed group: when to ask again.")
    audiences = models.ManyToManyField(Audience, blank=True, related_name="groups")

    meets_in_person = models.BooleanField(default=True)
    meets_online = models.BooleanField(default=False)
    meets_by_phone = models.BooleanField(default=False)
    online_link = models.URLField(blank=True, help_text="For staff only. Never shown: people ask for the link.")
    venue = models.ForeignKey(Venue, models.PROTECT, null=True, blank=True, related_name="groups")
    town = models.ForeignKey(
        Town, models.PROTECT, null=True, blank=True, related_name="groups", help_text="Where no venue is known."
    )
    areas_served = models.ManyToManyField(
        Area, blank=True, related_name="groups_serving", help_text="For a group that is for a whole area."
    )
    times_are_withheld = models.BooleanField(
        default=False, help_text="Tick when the times must not be public. People ask for them."
    )
    is_free = models.CharField("free", max_length=10, choices=YesNo, default=YesNo.NOT_SAID)
    cost_note = models.CharField("cost", max_length=120, blank=True)
    languages = models.ManyToManyField(Language, blank=True, related_name="groups")
    contacts = models.ManyToManyField(Contact, blank=True, related_name="groups")
    website = models.URLField(
        blank=True, help_text="The group's own page. Of one that is closed or has ended it is not shown."
    )
    staff_note = models.TextField(blank=True, help_text="For staff only: what is to be asked, or put in its place.")

    plain_fields = {
        "name": "Name",
        "summary": "In a sentence or two",
        "focus": "Talking or doing",
        "led_by": "Who runs it",
        "what_it_is_like": "What is it like?",
        "joining": "How do I join?",
        "joining_note": "More about joining",
        "age_from": "Youngest age",
        "age_to": "Oldest age",
        "is_free": "Is it free?",
        "cost_note": "Cost",
        "while_waiting": "Can I come while I wait for other services?",
        "alongside_services": "Can I come alongside other support?",
        "after_services": "Can I come after other services have ended?",
        "eligible_by_place": "Only for people who are",
        "who_meets_you": "Who meets me?",
        "do_i_have_to_talk": "Do I have to talk?",
        "can_i_bring_someone": "Can I bring someone?",
        "accessibility": "What makes it easier to take part?",
        "how_to_take_part_from_home": "How do I join from home?",
        "website": "The group's website",
        "agreement": "What do members agree to?",
    }
    ending_fields = ("stage", "ended_on", "where_members_went")

    objects: ClassVar = GroupQuerySet.as_manager()
    history = RevisionHistory(
        m2m_fields=["topics", "activities", "audiences", "areas_served", "languages", "contacts"],
        parts=("schedules", "schedule_changes", "routes"),
    )

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = "group"
        # For the changelist and its order: without them each page would read and sort all groups.
        indexes = [
            models.Index(fields=["name", "id"], name="group_by_name"),
            models.Index(fields=["stage", "name", "id"], name="group_by_stage"),
            models.Index(fields=["joining", "name", "id"], name="group_by_joining"),
        ]
        constraints = CONSTRAINTS

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Raise `ValidationError` for a way to wellbeing that is none of the five."""
        if not set(self.wellbeing) <= set(Wellbeing.values):
            raise ValidationError({"wellbeing": f"Choose from these five: {', '.join(Wellbeing.values)}."})

    def get_absolute_url(self) -> str:
        return reverse_slug("groups:group_detail", self.slug)

    @property
    def title_for_slug(self) -> str:
        return self.page_title

    @property
    def is_closed(self) -> bool:
        return self.joining == Joining.CLOSED

    @property
    def is_forming(self) -> bool:
        return self.stage == Stage.FORMING

    @property
    def is_paused(self) -> bool:
        return self.stage == Stage.PAUSED

    @property
    def has_ended(self) -> bool:
        return self.stage == Stage.ENDED

    @property
    def can_be_visited(self) -> bool:
        """Whether venue, times and contacts are public: not those of a closed or ended group."""
        # Asked for a dozen times for a record or a card: two properties less each.
        return self.joining != Joining.CLOSED and self.stage != Stage.ENDED

    @property
    def public_venue(self) -> Venue | None:
        return self.venue if self.can_be_visited else None

    @property
    def public_website(self) -> str:
        """The group's own website; "" if it is closed or ended, since it may say where and when it meets."""
        return self.website if self.can_be_visited else ""

    @property
    def place_name(self) -> str:
        """The town, else the district of the venue. Always public."""
        if self.venue:
            return self.venue.place_name
        return self.town.name if self.town else ""

    @property
    def district(self) -> Area | None:
        """The district it meets in, if known. Public even for a confidential venue."""
        if self.venue:
            return self.venue.district
        return self.town.district if self.town else None

    @property
    def page_title(self) -> str:
        """The name and the town, for the title of its page."""
        place = self.place_name
        return self.name if place.casefold() in self.name.casefold() else f"{self.name}, {place}"

    @property
    def where(self) -> str:
        """The public description of where it meets, in a line."""
        places = [self._where_in_person] if self.meets_in_person else []
        places += ["Online"] if self.meets_online else []
        places += ["By phone"] if self.meets_by_phone else []
        return "; ".join(place for place in places if place)

    @property
    def stage_flag(self) -> str:
        """A warning about its stage; "" for a running group."""
        if self.has_ended:
            return "This group has ended."
        if self.is_paused:
            return "This group is having a break."
        if not self.is_forming:
            return ""
        if self.freshness.value == Freshness.FRESH:
            return "This group is being set up. People who want to join in are welcome."
        lately = "lately" if self.freshness.checked_on else "yet"
        return f"This group was being set up. Nobody has checked {lately} whether it meets now."

    @property
    def released_contacts(self) -> list[Contact]:
        """The group's own contacts that are released; none if it is closed or ended."""
        if not self.can_be_visited:
            return []
        return [contact for contact in related_rows(self, "contacts") if contact.is_released]

    @property
    def _where_in_person(self) -> str:
        if place := self.place_name:
            venue = self.public_venue.public_name if self.public_venue else ""
            return f"{venue}, {place}" if venue else place
        areas = ", ".join(area.name for area in related_rows(self, "areas_served"))
        return f"Across {areas}" if areas else ""

    def save(self, **kwargs: Any) -> None:
        """Give a new group a code that no other group has or had: random codes collide now and then."""
        while self._state.adding and SupportGroup.objects.with_code(self.code).exclude(pk=self.pk).exists():
            self.code = new_code()
        super().save(**kwargs)


class GroupCheck(Check):
    """Somebody confirmed what is said of a group."""

    # No index of its own: the one for the newest check starts with it.
    listing = models.ForeignKey(SupportGroup, models.CASCADE, related_name="checks", db_index=False)


class GroupFormerSlug(FormerSlug):
    """A slug that a group had before."""

    listing = models.ForeignKey(SupportGroup, models.CASCADE, related_name="former_slugs")
