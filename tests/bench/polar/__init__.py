"""The same five tasks with two clients of the Polar API: the one made here, and its own SDK."""
