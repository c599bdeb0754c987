from django.db import models

from places.models import PublicModel


class Term(PublicModel):
    """A word that groups are found by. Editors may add one; a group may have several."""

    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField("end of its address", max_length=90, unique=True)
    other_words = models.JSONField(
        "other words people use", default=list, blank=True, help_text="One in each line. Searches find them too."
    )

    class Meta:
        abstract = True
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Topic(Term):
    """What the members of a group share or talk about: anxiety, bereavement."""


class Activity(Term):
    """What the members of a group do together: art, walking, gardening."""

    class Meta(Term.Meta):
        verbose_name_plural = "activities"


class Audience(Term):
    """Whom a group says it is for: men, carers, young people. Only where the group itself says so."""


class Language(Term):
    """A language that is spoken, or signed, in a group."""
