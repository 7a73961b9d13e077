from typing import NamedTuple
from archiver.times.moments import Moment
class Comparison(NamedTuple):
    distance: float
    within: str | None
    cause: str | None
def compare(a, b, platform): return Comparison(0, "core", None)
