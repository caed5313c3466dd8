"""`python -m workers up --reload`: the shop, started again when its sources change."""

from __future__ import annotations

from functools import partial
from threading import Event

from workers import commands
from workers.children import Child, say
from workers.launching import ROOT, Program
from workers.watching import Watch

LOOK_EVERY = 0.4


def main(stopping: Event) -> None:
    """Run the shop and the CSS compiler until told to stop."""
    shop = Child("shop", partial(Program, commands.SHOP), grace=30)
    stylesheet = Child("css", partial(Program, commands.stylesheet()))
    watch = Watch(ROOT)
    try:
        stylesheet.start()
        shop.start()
        while not stopping.wait(LOOK_EVERY):
            stylesheet.mend()
            shop.mend()
            if watch.has_changed():
                say("Something changed; starting again…")
                shop.stop()
                shop.start()
    finally:
        shop.stop()
        stylesheet.stop()
