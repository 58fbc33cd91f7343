"""The model, as Python sees it: views that templates print."""
