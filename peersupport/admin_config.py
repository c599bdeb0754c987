"""App configurations of the site itself, and of Django's admin and accounts; loaded before the models."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.contrib.auth.apps import AuthConfig
from django.db.models.signals import post_migrate, pre_migrate


class SiteConfig(AppConfig):
    """The site itself."""

    name = "peersupport"

    def ready(self) -> None:
        """Create the triggers of content versions after each migration."""
        from .content_versions.triggers import create_triggers, drop_triggers

        pre_migrate.connect(drop_triggers)
        post_migrate.connect(create_triggers)


class StaffAdminConfig(AdminConfig):
    """Django's admin, with our admin site."""

    default_site = "peersupport.admin_site.StaffAdminSite"


class AccountsConfig(AuthConfig):
    """Django's accounts, with a name that staff understand."""

    verbose_name = "Accounts: who may sign in here"
