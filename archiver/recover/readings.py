"""Readings: what the copy that an archive gives out comes to, once it is certain that it is the post's."""

from dataclasses import replace
from email.message import Message

from archiver.capture.sources import SourceError
from archiver.capture.work import Asked
from archiver.fetch import Answer, Exchange
from archiver.records import Observation, Post
from archiver.recover.mementos import original_in, read_http_date, read_links, when
from archiver.recover.pages import is_of, is_wall_address, read_page


def read_memento(post: Post, source: str, answer: Answer) -> Asked:
    """What a copy comes to: it must say that it is one, of the address that was asked for, and hold the post's id.

    An archive knows addresses in lower case, and may lead from the address of one post to another's, or to a page on
    which one logs in.
    """
    last = answer.exchanges[-1]
    made_at = read_http_date(last.header("Memento-Datetime"))
    asked = Asked(
        post=post,
        source=source,
        answer=answer,
        outcome=answer.outcome,
        detail=answer.detail,
        memento_at=when(made_at) if made_at else None,
    )
    if answer.content is None:
        return asked
    try:
        observation = _read(post, last, answer.content, is_memento=made_at is not None)
    except SourceError as error:
        return replace(asked, outcome=error.outcome, detail=str(error))
    return replace(asked, outcome="captured", detail=None, observation=observation)


def _read(post: Post, exchange: Exchange, content: bytes, *, is_memento: bool) -> Observation:
    if not is_memento:
        raise SourceError("the archive does not say that it is a copy")
    for original in _originals(exchange):
        if is_wall_address(original):
            raise SourceError(f"it is a copy of {original[:160]}", "login-wall")
        if not is_of(original, post):
            raise SourceError(f"it is a copy of {original[:160]}", "another-post")
    return read_page(content, _charset(exchange), post)


def _originals(exchange: Exchange) -> list[str]:
    """The address that was kept, by the copy's own and by what its header says."""
    links = read_links(exchange.header("Link") or "")
    told = [link.url for link in links if "original" in link.relations]
    in_url = original_in(exchange.url)
    return [in_url, *told] if in_url else told


def _charset(exchange: Exchange) -> str | None:
    message = Message()
    message["Content-Type"] = exchange.header("Content-Type") or ""
    charset = message.get_content_charset()
    return charset if charset and charset.isascii() else None
