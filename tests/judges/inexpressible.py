"""Scenarios that no client made of the emitted document can play, each with the reason."""

from __future__ import annotations

_NO_TAG = "its answer leaves out the discriminator, which the document requires"

INEXPRESSIBLE = {
    "Encode_Bytes_RequestBody_base64url": (
        "it wants base64url, and the document says `contentEncoding: base64` of this body"
    ),
    "Parameters_Path_optional": (
        "an optional name in the path, `optional{name}`: OpenAPI has none (3.1.1, Parameter Object: "
        "`required` of a path parameter is true)"
    ),
    "Type_Model_Inheritance_EnumDiscriminator_getExtensibleModelMissingDiscriminator": _NO_TAG,
    "Type_Model_Inheritance_EnumDiscriminator_getFixedModelMissingDiscriminator": _NO_TAG,
    "Type_Model_Inheritance_EnumDiscriminator_getFixedModelWrongDiscriminator": (
        "its answer has `wrongKind` where the document allows one value alone, `cobra`"
    ),
    "Type_Model_Inheritance_NestedDiscriminator_getMissingDiscriminator": _NO_TAG,
    "Type_Model_Inheritance_SingleDiscriminator_getMissingDiscriminator": _NO_TAG,
}
