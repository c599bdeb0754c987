"""Lists of groups for paper and for files: what stands on them, said once for every layout and every kind of file."""
