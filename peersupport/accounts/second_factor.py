"""The second factor: TOTP codes, or one of ten recovery codes. Managers must have one."""

import math
import secrets
from base64 import b32encode
from typing import Any

from django import forms
from django.db import transaction
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

#: The number of recovery codes.
CODES = 10
#: The most wrong codes in a row that double the wait, which is then about half an hour: whoever knows the password must
#: not be able to lock the owner out for days.
DOUBLINGS = 12
#: How many telephones of one account may wait for their first code, each in a session of its own.
MOST_PENDING = 5
#: Letters and digits that are not confused when copied by hand.
_CODE_CHARACTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def requires_second_factor(user: Any) -> bool:
    """Return whether a user with a valid password must still verify, or set up, a second factor."""
    if user.is_anonymous or user.is_verified():
        return False
    return user.is_superuser or has_second_factor(user)


def has_second_factor(user: Any) -> bool:
    """Return whether a user has a confirmed second factor, cached on the user object."""
    if not hasattr(user, "_has_second_factor"):
        user._has_second_factor = TOTPDevice.objects.filter(user=user, confirmed=True).exists()
    return user._has_second_factor


def unconfirmed_telephone(user: Any, key: int | None = None) -> TOTPDevice:
    """Return the unconfirmed TOTP device of a user with this primary key, or else a new one with its own secret.

    The newest few that were never confirmed are kept.
    """
    pending = TOTPDevice.objects.filter(user=user, confirmed=False)
    if device := pending.filter(pk=key).first():
        return device
    newest = pending.order_by("-pk").values_list("pk", flat=True)[: MOST_PENDING - 1]
    pending.exclude(pk__in=list(newest)).delete()
    return TOTPDevice.objects.create(user=user, name="telephone", confirmed=False)


@transaction.atomic
def confirm(telephone: TOTPDevice) -> list[str]:
    """Confirm a TOTP device, delete the user's other ones, and return new recovery codes."""
    TOTPDevice.objects.filter(user=telephone.user).exclude(pk=telephone.pk).delete()
    telephone.confirmed = True
    telephone.save(update_fields=["confirmed"])
    return new_codes(telephone.user)


@transaction.atomic
def new_codes(user: Any) -> list[str]:
    """Replace the recovery codes of a user; return ten new ones, each valid once."""
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name="paper")
    codes = ["".join(secrets.choice(_CODE_CHARACTERS) for _ in range(10)) for _ in range(CODES)]
    for code in codes:
        device.token_set.create(token=code)
    return [f"{code[:5]} {code[5:]}" for code in codes]


def codes_left(user: Any) -> int:
    """Return the number of unused recovery codes of a user."""
    return sum(device.token_set.count() for device in StaticDevice.objects.filter(user=user))


def remove_second_factor(user: Any) -> bool:
    """Delete the second factor of a user; return whether there was one. A manager must set up a new one at login."""
    totp_count, _ = TOTPDevice.objects.filter(user=user).delete()
    static_count, _ = StaticDevice.objects.filter(user=user).delete()
    return bool(totp_count or static_count)


def reset_code_throttle(user: Any) -> None:
    """Reset the throttling of wrong codes of a user."""
    for devices in (TOTPDevice.objects, StaticDevice.objects):
        devices.filter(user=user).update(throttling_failure_count=0, throttling_failure_timestamp=None)


def format_key(telephone: TOTPDevice) -> str:
    """Return the TOTP key in base 32, in groups of four, for typing."""
    key = b32encode(telephone.bin_key).decode().rstrip("=")
    return " ".join(key[start : start + 4] for start in range(0, len(key), 4))


def qr_code_svg(telephone: TOTPDevice) -> SafeString:
    """Return the TOTP key as a QR code: inline SVG without a size, so that it scales to its container."""
    import segno  # Its tables take 3 MB, and few requests draw a code.

    svg = segno.make(telephone.config_url, error="m").svg_inline(
        omitsize=True, border=4, dark="#000", light="#fff", title="The key as a picture for your telephone"
    )
    return mark_safe(svg.replace("<svg ", '<svg role="img" ', 1))


class CodeForm(forms.Form):
    """The form of a code. Once valid, `device` is the device that verified it."""

    code = forms.CharField(
        label="Code",
        max_length=20,
        help_text="Six figures from your telephone, or one of your codes on paper.",
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True, "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, devices: list[Device], **kwargs: Any) -> None:
        """`devices` are those to try: TOTP codes have six digits, all others are recovery codes."""
        super().__init__(*args, **kwargs)
        self.devices = devices
        self.device: Device | None = None

    def clean_code(self) -> str:
        """Verify the code. Raises `ValidationError`; each wrong code doubles the wait before the next one."""
        typed = "".join(self.cleaned_data["code"].lower().replace("-", "").split())
        is_totp = typed.isdecimal() and len(typed) == 6
        for device in self.devices:
            if isinstance(device, TOTPDevice) == is_totp:
                self._verify(device, typed)
                return typed
        raise forms.ValidationError("This is not a code. A telephone shows six figures.")

    def _verify(self, device: Device, typed: str) -> None:
        with transaction.atomic():
            # The lock keeps a code from being used twice concurrently.
            device = type(device).objects.select_for_update().get(pk=device.pk)
            device.throttling_failure_count = min(device.throttling_failure_count, DOUBLINGS)
            is_allowed, details = device.verify_is_allowed()
            if is_allowed and device.verify_token(typed):
                self.device = device
        if not is_allowed:
            seconds = math.ceil((details["locked_until"] - timezone.now()).total_seconds())
            raise forms.ValidationError(f"That was tried too often. Wait {format_wait(seconds)}, then try a new code.")
        if self.device is None:
            raise forms.ValidationError("This code is not right, or it is too old. Try the one that is shown now.")


def format_wait(seconds: int) -> str:
    """Return a duration as text: "8 seconds", "3 minutes"."""
    number, unit = (seconds, "second") if seconds < 90 else (math.ceil(seconds / 60), "minute")
    return f"{number} {unit}{'' if number == 1 else 's'}"
