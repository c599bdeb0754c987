import getpass
from typing import Any

from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction

from peersupport.accounts.services import DAYS, set_up_link, username_from_email


class Command(BaseCommand):
    """Creates the first directory manager, who invites everybody else from the staff pages."""

    help = "Make an account for a directory manager. It prints a link, once, with which they choose a password."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--email", help="Their e-mail address, with which they sign in. Asked for if left out.")
        parser.add_argument("--password", action="store_true", help="Ask for a password here, instead of a link.")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        name = username_from_email(options["email"] or input("E-mail address: "))
        try:
            validate_email(name)
        except ValidationError as error:
            raise CommandError("This is not an e-mail address.") from error
        if User.objects.filter(username=name).exists():
            raise CommandError(f"There is an account with the address {name} already.")
        manager = User.objects.create_superuser(name, name)
        if options["password"]:
            manager.set_password(self._prompt_password(manager))
            manager.save()
            self.stdout.write(f"{name} can sign in now, and then sets up a second factor.")
        else:
            self.stdout.write(f"Open this to choose a password. It works once, and for {DAYS} days:")
            self.stdout.write(set_up_link(manager))

    def _prompt_password(self, manager: User) -> str:
        password = getpass.getpass("Password: ")
        if password != getpass.getpass("The same again: "):
            raise CommandError("The two are not the same.")
        try:
            validate_password(password, manager)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        return password
