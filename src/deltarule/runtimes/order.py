"""Evaluation on demand: an element is computed when something first reads it, and once only.

The stack is explicit, so that a recurrence may be as long as memory allows. Nothing is taken from
the scheduler of the compiled runtimes, which are checked against this order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from deltarule.errors import DeltaruleError

Element = tuple[str, tuple[int, ...]]


class Missing(Exception):
    """An element that must be computed before the one that reads it."""

    def __init__(self, element: Element) -> None:
        super().__init__(element)
        self.element = element


def settle(
    wanted: Iterable[Element],
    is_settled: Callable[[Element], bool],
    compute: Callable[[Element], None],
) -> None:
    """Compute every wanted element, those that it reads first.

    `compute` stores one element, or raises Missing for one that it read. Raises E105 where an
    element needs itself.
    """
    for element in wanted:
        if not is_settled(element):
            _settle_one(element, is_settled, compute)


def _settle_one(
    element: Element,
    is_settled: Callable[[Element], bool],
    compute: Callable[[Element], None],
) -> None:
    stack, waiting = [element], {element}
    while stack:
        try:
            compute(stack[-1])
        except Missing as missing:
            if missing.element in waiting:
                raise _cycle(stack, missing.element) from None
            stack.append(missing.element)
            waiting.add(missing.element)
        else:
            waiting.discard(stack.pop())


def show(element: Element) -> str:
    """`xi[3,1]`, or the bare name of a scalar."""
    name, subscripts = element
    return f"{name}[{','.join(map(str, subscripts))}]" if subscripts else name


def _cycle(stack: list[Element], again: Element) -> DeltaruleError:
    loop = [*stack[stack.index(again) :], again]
    shown = loop if len(loop) <= 5 else [*loop[:3], loop[-1]]
    return DeltaruleError(
        "E105",
        f"{show(again)} needs its own value",
        seen=" needs ".join(show(e) for e in shown),
        help="an equation may read earlier elements of its own array, not the one that it defines",
    )
