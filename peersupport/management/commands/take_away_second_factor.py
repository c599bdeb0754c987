from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser

from peersupport.accounts.second_factor import remove_second_factor
from peersupport.accounts.services import username_from_email


class Command(BaseCommand):
    """Removes the second factor of a manager who has lost it, when there is no other manager to ask."""

    help = "Take somebody's second factor away. Next time they sign in with the password alone, and set up a new one."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="The e-mail address with which they sign in.")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(username=username_from_email(options["email"])).first()
        if user is None:
            raise CommandError("There is no account with this address.")
        self.stdout.write("It is taken away." if remove_second_factor(user) else "There was none.")
