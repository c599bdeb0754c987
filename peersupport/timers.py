"""Commands that timers run, and when they last ended well: `manage.py doctor` says which have not for long."""

import datetime

#: After how long without a run that ended well something is wrong.
TIMED_COMMANDS = {
    "encode_services": datetime.timedelta(days=2),
    "tidy_up": datetime.timedelta(days=2),
    "send_check_requests": datetime.timedelta(days=2),
    "backup": datetime.timedelta(days=2),
    "forget_old_versions": datetime.timedelta(days=62),
}


def record_run(arguments: list[str]) -> None:
    """Record the success of a command, given its command line. A dry run does not count."""
    if arguments and arguments[0] in TIMED_COMMANDS and "--dry-run" not in arguments:
        from django.utils import timezone

        from peersupport.models import CommandRun

        CommandRun.objects.update_or_create(name=arguments[0], defaults={"finished_at": timezone.now()})
