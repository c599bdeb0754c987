"""People on the staff, and signing them in."""

from itertools import count

from django.contrib.auth.models import User
from django.test import Client
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_totp.models import TOTPDevice

from organisations.choices import EditorRole
from organisations.models import Editorship, Organisation

_numbers = count(1)
PASSWORD = "a password for the tests"


def make_manager(name: str = "", **fields) -> User:
    """A directory manager, who may do everything."""
    address = f"{name or f'manager-{next(_numbers)}'}@example.org"
    return User.objects.create_superuser(address, address, PASSWORD, **fields)


def make_editor(*organisations: Organisation, role: str = EditorRole.EDITOR, name: str = "", **fields) -> User:
    """Somebody who edits the listings of some organisations, and nothing else."""
    address = f"{name or f'{role}-{next(_numbers)}'}@example.org"
    editor = User.objects.create_user(address, address, PASSWORD, is_staff=True, **fields)
    for organisation in organisations:
        Editorship.objects.create(user=editor, organisation=organisation, role=role)
    return editor


def make_contributor(*organisations: Organisation, **fields) -> User:
    """Somebody who adds drafts, and proposes changes of what is public."""
    return make_editor(*organisations, role=EditorRole.CONTRIBUTOR, **fields)


def sign_in(client: Client, user: User) -> Client:
    """Sign somebody in with a second factor, where they need one or have one."""
    client.force_login(user)
    telephone = TOTPDevice.objects.filter(user=user).first()
    if telephone is None and user.is_superuser:
        telephone = TOTPDevice.objects.create(user=user, name="telephone")
    if telephone:
        session = client.session
        session[DEVICE_ID_SESSION_KEY] = telephone.persistent_id
        session.save()
    return client
