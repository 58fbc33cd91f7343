"""What a caller writes: what nobody knows has a class, so that nobody can forget it."""

from typing import assert_never

from unknown_variants import Chart, Table, Unknown, UnknownVariant, Widget


def title(widget: Widget) -> str:
    match widget:
        case Chart():
            return f"{len(widget.series)} points"
        case Table():
            return ", ".join(widget.columns)
        case UnknownVariant():
            return f"{widget.tag}: {len(widget.raw)} members"
        case _:
            assert_never(widget)


def color(chart: Chart) -> str:
    if isinstance(chart.color, Unknown):
        return chart.color.lower()
    return "red" if chart.color == "red" else "another"
