"""The output folders: looked at, written to as a whole, and by one run at a time."""
