"""Limits of a dose."""


def limited(dose: float, maximum: float) -> float:
    """The dose, cut at the maximum.

    .. requirement:: A negative dose is refused
       :id: REQ_NEGATIVE
       :derives_from: SYS_SAFE

       The software shall refuse to advise a dose below zero.
    """
    if dose < 0:
        raise ValueError("a dose cannot be below zero")
    return min(dose, maximum)
