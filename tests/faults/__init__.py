"""What the site does when something breaks, tried on purpose: `python -m tests.faults NAME` (docs/reliability.md)."""
