"""Sending a public form as a browser does: it says where the form stood, and people take their time."""

import datetime

from django.utils import timezone

from groups.feedback.forms import _SIGNER

#: What a browser says of a form that it sends from a page of the site itself.
FROM_OUR_PAGE = {"HTTP_ORIGIN": "http://testserver", "HTTP_SEC_FETCH_SITE": "same-origin"}


def opened(seconds_ago: float = 30) -> str:
    """The token of a form that was opened some time ago."""
    moment = timezone.now() - datetime.timedelta(seconds=seconds_ago)
    return _SIGNER.sign(int(moment.timestamp()))


def send(client, address: str, *, seconds: float = 30, sent_from: dict | None = None, **typed):
    """Post a form as somebody who needed some seconds for it."""
    headers = FROM_OUR_PAGE if sent_from is None else sent_from
    return client.post(address, {"opened": opened(seconds), "url": "", **typed}, **headers)
