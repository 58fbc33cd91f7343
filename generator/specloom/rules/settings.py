"""The settings of openapi-spec-validator, as they are where nobody sets anything."""

from __future__ import annotations

import sys
from types import ModuleType


class _Validation:
    resolved_cache_maxsize = 128
    schema_validator_backend = "auto"


class _Schemas:
    compiled_validator_cache_max_size = 128


_MODULES: dict[str, dict[str, object]] = {
    "openapi_spec_validator.settings": {
        "OpenAPISpecValidatorSettings": _Validation,
        "get_schema_validator_backend": lambda: _Validation.schema_validator_backend,
    },
    "openapi_schema_validator.settings": {"get_settings": _Schemas},
}
"""What is asked of each module of settings; a test holds that it is all that is asked."""


def settle() -> None:
    """Give the validator its settings; call this before it is imported.

    It would read them from the environment, by way of pydantic-settings, which takes a tenth of
    a second to import. What is said of a document must not depend on the environment.
    """
    for name, members in _MODULES.items():
        module = ModuleType(name)
        vars(module).update(members)
        sys.modules.setdefault(name, module)
