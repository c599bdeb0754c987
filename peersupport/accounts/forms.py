"""What somebody types to sign in, and to choose a password, asked for in plain words."""

from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm, AdminPasswordChangeForm
from django.contrib.auth.forms import PasswordResetForm, SetPasswordForm
from django.contrib.auth.models import User
from django.core.cache import cache

#: One letter to one account in this time, in seconds, however often somebody asks for it.
_PAUSE = 5 * 60


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
        return [user for user in found if cache.add(f"password-link-{user.pk}", True, _PAUSE)]


class _NewPassword(forms.Form):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        first, again = self.fields["new_password1"], self.fields["new_password2"]
        first.label, again.label = "New password", "The new password again"
        first.help_text = "12 characters or more. Not your name, not only figures, and nothing that many people use."
        again.help_text = ""


class ChooseForm(_NewPassword, SetPasswordForm):
    """A password for somebody who came by a link from a letter."""


class ChangeForm(_NewPassword, AdminPasswordChangeForm):
    """The password somebody has, and another one."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["old_password"].label = "The password you have now"
