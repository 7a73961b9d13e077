"""Subjects: who it is that a sentence lets say something, as far as its words around the verb tell."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from archiver.quotes.names import Names
from archiver.quotes.sentences import ACTS, Sentence, Word, act_of

Kind = Literal["author", "who", "role", "text", "named", "other", "none"]


class Subject(NamedTuple):
    """Who speaks: the `author` of an embed (its index), a pronoun, a role (the singer), the `text` itself,
    somebody named, or another."""

    kind: Kind
    author: int | None = None
    names: tuple[str, ...] = ()


NOBODY = Subject("none")
_INDEFINITE = Subject("other")


_PHRASE = 6
_NO_NAMES = frozenset("after before when while as but if so then now yesterday today both".split())  # noqa: SIM905
_AND = frozenset("and und et y e i и ve en och og but aber mais pero ma mas".split())  # noqa: SIM905


def opening(words: Sequence[Word], names: Names) -> Subject:
    """Whom a sentence without a verb of saying begins with, if it is a person with a name or one of the others."""
    first, second = _phrases(words)
    if names.author_of([word.text for word in first]) is not None:
        return classify(first, names, before=True)
    if _is_another(first, before=True):
        return Subject("other")
    return _named_in(first, names) or (_named_in(second, names) if second else None) or NOBODY


def _phrases(words: Sequence[Word]) -> tuple[Sequence[Word], Sequence[Word]]:
    """The words up to the first cut, and those between it and the next where they begin with a name: an apposition."""
    cuts = [at for at, word in enumerate(words[: 2 * _PHRASE]) if word.cut and at] + [2 * _PHRASE] * 2
    first, second = words[: min(cuts[0], _PHRASE)], words[cuts[0] : min(cuts[1], cuts[0] + _PHRASE)]
    return first, second if second and second[0].text[0].isupper() else ()


_PARTICLES = frozenset("de da di del della la le van von der den ter bin al el dos du".split())  # noqa: SIM905


def _named_in(phrase: Sequence[Word], names: Names) -> Subject | None:
    """Somebody with at least two names among the words, in a language that writes other nouns small."""
    if names.nouns_have_capitals:
        return None
    capitals = [at for at, word in enumerate(phrase) if _is_name(word, names)]
    for one, two in pairwise(capitals):
        leads = phrase[one - 1].text.lower() if one else ""
        between = [word.text for word in phrase[one + 1 : two]]
        if leads not in names.common and all(word in _PARTICLES for word in between):
            return Subject("named", names=tuple(phrase[at].text for at in capitals if at >= one))
    return None


def _is_name(word: Word, names: Names) -> bool:
    is_small = word.text.lower() in names.common | _NO_NAMES
    return word.text[0].isupper() and not is_small and not word.cues & {"the", "own", "a"}


def subject_of(words: Sequence[Word], verb: int, names: Names, *, is_behind: bool = False) -> Subject:
    """Who says: looked for before the verb, then, where it may stand there, behind it, within its own clause.

    `is_behind` says that the words follow the quotation: there any language lets the subject follow.
    """
    inverts = is_behind or names.inverts
    if "self" in words[verb].cues:
        return Subject("text")
    if inverts and verb + 1 < len(words) and "who" in words[verb + 1].cues:
        return Subject("who")
    first = verb
    while first > 0 and "told" not in words[first].cues and words[first - 1].cues & words[first].cues & set(ACTS):
        first -= 1
    left: list[Word] = []
    if not words[first].cut:
        for word in reversed(words[max(0, first - _PHRASE - 2) : first]):
            left.insert(0, word)
            if word.cut or (act_of(word) and not names.author_of([word.text])):
                break
    while left and "skip" in left[-1].cues and not left[-1].cues & {"who"}:
        left.pop()
    found = classify(left[-_PHRASE:], names, before=True, starts=not is_behind)
    if found.kind == "named" and len(left) == first == 1 and not names.has_leading_articles:
        return Subject("role")  # Артистка написала: a sentence's first word has a capital, whatever it is
    if found is not NOBODY or not inverts:
        return found
    right: list[Word] = []
    for word in words[verb + 1 : verb + 1 + _PHRASE]:
        if word.cut and (right or not _joins(words[verb], word)):
            break
        if "text" in word.cues and right:
            return Subject("text")
        if "place" in word.cues:
            break
        right.append(word)
    while right and "skip" in right[0].cues and not right[0].cues & {"who", "the"}:
        right.pop(0)
    found = classify(right, names, before=False, starts=False)
    is_object = found == _INDEFINITE and not is_behind and not _is_another(right, before=False)
    return NOBODY if is_object else found  # publicou uma fotografia


_NOMINAL = frozenset({"the", "own", "a", "other", "kin", "who"})


def _joins(verb: Word, word: Word) -> bool:
    """Whether only a hyphen or nothing parts the two."""
    return word.start - verb.start - len(verb.text) <= 1


def classify(phrase: Sequence[Word], names: Names, *, before: bool, starts: bool = True) -> Subject:
    """Who a few words name: those `before` a verb, or those behind it; `starts` where they may begin a sentence."""
    if not phrase or (before and phrase[-1].text.lower() in _AND):
        return NOBODY  # “…, and wrote”: the sentence has the subject
    at, author = names.find([word.text for word in phrase], starts=starts)
    if author is not None:
        if names.is_owner(phrase, at) and any("text" in word.cues for word in phrase[at + 1 :]):
            return Subject("text")
        is_owner = names.is_owner(phrase, at) or _belongs(phrase, at)
        return Subject("other") if is_owner else Subject("author", author)
    if not before and names.has_articles and not (phrase[0].cues & _NOMINAL or phrase[0].text[0].isupper()):
        return _titled(phrase, names)
    if any("who" in word.cues for word in (phrase[-1:] if before else phrase[:1])):
        return Subject("who")
    edge = phrase[:2] if not before or phrase[0].cues & {"the", "own"} else phrase[-1:]
    texts = [word for word in edge if "text" in word.cues and not word.cut]
    if texts:
        return Subject("text", names=("it",) if texts[0].text.lower() == "it" else ())
    if _is_another(phrase, before=before):
        return Subject("other")
    if any("place" in word.cues for word in phrase):
        return NOBODY
    if "a" in phrase[0].cues and len(phrase) > 1:
        return Subject("other")
    return _nominal(phrase, names, before=before)


def _titled(phrase: Sequence[Word], names: Names) -> Subject:
    """A name behind what its bearer is, without an article: `wrote singer Mara Lind`."""
    for one, two in pairwise(phrase):
        if one.text.lower() in names.common or one.text[0].isupper() or one.cues:
            return NOBODY
        if _is_name(two, names):
            return Subject("named", names=(two.text,))
    return NOBODY


def _belongs(phrase: Sequence[Word], at: int) -> bool:
    """Whether somebody else belongs to the author named at an index: `a spokesman for Lind`, not `colleague Lind`."""
    others = [number for number, word in enumerate(phrase[:at]) if word.cues & {"other", "kin"}]
    return bool(others) and any(word.text[0].islower() for word in phrase[others[-1] + 1 : at])


def _is_another(phrase: Sequence[Word], *, before: bool) -> bool:
    """Whether the words name somebody who is not the author: by what he is, or as somebody's own."""
    if any("other" in word.cues and (before or "audience" not in word.cues) for word in phrase):
        return True
    is_own = any("own" in word.cues for word in phrase)
    return is_own and any("kin" in word.cues for word in phrase)


