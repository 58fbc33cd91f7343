"""Specloom turns an OpenAPI document into Python that you would have been glad to write by hand."""

__version__ = "0.1.0"
