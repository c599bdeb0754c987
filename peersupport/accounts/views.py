"""Views of authentication: second factor, forgotten password, new password."""

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import django_otp
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import views
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse, reverse_lazy
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from common.slots import PASSWORDS, slot_for_posts

from .forms import ChangeForm, ChooseForm, ForgottenForm
from .login_throttle import SIGN_IN_CONTEXT, lockout_response
from .second_factor import (
    CodeForm,
    codes_left,
    confirm,
    format_key,
    has_second_factor,
    new_codes,
    qr_code_svg,
    requires_second_factor,
    unconfirmed_telephone,
)
from .services import DAYS, describe_permissions
from .throttle import may_request_password_email

#: The key of a session for the primary key of the telephone that is set up in it.
_PENDING = "pending_second_factor"

if TYPE_CHECKING:
    from django.contrib.admin import AdminSite as _AdminSiteMixin
else:
    _AdminSiteMixin = object


class PasswordForgottenView(views.PasswordResetView):
    """Sends a password link; the response does not reveal whether the account exists."""

    form_class = ForgottenForm
    template_name = "admin/password_forgotten.html"
    success_url = reverse_lazy("admin:password_reset_done")
    title = "Forgotten your password?"

    def form_valid(self, form: Any) -> HttpResponse:
        request: Any = self.request
        if not may_request_password_email(request):
            request.axes_refusal = "e-mails"
            return lockout_response(request, None)
        # Never the Host header of the request, which can be forged.
        self.extra_email_context = {"site_address": settings.SITE_ADDRESS, "days": DAYS, "name": settings.SITE_NAME}
        return super().form_valid(form)


class PasswordChooseView(views.PasswordResetConfirmView):
    form_class = ChooseForm
    template_name = "admin/password_choose.html"
    title = "Choose a password"
    # Whoever has the link could sign in with the new password at once. A second factor is still asked for.
    post_reset_login = True
    post_reset_login_backend = "peersupport.accounts.backend.StaffBackend"
    success_url = reverse_lazy("admin:index")

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        messages.success(self.request, "Your new password is saved, and you are logged in.")
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Use one title for valid and expired links; Django's own for expired ones is alarming."""
        rights = describe_permissions(self.user) if self.validlink and isinstance(self.user, User) else []
        return {**super().get_context_data(**kwargs), "title": self.title, "rights": rights}


class PasswordChangeView(views.PasswordChangeView):
    form_class = ChangeForm
    success_url = reverse_lazy("admin:password_change_done")
    template_name = "admin/password_change.html"
    title = "Change your password"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "request": self.request}


