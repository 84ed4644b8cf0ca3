"""Expressions with their plain text and their LaTeX: precedence, fractions, fences, limits."""

from __future__ import annotations

from fractions import Fraction

from print_examples import arrays, at, equals, form, ranges, total

from deltarule.equations import affine, domains
from deltarule.equations.build import (
    ONE,
    ZERO,
    add,
    call,
    divide,
    multiply,
    negate,
    number,
    power,
    subtract,
)
from deltarule.equations.nodes import (
    Access,
    Add,
    All,
    ArgReduce,
    Bracket,
    Compare,
    Expr,
    IndexValue,
    Mul,
    Reduce,
    Relation,
    Select,
    Size,
)
from deltarule.equations.system import Array, System

SYSTEM = System(
    ("n", "N", "M"),
    arrays(
        Array("a"),
        Array("b", ("i",)),
        Array("W1", ("i",)),
        Array("dE_db", ("i",), adjoint_of=("E", "b")),
    ),
    (),
)

a, b, c, d = at("a"), at("b", "i"), at("c", "i"), at("dE_db", "i")
ab = add(a, b)
s = total(b, i=(1, "n"))
N, i = Size("N"), IndexValue("i")
half = number(Fraction(1, 2))
label = affine.name(at("y", "i"))
huber = Select(
    Compare(call("abs", a), "<=", at("delta")),
    multiply(half, power(a, 2)),
    multiply(at("delta"), subtract(call("abs", a), multiply(half, at("delta")))),
)


def over_k(*conditions: tuple[str, str], op: str = "sum", **bounds: tuple[str | int, str]) -> Expr:
    extra = domains.from_relations([Relation(form(f), o) for f, o in conditions])
    limits = domains.intersect(extra, ranges(**bounds))
    return Reduce(op, ("k",), limits, at("b", "k"))


def holds(*parts: tuple[str, str]) -> Bracket:
    relations = tuple(Relation(form(f), op) for f, op in parts)
    return Bracket(relations[0] if len(relations) == 1 else All(relations))


