"""Pages of which a target or an extension says how they go on: what it names has to be there."""

from __future__ import annotations

from dataclasses import dataclass

from specloom import ir
from specloom.lower.pages.asking import CURSORS, NUMBERS, TEXTS, asking, is_keyed, kind_of
from specloom.lower.pages.hints import first_page
from specloom.lower.pages.listing import Definitions, answer_of, bare, listing, object_of
from specloom.near import nearest
from specloom.page_choices import PageChoice
from specloom.shown import shown
from specloom.values import Text


class Unfit(Exception):
    """Says why pages cannot go on as somebody says, and what was meant."""

    def __init__(self, says: str, near: str = "") -> None:
        super().__init__(says)
        self.says = says
        self.hint = f"did you mean `{shown(near)}`?" if near else ""


def chosen(
    choice: PageChoice, operation: ir.Operation, definitions: Definitions, ground: ir.Ground
) -> ir.Pagination | None:
    """Return how pages go on, or that there are none. Raises Unfit."""
    if not choice.by:
        return None
    found = answer_of(operation, definitions)
    if found is None:
        raise Unfit("its successes are not of one type that is JSON, so none of them is a page")
    if is_keyed(operation):
        raise Unfit("what has an idempotency key is not asked for again and again")
    fitting = _Fitting(choice, operation, ir.Ref(found[0]), definitions)
    items, item = fitting.items()
    return ir.Pagination(advance=fitting.advance(item), items=items, ground=ground)


@dataclass(frozen=True, slots=True)
class _Fitting:
    choice: PageChoice
    operation: ir.Operation
    page: ir.Type
    definitions: Definitions

    def items(self) -> tuple[ir.Members, ir.Type]:
        """Return where the items are, and what each of them is."""
        if self.choice.items is None:
            found = listing(self.operation, self.definitions)
            if found is None:
                raise Unfit("which array holds the items is not clear: `items` says it")
            return found.items, found.item
        path, type_ = self._at(self.choice.items, self.page)
        array = bare(type_, self.definitions)
        if not isinstance(array, ir.Array):
            raise Unfit(f"`{shown(self.choice.items) or 'the answer'}` is no array")
        return path, array.item

    def advance(self, item: ir.Type) -> ir.Advance:
        choice = self.choice
        match choice.by:
            case "cursor":
                return ir.ByCursor(
                    asked=self._asked(CURSORS),
                    next=self._one(choice.next, CURSORS),
                    more=self._more(),
                )
            case "last-item":
                path, type_ = self._at(choice.key, item)
                self._check(choice.key, type_, CURSORS)
                return ir.ByLastItem(asked=self._asked(CURSORS), key=path, more=self._more())
            case "page":
                return ir.ByPage(
                    asked=self._asked(NUMBERS),
                    first=self._first(),
                    pages=self._maybe(choice.pages),
                    items=self._maybe(choice.total),
                    more=self._more(),
                )
            case "offset":
                return ir.ByOffset(
                    asked=self._asked(NUMBERS),
                    first=choice.first or 0,
                    items=self._maybe(choice.total),
                    more=self._more(),
                )
            case "url":
                return ir.ByUrl(next=self._one(choice.next, TEXTS), more=self._more())
            case _:
                return ir.ByLink()

    def _asked(self, kinds: tuple[ir.ScalarKind, ...]) -> ir.Asked:
        name = self.choice.parameter
        known = tuple(asking(self.operation, self.definitions))
        for one in known:
            place = "body" if one.asked.in_body else "query"
            if one.asked.name.raw == name and self.choice.place in ("", place):
                if one.kind not in kinds:
                    raise Unfit(f"`{shown(name)}` is of another type than it would have to be")
                return one.asked
        near = nearest(name, (one.asked.name.raw for one in known))
        raise Unfit(f"nothing that asks for pages is called `{shown(name)}`", near)

    def _first(self) -> int:
        if self.choice.first is not None:
            return self.choice.first
        name = self.choice.parameter
        own = (o for o in asking(self.operation, self.definitions) if o.asked.name.raw == name)
        found = next((first for o in own if (first := first_page(o.of)) is not None), None)
        if found is None:
            raise Unfit("whether the first page is 0 or 1 is not clear: `first` says it")
        return found

    def _maybe(self, way: str) -> ir.Members | None:
        return self._one(way, NUMBERS) if way else None

    def _more(self) -> ir.Members | None:
        if not self.choice.more:
            return None
        path, type_ = self._at(self.choice.more, self.page)
        if bare(type_, self.definitions) != ir.Scalar(ir.ScalarKind.BOOLEAN):
            raise Unfit(f"`{shown(self.choice.more)}` is neither true nor false")
        return path

    def _one(self, way: str, kinds: tuple[ir.ScalarKind, ...]) -> ir.Members:
        path, type_ = self._at(way, self.page)
        self._check(way, type_, kinds)
        return path

    def _check(self, way: str, type_: ir.Type, kinds: tuple[ir.ScalarKind, ...]) -> None:
        if kind_of(type_, self.definitions) not in kinds:
            raise Unfit(f"`{shown(way)}` is of another type than it would have to be")

    def _at(self, way: str, type_: ir.Type) -> tuple[ir.Members, ir.Type]:
        """Return what is at the end of a way into a value."""
        path: ir.Members = ()
        for name in way.split(".") if way else ():
            shape = object_of(bare(type_, self.definitions), self.definitions)
            known = {p.wire_name.raw: p for p in shape.properties} if shape is not None else {}
            if name not in known:
                above = ".".join(step.raw for step in path)
                where = f"`{shown(above)}`" if above else "the answer"
                says = f"there is no member `{shown(name)}` in {where}"
                raise Unfit(says, nearest(name, known))
            path, type_ = (*path, Text(name)), known[name].type
        return path, type_
