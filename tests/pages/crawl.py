"""`python -m tests.pages.crawl FOLDER`: write every public page and file into a folder, to compare two commits.

Run it on one database under a stopped clock, once for each commit, then compare the folders:

    faketime -f "2026-11-28 12:00:00" .venv/bin/python -m tests.pages.crawl before

Signed tokens are masked. A PDF is written as its words with their boxes, a workbook as its cells, all else as it is.
"""

import hashlib
import io
import os
import re
import sys
from collections import deque
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import django

#: Where a crawl begins: what no page links to, or only with what somebody has typed.
STARTS = [
    "/",
    "/robots.txt",
    "/help-now/",
    "/groups/?near=Margate",
    "/groups/?near=CT9+1AE&within=25",
    "/groups/?q=art+walking&near=Kent",
    "/groups/?q=nothing+of+that+kind",
    "/groups/?near=Newport",
    "/groups/?near=Guisbro&day=thursday&time=evening",
    "/groups/?sort=soonest&focus=doing&joining=open",
    "/groups/map.svg?near=Margate",
    "/groups/map/?near=Margate",
    "/organisations/?q=dudley",
    "/lists/?list=",
    "/no-such-page/",
    "/groups/no-such-group/",
]
#: No more addresses than this, nor more of one kind: a search has links without end.
MOST, MOST_OF_A_KIND = 2500, 250
TOKEN = re.compile(rb'(?<=value=")[\w.%-]+:[\w.:-]{20,}(?=")')
LINK = re.compile(r'(?:href|src|action|data-address)="([^"#]+)')


def kind(address: str) -> str:
    """The address without slugs, codes and values: addresses of one kind are drawn by one view."""
    parts = urlsplit(address)
    depth = [part if position < 2 else "*" for position, part in enumerate(parts.path.split("/"))]
    return "/".join(depth) + "?" * bool(parts.query) + Path(parts.path).suffix


def text_of(content_type: str, body: bytes) -> str:
    """What is compared of a response."""
    if content_type.startswith("application/pdf"):
        import pypdfium2

        lines = []
        for number, page in enumerate(pypdfium2.PdfDocument(body)):
            words = page.get_textpage()
            for index in range(words.count_rects()):
                box = words.get_rect(index)
                lines.append(f"{number} {[round(edge, 1) for edge in box]} {words.get_text_bounded(*box)}")
        return "\n".join(lines)
    if "spreadsheetml" in content_type:
        import openpyxl

        book = openpyxl.load_workbook(io.BytesIO(body))
        return "\n".join(f"{sheet.title} {row}" for sheet in book for row in sheet.iter_rows(values_only=True))
    return TOKEN.sub(b"TOKEN", body).decode("utf-8", "replace")


def crawl(folder: Path) -> int:
    """Write each response into the folder; returns how many."""
    from django.apps import apps
    from django.test import Client

    client = Client(raise_request_exception=False)
    codes = list(apps.get_model("groups", "SupportGroup").objects.order_by("pk").values_list("code", flat=True)[:9])
    chosen = "list=" + ",".join(codes)
    lists = [f"/lists/?{chosen}", f"/lists/print/?{chosen}"]
    lists += [f"/lists/list.{ending}?{chosen}" for ending in ("pdf", "csv", "xlsx", "ics", "txt")]
    lists += [f"/lists/list.pdf?{chosen}&layout={layout}" for layout in ("large", "easy", "week", "pocket")]
    waiting = deque([*STARTS, *lists, *(f"/g/{code}" for code in codes)])
    seen, kinds, written = set(waiting), {}, 0
    while waiting and written < MOST:
        address = waiting.popleft()
        kinds[kind(address)] = kinds.get(kind(address), 0) + 1
        if kinds[kind(address)] > MOST_OF_A_KIND:
            continue
        response = client.get(address, headers={"host": "127.0.0.1"})
        body = b"".join(response.streaming_content) if response.streaming else response.content
        content_type = response.headers.get("Content-Type", "")
        head = "\n".join(
            f"{name}: {value}" for name, value in sorted(response.headers.items()) if name != "Content-Length"
        )
        name = hashlib.sha256(address.encode()).hexdigest()[:16]
        (folder / name).write_text(f"{address}\n{response.status_code}\n{head}\n\n{text_of(content_type, body)}\n")
        written += 1
        links = [response.headers["Location"]] if "Location" in response.headers else []
        if content_type.startswith("text/html"):
            links += [link.replace("&amp;", "&") for link in LINK.findall(body.decode("utf-8", "replace"))]
        for link in links:
            parts = urlsplit(urljoin(f"http://127.0.0.1{address}", link))
            target = parts.path + (f"?{parts.query}" if parts.query else "")
            if parts.netloc.split(":")[0] != "127.0.0.1" or target.startswith(("/static/", "/staff/")):
                continue
            if target not in seen:
                seen.add(target)
                waiting.append(target)
    return written


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peersupport.settings")
    os.environ.setdefault("DEBUG", "1")
    django.setup()
    goal = Path(sys.argv[1])
    goal.mkdir(parents=True, exist_ok=True)
    sys.stdout.write(f"{crawl(goal)} pages and files\n")
