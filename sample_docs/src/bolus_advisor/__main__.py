"""The advisor as a command: ``python -m bolus_advisor SETTINGS --record HEX --carbohydrates G`` prints the message."""

import argparse
import json
from datetime import datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path

from bolus_advisor.advisor import Request, answer


def main() -> None:
    asked = _arguments()
    doses = json.loads(asked.doses.read_text(encoding="utf-8")) if asked.doses else []
    request = Request(
        settings=asked.settings.read_text(encoding="utf-8"),
        record=asked.record,
        carbohydrates=asked.carbohydrates,
        doses=[(_moment(given), _number(units)) for given, units in doses],
        now=asked.now,
    )
    print(json.dumps(answer(request)))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bolus_advisor", description="An example device, not for clinical use.")
    parser.add_argument("settings", type=Path, help="the settings, a TOML file")
    parser.add_argument("--record", type=bytes.fromhex, required=True, help="the meter's record, in hexadecimal")
    parser.add_argument("--carbohydrates", type=_number, required=True, help="in g")
    parser.add_argument(
        "--doses", type=Path, help='the doses given, a JSON file: [["2026-10-05T08:00:00+02:00", "4.5"]]'
    )
    parser.add_argument("--now", type=_moment, default=datetime.now().astimezone(), help="with an offset; for tests")
    return parser.parse_args()


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"{text!r} has no offset from UTC")
    return moment


def _number(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise ValueError(f"{text!r} is no number") from error


if __name__ == "__main__":
    main()
