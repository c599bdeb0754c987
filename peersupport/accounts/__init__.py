"""Authentication of staff: passwords, second factor, throttling. Permissions are in `organisations.permissions`."""