class AccountViews(_AdminSiteMixin):
    """Mixin, before `AdminSite`: authentication with a second factor."""

    def has_permission(self, request: HttpRequest) -> bool:
        """Return whether the user is staff and has verified a required second factor."""
        return super().has_permission(request) and not requires_second_factor(request.user)

    def get_urls(self) -> list[Any]:
        options = {"extra_context": SIGN_IN_CONTEXT}
        sent = {**SIGN_IN_CONTEXT, "title": "An e-mail is on its way"}
        return [
            # Django's own logout needs `has_permission`, which is false before the second factor.
            path("logout/", never_cache(self.logout), name="logout"),
            path("second-factor/", never_cache(self.second_factor), name="second_factor"),
            path("second-factor/set-up/", never_cache(self.set_up_second_factor), name="second_factor_set_up"),
            path("second-factor/codes/", self.admin_view(self.recovery_codes), name="recovery_codes"),
            path("password/forgotten/", PasswordForgottenView.as_view(**options), name="password_reset"),
            path(
                "password/sent/",
                views.PasswordResetDoneView.as_view(template_name="admin/password_sent.html", extra_context=sent),
                name="password_reset_done",
            ),
            path(
                "password/choose/<uidb64>/<token>/",
                PasswordChooseView.as_view(**options),
                name="password_reset_confirm",
            ),
            *super().get_urls(),
        ]

    @slot_for_posts(PASSWORDS)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show the login form; redirect to the second factor after the password."""
        if request.method == "GET" and super().has_permission(request) and requires_second_factor(request.user):
            return self._redirect("admin:second_factor", request)
        return super().login(request, extra_context)

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Show the form to change the password."""
        request.current_app = self.name
        return PasswordChangeView.as_view(extra_context={**self.each_context(request), **(extra_context or {})})(
            request
        )

    def password_change_done(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return super().password_change_done(request, {"title": "Your password is changed", **(extra_context or {})})

    def second_factor(self, request: HttpRequest) -> HttpResponse:
        """Ask for a code of the second factor, and verify it."""
        if not super().has_permission(request):
            return self._redirect("admin:login", request)
        if not requires_second_factor(request.user):
            return redirect(self._next(request))
        if not has_second_factor(request.user):
            return self._redirect("admin:second_factor_set_up", request)
        form = CodeForm(request.POST or None, devices=_devices(request.user))
        if form.is_valid():
            _mark_verified(request, form)
            return redirect(self._next(request))
        return self._render(request, "admin/second_factor.html", title="Second factor", form=form)

    def set_up_second_factor(self, request: HttpRequest) -> HttpResponse:
        """Show a TOTP key, and confirm the device with its first code."""
        if not super().has_permission(request):
            return self._redirect("admin:login", request)
        if requires_second_factor(request.user) and has_second_factor(request.user):
            return self._redirect("admin:second_factor", request)
        # Each session has its own secret: somebody else who knew the password may have seen another.
        telephone = unconfirmed_telephone(request.user, request.session.get(_PENDING))
        request.session[_PENDING] = telephone.pk
        form = CodeForm(request.POST or None, devices=[telephone])
        if form.is_valid():
            codes = confirm(form.device)
            del request.session[_PENDING]
            _mark_verified(request, form)
            return self._codes(request, codes)
        form.fields["code"].help_text = "Six figures that your telephone shows now."
        return self._render(
            request,
            "admin/second_factor_set_up.html",
            title="Set up your second factor",
            form=form,
            picture=qr_code_svg(telephone),
            key=format_key(telephone),
            must=getattr(request.user, "is_superuser", False) and not has_second_factor(request.user),
        )

    def recovery_codes(self, request: HttpRequest) -> HttpResponse:
        """Show how many recovery codes are left; on POST, create new ones and show them once."""
        if not has_second_factor(request.user):
            return redirect("admin:second_factor_set_up")
        if request.method == "POST":
            return self._codes(request, new_codes(request.user))
        left = codes_left(request.user)
        return self._render(request, "admin/second_factor_kept.html", title="Second factor", left=left)

    def _codes(self, request: HttpRequest, codes: list[str]) -> HttpResponse:
        return self._render(
            request, "admin/recovery_codes.html", title="Your codes on paper", codes=codes, next=self._next(request)
        )

    def _render(self, request: HttpRequest, template: str, **context: Any) -> TemplateResponse:
        request.current_app = self.name
        # Before the second factor the context must not list the admin's models.
        site_context = self.each_context(request) if self.has_permission(request) else SIGN_IN_CONTEXT
        return TemplateResponse(request, template, {**site_context, **context})

    def _next(self, request: HttpRequest) -> str:
        """Return the `next` address; the index if it is missing or on another host."""
        url = request.POST.get("next") or request.GET.get("next") or ""
        is_own = url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())
        return url if is_own else reverse("admin:index")

    def _redirect(self, name: str, request: HttpRequest) -> HttpResponse:
        return redirect(f"{reverse(name)}?{urlencode({'next': self._next(request)})}")


def _devices(user: Any) -> list[Any]:
    """Return the confirmed devices of a user: TOTP, then recovery codes."""
    return [
        *TOTPDevice.objects.filter(user=user, confirmed=True),
        *StaticDevice.objects.filter(user=user, confirmed=True),
    ]


def _mark_verified(request: HttpRequest, form: CodeForm) -> None:
    """Store the verified device in the session, and change the session key."""
    django_otp.login(request, form.device)
    request.session.cycle_key()