def _nominal(phrase: Sequence[Word], names: Names, *, before: bool) -> Subject:
    """A proper name, or a role with its article."""
    has_article = any(word.cues & {"the", "own"} for word in phrase[:3])
    capitals = [word for word in phrase if _is_name(word, names) and not word.cues & {"skip", "spoken"}]
    near = phrase[-1] if before else phrase[0]
    adjacent = any(
        one.text[0].isupper() and two.text[0].isupper() and not one.cues & {"the", "own"}
        for one, two in pairwise(phrase)
    )
    if capitals and ((near in capitals and not has_article) or (adjacent and (near in capitals or not before))):
        return Subject("named", names=tuple(word.text for word in capitals))
    if has_article and (before or phrase[0].cues & {"the", "own"}):
        return Subject("role")
    if not before and not names.has_articles:
        return Subject("role")  # написала артистка, napisał 33-latek
    return NOBODY


def first_subject(words: Sequence[Word], names: Names) -> Subject:
    """Whom a sentence's first verb of saying has as its subject, or whom it begins with."""
    acting = acting_in(words, names)
    return acting if acting is not NOBODY else opening(words, names)


def acting_in(words: Sequence[Word], names: Names) -> Subject:
    """The subject of a sentence's first verb of saying that has one."""
    for at, word in enumerate(words):
        if act_of(word):
            subject = subject_of(words, at, names)
            if subject is not NOBODY:
                return subject
    return NOBODY


def person_in(words: Sequence[Word], names: Names) -> Subject | None:
    """The person a sentence is about: who says something in it, an author it names, or whom it begins with.

    None for one that goes on about the same: its subject is a pronoun.
    """
    acting = acting_in(words, names)
    if acting.kind == "who":
        return None
    at, author = names.first([word.text for word in words])
    if acting.kind == "author" or (acting.kind in {"other", "named"} and (author is None or not words[at].cut)):
        return acting
    if author is not None:
        named = _named_in(_phrases(words)[0], names)
        return named if named is not None and at > _PHRASE else Subject("author", author)
    found = opening(words, names)
    return found if found.kind in {"other", "named"} else None


def presumed_authors(
    sentences: Sequence[Sentence], names: Names, unnamed: set[int], walls: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """For authors whom the prose does not call by their account's name: who it says posts, just before the embed.

    Where nobody does before it, who does just behind. `walls` are, in order, the number of paragraphs before each
    embed, and its author's index.
    """
    posters = list(_posters(sentences, names))
    position = 0
    for block, author in walls:
        while position < len(posters) and posters[position][0] < block:
            position += 1
        if author not in unnamed:
            continue
        near = [p for p in posters[max(0, position - 1) : position + 1] if block - _NEAR <= p[0] < block + 2]
        if near:
            yield author, near[0][1]
            unnamed.discard(author)


def _posters(sentences: Sequence[Sentence], names: Names) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The named persons who post, each with the paragraph in which they do; a pronoun is the one named before."""
    person = NOBODY
    for sentence in sentences:
        found = first_subject(sentence.words, names)
        if found.kind in {"named", "other", "author"}:
            person = found
        posts = any("post" in word.cues for word in sentence.words)
        if posts and person.kind == "named" and found.kind in {"named", "who", "role", "none"}:
            yield sentence.block, person.names


_NEAR = 4
