"""Voices: of each quotation of an article, who says it and in what, as the sentences around it tell."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from archiver.quotes.marks import Quoted
from archiver.quotes.media import Medium, looks_like_title, medium_of, strongest
from archiver.quotes.names import Names
from archiver.quotes.sentences import Sentence, Word, act_of, verb_before, verb_behind
from archiver.quotes.subjects import NOBODY, Subject, classify, first_subject, person_in, subject_of

Place = Literal["before", "behind", "around", "chain", "intro", "leads", "near", "none"]
"""Where it is said who speaks.

Before the quotation, behind it, elsewhere in its sentence, at the quotation that it goes on from, in the sentence that
leads to it; only in that something on a platform (`leads`) or a post (`near`) is spoken of there; or nowhere.
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Voice:
    """Who says a quotation, in what, and where that is told.

    `words` is the attribution as written, `head` the number of the quotation that a chain begins with, `about` the
    author whom the article spoke of last. `is_partial` says that the words are built into the reporter's own sentence,
    `is_title` that they look like a name of something, `introduces` that a colon leads to them without a verb,
    `goes_on` that the verb fits words which go on from earlier ones, `adds` that it says so itself (added), and `posts`
    that it is one of posting.
    """

    subject: Subject
    medium: Medium
    place: Place
    words: str = ""
    head: int = -1
    is_partial: bool = False
    is_title: bool = False
    introduces: bool = False
    goes_on: bool = True
    adds: bool = False
    posts: bool = False
    about: int | None = None


SILENCE = Voice(subject=NOBODY, medium="none", place="none")


def hear_voices(text: str, sentences: Sequence[Sentence], quoted: Sequence[Quoted], names: Names) -> list[Voice]:
    """The voice of each quotation, in order."""
    return _Listener(text, quoted, names).listen(sentences)


