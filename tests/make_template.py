"""`python -m tests.make_template`: make the template of the test databases ahead of a run, as `.ci/run` does."""

import gc
import os

import django


def main() -> None:
    # Each migration makes the classes of most models anew: at Python's own pace, to look for garbage among them takes a
    # fifth of the time. So it needs 280 MB.
    gc.set_threshold(200_000, 50, 1000)
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()
    from tests.template_database import make_template_if_outdated

    make_template_if_outdated()


if __name__ == "__main__":
    main()
