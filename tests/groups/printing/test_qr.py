"""QR codes are those of the library, however they are made."""

import pytest
import segno

from groups.printing.qr import group_qr, qr
from groups.short_codes import ALPHABET

CODES = [ALPHABET[start : start + 5] for start in range(0, len(ALPHABET) - 4, 3)] + ["22222", "zzzzz", "z2z2z"]


def by_library(address: str) -> str:
    return segno.make(address, error="m", micro=False, mask=3).svg_inline(omitsize=True, border=4, light="#fff")


@pytest.mark.parametrize("site", ["https://example.org", "http://localhost:8000", "https://a-much-longer-name.nhs.uk"])
def test_code_of_a_group_is_the_one_that_the_library_makes(site):
    addresses = [f"{site}/g/{code}/" for code in CODES]

    assert [group_qr(address) for address in addresses] == [by_library(address) for address in addresses]


@pytest.mark.parametrize("groups", [1, 7, 60])
def test_code_of_a_list_is_the_one_that_the_library_makes(groups):
    address = f"https://example.org/lists/?list={','.join(CODES[:1] * groups)}"

    assert qr(address) == by_library(address)
