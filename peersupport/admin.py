"""The accounts of staff, and the sets of permissions that they share."""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, Permission, User
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest

admin.site.unregister([User, Group])


@admin.register(User)
class StaffAdmin(UserAdmin):
    """Somebody who may sign in here. What they may do is said by their groups, not one by one."""

    readonly_fields = ["last_login", "date_joined"]
    filter_horizontal = []
    fieldsets = [
        ("Who", {"fields": ("username", "password", "first_name", "last_name", "email")}),
        ("What they may do", {"fields": ("is_active", "is_staff", "is_superuser", "groups")}),
        ("For the record", {"fields": ("last_login", "date_joined")}),
    ]

    def formfield_for_manytomany(self, db_field, request: HttpRequest, **kwargs):
        if db_field.name == "groups":
            kwargs["widget"] = CheckboxSelectMultiple()
        return super().formfield_for_manytomany(db_field, request, **kwargs)


@admin.register(Group)
class PermissionsAdmin(GroupAdmin):
    """A set of permissions, such as an editor's."""

    filter_horizontal = []

    def formfield_for_manytomany(self, db_field, request: HttpRequest, **kwargs):
        if db_field.name == "permissions":
            # Nobody is given leave to change history, nor Django's own tables.
            kwargs["queryset"] = (
                Permission.objects.select_related("content_type")
                .exclude(content_type__model__startswith="historical")
                .filter(content_type__app_label__in=["groups", "organisations", "places", "auth"])
            )
            kwargs["widget"] = CheckboxSelectMultiple()
        return admin.ModelAdmin.formfield_for_manytomany(self, db_field, request, **kwargs)
