"""What somebody types to sign in, and to choose a password, asked for in plain words."""

from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm, AdminPasswordChangeForm
from django.contrib.auth import authenticate
from django.contrib.auth.forms import PasswordResetForm, SetPasswordForm
from django.contrib.auth.models import User
from django.http import HttpRequest

from .second_factor import forgive_wrong_codes
from .throttle import may_get_letter


class LoginForm(AdminAuthenticationForm):
    """The name of an account and a password."""

    error_messages = {
        **AdminAuthenticationForm.error_messages,
        # Which of the two is wrong is not said: nobody learns here who has an account.
        "invalid_login": "The e-mail address or the password is not right. Look at both, and try again.",
    }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "E-mail address"


class ForgottenForm(PasswordResetForm):
    """Where to send a link. It goes to anybody on the staff, also before they have chosen their first password."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = "E-mail address"

    def get_users(self, email: str) -> list[User]:
        found = User.objects.filter(email__iexact=email, is_active=True, is_staff=True)
        return [user for user in found if may_get_letter(user.pk)]


class _NewPassword(forms.Form):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        first, again = self.fields["new_password1"], self.fields["new_password2"]
        first.label, again.label = "New password", "The new password again"
        first.help_text = "12 characters or more. Not your name, not only figures, and nothing that many people use."
        again.help_text = ""


class ChooseForm(_NewPassword, SetPasswordForm):
    """A password for somebody who came by a link from a letter."""

    def save(self, commit: bool = True) -> User:
        """Save it, and let the second factor be shown at once: whoever typed wrong codes knew the old password."""
        user = super().save(commit)
        forgive_wrong_codes(user)
        return user


class ChangeForm(_NewPassword, AdminPasswordChangeForm):
    """The password somebody has, and another one."""

    def __init__(self, *args, request: HttpRequest, **kwargs) -> None:
        """`request`: the one that brings it, for the count of wrong passwords."""
        super().__init__(*args, **kwargs)
        self.request = request
        self.fields["old_password"].label = "The password you have now"

    def clean_old_password(self) -> str:
        """Return the old password. A wrong one is counted as at the login: this page must not be a way around it."""
        typed = self.cleaned_data["old_password"]
        if authenticate(self.request, username=self.user.get_username(), password=typed) is None:
            raise forms.ValidationError(self.error_messages["password_incorrect"], code="password_incorrect")
        return typed
