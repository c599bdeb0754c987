"""The British format of a date and time: 22 Nov 2026, 14:05. Django's own has "2:05 p.m."."""

DATETIME_FORMAT = "j M Y, H:i"
