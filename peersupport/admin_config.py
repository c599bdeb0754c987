"""Which site Django's admin is. In a file of its own: it is read before there are any models."""

from django.contrib.admin.apps import AdminConfig


class StaffAdminConfig(AdminConfig):
    """Django's admin, on our own site."""

    default_site = "peersupport.staff.StaffSite"
