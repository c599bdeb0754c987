from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from peersupport.accounts.second_factor import take_away
from peersupport.accounts.services import name_of


class Command(BaseCommand):
    """Lets in a manager who has lost both telephone and codes on paper, when there is no other manager to ask."""

    help = "Take somebody's second factor away. Next time they sign in with the password alone, and set up a new one."

    def add_arguments(self, parser) -> None:
        parser.add_argument("email", help="The e-mail address with which they sign in.")

    def handle(self, *args, **options) -> None:
        user = User.objects.filter(username=name_of(options["email"])).first()
        if user is None:
            raise CommandError("There is no account with this address.")
        self.stdout.write("It is taken away." if take_away(user) else "There was none.")
