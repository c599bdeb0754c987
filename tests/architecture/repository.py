"""The files of the repository that people write."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = ["peersupport", "groups", "organisations", "places", "common"]


def files(*patterns: str) -> list[Path]:
    """The files of a pattern in our own folders, by their path."""
    return sorted(path for pattern in patterns for path in ROOT.glob(pattern) if "__pycache__" not in path.parts)


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()
