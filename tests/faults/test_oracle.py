"""What judges the faults is judged itself: it sees what is lost, early, asked by nobody, repeated."""

from tests.faults.oracle import Death, Receipt, judged

_A, _B = ("a", "1"), ("b", "2")
_DUE = {_A: 10.0, _B: 20.0}


def test_each_once_and_in_time_is_clean() -> None:
    found = judged(_DUE, [Receipt(_A, 10.5), Receipt(_B, 20.0)])
    assert found.clean
    assert found.late == (0.5, 0.0)


def test_what_never_came_is_lost_and_so_is_what_was_only_refused() -> None:
    found = judged(_DUE, [Receipt(_A, 11.0, "refused")])
    assert found.lost == (_A, _B)


def test_what_came_before_its_time_is_early() -> None:
    assert judged({_A: 10.0}, [Receipt(_A, 9.9)]).early == (_A,)


def test_what_nobody_asked_for_is_seen() -> None:
    assert judged({}, [Receipt(_A, 1.0)]).unasked == (_A,)


def test_a_repeat_has_no_reason_unless_its_sender_died_between_the_two() -> None:
    twice = [Receipt(_A, 11.0, sender="one"), Receipt(_A, 15.0, sender="other")]
    assert judged({_A: 10.0}, twice).unexplained == (_A,)
    assert judged({_A: 10.0}, twice, deaths=[Death(16.0, "one")]).unexplained == (_A,)
    assert judged({_A: 10.0}, twice, deaths=[Death(12.0, "other")]).unexplained == (_A,)
    assert judged({_A: 10.0}, twice, deaths=[Death(12.0, "one")]).explained == 1
    assert judged({_A: 10.0}, twice, deaths=[Death(12.0)]).explained == 1


def test_it_is_counted_how_often_the_same_came() -> None:
    thrice = [Receipt(_A, 11.0), Receipt(_A, 12.0), Receipt(_A, 13.0), Receipt(_B, 20.0)]
    assert judged(_DUE, thrice).times == 3


def test_a_repeat_has_a_reason_when_the_platform_took_the_first_without_a_word() -> None:
    assert judged({_A: 10.0}, [Receipt(_A, 11.0, "silent"), Receipt(_A, 12.0)]).explained == 1
    refused = [Receipt(_A, 11.0, "refused"), Receipt(_A, 12.0)]
    assert judged({_A: 10.0}, refused).explained == 0
