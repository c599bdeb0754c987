"""App configurations of Django's admin and accounts; loaded before the models."""

from django.contrib.admin.apps import AdminConfig
from django.contrib.auth.apps import AuthConfig


class StaffAdminConfig(AdminConfig):
    """Django's admin, with our admin site."""

    default_site = "peersupport.admin_site.StaffAdminSite"


class AccountsConfig(AuthConfig):
    """Django's accounts, under a name for staff."""

    verbose_name = "Accounts: who may sign in here"
