"""The views of a package's own tests: values, requests, answers, and what must fail."""
