"""Accounts of staff: who comes in, and how; what each may do is said by `organisations.permissions`."""
