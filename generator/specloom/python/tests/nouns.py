"""What a package says that it expected, where a value is not of its scalar."""

from __future__ import annotations

from specloom import ir

READ = {
    ir.ScalarKind.BOOLEAN: "a boolean",
    ir.ScalarKind.INTEGER: "an integer",
    ir.ScalarKind.NUMBER: "a finite number",
    ir.ScalarKind.STRING: "a string",
    ir.ScalarKind.UUID: "a UUID",
    ir.ScalarKind.BINARY: "a string",
    ir.ScalarKind.NULL: "null",
    ir.ScalarKind.DATE_TIME: "a date and a time",
    ir.ScalarKind.DATE: "a date",
    ir.ScalarKind.TIME: "a time of day",
    ir.ScalarKind.DURATION: "a duration",
    ir.ScalarKind.BASE64: "base64",
    ir.ScalarKind.BASE64URL: "base64url",
    ir.ScalarKind.DECIMAL: "a decimal number",
}
"""Of a value that was received."""
WRITTEN = {
    ir.ScalarKind.UUID: "a UUID",
    ir.ScalarKind.DATE_TIME: "a datetime",
    ir.ScalarKind.DATE: "a date",
    ir.ScalarKind.TIME: "a time",
    ir.ScalarKind.DURATION: "a timedelta of no less than 0, or a duration",
    ir.ScalarKind.BASE64: "bytes",
    ir.ScalarKind.BASE64URL: "bytes",
    ir.ScalarKind.DECIMAL: "a finite Decimal",
}
"""What is expected of a value that is to be sent, where Python has a type of its own for it."""
