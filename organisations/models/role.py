from typing import ClassVar

from django.db import models

from common.cached_urls import reverse_slug
from common.models.known_values import choices_are_known
from common.nations import Nation
from places.models import Area

from ..choices import LivedExperience, Pay, Publication, Recruiting, SupportRoute, YesNo
from ..querysets import RoleQuerySet
from .contact import Contact
from .listing import Check, FormerSlug, Listing
from .organisation import Organisation
from .revision import RevisionHistory


class PeerRole(Listing):
    """A role held by somebody with lived experience: peer support worker, peer mentor, expert by experience.

    It answers two questions: how do I get support from one, and how do I become one?
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="roles")
    title = models.CharField(max_length=120)
    summary = models.CharField(max_length=240, help_text="One or two plain sentences, for lists.")
    what_they_do = models.TextField(blank=True)
    how_they_work = models.TextField(
        blank=True, help_text="In what team, with what support: supervision, a co-production team, a project."
    )
    where_they_work = models.JSONField(
        default=list, blank=True, help_text="Places that the source names, one in each line."
    )
    areas_served = models.ManyToManyField(Area, blank=True, related_name="roles")
    one_to_one = models.CharField("supports people one to one", max_length=10, choices=YesNo, default=YesNo.NOT_SAID)
    support_route = models.CharField(
        "how to get support from one", max_length=20, choices=SupportRoute, default=SupportRoute.NOT_SAID
    )
    support_note = models.TextField(
        "more about getting support", blank=True, help_text="And what to do for somebody who has no care coordinator."
    )
    recruiting = models.CharField(max_length=10, choices=Recruiting, default=Recruiting.NOT_SAID)
    becoming_one = models.TextField("how to become one", blank=True)
    lived_experience = models.CharField(max_length=10, choices=LivedExperience, default=LivedExperience.NOT_SAID)
    pay = models.CharField(max_length=10, choices=Pay, default=Pay.NOT_SAID)
    pay_note = models.CharField(max_length=200, blank=True)
    hours = models.CharField(max_length=120, blank=True)
    training_given = models.TextField("training and supervision", blank=True)
    leads_to = models.TextField("what it can lead to", blank=True)
    contacts = models.ManyToManyField(Contact, blank=True, related_name="roles")

    plain_fields = {
        "title": "Name of the role",
        "summary": "In a sentence or two",
        "what_they_do": "What do they do?",
        "how_they_work": "How do they work?",
        "one_to_one": "One to one",
        "support_route": "How do I get support from one?",
        "support_note": "More about getting support",
        "recruiting": "Can I become one now?",
        "becoming_one": "How do I become one?",
        "lived_experience": "Lived experience",
        "pay": "Pay",
        "pay_note": "More about pay",
        "hours": "Hours",
        "training_given": "Training and supervision",
        "leads_to": "What can it lead to?",
    }

    objects: ClassVar = RoleQuerySet.as_manager()
    history = RevisionHistory(m2m_fields=["areas_served", "contacts"])

    class Meta:
        ordering = ["title", "organisation__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "title"],
                name="role_once_per_organisation",
                violation_error_message="This organisation already has a role of this title.",
            ),
            choices_are_known(
                "peerrole",
                publication=Publication,
                one_to_one=YesNo,
                support_route=SupportRoute,
                recruiting=Recruiting,
                lived_experience=LivedExperience,
                pay=Pay,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.organisation}"

    def get_absolute_url(self) -> str:
        return reverse_slug("organisations:role_detail", self.slug)

    @property
    def nation(self) -> Nation | None:
        """Return the nation of its areas served, else of its organisation's; None unless it is exactly one."""
        areas = self.areas_served.all() or self.organisation.areas_served.all()
        return Nation.shared_by(Area.objects.nations_of(areas))

    @property
    def pay_label(self) -> str:
        return self.get_pay_display()

    @property
    def support_route_label(self) -> str:
        return self.get_support_route_display()

    @property
    def recruiting_label(self) -> str:
        return self.get_recruiting_display()


class PeerRoleCheck(Check):
    """Somebody confirmed what is said of a peer role."""

    # No index of its own: the one for the newest check starts with it.
    listing = models.ForeignKey(PeerRole, models.CASCADE, related_name="checks", db_index=False)


class PeerRoleFormerSlug(FormerSlug):
    """A slug that a peer role had before."""

    listing = models.ForeignKey(PeerRole, models.CASCADE, related_name="former_slugs")
