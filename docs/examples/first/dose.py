def limited(dose: float, maximum: float) -> float:
    """The dose, cut at the maximum."""
    if dose < 0:
        raise ValueError("a dose cannot be below zero")
    return min(dose, maximum)
