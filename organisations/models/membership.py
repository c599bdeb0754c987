from django.db import models
from django.db.models import F, Q

from .organisation import Organisation


class Membership(models.Model):
    """An organisation belongs to a network, in words of its own: "is the peer specialist organisation of"."""

    network = models.ForeignKey(Organisation, models.CASCADE, related_name="member_links")
    member = models.ForeignKey(Organisation, models.CASCADE, related_name="network_links")
    words = models.CharField(
        max_length=160,
        default="is a member of",
        help_text='What stands between the two names, the member first: "is the peer specialist organisation of".',
    )
    note = models.TextField(blank=True, help_text="What this means in practice, in a sentence.")

    class Meta:
        ordering = ["network__name", "member__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["network", "member"],
                name="membership_once",
                violation_error_message="This organisation is already in this network.",
            ),
            models.CheckConstraint(
                condition=~Q(network=F("member")),
                name="membership_of_another",
                violation_error_message="An organisation cannot be a member of itself.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} {self.words} {self.network}"
