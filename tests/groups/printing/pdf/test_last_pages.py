"""How what stands at the end of a list with one group on each page is divided into pages."""

from groups.printing.pdf.last_pages import last_pages
from groups.printing.qr import qr


def test_no_page_ends_with_a_heading_wherever_it_would_end():
    entries = [{"code": code, "name": f"Example {code}"} for code in ("aaaaa", "bbbbb")]
    sections = [{"heading": "", "entries": entries, "also": []}]
    code = qr("https://example.org/")
    lists = [last_pages(sections, ["Example has ended."] * left_out, (), code, ()) for left_out in range(1, 40)]

    # Of two pages: what is not printed takes more and more of the first.
    ends = {pages[0][-1]["kind"] for pages in lists if len(pages) > 1}

    assert ends == {"left_out", "group"}
