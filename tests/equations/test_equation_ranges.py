"""Where equations run that have no range: the lines of the System as text."""

from __future__ import annotations

import pytest

import deltarule as dr

RANGES = [
    # what is wanted, and what that is computed from
    ("h[t] = u h[t-1] + x[t]\nh[0] = 0\nE = h[T]^2", "h[t] = u h[t-1] + x[t]   for t = 1..T"),
    ("f[n] = f[n-1] + f[n-2]\nf[0] = a\nf[1] = b\ny = f[N]", "f[n-2]   for n = 2..N"),
    ("b[t] = b[t+1] + x[t]\nb[T] = v\nE = b[1]^2\nx[t] for t = 1..T", "b[t] = b[t+1] + x[t]   for t = 1..T-1"),
    ("m[i,j] = min(i <= k < j) (m[i,k] + m[k+1,j] + p[i] p[k] p[j]) for i < j\nm[i,i] = 0\nC = m[1,n]",
     "m[i,i] = 0   for i = 1..n"),
    ("m[i,j] = min(i <= k < j) (m[i,k] + m[k+1,j] + p[i] p[k] p[j]) for i < j\nm[i,i] = 0\nC = m[1,n]",
     "p[i] p[k] p[j])   for i = 1..n-1, j = i+1..n"),
    # a recurrence does not widen its own range, one step after the other
    ("x[l+1,k] = x[l,k] + w[l,k]\nx[0,k] = z[k]\nw[l,k] for l = 0..L-1, k = 1..d",
     "w[l,k]   for l = 0..L-1, k = 1..d"),
    ("h[l+1] = tanh(z[l])\nh[0] = x\nz[l] = W[l] h[l]\nW[l] for l = 0..L-1",
     "h[l+1] = tanh(z[l])   for l = 0..L-1"),
    ("h[l+1] = tanh(z[l])\nh[0] = x\nz[l] = W[l] h[l]\nW[l] for l = 0..L-1",
     "z[l] = W[l] h[l]   for l = 0..L-1"),
    # limits of sums say where an axis runs
    ("H[t+1,a] = H[t,a] - exp(H[t,a])/sum(b=1..k) exp(H[t,b]) for t = 1..T\nH[1,a] = 0",
     "H[1,a] = 0   for a = 1..k"),
    # the last step is the result, where nobody outside reads the recurrence
    ("x[0] = z\nx[k+1] = x[k] - eta g[k]\ng[k] = a x[k] - b   for k = 0..K-1",
     "x[k+1] = x[k] - eta g[k]   for k = 0..K-1"),
    ("x[0] = z\nx[k+1] = x[k] - eta g[k]\ng[k] = a x[k] - b   for k = 0..K-1\nE = x[K-1]^2",
     "x[k+1] = x[k] - eta g[k]   for k = 0..K-2"),
    ("h[l+1] = tanh(z[l])\nh[0] = x\nz[l] = a u[l]\nu[l] = W[l] h[l]\nW[l] for l = 0..L-1",
     "h[l+1] = tanh(z[l])   for l = 0..L-1"),
    # terms that a sum leaves out leave no steps out, and what is known so far no terms
    ("x[k+1,i] = b[i] - sum(j != i) a[i,j] x[k,j] for i = 1..n\nx[0,i] = 0\nr = sum(i=1..n) x[K,i]",
     "sum(j=1..n, j != i) a[i,j] x[k,j]   for k = 0..K-1, i = 1..n"),
    # an axis runs as in another equation of the array
    ("x[t+1,a] = u x[t,a] for t = 1..T\nx[1,a] = 0 for a = 1..k", "for t = 1..T, a = 1..k"),
    # what runs along with a recurrence
    ("h[t] = tanh(a x[t] + b s[t-1]) for t = 1..T\ns[t] = c h[t]\ns[0] = 0",
     "s[t] = c h[t]   for t = 1..T"),
    # a read of another element than an equation defines says nothing of its range
    ("x[t,t-1] = a x[t-1,t-1] for t = 1..T\nx[t,t] = x[t,t-1] + y[t]\nx[0,0] = m\n"
     "E = sum(t=1..T) (y[t] - x[t,t-1])^2", "x[t,t] = x[t, t-1] + y[t]   for t = 1..T"),
    # sums that end nowhere run where their arrays exist
    ("y[j] = sum(k != j) x[k] for j = 1..n\nx[k] for k = 1..n", "sum(k=1..n, k != j) x[k]"),
    ("y[t] = sum(k >= 1) w[k] x[t-k] for t = 1..T\nw[k] for k = 1..K\nx[t] for t = 1..T",
     "sum(1 <= k < t, k <= K) w[k] x[t-k]"),
    ("D[h+1,i] = min(j) (d[i,j] + D[h,j]) for i != 1\nD[h,1] = 0 for h = 1..N-1\n"
     "D[1,i] = d[i,1] for i != 1\nd[i,j] for i = 1..N, j = 1..N", "for h = 1..N-2, i = 2..N"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line"), RANGES)
def test_range(text, line):
    assert line in str(dr.read(text))


@pytest.mark.parametrize(("text", "line"), RANGES)
def test_what_is_printed_is_read_the_same(text, line):
    system = dr.read(text)
    assert str(dr.read(str(system))) == str(system)


UNDEFINED = [
    # a recurrence without its first element has no range
    ("h[t] = u h[t-1] + x[t]\nE = h[T]^2", "h[t-1]"),
    ("h[t] = u h[t-1] + x[t]\nh[0] = 0\nE = h[0-1]^2", "h[0-1]"),
]


@pytest.mark.parametrize(("text", "at"), UNDEFINED)
def test_what_nothing_defines(text, at):
    with pytest.raises(dr.DeltaruleError) as caught:
        dr.read(text)
    assert caught.value.code == "E102"
    span = caught.value.at
    assert span.source.text[span.start : span.end] == at


DECLARED = [
    # a declared range leaves alone what is defined beyond it
    ("r[n] = max(1 <= i <= n) (p[i] + r[n-i])\nr[0] = 0\nr[n] for n = 1..N", "r[0] = 0\n"),
    (
        "h[t] = u h[t-1]\nh[t] = 1 for t = 1-p..0\nh[t] for t = 1..T",
        "; 1          if -p < t <= 0 }",
    ),
    ("z[j,d] = z[j-1,d]\nz[0,d] = 0\nz[j,d] for j = 1..n, d = 0..c", "z[0,d] = 0   for d = 0..c"),
    # and restricts what lies in it
    ("y[i] = x[i]\ny[i] for i = 1..n", "y[i] = x[i]   for i = 1..n"),
    ("y[i] = x[i] for i = 0..n\ny[i] for i = 1..n", "y[i] = x[i]   for i = 1..n"),
]


@pytest.mark.parametrize(("text", "line"), DECLARED)
def test_declared_range(text, line):
    assert line in str(dr.read(text))


def test_the_output_of_a_recurrence_is_what_goes_on_to_the_next_step():
    system = dr.read(
        "h[l+1] = tanh(z[l])\nh[0] = x\nz[l] = c W[l] h[l]\nW[l] for l = 0..L-1\nc = 2 d"
    )
    assert system.outputs == ("h",)


def test_what_is_known_so_far_leaves_no_terms_out():
    """Gauss and Seidel: x[k,j] is known for k = 0 first, which says nothing of j."""
    text = """
        x[k+1,i] = b[i] - sum(j < i) a[i,j] x[k+1,j] - sum(j > i) a[i,j] x[k,j] for i = 1..n
        x[0,i] = 0
        r = sum(i=1..n) x[K,i]
    """
    assert "- sum(j=1..i-1) a[i,j] x[k+1, j] - sum(j=i+1..n) a[i,j] x[k,j]" in str(dr.read(text))
