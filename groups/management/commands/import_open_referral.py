from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from common.text import fold
from groups.spreadsheets.open_referral.documents import BadFeed
from groups.spreadsheets.open_referral.feed_import import (
    ChangedMeanwhile,
    ImportOptions,
    prepare_feed,
    source_name,
    vocabulary,
    write_feed,
)
from groups.spreadsheets.open_referral.feed_reading import FeedReader
from groups.spreadsheets.open_referral.report import report
from groups.spreadsheets.open_referral.service_rows import ReadingOptions


class Command(BaseCommand):
    """Imports a feed of Open Referral UK 3.0. A dry run, unless it is told to write."""

    help = "Import services of Open Referral UK 3.0 (HSDS-UK) from a file, a folder of pages, or an address."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("location", help="A file, a folder of files, or the address of a feed or file.")
        parser.add_argument("--source", required=True, metavar="NAME", help="What this list is called here.")
        write = parser.add_mutually_exclusive_group()
        write.add_argument("--dry-run", action="store_true", help="Say what it would do, which is so without --write.")
        write.add_argument("--write", action="store_true", help="Do what a dry run says, all of it or nothing.")
        parser.add_argument(
            "--contacts-agreed-by",
            default="",
            metavar="WHO",
            help="Who agreed that telephones and mailboxes of the feed are public. Without, only staff see them.",
        )
        parser.add_argument(
            "--organisation",
            action="append",
            default=[],
            metavar="THEIRS=OURS",
            help="Our name of an organisation of the feed; “new: NAME” adds one whose name is nearly another's.",
        )
        parser.add_argument("--leave-out-refused", action="store_true", help="Import the others all the same.")
        parser.add_argument("--leave-out-others", action="store_true", help="Leave out services that are no groups.")
        parser.add_argument("--overwrite", action="store_true", help="Replace what was changed here and in the feed.")
        parser.add_argument("--end-gone", action="store_true", help="End the groups that the feed has no longer.")

    def handle(self, **options: Any) -> None:
        location = options["location"]
        reading = ReadingOptions(
            source=source_name(options["source"]),
            today=timezone.localdate(),
            vocabulary=vocabulary(),
            agreed_by=options["contacts_agreed_by"],
            organisations=dict(map(_renaming, options["organisation"])),
            leaves_out_others=options["leave_out_others"],
        )
        choices = ImportOptions(
            reading,
            overwrites=options["overwrite"],
            leaves_out_refused=options["leave_out_refused"],
            ends_gone=options["end_gone"],
        )
        try:
            found = prepare_feed(FeedReader(say=self.stdout.write).read(location), choices)
        except BadFeed as error:
            raise CommandError(f"{error} Nothing was written.") from error
        for line in report(found):
            self.stdout.write(line)
        if not found.can_be_written:
            raise CommandError("Nothing was written: some are refused. --leave-out-refused imports the others.")
        if not options["write"]:
            self.stdout.write("Nothing was written: this is a dry run. Run it again with --write.")
            return
        try:
            write_feed(found, location if "://" in location else "")
        except ChangedMeanwhile as error:
            raise CommandError("Nothing was written: somebody changed our list meanwhile. Run it again.") from error
        self.stdout.write("Written. Nothing of it is public, and none of it counts as checked.")


def _renaming(words: str) -> tuple[str, str]:
    """Return the folded name of an organisation in a feed, and ours. Raises CommandError for anything else."""
    theirs, sign, ours = words.partition("=")
    if not sign or not theirs.strip() or not ours.strip():
        raise CommandError(f"“{words}” is not of the form THEIRS=OURS.")
    return fold(theirs), ours.strip()
