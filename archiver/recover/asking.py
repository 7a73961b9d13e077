"""Asking: a post is asked for at one web archive after the other, until one has its words."""

from collections.abc import Iterator, Sequence

from archiver.capture.work import Asked
from archiver.fetch import HostPausedError, StoppedError
from archiver.recover.archives import Archive
from archiver.recover.desk import Desk
from archiver.recover.gates import find_at_gate
from archiver.recover.lists import find_in_lists
from archiver.store import Subject


def find_copy(desk: Desk, archives: Sequence[Archive], subject: Subject) -> Iterator[Asked]:
    """Ask for the pages of a post with an id, archive by archive, until one has its words.

    An archive that cannot be asked now does not keep the others from being asked. Raises HostPausedError or
    StoppedError where nothing could be asked at all.
    """
    paused = None
    for archive in archives:
        try:
            is_found = yield from (find_in_lists if archive.cdx else find_at_gate)(desk, archive, subject)
        except HostPausedError as error:
            paused = error
            continue
        except StoppedError:
            if not desk.is_begun:
                raise
            return
        if is_found:
            return
    if paused and not desk.is_begun:
        raise paused
