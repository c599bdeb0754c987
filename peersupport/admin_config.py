"""Which site Django's admin is, and what accounts are called there. Read before there are any models."""

from django.contrib.admin.apps import AdminConfig
from django.contrib.auth.apps import AuthConfig


class StaffAdminConfig(AdminConfig):
    """Django's admin, on our own site."""

    default_site = "peersupport.admin_site.StaffAdminSite"


class AccountsConfig(AuthConfig):
    """Django's accounts, under a name that says whose they are."""

    verbose_name = "Accounts: who may sign in here"
