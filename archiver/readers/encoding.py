"""The encoding of a document: what its bytes say, and the text they give."""

import codecs
import re
from dataclasses import dataclass

import webencodings
from bs4.dammit import EncodingDetector
from charset_normalizer import from_bytes

from archiver.errors import ReadError
from archiver.records import Format

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""The longer before the shorter it begins with. The codecs are those that keep the mark in the text."""

DECLARATION_WINDOW = 1024
"""Bytes of a page in which the HTML standard looks for its declaration (§13.2.3.2, prescan)."""

SAMPLE = 256 * 1024
"""Bytes that the detector sees. It needs no more, and a file of 100 MB must not take minutes."""

LEGACY_ENCODINGS = (
    *("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "cp874", "cp866"),
    *("koi8_r", "koi8_u", "iso8859_2", "iso8859_5", "cp932", "euc_jp", "iso2022_jp", "gb18030", "big5", "cp949"),
)
"""The encodings of the Encoding Standard (https://encoding.spec.whatwg.org/) that are told apart by their text, as
Python calls them. Left to choose among all, the detector reads French windows-1252 as Mac Latin 2."""

CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\v\f\r\x1b"))
"""Bytes that no text has: NUL and its like. ESC stays, ISO-2022-JP is written with it."""

NON_ASCII = bytes(range(0x80, 0x100))


@dataclass(frozen=True, kw_only=True, slots=True)
class Decoded:
    """A text, the Python codec that gave it, and in one sentence what could not be decoded, if anything."""

    content: str
    encoding: str
    damage: str | None = None


def read_text(data: bytes, form: Format) -> Decoded:
    """The text of a document, nothing added, removed or translated; each undecodable sequence is one U+FFFD.

    In this order: the byte order mark; in HTML its declaration, unless the bytes contradict it and are UTF-8; UTF-8,
    also with damaged places if there are fewer of them than sound multi-byte sequences; the detector; the
    declaration again, now with damaged places; and UTF-8 with them. Raises ReadError (`binary`) for what is no text.
    """
    if marked := [encoding for mark, encoding in BYTE_ORDER_MARKS if data.startswith(mark)]:
        return _first_clean(data, marked) or _damaged(data, marked[0])
    declared = declared_encoding(data) if form == "html" else None
    clean = _first_clean(data, [declared, "utf-8"] if declared else ["utf-8"])
    _refuse_binary(data, is_decoded=clean is not None)
    if clean:
        return clean
    if _is_damaged_utf8(data):
        return _damaged(data, "utf-8")
    return _decode(data, _detected(data) or declared or "utf-8")


def declared_encoding(data: bytes) -> str | None:
    """The Python codec that a page names for itself in its first 1,024 bytes, by the standard's table of labels.

    UTF-16 in a declaration that could be read as ASCII can only be UTF-8, as the standard says.
    """
    start = re.sub(rb"<!--.*?(?:-->|\Z)", b"", data[:DECLARATION_WINDOW], flags=re.DOTALL)
    label = EncodingDetector.find_declared_encoding(start, is_html=True)
    encoding = webencodings.lookup(label) if label else None
    if encoding is None or encoding.name in ("replacement", "x-user-defined"):
        return None
    return "utf-8" if encoding.name.startswith("utf-16") else codecs.lookup(encoding.codec_info.name).name


def _decode(data: bytes, encoding: str) -> Decoded:
    return _first_clean(data, [encoding]) or _damaged(data, encoding)


def _first_clean(data: bytes, encodings: list[str]) -> Decoded | None:
    for encoding in encodings:
        try:
            return Decoded(content=data.decode(encoding), encoding=encoding)
        except UnicodeDecodeError:
            continue
    return None


def _damaged(data: bytes, encoding: str) -> Decoded:
    content = data.decode(encoding, "replace")
    count = max(1, content.count("\ufffd") - _count_genuine(data, encoding))
    places = "1 place" if count == 1 else f"{count:,} places"
    damage = f"not valid {encoding} in {places}, the first at byte {_first_bad(data, encoding)}; shown as U+FFFD"
    return Decoded(content=content, encoding=encoding, damage=damage)


def _count_genuine(data: bytes, encoding: str) -> int:
    """How often U+FFFD itself is written in the data."""
    try:
        return data.count("\ufffd".encode(encoding))
    except UnicodeEncodeError:
        return 0


def _first_bad(data: bytes, encoding: str) -> int:
    try:
        data.decode(encoding)
    except UnicodeDecodeError as error:
        return error.start
    return 0


def _is_damaged_utf8(data: bytes) -> bool:
    """Whether more multi-byte sequences are sound than not: another encoding hits one by chance only."""
    content = data.decode("utf-8", "replace")
    bad = content.count("\ufffd") - _count_genuine(data, "utf-8")
    beyond_ascii = len(content) - len(data.translate(None, NON_ASCII))
    return beyond_ascii - bad > bad


def _detected(data: bytes) -> str | None:
    """The codec that the detector finds most likely; of several that explain the sample alike, the web's default."""
    matches = from_bytes(_sample(data), cp_isolation=list(LEGACY_ENCODINGS))
    best = matches.best()
    if best is None:
        return None
    alike = [match for match in matches if (match.chaos, match.coherence) == (best.chaos, best.coherence)]
    return (
        "cp1252"
        if any("cp1252" in match.could_be_from_charset for match in alike)
        else codecs.lookup(best.encoding).name
    )


def _sample(data: bytes) -> bytes:
    """The part from shortly before the first byte beyond ASCII to the last line or word that is whole.

    Before that byte no character can be cut in two, and no trail byte is a space or a line feed.
    """
    beyond_ascii = re.search(rb"[\x80-\xff]", data)
    start = max(0, (beyond_ascii.start() if beyond_ascii else 0) - 4096)
    sample = data[start : start + SAMPLE]
    end = max(sample.rfind(b"\n"), sample.rfind(b" "))
    return sample if len(sample) < SAMPLE or end < 0 else sample[:end]


def _refuse_binary(data: bytes, *, is_decoded: bool) -> None:
    """Compressed data has a control in every tenth byte and is not UTF-8; UTF-16 without its mark has every second."""
    sample = data[:SAMPLE]
    controls = len(sample) - len(sample.translate(None, CONTROLS))
    share = controls / max(1, len(sample))
    if share > (0.3 if is_decoded else 0.05):
        raise ReadError(f"is not text: {share:.0%} of its bytes are control characters", kind="binary")
