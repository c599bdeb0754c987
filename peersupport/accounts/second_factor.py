"""The second factor: a code from a telephone, or one of ten on paper. Managers do nothing without it."""

import math
import secrets
from base64 import b32encode

import segno
from django import forms
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

#: How many codes for paper somebody gets at a time.
CODES = 10
#: How many wrong codes in a row double the wait: it is half an hour at most. Whoever types them knows the password, and
#: must not shut the owner out for days.
DOUBLINGS = 12
#: Letters and figures that nobody takes for another when they copy them by hand.
_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"


def requires_second_factor(user: AbstractBaseUser) -> bool:
    """Whether somebody who has typed their password must still show, or set up, a second factor."""
    if user.is_anonymous or user.is_verified():
        return False
    return user.is_superuser or has_second_factor(user)


def has_second_factor(user: AbstractBaseUser) -> bool:
    """Whether somebody has set up a second factor; looked up once for each request."""
    if not hasattr(user, "_has_second_factor"):
        user._has_second_factor = TOTPDevice.objects.filter(user=user, confirmed=True).exists()
    return user._has_second_factor


def telephone_to_confirm(user: AbstractBaseUser) -> TOTPDevice:
    """A telephone that has not shown yet that it knows the key: the same one until it has."""
    found = TOTPDevice.objects.filter(user=user, confirmed=False).first()
    return found or TOTPDevice.objects.create(user=user, name="telephone", confirmed=False)


@transaction.atomic
def confirm(telephone: TOTPDevice) -> list[str]:
    """Make a telephone somebody's only one, and give them new codes for paper."""
    TOTPDevice.objects.filter(user=telephone.user).exclude(pk=telephone.pk).delete()
    telephone.confirmed = True
    telephone.save(update_fields=["confirmed"])
    return new_codes(telephone.user)


@transaction.atomic
def new_codes(user: AbstractBaseUser) -> list[str]:
    """Ten codes, each good once, in place of those that somebody had."""
    StaticDevice.objects.filter(user=user).delete()
    paper = StaticDevice.objects.create(user=user, name="paper")
    codes = ["".join(secrets.choice(_SIGNS) for _ in range(10)) for _ in range(CODES)]
    for code in codes:
        paper.token_set.create(token=code)
    return [f"{code[:5]} {code[5:]}" for code in codes]


def codes_left(user: AbstractBaseUser) -> int:
    """How many codes for paper somebody has not used yet."""
    return sum(paper.token_set.count() for paper in StaticDevice.objects.filter(user=user))


def take_away(user: AbstractBaseUser) -> bool:
    """Forget somebody's telephone and codes; whether there were any. A manager sets up new ones when they sign in."""
    gone, _ = TOTPDevice.objects.filter(user=user).delete()
    also, _ = StaticDevice.objects.filter(user=user).delete()
    return bool(gone or also)


def forgive_wrong_codes(user: AbstractBaseUser) -> None:
    """Let the next code of somebody be tried at once."""
    for devices in (TOTPDevice.objects, StaticDevice.objects):
        devices.filter(user=user).update(throttling_failure_count=0, throttling_failure_timestamp=None)


def key_in_words(telephone: TOTPDevice) -> str:
    """The key as somebody types it who cannot point a camera at it: in groups of four."""
    key = b32encode(telephone.bin_key).decode().rstrip("=")
    return " ".join(key[at : at + 4] for at in range(0, len(key), 4))


def picture(telephone: TOTPDevice) -> SafeString:
    """The key as a QR code, drawn in the page, as large as its place: cut off, no camera could read it."""
    render_component = segno.make(telephone.config_url, error="m").svg_inline(
        omitsize=True, border=4, dark="#000", light="#fff", title="The key as a picture for your telephone"
    )
    return mark_safe(render_component.replace("<svg ", '<svg role="img" ', 1))


class CodeForm(forms.Form):
    """A code as somebody types it. Valid, `device` is what it came from."""

    code = forms.CharField(
        label="Code",
        max_length=20,
        help_text="Six figures from your telephone, or one of your codes on paper.",
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True, "spellcheck": "false"}),
    )

    def __init__(self, *args, devices: list[Device], **kwargs) -> None:
        """`devices`: those that a code may come from; a telephone's codes are six figures, others are paper's."""
        super().__init__(*args, **kwargs)
        self.devices = devices
        self.device: Device | None = None

    def clean_code(self) -> str:
        """Try the code. Each wrong one doubles the time until the next may be tried."""
        typed = "".join(self.cleaned_data["code"].lower().replace("-", "").split())
        from_telephone = typed.isdecimal() and len(typed) == 6
        for device in self.devices:
            if isinstance(device, TOTPDevice) == from_telephone:
                self._try(device, typed)
                return typed
        raise forms.ValidationError("This is not a code. A telephone shows six figures.")

    def _try(self, device: Device, typed: str) -> None:
        with transaction.atomic():
            # Locked, so that one code is not used twice at once.
            device = type(device).objects.select_for_update().get(pk=device.pk)
            device.throttling_failure_count = min(device.throttling_failure_count, DOUBLINGS)
            may_try, why_not = device.verify_is_allowed()
            if may_try and device.verify_token(typed):
                self.device = device
        if not may_try:
            seconds = math.ceil((why_not["locked_until"] - timezone.now()).total_seconds())
            raise forms.ValidationError(f"That was tried too often. Wait {in_words(seconds)}, then try a new code.")
        if self.device is None:
            raise forms.ValidationError("This code is not right, or it is too old. Try the one that is shown now.")


def in_words(seconds: int) -> str:
    """A time to wait: "8 seconds", "3 minutes"."""
    number, unit = (seconds, "second") if seconds < 90 else (math.ceil(seconds / 60), "minute")
    return f"{number} {unit}{'' if number == 1 else 's'}"
