import pytest
from dose import limited


@pytest.mark.verifies("REQ_MAX")
def test_a_dose_is_cut_at_the_maximum():
    assert limited(12, maximum=10) == 10


def test_a_negative_dose_is_refused():
    with pytest.raises(ValueError, match="below zero"):
        limited(-1, maximum=10)
