"""The release of the site that a process runs."""

import hashlib
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent
#: The folders whose files decide the content of pages and of the snapshot.
_FOLDERS = ("common", "places", "organisations", "groups", "peersupport", "templates", "static")


def _digest_of_files() -> str:
    """Return a digest of the paths, sizes and modification times of all files of a release."""
    digest = hashlib.blake2b(digest_size=12)
    paths = (path for folder in _FOLDERS for path in (_ROOT / folder).rglob("*") if "__pycache__" not in path.parts)
    for path in sorted(path for path in paths if path.is_file()):
        status = path.stat()
        digest.update(f"{path.relative_to(_ROOT)} {status.st_mtime_ns} {status.st_size}\n".encode())
    return digest.hexdigest()


#: Read with the code of this process: after an upgrade, one that was started before it does not pass for a newer one.
RELEASE = _digest_of_files()
