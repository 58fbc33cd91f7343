"""The lock: what was generated, from what, and the names that were given."""
