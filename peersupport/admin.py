"""The admin page of staff accounts, for managers."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django_otp.plugins.otp_static.admin import StaticDevice
from django_otp.plugins.otp_totp.admin import TOTPDevice

from organisations.admin import RowInline
from organisations.models import Editorship
from peersupport.accounts.second_factor import remove_second_factor
from peersupport.accounts.services import (
    deactivate_account,
    describe_permissions,
    send_set_up_link,
    username_from_email,
)

from .outgoing_emails import OutgoingEmailAdmin

__all__ = ["OutgoingEmailAdmin", "StaffAdmin"]

# Permissions come from editorships, and nobody may read the secrets of second factors.
admin.site.unregister([User, Group, TOTPDevice, StaticDevice])


class AccountForm(forms.ModelForm):
    """The form of an account, without a password: its owner chooses that by a link."""

    class Meta:
        labels = {"email": "E-mail address", "is_active": "May sign in", "is_superuser": "Directory manager"}
        help_texts = {
            "is_active": "Untick it for some time off. For good, choose “has left” in the list.",
            "is_superuser": "May do everything, and needs no organisation below.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "email" in self.fields:
            self.fields["email"].required = True
        self.rights_before = describe_permissions(self.instance) if self.instance.pk else []

    def clean_email(self) -> str:
        """Return the username for the address. Raises `ValidationError` if another account has it."""
        name = username_from_email(self.cleaned_data["email"])
        if User.objects.filter(username=name).exclude(pk=self.instance.pk).exists():
            raise ValidationError("There is an account with this address already.")
        return name


class EditorshipInline(RowInline):
    model = Editorship
    written_by = "managers"
    autocomplete_fields = ["organisation"]
    fields = [("organisation", "role")]
    verbose_name = "organisation"
    verbose_name_plural = "organisations that they keep"


class LabelledBooleanFilter(admin.BooleanFieldListFilter):
    """A boolean filter titled by the label of the form field."""

    def __init__(self, field: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(field, *args, **kwargs)
        self.title = AccountForm.Meta.labels[field.name]


@admin.register(User)
class StaffAdmin(UserAdmin):
    """The page of staff accounts. Permissions come from the editorships in the inline."""

    form = add_form = AccountForm
    add_form_template = "admin/change_form.html"
    list_display = ["email_address", "first_name", "last_name", "manages", "may_sign_in", "last_login"]
    list_filter = [("is_active", LabelledBooleanFilter), ("is_superuser", LabelledBooleanFilter)]
    show_facets = admin.ShowFacets.NEVER
    name_fields = ("email", "username")
    context_fields = ("first_name", "last_name")
    search_fields = ["email", "username", "first_name", "last_name"]
    readonly_fields = ["signs_in_as", "last_login", "date_joined"]
    ordering = ["email"]
    filter_horizontal = []
    add_fieldsets = [
        (
            "Who",
            {
                "fields": ("email", "first_name", "last_name"),
                "description": "We write to them, with a link to choose a password. It works once, for three days.",
            },
        ),
        ("What they may do", {"fields": ("is_superuser",)}),
    ]
    fieldsets = [
        ("Who", {"fields": ("email", "first_name", "last_name")}),
        ("What they may do", {"fields": ("is_active", "is_superuser")}),
        ("For the record", {"fields": ("signs_in_as", "last_login", "date_joined")}),
    ]
    inlines = [EditorshipInline]
    actions = ["send_link", "take_away_second_factor", "deactivate"]

    @admin.display(description="e-mail address", ordering="email")
    def email_address(self, user: User) -> str:
        return user.email

    @admin.display(description="directory manager", ordering="is_superuser", boolean=True)
    def manages(self, user: User) -> bool:
        return user.is_superuser

    @admin.display(description="may sign in", ordering="is_active", boolean=True)
    def may_sign_in(self, user: User) -> bool:
        return user.is_active

    @admin.display(description="signs in as")
    def signs_in_as(self, user: User) -> str:
        return user.get_username()

    def get_urls(self) -> list[Any]:
        """Return the addresses without the page that sets another account's password."""
        return [url for url in super().get_urls() if url.name != "auth_user_password_change"]

    def get_form(self, request: HttpRequest, obj: User | None = None, change: bool = False, **kwargs: Any) -> Any:
        """Return the same form to add and to change an account: neither sets a password."""
        return admin.ModelAdmin.get_form(self, request, obj, change, **kwargs)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Return False: revisions reference the account. The action `deactivate` deactivates it."""
        return False

    def save_model(self, request: HttpRequest, obj: User, form: AccountForm, change: bool) -> None:
        obj.is_staff = True
        if not change:
            obj.set_unusable_password()
        if not change or "@" in obj.username:
            obj.username = obj.email
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: AccountForm, formsets: list[Any], change: bool) -> None:
        """Save, and show messages for permissions that a saved account has gained or lost."""
        user = form.instance
        before = list(form.rights_before) if change else []
        super().save_related(request, form, formsets, change)
        if change:
            _show_rights_diff(request, user, before, describe_permissions(user))

    def response_add(self, request: HttpRequest, obj: User, post_url_continue: str | None = None) -> HttpResponse:
        _send_link(request, obj)
        return admin.ModelAdmin.response_add(self, request, obj, post_url_continue)

    @admin.action(description="Send a link to choose a password", permissions=["change"])
    def send_link(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        for user in queryset.filter(is_active=True):
            _send_link(request, user)

    @admin.action(description="Lost telephone: take the second factor away", permissions=["change"])
    def take_away_second_factor(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        for user in queryset:
            if remove_second_factor(user):
                self.log_change(request, user, "Second factor taken away.")
                messages.success(request, f"{user.get_username()} signs in with the password alone, and sets up anew.")
            else:
                messages.warning(request, f"{user.get_username()} had no second factor.")

    @admin.action(description="Has left: close the account now", permissions=["change"])
    def deactivate(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        for user in queryset:
            if user == request.user:
                messages.error(request, "You cannot close your own account. Ask another manager.")
                continue
            deactivate_account(user)
            self.log_change(request, user, "Has left.")
            messages.success(request, f"{user.get_username()} is signed out, and keeps nothing. What they wrote stays.")


def _send_link(request: HttpRequest, user: User) -> None:
    send_set_up_link(user)
    messages.success(request, f"An e-mail to {user.email} is on its way, with a link to choose a password.")
    rights = describe_permissions(user)
    for right in rights:
        messages.success(request, f"The account {user.email} is {right}.")
    if not rights:
        messages.warning(
            request, f"The account {user.email} has no organisation yet, and can see nothing. Add one below."
        )


def _show_rights_diff(request: HttpRequest, user: User, before: list[str], now: list[str]) -> None:
    """Show a message for each permission that was gained or lost."""
    for right in now:
        if right not in before:
            messages.success(
                request, f"The account {user.email} is {right} from now on. Is that wrong? Take it away again here."
            )
    for right in before:
        if right not in now:
            messages.warning(request, f"The account {user.email} is no longer {right}.")