EXPRESSIONS: list[tuple[Expr, str, str]] = [
    # sums and signs
    (ZERO, "0", "0"),
    (ab, "a + b[i]", "a + b_i"),
    (subtract(a, b), "a - b[i]", "a - b_i"),
    (negate(a), "-a", "-a"),
    (add(negate(a), b), "-a + b[i]", "-a + b_i"),
    (negate(ab), "-(a + b[i])", "-(a + b_i)"),
    (subtract(a, ab), "a - (a + b[i])", "a - (a + b_i)"),
    (add(a, number(-1)), "a - 1", "a - 1"),
    (subtract(ONE, power(a, 2)), "1 - a^2", "1 - a^2"),
    (multiply(number(-2), a, b), "-2 a b[i]", "-2 a b_i"),
    (Add((a, Add((b, c)))), "a + (b[i] + c[i])", "a + (b_i + c_i)"),
    (Add((Add((a, b)), c)), "(a + b[i]) + c[i]", "(a + b_i) + c_i"),
    # products
    (multiply(a, b), "a b[i]", "a b_i"),
    (multiply(ab, b), "(a + b[i]) b[i]", r"(a + b_i)\, b_i"),
    (multiply(b, ab), "b[i] (a + b[i])", "b_i (a + b_i)"),
    (multiply(a, ab), "a * (a + b[i])", r"a \cdot (a + b_i)"),
    (multiply(i, ab), "i * (a + b[i])", r"i \cdot (a + b_i)"),
    (multiply(N, ab), "N (a + b[i])", "N (a + b_i)"),
    (multiply(power(a, N), ab), "a^N * (a + b[i])", "a^N (a + b_i)"),
    (Mul((a, Mul((b, c)))), "a * (b[i] c[i])", r"a \cdot (b_i c_i)"),
    (multiply(number(2), power(number(3), b)), "2 * 3^b[i]", r"2 \cdot 3^{b_i}"),
    (multiply(equals("i", "j"), a), "[i = j] a", r"\mathbb{1}[i = j]\, a"),
    # quotients
    (divide(a, b), "a/b[i]", r"\frac{a}{b_i}"),
    (divide(ONE, b), "1/b[i]", r"\frac{1}{b_i}"),
    (negate(divide(ONE, b)), "-1/b[i]", r"-\frac{1}{b_i}"),
    (divide(ab, b), "(a + b[i])/b[i]", r"\frac{a + b_i}{b_i}"),
    (divide(a, ab), "a/(a + b[i])", r"\frac{a}{a + b_i}"),
    (divide(a, multiply(b, c)), "a/(b[i] c[i])", r"\frac{a}{b_i c_i}"),
    (divide(divide(a, b), c), "a/(b[i] c[i])", r"\frac{a}{b_i c_i}"),
    (divide(a, power(b, 2)), "a/b[i]^2", r"\frac{a}{b_i^2}"),
    (multiply(number(2), divide(a, b), c), "2 a c[i]/b[i]", r"\frac{2 a c_i}{b_i}"),
    (multiply(half, divide(a, b)), "a/(2 b[i])", r"\frac{a}{2 b_i}"),
    (subtract(a, divide(b, c)), "a - b[i]/c[i]", r"a - \frac{b_i}{c_i}"),
    (multiply(half, power(ab, 2)), "1/2 (a + b[i])^2", r"\frac{1}{2} (a + b_i)^2"),
    (divide(ab, N), "1/N * (a + b[i])", r"\frac{1}{N} (a + b_i)"),
    (divide(equals("i", "j"), N), "1/N * [i = j]", r"\frac{1}{N} \mathbb{1}[i = j]"),
    (divide(equals("i", "j"), a), "[i = j]/a", r"\frac{\mathbb{1}[i = j]}{a}"),
    (multiply(number(Fraction(3, 2)), N, a), "3/2 N a", r"\frac{3}{2} N a"),
    (multiply(half, divide(a, N)), "1/(2 N) a", r"\frac{1}{2 N} a"),
    # numbers
    (number(Fraction(-1, 2)), "-1/2", r"-\frac{1}{2}"),
    (number(Fraction(7, 100)), "0.07", "0.07"),
    (multiply(number(Fraction(1, 10)), a), "0.1 a", "0.1 a"),
    # powers
    (power(a, 2), "a^2", "a^2"),
    (power(b, 12), "b[i]^12", "b_i^{12}"),
    (power(a, -2), "1/a^2", r"\frac{1}{a^2}"),
    (power(a, half), "sqrt(a)", r"\sqrt{a}"),
    (power(a, Fraction(-1, 2)), "1/sqrt(a)", r"\frac{1}{\sqrt{a}}"),
    (power(a, Fraction(3, 2)), "a^(3/2)", "a^{3/2}"),
    (power(negate(a), 2), "(-a)^2", "(-a)^2"),
    (power(ab, 2), "(a + b[i])^2", "(a + b_i)^2"),
    (power(multiply(a, b), 2), "(a b[i])^2", "(a b_i)^2"),
    (power(power(a, 2), 3), "(a^2)^3", "(a^2)^3"),
    (power(power(a, half), 3), "sqrt(a)^3", r"\sqrt{a}^3"),
    (power(power(ab, 2), 3), "((a + b[i])^2)^3", "((a + b_i)^2)^3"),
    (power(power(power(a, half), 3), b), "(sqrt(a)^3)^b[i]", r"(\sqrt{a}^3)^{b_i}"),
    (power(power(a, -1), b), "(1/a)^b[i]", r"\left(\frac{1}{a}\right)^{b_i}"),
    (power(a, number(Fraction(1, 10))), "a^(0.1)", "a^{0.1}"),
    (power(divide(a, b), 2), "(a/b[i])^2", r"\left(\frac{a}{b_i}\right)^2"),
    (power(a, b), "a^b[i]", "a^{b_i}"),
    (power(a, negate(b)), "a^(-b[i])", "a^{-b_i}"),
    (power(a, power(b, 2)), "a^(b[i]^2)", "a^{b_i^2}"),
    (power(half, a), "(1/2)^a", r"\left(\frac{1}{2}\right)^a"),
    (power(number(-1), i), "(-1)^i", "(-1)^i"),
    (power(at("W1", "i"), 2), "W1[i]^2", "(W^{(1)}_i)^2"),
    # functions
    (call("tanh", a), "tanh(a)", r"\tanh(a)"),
    (power(call("tanh", a), 2), "tanh(a)^2", r"\tanh(a)^2"),
    (call("g", a, order=2), "g''(a)", "g''(a)"),
    (call("g", a, order=4), "g''''(a)", "g^{(4)}(a)"),
    (call("relu", a), "relu(a)", r"\operatorname{relu}(a)"),
    (call("max", a, b), "max(a, b[i])", r"\max(a, b_i)"),
    (call("abs", subtract(a, b)), "abs(a - b[i])", "|a - b_i|"),
    (call("ln", b), "ln(b[i])", r"\ln b_i"),
    (call("ln", ab), "ln(a + b[i])", r"\ln(a + b_i)"),
    (call("ln", divide(a, b)), "ln(a/b[i])", r"\ln\left(\frac{a}{b_i}\right)"),
    (multiply(a, call("ln", b)), "a ln(b[i])", r"a \ln b_i"),
    (multiply(call("ln", b), a), "ln(b[i]) a", r"\ln(b_i)\, a"),
    (power(call("ln", b), 2), "ln(b[i])^2", r"(\ln b_i)^2"),
    (power(call("ln", ab), 2), "ln(a + b[i])^2", r"(\ln(a + b_i))^2"),
    (power(call("abs", a), 2), "abs(a)^2", "|a|^2"),
    (call("exp", b), "exp(b[i])", "e^{b_i}"),
    (call("exp", negate(a)), "exp(-a)", "e^{-a}"),
    (power(call("exp", b), 2), "exp(b[i])^2", "(e^{b_i})^2"),
    (call("exp", divide(a, b)), "exp(a/b[i])", r"\exp\left(\frac{a}{b_i}\right)"),
    (call("exp", s), "exp(sum(i=1..n) b[i])", r"\exp\left(\sum_{i=1}^n b_i\right)"),
    # big operators
    (s, "sum(i=1..n) b[i]", r"\sum_{i=1}^n b_i"),
    (negate(s), "-sum(i=1..n) b[i]", r"-\sum_{i=1}^n b_i"),
    (add(s, a), "sum(i=1..n) b[i] + a", r"\sum_{i=1}^n b_i + a"),
    (total(ab, i=(1, "n")), "sum(i=1..n) (a + b[i])", r"\sum_{i=1}^n (a + b_i)"),
    (total(negate(b), i=(1, "n")), "sum(i=1..n) (-b[i])", r"\sum_{i=1}^n (-b_i)"),
    (total(divide(b, c), i=(1, "n")), "sum(i=1..n) b[i]/c[i]", r"\sum_{i=1}^n \frac{b_i}{c_i}"),
    (multiply(s, ab), "(a + b[i]) sum(i=1..n) b[i]", r"(a + b_i) \sum_{i=1}^n b_i"),
    (
        multiply(s, s),
        "(sum(i=1..n) b[i]) sum(i=1..n) b[i]",
        r"\left(\sum_{i=1}^n b_i\right) \sum_{i=1}^n b_i",
    ),
    (power(s, 2), "(sum(i=1..n) b[i])^2", r"\left(\sum_{i=1}^n b_i\right)^2"),
    (divide(b, s), "b[i]/sum(i=1..n) b[i]", r"\frac{b_i}{\sum_{i=1}^n b_i}"),
    (
        divide(a, total(multiply(b, c), i=(1, "n"))),
        "a/(sum(i=1..n) b[i] c[i])",
        r"\frac{a}{\sum_{i=1}^n b_i c_i}",
    ),
    (divide(s, b), "1/b[i] sum(i=1..n) b[i]", r"\frac{1}{b_i} \sum_{i=1}^n b_i"),
    (
        divide(s, multiply(s, b)),
        "1/(b[i] sum(i=1..n) b[i]) sum(i=1..n) b[i]",
        r"\frac{1}{b_i \sum_{i=1}^n b_i} \sum_{i=1}^n b_i",
    ),
    (
        divide(divide(a, s), b),
        "a/(b[i] sum(i=1..n) b[i])",
        r"\frac{a}{b_i \sum_{i=1}^n b_i}",
    ),
    (
        total(at("w", "k", "l"), k=(1, "n"), l=(1, "k")),
        "sum(k=1..n, l=1..k) w[k,l]",
        r"\sum_{k=1}^n \sum_{\ell=1}^k w_{k,\ell}",
    ),
    (
        over_k(("k-j", "!="), op="prod", k=(1, "n")),
        "prod(k=1..n, k != j) b[k]",
        r"\prod_{k=1,\ k \ne j}^n b_k",
    ),
    (
        over_k(op="max", k=(1, "n")),
        "max(k=1..n) b[k]",
        r"\max_{1 \le k \le n} b_k",
    ),
    (over_k(("k-j", ">=")), "sum(k >= j) b[k]", r"\sum_{k \ge j} b_k"),
    (over_k(("k-j", "=")), "sum(k=j..j) b[k]", r"\sum_{k=j}^j b_k"),
    (over_k(), "sum(k) b[k]", r"\sum_k b_k"),
    (
        ArgReduce("argmin", "k", ranges(k=(1, "n")), at("b", "k")),
        "argmin(k=1..n) b[k]",
        r"\arg\min_{1 \le k \le n} b_k",
    ),
    # derivatives without a name of their own
    (multiply(a, d), "a dE/db[i]", r"a \frac{\partial E}{\partial b_i}"),
    (divide(d, b), "1/b[i] dE/db[i]", r"\frac{1}{b_i} \frac{\partial E}{\partial b_i}"),
    (divide(a, d), "a/(dE/db[i])", r"\frac{a}{\frac{\partial E}{\partial b_i}}"),
    (power(d, 2), "(dE/db[i])^2", r"\left(\frac{\partial E}{\partial b_i}\right)^2"),
    # brackets, cases on data, gathers
    (holds(("k-j-1", ">=")), "[k > j]", r"\mathbb{1}[k > j]"),
    (holds(("M-k", "=")), "[k = M]", r"\mathbb{1}[k = M]"),
    (
        holds(("i-1", ">="), ("n-i", ">="), ("i-j", "!=")),
        "[1 <= i <= n, i != j]",
        r"\mathbb{1}[1 \le i \le n,\ i \ne j]",
    ),
    (
        Bracket(Relation(affine.subtract(label, form("k")), "=")),
        "[y[i] = k]",
        r"\mathbb{1}[y_i = k]",
    ),
    (
        Bracket(Compare(a, "!=", divide(ONE, b))),
        "[a != 1/b[i]]",
        r"\mathbb{1}\left[a \ne \frac{1}{b_i}\right]",
    ),
    (
        huber,
        "{ 1/2 a^2 if abs(a) <= delta; delta * (abs(a) - 1/2 delta) otherwise }",
        r"\begin{cases} \frac{1}{2} a^2 & |a| \le \delta \\ "
        r"\delta \cdot \left(|a| - \frac{1}{2} \delta\right) & \text{otherwise} \end{cases}",
    ),
    (
        Select(Compare(a, ">", ZERO), ONE, Select(Compare(a, "<", ZERO), number(-1), ZERO)),
        "{ 1 if a > 0; -1 if a < 0; 0 otherwise }",
        r"\begin{cases} 1 & a > 0 \\ -1 & a < 0 \\ 0 & \text{otherwise} \end{cases}",
    ),
    (Access("W", (label, form("j"))), "W[y[i], j]", r"W_{y_i,j}"),
    (
        Access("W", (affine.add(label, form("1-2*k")),)),
        "W[y[i]-2*k+1]",
        "W_{y_i-2k+1}",
    ),
]
