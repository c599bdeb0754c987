from typing import ClassVar

from django.db import models
from django.db.models import Q

from common.models.known_values import choices_are_known
from places.models import PublicModel

from ..choices import Purpose
from ..querysets import ContactQuerySet
from .organisation import Organisation
from .revision import RevisionHistory


class Contact(PublicModel):
    """A way to reach a role in an organisation, or its plain telephone or mailbox. For staff only until it is released.

    It names a role, or nobody, never a person, and before its release not even the role is public. A number can be
    tapped to call only once somebody has checked it. Of one that is somebody's own, it is recorded who agreed, and
    when.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="contacts")
    role_title = models.CharField(
        "role",
        max_length=120,
        blank=True,
        help_text="A role, not a person: Peer Engagement Lead. Leave it empty for a plain telephone or mailbox.",
    )
    purpose = models.CharField("what it is for", max_length=20, choices=Purpose, default=Purpose.GENERAL)
    email = models.EmailField("e-mail", blank=True)
    phone = models.CharField("telephone", max_length=30, blank=True)
    text_number = models.CharField("number for texts", max_length=30, blank=True)
    takes_whatsapp = models.BooleanField("takes WhatsApp", default=False)
    hours = models.CharField(max_length=120, blank=True, help_text="When somebody answers.")
    is_released = models.BooleanField(
        "released",
        default=False,
        help_text="Tick when they agree that everybody may see this. Until then only staff see it.",
    )
    belongs_to_person = models.BooleanField(
        "belongs to one person",
        default=False,
        help_text="Tick when it is somebody's own e-mail or number. It is released only when they agree themselves.",
    )
    release_agreed_by = models.CharField(
        "who agreed", max_length=120, blank=True, help_text="For staff only: “the co-ordinator herself, by phone”."
    )
    release_agreed_on = models.DateField("when they agreed", null=True, blank=True, help_text="Empty: today.")
    is_asked_for_checks = models.BooleanField(
        "asked whether listings are right",
        default=False,
        help_text="Our messages go to this e-mail address. With none ticked, they go to the contact for any questions.",
    )
    number_checked_on = models.DateField(
        null=True, blank=True, help_text="The day somebody rang or texted the number and it was right."
    )
    staff_note = models.TextField(blank=True, help_text="For staff only: where it comes from, what to ask.")

    objects: ClassVar = ContactQuerySet.as_manager()
    history = RevisionHistory(delete_with_row=True)

    class Meta:
        ordering = ["organisation__name", "purpose", "role_title"]
        constraints = [
            choices_are_known("contact", purpose=Purpose),
            models.CheckConstraint(
                condition=~Q(email="") | ~Q(phone="") | ~Q(text_number=""),
                name="contact_can_be_reached",
                violation_error_message="Give an e-mail address, a telephone number, or a number for texts.",
            ),
            models.CheckConstraint(
                condition=Q(number_checked_on=None) | ~Q(phone="") | ~Q(text_number=""),
                name="contact_number_checked_only_if_there_is_one",
                violation_error_message="There is no number here that could have been checked.",
            ),
            models.CheckConstraint(
                condition=Q(belongs_to_person=False)
                | Q(is_released=False)
                | (~Q(release_agreed_by="") & Q(release_agreed_on__isnull=False)),
                name="contact_of_a_person_is_released_when_they_agreed",
                violation_error_message="This belongs to one person. Say who agreed that everybody may see it.",
            ),
            models.UniqueConstraint(
                fields=["organisation", "role_title", "purpose"],
                condition=~Q(role_title=""),
                name="contact_once_per_role_and_purpose",
                violation_error_message="There is a contact for this role and purpose already.",
            ),
            models.UniqueConstraint(
                fields=["organisation", "purpose", "email", "phone", "text_number"],
                condition=Q(role_title=""),
                name="contact_without_role_once",
                violation_error_message="There is a contact with these numbers and this mailbox already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role_title or self.phone or self.email or self.text_number}, {self.organisation}"

    @property
    def title(self) -> str:
        """The role; of a contact without one, what it is: "Telephone and e-mail"."""
        if self.role_title:
            return self.role_title
        if self.phone:
            return "Telephone and e-mail" if self.email else "Telephone"
        return "E-mail" if self.email else "Number for texts"

    @property
    def purpose_label(self) -> str:
        return self.get_purpose_display()

    @property
    def number_is_checked(self) -> bool:
        return self.number_checked_on is not None
