"""Going on to another page as somebody does, and being there before anything is asked of it."""

from django.contrib.auth.models import AbstractBaseUser
from django.test import Client
from playwright.sync_api import Locator, Page

from tests.staff.people import sign_in


def sign_in_browser(page: Page, site: str, user: AbstractBaseUser) -> None:
    """Sign somebody in to the site at an address, in the browser of a page, without the pages of signing in."""
    session = sign_in(Client(), user).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": site}])


def follow(link: Locator) -> None:
    """Press a link or a button, and wait for the page that it leads to.

    Without the wait the next question may find neither page: a browser shows the new address before the new words.
    """
    with link.page.expect_navigation():
        link.click()


def press(page: Page, button: str) -> None:
    """Press the first button of that name."""
    follow(page.get_by_role("button", name=button).first)
