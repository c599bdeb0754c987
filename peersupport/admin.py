"""The accounts of staff, which managers keep."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group, User

from organisations.admin.choosing import Choosing
from organisations.models import Editorship

admin.site.unregister([User, Group])


class EditorshipInline(Choosing, admin.TabularInline):
    model = Editorship
    extra = 0
    autocomplete_fields = ["organisation"]
    fields = ["organisation", "role"]
    verbose_name = "organisation"
    verbose_name_plural = "organisations that they keep"


@admin.register(User)
class StaffAdmin(UserAdmin):
    """Somebody who may sign in here. What they may do is said by the organisations that they keep."""

    readonly_fields = ["last_login", "date_joined"]
    filter_horizontal = []
    list_filter = ["is_active", "is_superuser"]
    fieldsets = [
        ("Who", {"fields": ("username", "password", "first_name", "last_name", "email")}),
        ("What they may do", {"fields": ("is_active", "is_staff", "is_superuser")}),
        ("For the record", {"fields": ("last_login", "date_joined")}),
    ]
    inlines = [EditorshipInline]