class _Listener:
    """Reads sentence after sentence and remembers who spoke last, and in what."""

    def __init__(self, text: str, quoted: Sequence[Quoted], names: Names) -> None:
        self._text = text
        self._quoted = quoted
        self._names = names
        self._voices: list[Voice] = [SILENCE] * len(quoted)
        self._person: Subject = NOBODY
        self._chain: Voice | None = None
        self._intro: Voice | None = None
        self._waiting: list[int] = []
        self._written: Medium = "none"
        self._last: Voice = SILENCE

    def listen(self, sentences: Sequence[Sentence]) -> list[Voice]:
        for sentence in sentences:
            if sentence.quoted:
                self._quoting(sentence)
            else:
                self._telling(sentence)
        return self._voices

    def _telling(self, sentence: Sentence) -> None:
        """Take in a sentence without quotations: whom it speaks of, and whether it leads to a post."""
        if self._is_aside(sentence):
            return
        self._waiting = []
        self._chain = None
        self._person = person_in(sentence.words, self._names) or self._person
        medium = medium_of(sentence.words, strongest(sentence.words))
        subject = first_subject(sentence.words, self._names)
        words = self._text[sentence.start : sentence.end]
        self._intro = None
        if medium in _WRITTEN:
            self._written = medium
        if medium not in {"none", "say"}:
            tells = any(word.cues & {"post", "say"} for word in sentence.words) or words.endswith(":")
            is_about_text = any("text" in word.cues for word in sentence.words[:3]) and bool(
                sentence.words[0].cues & {"the", "a", "own", "text"}
            )
            near: Place = "near" if is_about_text else "leads"
            self._intro = Voice(
                subject=self._resolved(subject),
                medium=medium,
                place="intro" if tells else near,
                words=_last_words(words),
            )

    def _is_aside(self, sentence: Sentence) -> bool:
        """Whether a line is no sentence of the article's: a caption, a label, an advertisement."""
        words = self._text[sentence.start : sentence.end].rstrip()
        return len(sentence.words) <= _ASIDE and words[-1:] not in _STOPS

    def _quoting(self, sentence: Sentence) -> None:
        for number in sentence.quoted:
            before, behind = self._around(sentence, number)
            voice = self._attributed(sentence, number, before, behind)
            if voice is None:
                self._unattributed(number)
                continue
            voice = self._continued(voice)
            self._set(number, voice)
            if self._waiting and voice.place == "behind":
                for waiting in self._waiting:
                    self._set(waiting, replace(voice, place="chain", is_partial=False, is_title=False))
            self._waiting = []
            if not voice.is_title:
                self._chain = self._last = voice
                self._intro = None
            self._person = self._person_after(voice, sentence)

    def _set(self, number: int, voice: Voice) -> None:
        about = self._person.author if voice.about is None else voice.about
        self._voices[number] = replace(voice, head=voice.head if voice.head >= 0 else number, about=about)

    def _person_after(self, voice: Voice, sentence: Sentence) -> Subject:
        if voice.subject.kind in {"author", "other", "named"} and voice.medium != "none":
            return voice.subject
        if voice.subject.kind == "role" and voice.medium != "none":
            return self._person
        return person_in(sentence.words, self._names) or self._person

    def _around(self, sentence: Sentence, number: int) -> tuple[list[Word], list[Word]]:
        """The words of the sentence between this quotation and the one before, and the one behind."""
        start, end = self._quoted[number].start, self._quoted[number].end
        numbers = sentence.quoted
        floor = self._quoted[number - 1].end if number > numbers[0] else sentence.start
        ceiling = self._quoted[number + 1].start if number < numbers[-1] else max(sentence.end, end)
        before = [word for word in sentence.words if floor <= word.start < start]
        behind = [word for word in sentence.words if end <= word.start < ceiling]
        return before, behind

    def _attributed(self, sentence: Sentence, number: int, before: list[Word], behind: list[Word]) -> Voice | None:
        """What the quotation's own sentence tells."""
        quote = self._quoted[number]
        lead = self._text[sentence.start : quote.start].rstrip("“„«»‘‚‹›\"'「『* _")
        at_before, at_behind = verb_before(before), verb_behind(behind)
        leads = lead.endswith((":", "：", ",", "，")) or not before
        trails = self._trails(quote)
        if at_before is not None and at_behind is not None:
            is_before = lead.endswith((":", "：")) or not self._ends_open(quote)
        else:
            is_before = at_before is not None
        if not is_before and at_behind is not None and (trails or not before):
            found = self._verb(sentence, behind, at_behind, inverts=True)
            return replace(found, place="behind", is_title=looks_like_title(quote, self._text, before, lead))
        if at_before is not None:
            found = self._verb(sentence, before, at_before)
            title = looks_like_title(quote, self._text, before, lead)
            return replace(found, place="before", is_partial=not leads, is_title=title)
        if at_behind is not None:
            found = self._verb(sentence, behind, at_behind)
            return replace(
                found, place="around", is_partial=True, is_title=looks_like_title(quote, self._text, before, lead)
            )
        if trails and behind and (unlisted := self._unlisted(sentence, behind)):
            return unlisted
        return self._verbless(sentence, number, before, lead)

    def _unlisted(self, sentence: Sentence, behind: list[Word]) -> Voice | None:
        """What a verb tells that no list has, known by its place: `“…,” she beamed`, `« … », peste-t-il`."""
        phrase = behind[:_NEAREST_VERB]
        subject = next(
            (
                found
                for found in (classify(phrase[at : at + 2], self._names, before=False) for at in range(len(phrase)))
                if found.kind in {"author", "who", "other"}
            ),
            NOBODY,
        )
        if subject is NOBODY:
            return None
        if subject.kind == "who":
            own = self._sentence_subject(sentence, phrase[0])
            subject = own if own.kind != "none" else subject
        words = " ".join(self._text[phrase[0].start : phrase[-1].start + len(phrase[-1].text)].split())
        medium = medium_of(sentence.words, "say", phrase[0])
        return Voice(subject=self._resolved(subject), medium=medium, place="behind", words=words)

    def _ends_open(self, quote: Quoted) -> bool:
        """Whether the words themselves, or the mark behind them, wait for their attribution."""
        behind = self._text[quote.end + 1 : quote.end + 4].lstrip("”“»«\"' ’」")
        return self._text[quote.end - 1 : quote.end] in ",?!…—，" or behind[:1] in {",", "—", "–", "-", "と"}

    def _trails(self, quote: Quoted) -> bool:
        """Whether an attribution may follow: the words end open, or the sentence goes on behind them."""
        behind = self._text[quote.end + 1 : quote.end + 4].lstrip("”“»«\"' ’」")
        return self._ends_open(quote) or behind[:1].islower()

    def _verb(self, sentence: Sentence, run: list[Word], at: int, *, inverts: bool = False) -> Voice:
        """What a verb of saying and its surroundings tell."""
        subject = subject_of(run, at, self._names, is_behind=inverts)
        if subject.kind in {"none", "who"}:
            # A pronoun is first of all the one whom its own sentence begins with.
            own = self._sentence_subject(sentence, run[at])
            subject = own if own.kind != "none" else subject
        if subject.kind == "none" and self._names.inverts:
            author = self._names.author_of([word.text for word in run[at:]])
            subject = Subject("author", author) if author is not None else subject
        act = act_of(run[at])
        if act == "told" and self._chain is not None and _is_told_to_all(sentence, run, at):
            act = "say"
        scope = run if len(sentence.quoted) > 1 and subject.kind == "other" else sentence.words
        medium = medium_of(scope, act, run[at])
        near = run[max(0, at - 6) : at + 8]
        words = " ".join(self._text[near[0].start : near[-1].start + len(near[-1].text)].split())
        goes_on = inverts or "on" in run[at].cues
        return Voice(
            subject=self._resolved(subject),
            medium=medium,
            place="before",
            words=words,
            goes_on=goes_on,
            adds="on" in run[at].cues,
            posts=act == "post",
        )

    def _sentence_subject(self, sentence: Sentence, verb: Word) -> Subject:
        words = [word for word in sentence.words if word.start < verb.start]
        found = first_subject(words, self._names)
        author = self._names.author_of([word.text for word in words])
        if found.kind in {"none", "named"} and author is not None:
            return Subject("author", author)
        return found

    def _verbless(self, sentence: Sentence, number: int, before: list[Word], lead: str) -> Voice | None:
        """What a sentence tells that has no verb of saying beside the quotation."""
        own = [word for word in sentence.words if word.start < self._quoted[number].start]
        if not own and not sentence.words:
            return None
        subject = self._resolved(self._sentence_subject(sentence, sentence.words[-1]))
        medium = medium_of(sentence.words, strongest(own or sentence.words))
        introduces = lead.endswith((":", "："))
        voice = Voice(
            subject=subject,
            medium=medium,
            place="around",
            words=_last_words(self._text[sentence.start : self._quoted[number].start]),
            is_partial=not introduces,
            is_title=looks_like_title(self._quoted[number], self._text, before, lead)
            or (not introduces and self._is_short(number)),
            introduces=introduces,
        )
        if introduces and subject.kind not in {"other", "named"} and any("text" in word.cues for word in own):
            return replace(voice, medium="say", subject=Subject("text"))
        if introduces and medium == "none":
            return replace(voice, medium="say")
        if medium != "none" or subject.kind == "other":
            return voice
        if self._chain is not None and self._chain.medium == "post" and subject == self._chain.subject:
            return replace(voice, medium="say")
        return voice if own else None

    def _is_short(self, number: int) -> bool:
        words = self._text[self._quoted[number].start : self._quoted[number].end].split()
        return len(words) < _FEWEST_WORDS

    def _resolved(self, subject: Subject) -> Subject:
        """A pronoun as the person it stands for, so far as the article has named one."""
        if subject.kind in {"who", "none"} and self._person.kind != "none":
            return self._person
        return subject

    def _continued(self, voice: Voice) -> Voice:
        """A bare verb of saying goes on in the medium of what was just quoted or led to, if the same person speaks."""
        if voice.medium in _WRITTEN:
            self._written = voice.medium
        before = self._chain or self._intro
        if voice.subject.kind == "text" and voice.medium in {"say", "none"} and not voice.is_title:
            if voice.subject.names and (before is None or before.medium != "post"):
                return voice
            return replace(voice, medium=self._written if self._written != "none" else voice.medium)
        if voice.adds and voice.medium == "say" and self._last.medium == "post" and _is_one(voice, self._last):
            return replace(voice, medium="post")
        is_caption = voice.medium == "comment" and voice.subject.kind == "author" and before is self._intro
        if before is not None and is_caption and before.medium == "post":
            return replace(voice, medium="post")
        if voice.medium != "say" or before is None or before.medium in {"none", "say"} or before.place == "near":
            return voice
        if not _same(voice.subject, before.subject) or (voice.subject.kind == "role" and not voice.goes_on):
            return voice
        return replace(voice, medium=before.medium, head=before.head if before is self._chain else -1)

    def _unattributed(self, number: int) -> None:
        """Let words that stand alone go on from what was quoted just before, or wait for what follows."""
        if self._chain is not None:
            self._set(number, replace(self._chain, place="chain", is_partial=False, is_title=False))
        elif self._intro is not None:
            self._set(number, replace(self._intro, place="intro"))
            self._chain = self._voices[number]
        else:
            self._waiting.append(number)


