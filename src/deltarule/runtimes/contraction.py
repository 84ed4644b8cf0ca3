"""Sums of products through BLAS: two operands over named axes, matched into one matrix product.

An axis is in the left only, in the right only, in both and kept (a batch), or in both and summed;
an axis that only one operand has, and that is summed, is summed there first.
"""

from __future__ import annotations

from collections.abc import Callable
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

Values = NDArray[Any]
Thunk = Callable[[], Any]


class Contraction:
    """out = sum over `summed` axes of left * right, both with one position per axis (extent 1: absent)."""

    def __init__(
        self,
        left: Thunk,
        right: Thunk,
        left_axes: frozenset[int],
        right_axes: frozenset[int],
        summed: frozenset[int],
        extents: tuple[int, ...],
        static: tuple[bool, bool],
    ) -> None:
        self.thunks = (left, right)
        self.extents = extents
        self.kept_rank = len(extents) - len(summed)
        both = left_axes & right_axes
        self.batch = sorted(both - summed)
        self.inner = sorted(both & summed)
        self.rows = sorted(left_axes - right_axes - summed)
        self.columns = sorted(right_axes - left_axes - summed)
        self.early = (
            sorted((left_axes & summed) - right_axes),
            sorted((right_axes & summed) - left_axes),
        )
        self.missing = prod(extents[a] for a in summed if a not in left_axes | right_axes)
        self.static = static
        self.cache: list[Values | None] = [None, None]
        self.out_shape = tuple(
            extents[a] if a in left_axes | right_axes else 1
            for a in range(len(extents))
            if a not in summed
        )
        order = [*self.batch, *self.rows, *self.columns]
        kept = [a for a in range(len(extents)) if a not in summed and a in order]
        self.permutation = [order.index(a) for a in kept]
        self.out_parts = tuple(extents[a] for a in order)

    def __call__(self) -> Values:
        left = self._operand(0, self.rows, self.inner, (self.batch, self.rows, self.inner))
        right = self._operand(1, self.inner, self.columns, (self.batch, self.inner, self.columns))
        product: Values = np.matmul(left, right)
        if self.permutation != sorted(self.permutation) or product.shape != self.out_parts:
            product = product.reshape(self.out_parts).transpose(self.permutation)
        result = product.reshape(self.out_shape)
        return result * self.missing if self.missing != 1 else result

    def _operand(
        self, side: int, first: list[int], second: list[int], groups: tuple[list[int], ...]
    ) -> Values:
        """The operand as (batch, first, second), without a copy where strides allow."""
        cached = self.cache[side]
        if cached is not None:
            return cached
        values: Values = np.asarray(self.thunks[side]())
        source = values
        early = self.early[side]
        if early:
            values = values.sum(axis=tuple(early), keepdims=True)
        order = [a for group in groups for a in group]
        dropped = [a for a in range(values.ndim) if a not in order]
        values = values.transpose([*order, *dropped])
        shape = tuple(prod(self.extents[a] for a in group) for group in groups)
        shape = shape if self.batch else shape[1:]
        values = values.reshape(shape)
        if self.static[side] and not early and np.may_share_memory(values, source):
            self.cache[side] = values
        return values
