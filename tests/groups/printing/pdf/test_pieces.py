"""What is made of words before they are set: what stays on one line."""

import pytest

from groups.printing.pdf.texts import NO_BREAK, clean


@pytest.mark.parametrize("together", ["TA20 1PP", "M1 1AE", "01632 960 123", "0808 808 8000", "4 October"])
def test_no_line_ends_within_a_postcode_a_number_or_a_date(together):
    assert clean(f"So it is: {together}, as they say.") == f"So it is: {together.replace(' ', NO_BREAK)}, as they say."
