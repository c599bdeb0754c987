"""How a moment is written in Britain: 22 Nov 2026, 14:05. Django writes "2:05 p.m." there."""

DATETIME_FORMAT = "j M Y, H:i"
