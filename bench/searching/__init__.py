"""What `bench/search.py` is made of: scratch databases, a mix of searches, and two ways to time them."""
