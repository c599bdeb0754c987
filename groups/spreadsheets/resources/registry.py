"""The registry of resources."""

from collections.abc import Collection

from django.db.models import Model

from .base import SheetResource
from .contacts import CONTACTS
from .groups import GROUPS
from .offers import ROLES, TRAINING
from .organisations import ORGANISATIONS
from .venues import VENUES

RESOURCES: tuple[SheetResource, ...] = (GROUPS, ORGANISATIONS, VENUES, CONTACTS, ROLES, TRAINING)


def resource_of(model: type[Model]) -> SheetResource:
    """Return the resource of a model. Raises KeyError if it has none."""
    return {resource.model: resource for resource in RESOURCES}[model]


def resource_called(key: str) -> SheetResource:
    """Return the resource with a key; that of groups for an unknown key."""
    return next((resource for resource in RESOURCES if resource.key == key), GROUPS)


def all_titles() -> list[str]:
    """Return the titles of the columns of all resources, each once."""
    return [*dict.fromkeys(title for resource in RESOURCES for title in resource.titles())]


def guess_resource(titles: Collection[str], own: SheetResource, choices: Collection[SheetResource]) -> SheetResource:
    """Return the likeliest of the choices for a file with these titles: `own`, unless most titles are another's.

    A file with foreign titles is one of groups, or of `own`, whose page the user opened.
    """
    known = {resource: len({*titles} & {*resource.titles()}) for resource in choices}
    best = max(choices, key=lambda resource: (known[resource], resource is own))
    return best if known[best] >= _MOSTLY * len(titles) else own


#: The part of the titles of a file that must be those of another resource than that of the page.
_MOSTLY = 0.8
