"""`python -m tests.make_template`: make the template of the test databases ahead of a run, as `.ci/run` does."""

import os

import django


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()
    from tests.template_database import make_template_if_outdated

    make_template_if_outdated()


if __name__ == "__main__":
    main()
