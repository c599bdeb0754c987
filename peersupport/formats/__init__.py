"""How dates and times are written, where nothing else is said."""
