"""Going on to another page as somebody does, and being there before anything is asked of it."""

from playwright.sync_api import Locator, Page


def follow(link: Locator) -> None:
    """Press a link or a button, and wait for the page that it leads to.

    Without the wait the next question may find neither page: a browser shows the new address before the new words.
    """
    with link.page.expect_navigation():
        link.click()


def press(page: Page, button: str) -> None:
    """Press the first button of that name."""
    follow(page.get_by_role("button", name=button).first)
