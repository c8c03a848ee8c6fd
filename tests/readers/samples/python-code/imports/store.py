# import commented
"""import quoted

from quoted import nothing
"""

import importlib
import os.path
from importlib import import_module as load

import numpy as np
import ruamel.yaml
import yaml, attr as a
from construct import Const, Struct as Layout
from scipy.sparse import *

from . import sibling
from .. import parent

if os.environ.get("FAST"):
    import orjson as json
else:
    import json

__all__ = ["solve", "Store"]

NAME = "plugin"
importlib.import_module("late.binding")
load(NAME)
__import__("older")
importlib.import_module(".own", package="pump")


def solve(matrix: np.ndarray, *, tolerance: float = 1e-9) -> np.ndarray:
    from lazy import thing

    return np.linalg.solve(matrix, thing())


class Store(dict):
    """import nothing"""

    def __init__(self, path: str, /, mode="r") -> None:
        self.layout = Layout.parse(yaml.safe_load(path), a.fields)

    async def read(self, size: int = -1) -> bytes: ...

    @staticmethod
    def exists(path: str) -> bool: ...

    def _hidden(self): ...


def unlisted(): ...
