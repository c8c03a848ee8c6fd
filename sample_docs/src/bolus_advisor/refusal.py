"""Why no advice is given."""

from enum import StrEnum


class Reason(StrEnum):
    """Every reason; the display has words for each."""

    READING_LOW = "reading-low"
    READING_OLD = "reading-old"
    READING_AHEAD = "reading-ahead"
    READING_IMPLAUSIBLE = "reading-implausible"
    CARBOHYDRATES_IMPLAUSIBLE = "carbohydrates-implausible"
    RECORD_DAMAGED = "record-damaged"
    RECORD_CONTROL_SOLUTION = "record-control-solution"
    SETTINGS_REFUSED = "settings-refused"
    HISTORY_INCONSISTENT = "history-inconsistent"


class Refusal(Exception):
    """Ends the computation without a dose."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason
