"""The page of an organisation: what `organisations` knows of it, with what is read by `groups`."""

from django.contrib import admin

from organisations.admin import OrganisationAdmin
from organisations.models import Organisation

from .opening_hours import OpeningHoursAdminMixin


@admin.register(Organisation)
class OrganisationPageAdmin(OpeningHoursAdminMixin, OrganisationAdmin):
    """The page of an organisation, with its opening hours in words."""
