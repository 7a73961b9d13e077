"""Bytes become text, and the text becomes the same bytes."""

import codecs
import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.errors import ReadError
from archiver.readers import read_article
from archiver.readers.encoding import declared_encoding, read_text
from archiver.records import Source

FRENCH = "L'été dernier, la chanteuse a révélé qu'elle était enceinte. Ça va être très différent, déclare-t-elle."
RUSSIAN = "Актриса рассказала о потере ребёнка в своём аккаунте в пятницу."
JAPANESE = "女優は金曜日に写真を発表しました。たくさんのコメントが寄せられています。"
NOISE = b"".join(hashlib.sha256(bytes([number])).digest() for number in range(256))
ENGLISH = "She said \u201cwe\u2019re so happy\u201d and the fans\u2019 replies were \u201clovely\u201d. Fans agreed."


@given(
    text=st.text(st.characters(codec="utf-8", exclude_characters="\0\1\2\3\4\5\6\7\x08"), min_size=40),
    mark=st.booleans(),
    suffix=st.sampled_from(["txt", "md"]),
)
def test_clean_text_comes_back_byte_for_byte(text: str, mark: bool, suffix: str) -> None:
    """Nothing is added, removed or translated: encoding the content gives the file again."""
    data = ("\ufeff" * mark + "Some words to make it a text, whatever follows. " * 10 + text).encode()
    source = Source(folder="news", name=f"a.{suffix}", path=Path(f"a.{suffix}"))
    article, problems = read_article(source, data)
    assert article.content.encode(article.encoding) == data == article.data
    assert problems == ()


@given(st.binary(), st.sampled_from(["text", "html"]))
def test_any_bytes_give_a_text_or_a_read_error(data: bytes, form: str) -> None:
    """No input crashes the reader."""
    try:
        decoded = read_text(data, "html" if form == "html" else "text")
    except ReadError as error:
        assert error.kind == "binary"
    else:
        assert codecs.lookup(decoded.encoding).name == decoded.encoding


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_decides_and_stays(mark: bytes, encoding: str) -> None:
    """The mark wins over what the page declares, and is the text's first character."""
    data = mark + f'<meta charset="koi8-r">{RUSSIAN}\r\n'.encode(encoding)
    decoded = read_text(data, "html")
    assert (decoded.encoding, decoded.content[0], decoded.content[-2:]) == (encoding, "\ufeff", "\r\n")
    assert decoded.content.encode(decoded.encoding) == data


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        (b'<meta charset="latin1">', "cp1252"),
        (b"<META CHARSET = windows-1251 >", "cp1251"),
        (b'<meta http-equiv="Content-Type" content="text/html; charset=Shift_JIS">', "cp932"),
        (b'<?xml version="1.0" encoding="KOI8-R"?>', "koi8-r"),
        (b'<!-- <meta charset="koi8-r"> --><meta charset="big5">', "big5hkscs"),
        (b'<meta charset="utf-16">', "utf-8"),
        (b'<meta charset="no-such-thing">', None),
        (b'<meta charset="x-user-defined">', None),
        (b'<meta charset="hz-gb-2312">', None),
        (b"<!--" + b" " * 1024 + b'--><meta charset="koi8-r">', None),
        (b"", None),
    ],
)
def test_a_declaration_is_read_by_the_standard(head: bytes, encoding: str | None) -> None:
    """The labels are the Encoding Standard's, the place is the first 1,024 bytes, comments do not count."""
    assert declared_encoding(head) == encoding


@pytest.mark.parametrize(
    ("declared", "actual", "used"),
    [
        ("windows-1251", "cp1251", "cp1251"),
        ("windows-1251", "utf-8", "cp1251"),
        ("shift_jis", "utf-8", "utf-8"),
        ("utf-8", "cp1251", "cp1251"),
        ("euc-jp", "cp1251", "cp1251"),
    ],
)
def test_a_declaration_is_believed_unless_the_bytes_contradict_it(declared: str, actual: str, used: str) -> None:
    """UTF-8 that is not valid as declared is UTF-8; a declaration that fails is followed by the detector."""
    page = f'<meta charset="{declared}"><p>{RUSSIAN * 5}'
    assert read_text(page.encode(actual), "html").encoding == used


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (FRENCH, "cp1252"),
        (ENGLISH, "cp1252"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (JAPANESE, "cp932"),
        (JAPANESE, "euc_jp"),
        ("这位女演员周五发布了一张照片，许多粉丝留言评论。", "gb18030"),
    ],
)
def test_the_detector_reads_what_says_nothing_of_itself(text: str, encoding: str) -> None:
    """Legacy text without a declaration is read as what it is, and nothing is reported."""
    decoded = read_text(text.encode(encoding), "text")
    assert (decoded.encoding, decoded.content, decoded.damage) == (encoding, text, None)


def test_the_detector_sees_the_bytes_that_matter() -> None:
    """What begins beyond the sample's size is still sampled, and a long file takes no longer."""
    data = b"Plain words only. " * 500_000 + FRENCH.encode("cp1252") * 10
    assert read_text(data, "text").content.endswith(FRENCH)


@pytest.mark.parametrize(
    ("data", "damage"),
    [
        ("caffè è più ".encode() + b"\xff!", "in 1 place, the first at byte 15"),
        ("été, déjà, garçon, \ufffd ".encode() + b"\xe2\x82 and \xc3", "in 2 places, the first at byte 28"),
    ],
)
def test_damaged_utf8_stays_utf8(data: bytes, damage: str) -> None:
    """A few bad bytes among sound ones become U+FFFD as Python's `replace` has it, and are counted and placed."""
    decoded = read_text(data, "text")
    assert (decoded.encoding, decoded.content) == ("utf-8", data.decode("utf-8", "replace"))
    assert decoded.damage is not None
    assert damage in decoded.damage


def test_damage_is_a_problem_of_the_article() -> None:
    """The article is read all the same."""
    source = Source(folder="news", name="a.txt", path=Path("a.txt"))
    article, problems = read_article(source, codecs.BOM_UTF8 + b"caf\xe9, and more words")
    assert article.content == "\ufeffcaf\ufffd, and more words"
    assert [(problem.source, problem.kind) for problem in problems] == [("a.txt", "encoding")]


@pytest.mark.parametrize("data", [b"\0" * 100 + b"ab", b"GIF89a" + bytes(range(256)) * 8, NOISE])
def test_what_is_no_text_is_refused(data: bytes) -> None:
    """Binary data under the name of a text is an error of its own kind."""
    with pytest.raises(ReadError, match="is not text") as caught:
        read_text(data, "text")
    assert caught.value.kind == "binary"


def test_nul_bytes_in_a_text_stay() -> None:
    """A text with NULs in it is a text with NULs in it."""
    assert read_text(b"Words\0 and more words.\0", "text").content == "Words\0 and more words.\0"
