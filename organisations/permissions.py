"""Staff permissions: managers may do everything, others act on the rows of the organisations they keep.

An admin class declares how its rows belong to organisations (`admin.permissions.RowPermissionsMixin`); one that
declares nothing is open to managers only. See docs/adr/0017-row-level-permissions.md.
"""

from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Model

from .choices import EditorRole
from .models import Editorship

User = AbstractBaseUser | AnonymousUser

#: The attribute of a user in which their permissions are cached.
_CACHE = "_staff_permissions"
#: Actions, as Django names them in permissions.
VIEW, ADD, CHANGE, DELETE = ACTIONS = ("view", "add", "change", "delete")


@dataclass(frozen=True)
class StaffPermissions:
    """The permissions of a user: primary keys of the organisations they edit, and of those they propose for."""

    user: User = field(compare=False, repr=False)
    is_manager: bool = False
    edits: frozenset[int] = frozenset()
    proposes: frozenset[int] = frozenset()

    @property
    def keeps(self) -> frozenset[int]:
        """Return the organisations whose listings they may see, public or not."""
        return self.edits | self.proposes

    def may(self, action: str, page: Any, organisation_id: int | None = None) -> bool:
        """Return whether they may do an action on an admin page: to rows of the organisation; without one, at all."""
        if self.is_manager:
            return True
        if getattr(page, "is_shared", False):
            return action == VIEW and bool(self.keeps)
        if not getattr(page, "belongs_by", ()):
            return False
        edits, proposes = (
            (bool(keys) if organisation_id is None else organisation_id in keys) for keys in (self.edits, self.proposes)
        )
        return (edits and action in getattr(page, "editors_may", ())) or (
            proposes and action in getattr(page, "contributors_may", ())
        )

    def keeps_with(self, action: str, page: Any) -> frozenset[int]:
        """Return the organisations to whose rows they may do an action on an admin page."""
        return frozenset(key for key in self.keeps if self.may(action, page, key))


def permissions_of(user: User) -> StaffPermissions:
    """Return the permissions of a user, cached on the user object (once for each request)."""
    cached: StaffPermissions | None = getattr(user, _CACHE, None)
    if cached is None:
        cached = _look_up(user)
        setattr(user, _CACHE, cached)
    return cached


def model_permission_page(model: type[Model]) -> Any:
    """Return the `ModelAdmin` of a model, or None."""
    return admin.site.get_model_admin(model) if admin.site.is_registered(model) else None


def has_perm(user: User, permission: str) -> bool:
    """Return whether a user has a Django permission, such as "groups.change_supportgroup"."""
    app_label, _, codename = permission.partition(".")
    action, _, name = codename.partition("_")
    try:
        page = model_permission_page(apps.get_model(app_label, name))
    except LookupError:
        return False
    return page is not None and action in ACTIONS and permissions_of(user).may(action, page)


def has_any(user: User, app_label: str) -> bool:
    """Return whether a user may view any admin page of an app."""
    rights = permissions_of(user)
    pages = filter(None, map(model_permission_page, apps.get_app_config(app_label).get_models()))
    return any(rights.may(VIEW, page) for page in pages)


def _look_up(user: User) -> StaffPermissions:
    if not (user.is_active and getattr(user, "is_staff", False)):
        return StaffPermissions(user)
    if not getattr(user, "is_verified", lambda: True)() and getattr(user, "is_superuser", False):
        # The second factor has not been verified in this request.
        return StaffPermissions(user)
    if getattr(user, "is_superuser", False):
        return StaffPermissions(user, is_manager=True)
    roles = dict(Editorship.objects.filter(user_id=user.pk).values_list("organisation_id", "role"))
    edits = frozenset(key for key, role in roles.items() if role == EditorRole.EDITOR)
    return StaffPermissions(user, edits=edits, proposes=frozenset(roles) - edits)