_ASIDE = 10
_QUOTED_WORDS = 60
_WRITTEN = frozenset({"post", "elsewhere", "earlier"})
_STOPS = frozenset(".!?…:。！？：;,")
_FEWEST_WORDS, _NEAREST_VERB = 4, 4


def _last_words(text: str) -> str:
    """The end of a text in whole words, as many as fit.

    >>> _last_words("The harbour pilots, who had been on the water since well before first light, wrote: ")
    'had been on the water since well before first light, wrote:'
    """
    words = " ".join(text.split())
    return (
        words
        if len(words) <= _QUOTED_WORDS
        else words[-_QUOTED_WORDS - 1 :].partition(" ")[2] or words[-_QUOTED_WORDS:]
    )


def _same(one: Subject, other: Subject) -> bool:
    """Whether two may be the same person: a role or a pronoun may be anybody's who is not another."""
    vague = {"who", "role", "text", "none"}
    if one.kind in vague or other.kind in vague:
        return "other" not in {one.kind, other.kind}
    return one == other


def _is_one(one: Voice, other: Voice) -> bool:
    """Whether two voices are one author's, or the later that of a role which nobody else has been given."""
    return one.subject.kind in {"author", "role"} and _same(one.subject, other.subject)


def _is_told_to_all(sentence: Sentence, run: Sequence[Word], at: int) -> bool:
    """Whether the verb's object is no medium: neither a place of speech nor a name (told the Gazette)."""
    return not sentence.tells("spoken") and all(word.text[0].islower() for word in run[at + 1 : at + 4])
