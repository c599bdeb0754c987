"""The pages between a password and the staff pages: a second factor, and a password forgotten or not chosen yet."""

from urllib.parse import urlencode

import django_otp
from django.conf import settings
from django.contrib.auth import views
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse, reverse_lazy
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from .forms import ChangeForm, ChooseForm, ForgottenForm
from .login_throttle import FRAME, locked_out
from .second_factor import (
    CodeForm,
    codes_left,
    confirm,
    has_second_factor,
    key_in_words,
    new_codes,
    picture,
    requires_second_factor,
    telephone_to_confirm,
)
from .services import DAYS, rights_in_words
from .throttle import may_ask_for_letter


class Forgotten(views.PasswordResetView):
    """What is said is the same whether there is such an account or not."""

    form_class = ForgottenForm
    template_name = "admin/password_forgotten.html"
    email_template_name = "emails/password.txt"
    subject_template_name = "emails/password_subject.txt"
    success_url = reverse_lazy("admin:password_reset_done")
    title = "Forgotten your password?"

    def form_valid(self, form: ForgottenForm) -> HttpResponse:
        if not may_ask_for_letter(self.request):
            self.request.axes_refusal = "letters"
            return locked_out(self.request, None)
        # Never the host that the request names: the link would lead to whoever made it up.
        self.extra_email_context = {"site_address": settings.SITE_ADDRESS, "days": DAYS, "name": settings.SITE_NAME}
        return super().form_valid(form)


class Chosen(views.PasswordResetConfirmView):
    form_class = ChooseForm
    success_url = reverse_lazy("admin:password_reset_complete")
    template_name = "admin/password_choose.html"
    title = "Choose a password"

    def get_context_data(self, **kwargs) -> dict:
        """Under one title, whether the link works still or not: Django has an alarming one for the second."""
        rights = rights_in_words(self.user) if self.validlink else []
        return {**super().get_context_data(**kwargs), "title": self.title, "rights": rights}


class Changed(views.PasswordChangeView):
    form_class = ChangeForm
    success_url = reverse_lazy("admin:password_change_done")
    template_name = "admin/password_change.html"
    title = "Change your password"

    def get_form_kwargs(self) -> dict:
        return {**super().get_form_kwargs(), "request": self.request}


class AccountViews:
    """For the site of staff pages: what somebody must do before they are let in. It stands before `AdminSite`."""

    def has_permission(self, request: HttpRequest) -> bool:
        """Whether somebody is on the staff, and has shown their second factor if they owe one."""
        return super().has_permission(request) and not requires_second_factor(request.user)

    def get_urls(self) -> list:
        said = {"extra_context": FRAME}
        sent = {**FRAME, "title": "A letter is on its way"}
        chosen = {**FRAME, "title": "Your password is kept"}
        return [
            # Django lets nobody log out who is not let in yet: they would stay signed in, half way.
            path("logout/", never_cache(self.logout), name="logout"),
            path("second-factor/", never_cache(self.second_factor), name="second_factor"),
            path("second-factor/set-up/", never_cache(self.set_up_second_factor), name="second_factor_set_up"),
            path("second-factor/codes/", self.admin_view(self.recovery_codes), name="recovery_codes"),
            path("password/forgotten/", Forgotten.as_view(**said), name="password_reset"),
            path(
                "password/sent/",
                views.PasswordResetDoneView.as_view(template_name="admin/password_sent.html", extra_context=sent),
                name="password_reset_done",
            ),
            path("password/choose/<uidb64>/<token>/", Chosen.as_view(**said), name="password_reset_confirm"),
            path(
                "password/chosen/",
                views.PasswordResetCompleteView.as_view(
                    template_name="admin/password_chosen.html", extra_context=chosen
                ),
                name="password_reset_complete",
            ),
            *super().get_urls(),
        ]

    def login(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """Ask for a password; of somebody who has given it, for the second factor."""
        if request.method == "GET" and super().has_permission(request) and requires_second_factor(request.user):
            return self._go("admin:second_factor", request)
        return super().login(request, extra_context)

    def password_change(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """Ask for the password somebody has, and for another."""
        request.current_app = self.name
        return Changed.as_view(extra_context={**self.each_context(request), **(extra_context or {})})(request)

    def password_change_done(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        return super().password_change_done(request, {"title": "Your password is changed", **(extra_context or {})})

    def second_factor(self, request: HttpRequest) -> HttpResponse:
        """Ask for a code, and let in whoever has it."""
        if not super().has_permission(request):
            return self._go("admin:login", request)
        if not requires_second_factor(request.user):
            return redirect(self._next(request))
        if not has_second_factor(request.user):
            return self._go("admin:second_factor_set_up", request)
        form = CodeForm(request.POST or None, devices=_devices(request.user))
        if form.is_valid():
            _verified(request, form)
            return redirect(self._next(request))
        return self._page(request, "admin/second_factor.html", title="Second factor", form=form)

    def set_up_second_factor(self, request: HttpRequest) -> HttpResponse:
        """Show a key, and take it up when a telephone has shown that it knows it."""
        if not super().has_permission(request):
            return self._go("admin:login", request)
        if requires_second_factor(request.user) and has_second_factor(request.user):
            return self._go("admin:second_factor", request)
        telephone = telephone_to_confirm(request.user)
        form = CodeForm(request.POST or None, devices=[telephone])
        if form.is_valid():
            codes = confirm(form.device)
            _verified(request, form)
            return self._codes(request, codes)
        form.fields["code"].help_text = "Six figures that your telephone shows now."
        return self._page(
            request,
            "admin/second_factor_set_up.html",
            title="Set up your second factor",
            form=form,
            picture=picture(telephone),
            key=key_in_words(telephone),
            must=request.user.is_superuser and not has_second_factor(request.user),
        )

    def recovery_codes(self, request: HttpRequest) -> HttpResponse:
        """How many codes on paper are left; posted, new ones, shown once."""
        if not has_second_factor(request.user):
            return redirect("admin:second_factor_set_up")
        if request.method == "POST":
            return self._codes(request, new_codes(request.user))
        left = codes_left(request.user)
        return self._page(request, "admin/second_factor_kept.html", title="Second factor", left=left)

    def _codes(self, request: HttpRequest, codes: list[str]) -> HttpResponse:
        return self._page(
            request, "admin/recovery_codes.html", title="Your codes on paper", codes=codes, next=self._next(request)
        )

    def _page(self, request: HttpRequest, template: str, **context) -> TemplateResponse:
        request.current_app = self.name
        # Of the staff pages, those who are not let in yet learn not even which there are.
        frame = self.each_context(request) if self.has_permission(request) else FRAME
        return TemplateResponse(request, template, {**frame, **context})

    def _next(self, request: HttpRequest) -> str:
        """Where somebody was going; the first page, if that is not ours."""
        asked = request.POST.get("next") or request.GET.get("next") or ""
        ours = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
        return asked if ours else reverse("admin:index")

    def _go(self, name: str, request: HttpRequest) -> HttpResponse:
        return redirect(f"{reverse(name)}?{urlencode({'next': self._next(request)})}")


def _devices(user) -> list:
    """What a code may come from: a telephone, then paper."""
    return [
        *TOTPDevice.objects.filter(user=user, confirmed=True),
        *StaticDevice.objects.filter(user=user, confirmed=True),
    ]


def _verified(request: HttpRequest, form: CodeForm) -> None:
    """Note in the session, under a new key, that the second factor was shown."""
    django_otp.login(request, form.device)
    request.session.cycle_key()
