"""Labels with a number of their own: \\lambda_{q_1}."""

from readings import printed_lines


def test_a_declared_symbol_has_it_in_its_name():
    text = r"y = u_{q_1}^\top u_{k_1}, \quad u_{q_1}, u_{k_1} \in \mathbb{R}^d"
    assert printed_lines(text) == ["y = sum(j=1..d) u_q_1[j] u_k_1[j]"]


def test_what_data_choose_stays_an_element():
    text = r"y = u_{q_1}, \quad q_i \in \{1, \dots, K\}"
    assert printed_lines(text) == ["y = u[q_1]"]
