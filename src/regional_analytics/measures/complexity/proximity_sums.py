"""Sums over the proximity of activities, with the proximity matrix or, where it would be the larger part, without it.

Density and outlook gain need L φ for left sides L = M · weights, with φ[p, q] = C[p, q] / max(u[p], u[q]) and C = Mᵀ M.
Formed, φ costs activities² of memory. Where there are many more activities than regions it never is: with activities in
the order of ubiquity, max(u[p], u[q]) is the ubiquity of the later one, so that

    (L φ)[·, p]  =  ( K / u[p] + H ) m[p]        K = Σ l[q] m[q]ᵀ  over the q up to p,   H = Σ l[q] m[q]ᵀ / u[q]  after it

with K and H of regions × regions, which grow block by block of activities, K forwards and H backwards. Nothing is
approximated. l[q] is m[q] times a number, so both are symmetric and half of each is enough; and activities that few regions
have touch few cells of them, so those blocks are sparse.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, Protocol, TypeAlias

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from scipy.linalg import blas

Route: TypeAlias = Literal["auto", "with_proximity", "without_proximity"]
Real: TypeAlias = npt.NDArray[np.floating[Any]]

_BLOCK = 128
_RARE_BLOCK = 512
_RARE = 0.05  # part of the regions up to which an activity is rare
_MANY_REGIONS = 500  # below, a dense block is cheap whatever stands in it
_MORE_ACTIVITIES = 2.4  # activities per region from which φ is the larger part


class ProximitySums(Protocol):
    """What both ways can answer; arrays in the precision of the presence."""

    def around(self, weights: Real | None = None) -> Real:
        """Σ_q w[q] φ[q, p] for each activity p; weights are 1 by default."""

    def over(self, weights: Sequence[Real | None]) -> list[Real]:
        """Σ_q M[r, q] w[q] φ[q, p] for each region and activity, and for each of the weights."""


def proximity_sums(presence: Real, *, route: Route = "auto") -> ProximitySums:
    """Choose the way.

    presence   (regions, activities), float64 or float32, 0 and 1, every activity somewhere
    """
    regions, activities = presence.shape
    if route == "auto":
        route = "without_proximity" if activities > _MORE_ACTIVITIES * regions else "with_proximity"
    return Formed(presence) if route == "with_proximity" else Walk(presence)


class Formed:
    """φ formed, and multiplied from the left by the transposed presence, which needs no copy."""

    def __init__(self, presence: Real) -> None:
        self.there = np.ascontiguousarray(presence).T
        syrk, self.symm = _blas(presence)
        half = syrk(1.0, self.there)
        self.proximity: Real = half + np.triu(half, 1).T
        self.proximity *= _closeness(presence.sum(axis=0))

    def around(self, weights: Real | None = None) -> Real:
        weight = np.ones(len(self.proximity)) if weights is None else weights
        sums: Real = weight.astype(self.proximity.dtype) @ self.proximity
        return sums

    def over(self, weights: Sequence[Real | None]) -> list[Real]:
        results = []
        for each in weights:
            left = self.there if each is None else self.there * each[:, None].astype(self.there.dtype)
            results.append(self.symm(1.0, self.proximity, np.asfortranarray(left)).T)
        return results


class Walk:
    """Activities in the order of ubiquity, block by block; φ only inside a block."""

    def __init__(self, presence: Real) -> None:
        ubiquity = presence.sum(axis=0)
        self.order = np.argsort(ubiquity, kind="stable")
        self.inverse = (1.0 / ubiquity[self.order]).astype(presence.dtype)
        self.blocks = _blocks(np.ascontiguousarray(presence.T[self.order]), ubiquity[self.order])
        self.regions = presence.shape[0]

    def around(self, weights: Real | None = None) -> Real:
        weight = self._in_order(weights)
        sums = np.empty_like(weight)
        before = np.zeros(self.regions, dtype=weight.dtype)
        for block in self.blocks:
            at = block.at
            sums[at] = weight[at] @ block.proximity + self.inverse[at] * (block.rows @ before)
            before += block.rows.T @ weight[at]
        after = np.zeros_like(before)
        for block in reversed(self.blocks):
            sums[block.at] += block.rows @ after
            after += block.rows.T @ (weight * self.inverse)[block.at]
        given: Real = self._as_given(sums[:, None])[0]
        return given

    def over(self, weights: Sequence[Real | None]) -> list[Real]:
        return [self._as_given(self._sums(self._in_order(each))) for each in weights]

    def _sums(self, weight: Real) -> Real:
        sums = np.empty((weight.size, self.regions), dtype=weight.dtype)
        before = np.zeros((self.regions, self.regions), dtype=weight.dtype, order="F")
        for block in self.blocks:
            at = block.at
            sums[at] = block.times(before)
            sums[at] *= self.inverse[at, None]
            sums[at] += (block.proximity * weight[at]) @ block.rows
            block.add_to(before, weight[at])
        after = np.zeros_like(before)
        mirrored = True
        for block in reversed(self.blocks):
            if not mirrored and isinstance(block, _Rare):  # sparse products read both halves
                after += np.triu(after, 1).T
                mirrored = True
            sums[block.at] += block.times(after)
            block.add_to(after, (weight * self.inverse)[block.at])
            mirrored &= isinstance(block, _Rare)
        return sums

    def _in_order(self, weights: Real | None) -> Real:
        if weights is None:
            return np.ones_like(self.inverse)
        return weights[self.order].astype(self.inverse.dtype)

    def _as_given(self, by_activity: Real) -> Real:
        result = np.empty(by_activity.shape[::-1], dtype=by_activity.dtype)
        result.T[self.order] = by_activity
        return result


@dataclass(frozen=True, eq=False)
class _Common:
    """Activities in many regions: rows are activities, dense. Uses and keeps upper halves."""

    at: slice
    rows: Real

    @cached_property
    def proximity(self) -> Real:
        return (self.rows @ self.rows.T) * _closeness(self.rows.sum(axis=1))

    def times(self, symmetric: Real) -> Real:
        product: Real = _blas(self.rows)[1](1.0, symmetric, self.rows.T).T
        return product

    def add_to(self, symmetric: Real, weights: Real) -> None:
        """symmetric += Σ w m mᵀ, by sign, since a negative weight has no square root."""
        syrk = _blas(self.rows)[0]
        for sign in (1.0, -1.0):
            chosen = sign * weights > 0
            if chosen.any():
                scaled = self.rows[chosen] * np.sqrt(np.abs(weights[chosen]))[:, None]
                syrk(sign, scaled.T, beta=1.0, c=symmetric, overwrite_c=1)


@dataclass(frozen=True, eq=False)
class _Rare:
    """Activities in few regions: the same, sparse. Uses and keeps both halves."""

    at: slice
    rows: Any  # scipy.sparse.csr_matrix

    @cached_property
    def proximity(self) -> Real:
        together: Real = (self.rows @ self.rows.T).toarray()
        return together * _closeness(np.asarray(self.rows.sum(axis=1)).ravel())

    def times(self, symmetric: Real) -> Real:
        product: Real = self.rows @ symmetric
        return product

    def add_to(self, symmetric: Real, weights: Real) -> None:
        weighted = self.rows.copy()
        weighted.data *= np.repeat(weights, np.diff(weighted.indptr))
        outer = (self.rows.T @ weighted).tocoo()
        symmetric[outer.row, outer.col] += outer.data


def _blocks(there: Real, ubiquity: Real) -> list[_Common | _Rare]:
    """Blocks of activities in the order of ubiquity, the rare ones first."""
    activities, regions = there.shape
    rare = int(np.searchsorted(ubiquity, _RARE * regions)) if regions >= _MANY_REGIONS else 0
    sparse = sp.csr_matrix(there[:rare])
    blocks: list[_Common | _Rare] = [_Rare(part, sparse[part]) for part in _parts(0, rare, _RARE_BLOCK)]
    return blocks + [_Common(part, there[part]) for part in _parts(rare, activities, _BLOCK)]


def _parts(start: int, end: int, length: int) -> list[slice]:
    return [slice(at, min(at + length, end)) for at in range(start, end, length)]


def _closeness(ubiquity: Real) -> Real:
    """1 / max(u[p], u[q])"""
    closeness: Real = np.minimum.outer(1.0 / ubiquity, 1.0 / ubiquity)
    return closeness


def _blas(like: Real) -> tuple[Any, Any]:
    """Symmetric rank update and symmetric product, in the precision of the array."""
    return (blas.dsyrk, blas.dsymm) if like.dtype == np.float64 else (blas.ssyrk, blas.ssymm)
