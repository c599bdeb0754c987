"""People on the staff, and signing them in."""

from itertools import count

from django.contrib.auth.models import User
from django.test import Client

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
    """Sign somebody in, a second factor included where one is needed."""
    client.force_login(user, backend="peersupport.accounts.backend.StaffBackend")
    return client
