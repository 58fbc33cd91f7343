"""The views of codecs: how each type is read from JSON, and written."""
