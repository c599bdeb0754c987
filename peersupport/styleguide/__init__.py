"""The style guide: every component in every state, rendered with unsaved objects."""
