"""Reading every page and file as text, and what in them must not be there."""

import io
import re
import zipfile

from pypdf import PdfReader

#: Stands in every text that nobody may read.
SECRET = "Zyxwvutsecret"


OPENED = re.compile(r'name="opened" value="[^"]*"')  # Another moment each time.


def text_of(response) -> str:
    """Return all that can be read in a page or a file."""
    if response["Content-Type"].endswith("spreadsheetml.sheet"):
        parts = zipfile.ZipFile(io.BytesIO(response.content))
        return "".join(parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/"))
    if response["Content-Type"] == "application/pdf":
        return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(response.content)).pages)
    # Lines of a calendar are folded at 75 characters: a secret must be found over the fold.
    return response.content.decode().replace("\r\n ", "")


def leaks_in(pages: dict[str, str], *secrets: str) -> dict[str, list[str]]:
    """Return which of the secrets stand in each page that holds any, by its address."""
    # A search repeats what was typed in its own box and chip; there the secret is the visitor's.
    typed = {address for address in pages if SECRET in address}
    found = {
        address: [secret for secret in secrets if secret.casefold() in text.casefold() and address not in typed]
        for address, text in pages.items()
    }
    return {address: secrets for address, secrets in found.items() if secrets}
