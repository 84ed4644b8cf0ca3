"""`make bench`: how the time to derive grows with the number of equations, and what the catalog takes.

A chain of n layers should take twice the time for twice the layers. A transformer of 24 layers is written out here,
ten equations to the layer. Reading is not counted; it is in the second column.
"""

from __future__ import annotations

import time

from rich.console import Console
from rich.table import Table

import deltarule as dr
from deltarule import catalog

console = Console(width=110)
LAYERS = (10, 30, 100, 300, 1000)
GOAL_CATALOG, GOAL_TRANSFORMER = 0.2, 1.0  # seconds


def chain(layers: int) -> str:
    """h_k = tanh(w_k h_{k-1}), one number for each layer: a text may have 10,000 parts."""
    lines = [f"h{k} = tanh(w{k} h{k - 1})" for k in range(1, layers)]
    return "\n".join([*lines, f"L = h{layers - 1}^2"])


BLOCK = """
n{0}[t,k] = g{0}[k] x{1}[t,k]/sqrt(sum(j=1..d) x{1}[t,j]^2)
q{0}[t,a] = sum(k=1..d) Q{0}[a,k] n{0}[t,k]
k{0}[t,a] = sum(k=1..d) K{0}[a,k] n{0}[t,k]
v{0}[t,a] = sum(k=1..d) V{0}[a,k] n{0}[t,k]
e{0}[t,s] = exp(sum(a=1..D) q{0}[t,a] k{0}[s,a])
r{0}[t] = sum(s=1..t) e{0}[t,s]
c{0}[t,a] = sum(s=1..t) e{0}[t,s] v{0}[s,a] / r{0}[t]
y{0}[t,k] = x{1}[t,k] + sum(a=1..D) O{0}[k,a] c{0}[t,a]
f{0}[t,m] = gelu(sum(k=1..d) A{0}[m,k] y{0}[t,k])
x{0}[t,k] = y{0}[t,k] + sum(m=1..M) B{0}[k,m] f{0}[t,m]
"""


def transformer(layers: int) -> str:
    """Causal attention and a feed-forward part, normalised by the root of the mean square; ranges are inferred."""
    blocks = "".join(BLOCK.format(n, n - 1) for n in range(1, layers + 1))
    return f"{blocks}L = sum(t=1..T, k=1..d) (x{layers}[t,k] - z[t,k])^2\n"


def seconds(text: str) -> tuple[int, float, float]:
    """How many equations there are, and the time to read and to derive."""
    start = time.perf_counter()
    system = dr.read(text)
    read = time.perf_counter()
    system.derivation()
    return len(system.equations), read - start, time.perf_counter() - read


def main() -> None:
    table = Table("equations", "read, s", "derive, s", "ms an equation", title="A chain of layers")
    for layers in LAYERS:
        count, read, derive = seconds(chain(layers))
        table.add_row(str(count), f"{read:.2f}", f"{derive:.2f}", f"{1000 * derive / count:.1f}")
    console.print(table)
    count, read, derive = seconds(transformer(24))
    console.print(
        f"transformer, 24 layers: {count} equations, read {read:.1f} s, derived {derive:.1f} s "
        f"(goal {GOAL_TRANSFORMER:g} s)"
    )
    times = {name: seconds(name)[2] for name in catalog.names()}
    slow = {name: t for name, t in times.items() if t > GOAL_CATALOG}
    worst = max(times, key=lambda name: times[name])
    console.print(
        f"catalog: {len(times) - len(slow)} of {len(times)} documents derived in less than "
        f"{GOAL_CATALOG:g} s each; the slowest, {worst}, takes {times[worst]:.2f} s"
    )


if __name__ == "__main__":
    main()
