"""A package as a whole: its modules, and which types and operations go into which."""
