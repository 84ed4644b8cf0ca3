"""`make bench`: how long reading, deriving and running take, beside what else one would use.

Every figure is the median of many runs in this one process; ratios are between runs side by side.
Run it on a quiet machine: nothing here passes or fails.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from statistics import median

from rich.console import Console
from rich.table import Table

import deltarule as dr
from deltarule import timing
from deltarule.equations.meanings import bind_functions

console = Console()
RUNS = 15
SYSTEMS = ("correlation", "softcount", "spiral", "two-layer")


def milliseconds(call: Callable[[], object], runs: int = RUNS) -> float:
    """The median time of a call."""
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        call()
        taken.append(time.perf_counter() - start)
    return median(taken) * 1e3


def derivations() -> None:
    """From the text to the gradients: reading and deriving."""
    table = Table("system", "read", "derive", "together (goal: under 100 ms)", title="milliseconds")
    for name in SYSTEMS:
        dr.read(name).gradients()  # imports
        read = milliseconds(lambda name=name: dr.read(name))
        system = dr.read(name)
        derive = milliseconds(system.gradients)
        table.add_row(name, f"{read:.1f}", f"{derive:.1f}", f"{read + derive:.1f}")
    console.print(table)


def start_up() -> None:
    """`deltarule --help`, a process of its own."""
    command = [sys.executable, "-m", "deltarule.cli", "--help"]
    taken = milliseconds(lambda: subprocess.run(command, capture_output=True, check=True))
    bare = milliseconds(lambda: subprocess.run([sys.executable, "-c", "pass"], check=True))
    console.print(
        f"deltarule --help: {taken:.0f} ms (goal: under 150); Python alone: {bare:.0f} ms\n"
    )


def methods() -> None:
    """Back-propagation against forward Euler, as `solve` measures them."""
    for name in SYSTEMS:
        system = dr.read(name)
        console.print(f"[bold]{system.title}[/bold]")
        console.print(timing.measure(system, system.derivation()).to_text(), "\n", markup=False)


def against_autograd() -> None:
    """The spiral network, forward and gradient, against PyTorch's autograd written as one would."""
    try:
        import torch
    except ImportError:
        console.print("PyTorch is not installed: no comparison with autograd")
        return
    torch.set_num_threads(1)
    table = Table("M", "n", "deltarule (NumPy)", "PyTorch autograd", "ratio", title="milliseconds")
    for units, count in ((8, 100), (16, 500), (32, 1000), (64, 1000)):
        system = dr.read("spiral")
        bound = bind_functions(system, {"g": "tanh"})
        arrays = timing.random_inputs(bound, {"M": units, "n": count})
        compiled = system.compile(functions={"g": "tanh"})
        tensors = {n: torch.tensor(v) for n, v in arrays.items()}

        def autograd(tensors: dict[str, torch.Tensor] = tensors, units: int = units) -> None:
            w = tensors["w"].clone().requires_grad_(True)
            columns = [tensors["x"]]
            for j in range(1, units):
                past = torch.stack(columns, dim=1)
                columns.append(torch.tanh(past @ w[j - 1, :j]))
            loss = 0.5 * ((columns[-1] - tensors["y"]) ** 2).sum()
            loss.backward()

        compiled.value_and_grad(**arrays)
        ours = milliseconds(lambda f=compiled, a=arrays: f.value_and_grad(**a))
        theirs = milliseconds(autograd)
        table.add_row(
            str(units), str(count), f"{ours:.2f}", f"{theirs:.2f}", f"{theirs / ours:.1f}"
        )
    console.print(table)


if __name__ == "__main__":
    derivations()
    start_up()
    methods()
    against_autograd()
