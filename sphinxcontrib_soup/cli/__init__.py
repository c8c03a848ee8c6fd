"""`sphinx-soup`: the same flow on the command line. A command is a module of this package with a `command` in it."""

from __future__ import annotations

import importlib
import pkgutil

import click

from sphinxcontrib_soup import __version__


class Commands(click.Group):
    """The commands, each loaded when it is asked for, so that none pays for what another one needs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        names = [module.name.rstrip("_") for module in pkgutil.iter_modules(__path__)]
        return [name for name in names if self.get_command(ctx, name)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's
        modules = {module.name.rstrip("_"): module.name for module in pkgutil.iter_modules(__path__)}
        if cmd_name not in modules:
            return None
        command = getattr(importlib.import_module(f"{__name__}.{modules[cmd_name]}"), "command", None)
        return command if isinstance(command, click.Command) else None


@click.group(cls=Commands)
@click.version_option(__version__, prog_name="sphinx-soup")
def main() -> None:
    """Living regulatory documents: what readers find, what rules say of it, and the documents themselves."""
