"""Signing in with a name or an e-mail address and a password; and what somebody may do, by what they keep."""

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest

from common.slots import PASSWORDS, slot
from organisations import permissions


class StaffBackend(ModelBackend):
    """Accounts and their passwords are Django's own; rights never come from Django's tables of permissions."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **kwargs
    ) -> AbstractBaseUser | None:
        """An account's name is an e-mail address, kept in small letters: however it is typed, it is the same one.

        Raises `ServerBusy` while another password is being hashed, which is slow on purpose.
        """
        typed = username.strip().lower() if username and "@" in username else username
        with slot(PASSWORDS):
            return super().authenticate(request, username=typed, password=password, **kwargs)

    def has_perm(self, user_obj: AbstractBaseUser, perm: str, obj=None) -> bool:
        return obj is None and permissions.has_perm(user_obj, perm)

    def has_module_perms(self, user_obj: AbstractBaseUser, app_label: str) -> bool:
        """Whether any page of an app is for them."""
        return permissions.has_any(user_obj, app_label)

    def get_user_permissions(self, user_obj: AbstractBaseUser, obj=None) -> set[str]:
        return set()

    def get_group_permissions(self, user_obj: AbstractBaseUser, obj=None) -> set[str]:
        return set()

    def get_all_permissions(self, user_obj: AbstractBaseUser, obj=None) -> set[str]:
        return set()
