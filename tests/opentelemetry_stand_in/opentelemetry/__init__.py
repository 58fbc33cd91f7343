"""As much of the API of OpenTelemetry as the page on calls needs: what is traced is printed.

The page was run with the real one, too: opentelemetry-api and opentelemetry-sdk 1.45.2.
"""
