from typing import Any

from django.db import models
from django.db.models import Q

from organisations.models import Listing, Organisation, PeerRole, Training
from places.models import PublicModel

#: The relations of `AboutListing`, of which exactly one is set.
LISTINGS = ("group", "organisation", "role", "training")

#: What a proposal for a group may say in words, with what pages call it. In `changes` they have a third value, "read".
WORDED = {"when": "When", "where": "Where"}
#: The field of an organisation that is proposed in words. In `changes` it has what was typed too, as "typed".
HOURS = "opening_hours"
#: The name of a proposed telephone and e-mail of a group in `changes`, and what pages call it.
CONTACT, CONTACT_LABEL = "contact", "Contact"


def about_one_listing() -> Q:
    """Return the constraint condition that exactly one of the relations is set."""
    condition = Q()
    for relation in LISTINGS:
        condition |= Q(**{f"{name}__isnull": name != relation for name in LISTINGS})
    return condition


def has_day_unless(day: str, **state: str) -> Q:
    """Return the constraint condition that a date is set in every state but this, and NULL in this one."""
    return (Q(**state) & Q(**{day: None})) | (~Q(**state) & Q(**{f"{day}__isnull": False}))


class AboutListing(models.Model):
    """Something that is about one listing, of whatever kind."""

    group = models.ForeignKey("groups.SupportGroup", models.CASCADE, null=True, blank=True, related_name="%(class)ss")
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True, related_name="%(class)ss")
    role = models.ForeignKey(PeerRole, models.CASCADE, null=True, blank=True, related_name="%(class)ss")
    training = models.ForeignKey(Training, models.CASCADE, null=True, blank=True, related_name="%(class)ss")

    class Meta:
        abstract = True

    @property
    def listing(self) -> Any:
        """Return the listing that it is about, of whatever kind; None only before one is set."""
        return self.group or self.organisation or self.role or self.training

    @property
    def owner(self) -> Organisation | None:
        """Return the organisation that the listing belongs to; an organisation belongs to itself."""
        return self.organisation or getattr(self.listing, "organisation", None)


def listing_fields(listing: Listing) -> dict[str, Listing]:
    """Return the keyword arguments to filter or create rows about a listing: `{"role": role}` for a role."""
    return {RELATION_NAMES[listing._meta.label.rpartition(".")[2].lower()]: listing}


#: The name of the relation to each kind of listing, by `model_name`.
RELATION_NAMES = {"supportgroup": "group", "organisation": "organisation", "peerrole": "role", "training": "training"}


class InWords(models.Model):
    """When and where a group meets, as somebody typed it and as it was read, in words that are read as the same."""

    when_in_words = models.TextField("when", blank=True)
    when_read = models.TextField(
        "when, as it was read", blank=True, editable=False, help_text="One regular time in each line; empty: not read."
    )
    where_in_words = models.TextField("where", blank=True)
    where_read = models.TextField(
        "where, as it was read", blank=True, editable=False, help_text="Venue, address and postcode; empty: not read."
    )

    class Meta:
        abstract = True


class SetAside(models.Model):
    """Something that anybody may send us, and that may be set aside: it looks like many others, or came with them.

    What is set aside waits for nobody: staff see it under a filter of its list, and can take it back into the queue.
    """

    is_set_aside = models.BooleanField(
        "set aside",
        default=False,
        help_text="It looks like an advert or like many others, or came with very many. Deleted after 90 days.",
    )
    cluster = models.CharField(
        max_length=64, blank=True, editable=False, help_text="A digest that those share which look alike."
    )

    class Meta:
        abstract = True


class Submission(PublicModel):
    """Something that somebody told us, and may want to hear back about.

    Their name is never asked. Their e-mail address is kept only if they want news, and is in no history.
    """

    email = models.EmailField(
        "e-mail",
        blank=True,
        help_text="Only of somebody who wants to hear what became of it. Deleted 90 days after it is closed.",
    )
    closed_on = models.DateField(null=True, blank=True)
    reopened_on = models.DateField("opened again on", null=True, blank=True, editable=False)
    staff_note = models.TextField(blank=True, help_text="For staff only.")

    class Meta:
        abstract = True
