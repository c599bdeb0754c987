from django.db import models

#: The names of the version of everything on pages that are cached, and of those of all that says where something is, of
#: topics, activities, audiences, languages and access features, of organisations and roles by where they are, and of
#: how many groups are listed in each area.
SITE, PLACES, TERMS, SUPPORT, COUNTS = "site", "places", "terms", "support", "counts"


def organisation_version(pk: int) -> str:
    """Return the name of the version of an organisation: of its page, and of its groups' and roles' pages."""
    return f"organisation:{pk}"


class ContentVersion(models.Model):
    """The version of what some pages show, by name: a random number, which the database changes with each write to it.

    The names, and the triggers, are in `peersupport/content_versions/`. A number is never had twice, whatever is
    rolled back or restored.
    """

    name = models.CharField(max_length=80, primary_key=True)
    number = models.BigIntegerField()

    def __str__(self) -> str:
        return self.name
