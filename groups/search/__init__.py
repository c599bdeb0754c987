"""Finding groups: a question, and the groups that answer it. `groups.search.find.search` is where to begin."""
