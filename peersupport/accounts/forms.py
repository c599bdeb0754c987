"""Forms to sign in, and to choose or change a password."""

from typing import Any

from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm, AdminPasswordChangeForm
from django.contrib.auth import authenticate
from django.contrib.auth.forms import PasswordResetForm, SetPasswordForm
from django.contrib.auth.models import User
from django.http import HttpRequest

from common.emails import send_email

from .second_factor import reset_code_throttle
from .throttle import may_send_password_email


class LoginForm(AdminAuthenticationForm):
    """The login form."""

    error_messages = {
        **AdminAuthenticationForm.error_messages,
        # It does not say which of the two is wrong, so as not to reveal who has an account.
        "invalid_login": "The e-mail address or the password is not right. Look at both, and try again.",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "E-mail address"


class ForgottenForm(PasswordResetForm):
    """The form to request a password link; also for staff who have no usable password yet."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = "E-mail address"

    def get_users(self, email: str) -> list[User]:
        users = User.objects.filter(email__iexact=email, is_active=True, is_staff=True)
        return [user for user in users if may_send_password_email(user.pk)]

    def send_mail(
        self,
        subject_template_name: str,
        email_template_name: str,
        context: dict[str, Any],
        from_email: str | None,
        to_email: str,
        html_email_template_name: str | None = None,
    ) -> None:
        """Store the e-mail in the outbox: the response waits for no mail server, and is the same without an account."""
        send_email("password", to=to_email, **context)


class _NewPassword(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first, second = self.fields["new_password1"], self.fields["new_password2"]
        first.label, second.label = "New password", "The new password again"
        first.help_text = "12 characters or more. Not your name, not only figures, and nothing that many people use."
        second.help_text = ""


class ChooseForm(_NewPassword, SetPasswordForm):
    """The form to choose a password after following a link."""

    def save(self, commit: bool = True) -> User:
        """Save the password and reset the code throttle: whoever failed codes knew the old password."""
        user = super().save(commit)
        reset_code_throttle(user)
        return user


class ChangeForm(_NewPassword, AdminPasswordChangeForm):
    """The form to change a password."""

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        """`request` is needed to count wrong passwords."""
        super().__init__(*args, **kwargs)
        self.request = request
        self.fields["old_password"].label = "The password you have now"

    def clean_old_password(self) -> str:
        """Return the old password. A wrong one is counted as at the login: no way around the throttle."""
        typed = self.cleaned_data["old_password"]
        if authenticate(self.request, username=self.user.get_username(), password=typed) is None:
            raise forms.ValidationError(self.error_messages["password_incorrect"], code="password_incorrect")
        return typed
