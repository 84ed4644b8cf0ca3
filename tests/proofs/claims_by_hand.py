"""Gradients written by hand, to be proved, and to be spoilt by mutations that a proof must catch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from deltarule.equations.system import System
from deltarule.pipeline import read

SPIRAL = """
h[i,1] = x[i]
h[i,j] = g(xi[i,j]) for 2 <= j <= M
xi[i,j] = sum(k=1..j-1) w[j,k] h[i,k]
E = 1/2 sum(i=1..n) (h[i,M] - y[i])^2
"""
SPIRAL_GRADIENT = """
d[i,j] = (h[i,j] - y[i]) g'(xi[i,j]) for 1 <= i <= n, j = M, 2 <= j
d[i,j] = g'(xi[i,j]) sum(k=j+1..M) d[i,k] w[k,j] for 1 <= i <= n, 2 <= j < M
G[j,k] = sum(i=1..n) d[i,j] h[i,k] for 1 <= k < j, j <= M
"""
SPIRAL_ADJOINTS = {"d": "xi", "G": "w"}

TWO_LAYERS = """
z[i,j] = sum(k=1..N_x) V[j,k] x[i,k]
h[i,j] = s(z[i,j])
f[i,l] = sum(j=1..N_h) W[l,j] h[i,j]
L = 1/N_i sum(i=1..N_i) sum(l=1..N_y) (f[i,l] - y[i,l])^2
"""
TWO_LAYERS_GRADIENT = """
F[i,l] = 2/N_i (f[i,l] - y[i,l]) for 1 <= i <= N_i, 1 <= l <= N_y
Z[i,j] = s'(z[i,j]) sum(l=1..N_y) F[i,l] W[l,j] for 1 <= i <= N_i, 1 <= j <= N_h
A[j,k] = sum(i=1..N_i) Z[i,j] x[i,k] for 1 <= j <= N_h, 1 <= k <= N_x
B[l,j] = sum(i=1..N_i) F[i,l] h[i,j] for 1 <= l <= N_y, 1 <= j <= N_h
"""
TWO_LAYERS_ADJOINTS = {"F": "f", "Z": "z", "A": "V", "B": "W"}

SOFTCOUNT = """
h[k] = exp(xi[k]) / max(l=1..N) exp(xi[l])
L = -sum(k=1..N) [y = k] ln(h[k])
y in {1, ..., N}
"""
SOFTCOUNT_GRADIENT = """
p = argmax(l=1..N) xi[l]
H[k] = -[k = y] / h[y] for 1 <= k <= N
X[k] = [k = p] - [k = y] for 1 <= k <= N
"""
SOFTCOUNT_ADJOINTS = {"H": "h", "X": "xi"}


def system(text: str, adjoints: Mapping[str, str] | None = None, objective: str = "L") -> System:
    """Equations as plain text; `adjoints` says which array is the adjoint of which."""
    found = read(text)
    arrays = dict(found.arrays)
    for name, of in (adjoints or {}).items():
        arrays[name] = replace(arrays[name], adjoint_of=(objective, of))
    return replace(found, arrays=arrays)
