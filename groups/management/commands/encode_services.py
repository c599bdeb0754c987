"""`manage.py encode_services`: store the records of the Open Referral feed. For cron, every hour."""

from typing import Any

from django.core.management.base import BaseCommand

from groups.open_referral.encoded_services import encode_services


class Command(BaseCommand):
    help = (
        "Store each record of the Open Referral feed that changed since it was stored. A record that is not stored is "
        "made when it is asked for, which takes several times as long."
    )

    def handle(self, **options: Any) -> None:
        self.stdout.write(f"{sum(encode_services()):,} records were stored.")
