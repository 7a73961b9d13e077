"""Failures: why there is no connection, or no whole answer, in words of ours."""

import errno
import os
import ssl
from http.client import HTTPException, IncompleteRead, RemoteDisconnected

from urllib3.exceptions import NameResolutionError, NewConnectionError

_NO_WAY = frozenset({errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EHOSTDOWN})


def innermost(error: BaseException) -> BaseException:
    """The cause of an error: requests and urllib3 wrap it several times."""
    inside = (getattr(error, "reason", None), *error.args)
    inner = next((one for one in inside if isinstance(one, BaseException)), None)
    return error if inner is None else innermost(inner)


def failure_words(error: BaseException) -> str:
    """What an innermost error says, in a few words.

    >>> failure_words(ConnectionResetError(104, "Connection reset by peer"))
    'the host closed the connection'
    """
    match error:
        case NameResolutionError():
            return "no connection: the host’s name is not known"
        case NewConnectionError():
            return f"no connection: {_refusal(error.__cause__)}"
        case ssl.SSLCertVerificationError():
            return f"no connection: the host’s certificate is not valid ({error.verify_message})"
        case ssl.SSLError():
            return "no connection: it could not be encrypted"
        case IncompleteRead():
            return "the answer was cut short"
        case RemoteDisconnected() | ConnectionResetError() | ConnectionAbortedError() | BrokenPipeError():
            return "the host closed the connection"
        case HTTPException():
            return "what came is no HTTP"
        case OSError(errno=int(number)):
            return f"the connection failed: {os.strerror(number)}"
    return "the connection failed"


def _refusal(cause: BaseException | None) -> str:
    """Why an address could not be connected to."""
    number = cause.errno if isinstance(cause, OSError) else None
    if number is None:
        return "the host has no address"
    if number == errno.ECONNREFUSED:
        return "the host refused it"
    return "there is no way to the host" if number in _NO_WAY else os.strerror(number)
