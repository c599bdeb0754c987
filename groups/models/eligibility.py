from django.db import models

from organisations.choices import YesNo
from places.models import Area


class Eligibility(models.Model):
    """Who can come to a group: of what age, from where, and before, during or after other services."""

    age_from = models.PositiveSmallIntegerField(null=True, blank=True)
    age_to = models.PositiveSmallIntegerField(null=True, blank=True)
    while_waiting = models.CharField(
        "while waiting for other services", max_length=10, choices=YesNo, default=YesNo.NOT_SAID
    )
    alongside_services = models.CharField(
        "alongside other services", max_length=10, choices=YesNo, default=YesNo.NOT_SAID
    )
    after_services = models.CharField("after other services", max_length=10, choices=YesNo, default=YesNo.NOT_SAID)
    eligible_by_place = models.CharField(
        "only for people who are",
        max_length=160,
        blank=True,
        help_text="Whom by place it is for, as the group says it: registered with a Manchester GP.",
    )
    eligible_area = models.ForeignKey(
        Area,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="groups_for_its_people",
        verbose_name="the area that this means",
        help_text="If it is one of our areas.",
    )

    class Meta:
        abstract = True
