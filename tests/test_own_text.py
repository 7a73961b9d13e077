"""The text of a post before its attribution: whose words are whose in a page that became text."""

import pytest

from archiver.find import find_embeds
from archiver.find.article_prose import author_names
from archiver.find.own_text import LONGEST_LINE
from archiver.find.style_switches import language_switch
from archiver.records import Embed, Format
from tests.alarm import alarm

SIGNED = "— Mara Lind (@maralind) November 4, 2020"
BERTH = "The new berth holds six boats and a crane that nobody has asked for."
OPEN = "Nobody at the office has told us so far that the berth is taken"
LONG = (
    "The harbour office said on Tuesday that it had heard of no boat that was late, and that all its lights were on. "
)


def find(source: str) -> Embed:
    """The one embed of a text, with its span true to the source."""
    (embed,) = find_embeds(source, "text")
    assert source[embed.start : embed.end] == embed.marker
    return embed


@pytest.mark.parametrize(
    ("before", "text"),
    [
        pytest.param(f"Mara Lind was not amused. {BERTH} ", BERTH, id="names the author"),
        pytest.param(f"“No more cranes,” wrote Mara Lind. {BERTH} ", BERTH, id="names the author behind words of hers"),
        pytest.param(f"So wrote @MaraLind: {BERTH} ", BERTH, id="has the handle"),
        pytest.param(f"{LONG * 4}Mara Lind said: {BERTH} ", BERTH, id="names the author behind a long line"),
        pytest.param(f"{LONG * 4}{BERTH} ", None, id="nothing tells in a long line"),
        pytest.param(f"Twitter was not amused. {BERTH} ", BERTH, id="speaks of tweets"),
        pytest.param(f"Hey Twitter #quay. {BERTH} ", f"Hey Twitter #quay. {BERTH}", id="speaks of them with a tag"),
        pytest.param(f"Fog. {SIGNED} Cruel tweet. {BERTH} ", f"Cruel tweet. {BERTH}", id="answers a tweet"),
        pytest.param(f"{LONG * 4}So she tweeted: {BERTH} ", BERTH, id="leads up to a tweet behind a long line"),
        pytest.param(f"{LONG * 4}So she tweeted. {BERTH} ", None, id="speaks of a tweet behind a long line"),
        pytest.param(f"{LONG * 4}Her tweet of May: * {BERTH} ", None, id="a list behind a colon"),
        pytest.param(f"{BERTH} Mara Lind ", f"{BERTH} Mara Lind", id="names the author in its last words"),
        pytest.param(f"Mara Lind. pic.twitter.com/aB3dE6fH9j {SIGNED}\n\nFog. ", "Fog.", id="another embed is none"),
        pytest.param(f"Das hat es im Hafen noch nie gegeben. {BERTH} ", BERTH, id="another language"),
        pytest.param(f"{LONG * 4}Sehr gut. ", None, id="too few words in another language"),
        pytest.param(f"El faro. {BERTH} ", f"El faro. {BERTH}", id="a name in another language"),
        pytest.param(f"“Six,” said the office. {BERTH} ", BERTH, id="reports what was said"),
        pytest.param(f"“Six!” said the office. {BERTH} ", BERTH, id="reports what was shouted"),
        pytest.param("Mara Lind saw it. Six (Dec. 27) boats. ", "Six (Dec. 27) boats.", id="a month cut short"),
        pytest.param("Mara Lind saw it. Six, Ole P. Quist. ", "Six, Ole P. Quist.", id="an initial"),
        pytest.param(f"{LONG * 4}Nobody asked “him”. It's six boats. ", "It's six boats.", id="typed marks"),
        pytest.param("Nobody asked “him”. Six. It's six. ", "Nobody asked “him”. Six. It's six.", id="either may be"),
        pytest.param("It's six. Nobody asked “him”. ", "It's six. Nobody asked “him”.", id="typeset marks behind"),
        pytest.param(f"boats that nobody had asked for. {BERTH} ", BERTH, id="an excerpt"),
        pytest.param(f" boats that nobody had asked for. {BERTH} ", BERTH, id="an excerpt that is cut behind a word"),
        pytest.param(f"”, boats and all. {BERTH} ", BERTH, id="an excerpt that is cut behind a quotation"),
        pytest.param(f" Boats, all. {BERTH} ", f"Boats, all. {BERTH}", id="a text behind a space"),
        pytest.param(f"boats, as was said: {BERTH} ", BERTH, id="an excerpt that leads up to it"),
        pytest.param("boats, all: six. ", "boats, all: six.", id="an excerpt with a colon"),
        pytest.param(f"boats #quay. {BERTH} ", f"boats #quay. {BERTH}", id="an excerpt that begins in a post"),
        pytest.param("boats, so many. #quay @b ", "boats, so many. #quay @b", id="an excerpt before tags"),
        pytest.param(f"boats that all heard! {BERTH} ", f"boats that all heard! {BERTH}", id="an excerpt that shouts"),
        pytest.param(
            "boats were late. They are all late today. ", "boats were late. They are all late today.", id="back"
        ),
        pytest.param("boats were late. Who knew? ", "boats were late. Who knew?", id="an excerpt and hardly anything"),
        pytest.param(f"Fog. {SIGNED} {BERTH} NEW: six boats. ", f"{BERTH} NEW: six boats.", id="a certain edge"),
        pytest.param(
            f"Quay Nine. {BERTH} Quay Nine. ", f"Quay Nine. {BERTH} Quay Nine.", id="a post that repeats itself"
        ),
        pytest.param(f"{LONG * 4}Her tweet: https://t.co/aB3dE6fH9j has it all. ", None, id="an address, few words"),
        pytest.param(
            f"{LONG * 4}Her tweet: https://t.co/aB3dE6fH9j has all that we know. ",
            "https://t.co/aB3dE6fH9j has all that we know.",
            id="an address and words",
        ),
        pytest.param(f"{LONG * 4}BREAKING: {BERTH} ", f"BREAKING: {BERTH}", id="a newsroom's beginning"),
        pytest.param(f"{LONG * 4}NEW – {BERTH} ", f"NEW – {BERTH}", id="a newsroom's beginning with a dash"),
        pytest.param(f"{LONG * 4}NEW: https://t.co/aB3dE6fH9j {BERTH} ", None, id="new words before an address"),
        pytest.param(f"{LONG * 4}New: {BERTH} ", None, id="no newsroom's letters"),
        pytest.param(f"{LONG * 4}{LONG[:-2]}: {BERTH} ", BERTH, id="a long sentence to a colon"),
        pytest.param(f"{LONG * 4}{LONG[:-2]}: “{BERTH}” ", None, id="a long sentence to a quotation"),
        pytest.param(f"{LONG * 4}{LONG[:-2]}: Six boats. ", None, id="a long sentence to hardly anything"),
        pytest.param(f"{LONG * 4}{LONG[:-2]} #quay: {BERTH} ", None, id="a long sentence with a tag to a colon"),
        pytest.param(f"{LONG * 4}Among the reactions: {BERTH} ", BERTH, id="a short sentence that shows something"),
        pytest.param(f"{LONG * 4}A tip of the day: {BERTH} ", None, id="a short sentence to a colon"),
        pytest.param(f"{LONG * 4}Mara Lind said “Six. {BERTH}” ", None, id="a sentence in a quotation"),
        pytest.param(f"{LONG * 4}Mara Lind asked. https://t.co/aB3dE6fH9j by @boquill ", None, id="an address"),
        pytest.param(
            f"at Quay Nine. The new Quay Nine has {BERTH[4:]} ", f"The new Quay Nine has {BERTH[4:]}", id="name"
        ),
        pytest.param("the Quay Nine, late. Quay nine is late today. ", "Quay nine is late today.", id="280 letters"),
        pytest.param("six boats. nobody asked. ", "six boats. nobody asked.", id="all in small letters"),
        pytest.param(f"ilots) November 4, 2020 {BERTH} ", BERTH, id="the rest of an attribution"),
        pytest.param(f"ilots) May 4, 2020 Six. {BERTH} ", f"Six. {BERTH}", id="all behind the rest of one"),
        pytest.param(f"Pilots) 4. {BERTH} ", f"Pilots) 4. {BERTH}", id="no rest of an attribution"),
    ],
)
def test_a_text_on_the_line_of_its_attribution_begins_behind_what_is_the_articles(
    before: str, text: str | None
) -> None:
    """A sentence about the author, or in another language, is no part of the post; the span begins with its text."""
    embed = find_embeds(before + SIGNED, "text")[-1]
    assert embed.text == text
    assert embed.marker == (f"{text} {SIGNED}" if text else SIGNED)


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        pytest.param(["Nobody was asked.", BERTH], f"Nobody was asked.\n{BERTH}", id="nothing tells"),
        pytest.param(["Mara Lind was not asked. Nobody was.", BERTH], BERTH, id="names the author, all the line"),
        pytest.param(["Her tweet was short.", BERTH], BERTH, id="speaks of a tweet"),
        pytest.param(["Hey Twitter. #quay", BERTH], f"Hey Twitter. #quay\n{BERTH}", id="speaks of tweets with a tag"),
        pytest.param(["All that they said.", "1.", BERTH], BERTH, id="a list's number alone"),
        pytest.param(["pic.twitter.com/aB3dE6fH9j", BERTH], BERTH, id="a picture's token is another post's end"),
        pytest.param(["Nobody was asked. Among the answers:", BERTH], BERTH, id="goes on to a colon"),
        pytest.param(["The harbour has a new berth, and many had a view:", BERTH], BERTH, id="a long line to a colon"),
        pytest.param(["The harbour has a new berth, but not everybody likes it…", BERTH], BERTH, id="to an ellipsis"),
        pytest.param(["### Six boats", BERTH], BERTH, id="below a heading"),
        pytest.param(["#quay", BERTH], f"#quay\n{BERTH}", id="below a tag"),
        pytest.param([f"{'霧の港' * 29}。", BERTH], f"{'霧の港' * 29}。\n{BERTH}", id="90 wide letters"),
        pytest.param([f"{'霧の港' * 31}。", BERTH], BERTH, id="more wide letters than lines of posts have"),
        pytest.param(["# 1 Six", BERTH], f"1 Six\n{BERTH}", id="a post's own list of numbers"),
        pytest.param(
            ["Fog.", "", f"{LONG[:-2]}:", BERTH, "NEW: six.", ""],
            f"{LONG[:-2]}:\n{BERTH}\nNEW: six.",
            id="a certain edge",
        ),
        pytest.param(["So…", BERTH], f"So…\n{BERTH}", id="a post's own ellipsis"),
        pytest.param([f"{BERTH[:-1]}:", "🚢 Six."], f"{BERTH[:-1]}:\n🚢 Six.", id="a post's own list"),
        pytest.param(["Berths:", "Six.", "Cranes: one."], "Berths:\nSix.\nCranes: one.", id="a post's own colon"),
        pytest.param(["Das hat es im Hafen noch nie gegeben.", BERTH], BERTH, id="another language"),
        pytest.param(["Nobody asked. #cranes", "", BERTH], f"Nobody asked. #cranes\n\n{BERTH}", id="a tag above a gap"),
        pytest.param(["Nobody was asked.", "", BERTH], BERTH, id="nothing tells above a gap"),
        pytest.param(["#cranes!", "", "Six.", "", BERTH], f"#cranes!\n\nSix.\n\n{BERTH}", id="between a tag and it"),
        pytest.param(["@MaraLind said:", "", "Six.", "", BERTH], BERTH, id="the author above two gaps"),
        pytest.param([OPEN, "", BERTH], f"{OPEN}\n\n{BERTH}", id="no mark at its end above a gap"),
        pytest.param([f"Her tweet: {OPEN}", "", BERTH], BERTH, id="speaks of a tweet above a gap"),
        pytest.param([OPEN[:40], "", BERTH], BERTH, id="a heading above a gap"),
        pytest.param([f"{OPEN}。{'霧の港' * 8}で", "", BERTH], BERTH, id="no mark in Japanese above a gap"),
        pytest.param([f"{LONG * 3} #cranes", "", BERTH], BERTH, id="too long above a gap"),
        pytest.param(["(https://crane.example/a)", "", BERTH], BERTH, id="an address alone above a gap"),
        pytest.param(
            ["Old.", "", "Her tweet:", BERTH], f"Her tweet:\n{BERTH}", id="lines of a paragraph stay together"
        ),
    ],
)
def test_a_text_above_its_attribution_is_of_whole_lines(lines: list[str], text: str) -> None:
    """Lines are the post's up to one that is known to be the article's, over an empty one only with a sign."""
    source = "\n".join([*lines, SIGNED])
    embed = find(source)
    assert embed.text == text


@pytest.mark.parametrize(
    ("format_", "source", "text"),
    [
        ("markdown", f"Six.\n\n> Nobody.\n>\n> {BERTH}  \n> Now.\n>\n> {SIGNED}", f"Nobody.\n\n{BERTH}\nNow."),
        ("markdown", f"* > Nobody was asked.\n  >\n  > {SIGNED}", "Nobody was asked."),
        ("markdown", f"- {BERTH} {SIGNED}", BERTH),
        ("markdown", f"## {BERTH}\n\n{SIGNED}", BERTH),
        ("markdown", f"Look <https://t.co/aB3dE6fH9j> {SIGNED}", "Look https://t.co/aB3dE6fH9j"),
        ("html", f"<p>Six.<blockquote><p>Nobody.</p><p>{BERTH}</p>{SIGNED}</blockquote>", f"Nobody.\n\n{BERTH}"),
        ("html", f"<blockquote><p>A</p>— B (@b) May 4, 2020<p>C</p><p>D</p>{SIGNED}</blockquote>", "C\n\nD"),
        ("html", f"<h2>{BERTH}</h2><blockquote><p>{SIGNED}</p></blockquote>", None),
    ],
)  # fmt: skip
def test_a_quote_holds_the_whole_text(format_: Format, source: str, text: str | None) -> None:
    """Where the attribution is in a quote, all before it in the same one is the post's, and nothing outside."""
    embed = find_embeds(source, format_)[-1]
    assert (embed.handle, embed.text) == ("maralind", text)


@pytest.mark.parametrize("dash", ["—", "——", "―", "−", "–", "---", "--", "\x97", "\ufffd", "â€”", "â€“"])
def test_a_dash_is_known_however_it_came(dash: str) -> None:
    """Doubled, of another encoding, decoded twice or typed, it is none of the text and none of the name."""
    embed = find(f"{BERTH} {SIGNED.replace('—', dash)}")
    assert (embed.text, embed.author_name) == (BERTH, "Mara Lind")


@pytest.mark.parametrize("byline", ["By Mara Lind (@maralind) May 4, 2020", "Mara Lind (@maralind)\nMay 4, 2020"])
def test_the_byline_of_an_article_is_no_attribution(byline: str) -> None:
    """A reporter's handle below a headline signs the article."""
    assert find_embeds(f"Storm closes the quays\n{byline}\n{BERTH}", "text") == []


def test_line_ends_of_old_machines_are_line_ends() -> None:
    """A carriage return alone ends a line."""
    assert find(f"Nobody.\r\r{BERTH}\r\r{SIGNED}").text == BERTH


def test_the_clock_behind_a_date_is_the_attributions() -> None:
    """Bluesky prints one without a zone: it says nothing, but nothing of it stays behind."""
    for clock in (" at 4:16 PM", " um 16:16", " 17:24"):
        embed = find(f"Six. — Mara Lind (@mara.example) October 2, 2024{clock}\nNext.")
        assert (embed.posted_at, embed.marker.endswith(clock)) == ("2024-10-02", True)


def test_a_name_is_found_however_it_is_written() -> None:
    """Letters that become two when they are made small do not move the edge."""
    embed = find(f"İİİİ, sagte Mara Lind. {BERTH} {SIGNED}")
    assert embed.text == BERTH


@pytest.mark.parametrize("name", ["Mara", "M. Lind", "", None])
def test_one_word_of_a_name_tells_nothing(name: str | None) -> None:
    """A first name, a surname or a newspaper's one word stands in many posts of others."""
    assert author_names(name, None) == ()


@pytest.mark.parametrize(
    ("day", "text"),
    [("November 4, 2020", "A boat was late again."), ("November 4, 2016", "late. A boat was late again.")],
)
def test_an_excerpt_cuts_what_is_longer(day: str, text: str) -> None:
    """Posts of up to 140 characters mostly fill them, so that what an excerpt begins in is theirs."""
    assert find(f"late. A boat was late again. — Mara Lind (@maralind) {day}").text == text
    assert find(f"late. A boat was late again :/ — Mara Lind (@maralind) {day}").text == "A boat was late again :/"
    assert find(f"late.\nA boat.\n— Mara Lind (@maralind) {day}").text == "A boat."
    assert find(f"Late.\nA boat.\n— Mara Lind (@maralind) {day}").text == "Late.\nA boat."


@pytest.mark.parametrize(
    ("above", "is_posts"),
    [
        pytest.param("Nobody asked. #cranes", True, id="a tag"),
        pytest.param("Nobody was asked.", False, id="nothing tells"),
        pytest.param("See this tweet of @harbour:", False, id="speaks of a tweet with a mention"),
    ],
)
def test_paragraphs_of_a_post_are_known_though_its_last_has_the_attribution(above: str, *, is_posts: bool) -> None:
    """Some extractors leave a post's paragraphs as they were, and its attribution on the line of the last."""
    assert find(f"Fog.\n\n{above}\n\n{BERTH} {SIGNED}").text == (f"{above}\n\n{BERTH}" if is_posts else BERTH)
    assert find(f"{above}\n\n{BERTH} {SIGNED}").text == BERTH
    assert find(f"Fog.\n\n{above}\n\nThen this:\n\n{BERTH} {SIGNED}").text == BERTH


@pytest.mark.parametrize(
    ("quoted", "text"),
    [
        pytest.param(f"“{BERTH}”", BERTH, id="all of it"),
        pytest.param("They call it “a crane that nobody has asked for”.", BERTH, id="its last words"),
        pytest.param("They call it a crane that nobody has asked for.", None, id="without marks"),
        pytest.param("“A crane that nobody wants.”", None, id="in other words"),
    ],
)
def test_a_text_begins_behind_what_the_article_quotes_of_it(quoted: str, text: str | None) -> None:
    """Newspapers quote a post and show it: the words in quotation marks are theirs, the same without are the post's."""
    assert find_embeds(f"{LONG * 4}{quoted} {BERTH} {SIGNED}", "text")[-1].text == text


def test_words_that_are_quoted_twice_are_not_known_to_be_a_posts() -> None:
    """A post may quote the same words of two people."""
    before = f"{LONG * 4}Then: “{BERTH}” Now: “{BERTH}” "
    assert find_embeds(before + SIGNED, "text")[-1].text is None


@pytest.mark.parametrize("line", ["boats and a crane\n", "boats?\n.\n"])
def test_a_line_that_the_next_one_goes_on_is_no_articles(line: str) -> None:
    """An article's line ends in a mark and what follows begins anew; a post's own lines need not."""
    assert find(f"{line}{BERTH}\n{SIGNED}").text == f"{line}{BERTH}"


PROSE = (LONG * 2).strip()
GLUED = f"{PROSE}Nobody was late.{PROSE}The crane was.{PROSE}"


@pytest.mark.parametrize(
    ("before", "text"),
    [
        pytest.param(f"{GLUED}{BERTH} ", BERTH, id="a sentence's end"),
        pytest.param(f"{GLUED}So they say.{BERTH} ", f"So they say.{BERTH}", id="as many as fit"),
        pytest.param(f"{GLUED}See for yourself:{BERTH} ", BERTH, id="a colon leads up to it"),
        pytest.param(f"{GLUED}Twitter was cruel.{BERTH} ", BERTH, id="tells of tweets"),
        pytest.param(f"{GLUED}He said so:.@harbour {BERTH} ", f".@harbour {BERTH}", id="a mention"),
        pytest.param(f"{GLUED}Late again:pic.twitter.com/aB3dE6fH9j ", None, id="no words but those glued to others"),
        pytest.param(f"{LONG * 4}So said Mara Lind:{BERTH} ", BERTH, id="glued once, behind the author's name"),
        pytest.param(f"{LONG * 4}So it was.{BERTH} ", None, id="glued once"),
        pytest.param(f"{GLUED}{LONG * 3}", None, id="longer than any post"),
    ],
)
def test_where_blocks_are_glued_a_text_begins_where_glue_is(before: str, text: str | None) -> None:
    """A text without any space between its blocks has lost it nowhere else."""
    assert find_embeds(before + SIGNED, "text")[-1].text == text


LINE = "Posted by Harbour Office on Friday, October 2, 2020"
PHOTO = "A photo posted by Harbour Office (@harbour.office) on Oct 2, 2015 at 4:16am PDT"


@pytest.mark.parametrize("signed", [LINE, PHOTO])
def test_all_that_stands_on_a_line_with_its_attribution_is_the_posts(signed: str) -> None:
    """Where posts may be of any length a flattener that kept the line kept the embed, unless the line is long."""
    embed = find(f"Fog.\nSix boats, two ferries. #quay {signed}\nMore fog.")
    assert (embed.text, embed.marker) == ("Six boats, two ferries. #quay", f"Six boats, two ferries. #quay {signed}")
    assert find(f"Fog.\nAll six boats are in. #quay #fog\n{signed}").text == "All six boats are in. #quay #fog"
    for nothing in (
        f"Six boats.\n{signed}",
        f"Fog.\n#quay #fog\n{signed}",
        f"All under #quay, they say.\n{signed}",
        f"{'Six boats. ' * (LONGEST_LINE // 10)}{signed}",
    ):
        embed = find(nothing)
        assert (embed.text, embed.marker) == (None, signed)


def test_later_code_puts_no_caption_before_an_attribution() -> None:
    """Since 2018 Instagram's captions follow a lead; what else stands on the line is an article's."""
    later = PHOTO.replace("2015", "2019")
    assert find(f"She shared it again. {later}").text is None


def test_behind_a_lead_no_text_stands_before_it() -> None:
    """What is above a lead is the article's, whatever it ends in."""
    embed = find(
        f"All six boats are in. #quay #fog\nView this post on Instagram\n{PHOTO.replace('photo posted', 'post shared')}"
    )
    assert (embed.text, embed.marker.startswith("View")) == (None, True)


def test_one_phrase_ends_before_the_next_ones_text() -> None:
    """Two bylines on a line share it out, though what is between them has a weekday too."""
    for between in ("Rain.", LONG.strip()):
        first, second = find_embeds(f"Fog. {LINE} {between} {LINE}", "text")
        assert (first.text, second.text) == ("Fog.", between)
        assert {first.author_name, second.author_name} == {"Harbour Office"}


def test_a_language_switch_is_where_the_small_words_part() -> None:
    """Of several places the one that leaves the fewest words on the wrong side; none where both sides share them."""
    german, english = (
        "Das ist nicht gut. Wir haben es auch gesagt. ",
        "It is not what they had in mind. And so they say.",
    )
    text = german + english
    starts = [19, len(german), len(german) + 33]
    assert language_switch(text, starts, 0, len(text)) == len(german)
    assert language_switch(german, [19], 0, len(german)) is None
    assert language_switch(english, [33], 0, len(english)) is None
    assert language_switch("1 2 3. 4 5 6.", [7], 0, 13) is None


@pytest.mark.parametrize(
    ("day", "begin", "fits"),
    [
        ("November 4, 2020", "", 140),
        ("November 4, 2020", "* > ", 140),
        ("November 4, 2016", "", 140),
    ],
)
def test_wide_letters_count_as_two_since_posts_may_be_longer(day: str, begin: str, fits: int) -> None:
    """Posts of 2020 hold 280 letters or 140 wide ones, those of 2016 hold 140 of any; what a list puts before counts
    not at all."""
    for letters, text in ((fits, "霧" * fits), (fits + 1, None)):
        assert find(f"Fog.\n{begin}{'霧' * letters}\n— Mara Lind (@maralind) {day}").text == text


FULL = (
    "The harbour office has six boats, two cranes, a fog horn and nobody at all who can tell us what to do with any of "
    "them at night this week."
)


@pytest.mark.parametrize(
    ("day", "text"), [("March 4, 2017", f"{FULL} https://t.co/aB3dE6fH9j"), ("March 4, 2016", None)]
)
def test_the_address_of_an_attached_post_does_not_count(day: str, text: str | None) -> None:
    """Since September 2016 a post of 140 characters may have one at its end, which X puts behind its words."""
    assert len(FULL) == 138
    assert find(f"{LONG}\n\n{FULL} https://t.co/aB3dE6fH9j\n\n— Mara Lind (@maralind) {day}").text == text


# Links on lines of their own


BROKEN = "— Mara Lind (@maralind)\nNovember 4, 2020"
PICTURED = "pic.twitter.com/aB3dE6fH9j"


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param((BERTH, PICTURED), id="a picture behind the words"),
        pytest.param(
            (f"{LONG}Two of its boats are at the quay.", PICTURED), id="a picture behind words like an article's"
        ),
        pytest.param((BERTH, "#harbour", "https://t.co/aB3dE6fH9j"), id="a tag and an address behind the words"),
        pytest.param(("Nobody likes the", "#harbour", "office today."), id="a tag within a sentence"),
        pytest.param(("The office of", "@maralind", ", which is closed, has", "#six", "boats."), id="several links"),
        pytest.param(("#Fog", "in the harbour again.", PICTURED), id="a tag that begins it"),
    ],
)
def test_links_on_lines_of_their_own_part_no_words(lines: tuple[str, ...]) -> None:
    """As in what a scraper makes of embed code by parting its elements: the date has a line of its own, too."""
    source = "\n".join((LONG * 3, *lines, BROKEN))
    assert find(source).text == "\n".join(lines)


def test_a_paragraph_that_is_longer_than_a_post_stays_parted() -> None:
    """What is put together so must be as short as a post."""
    source = "\n".join((LONG * 3 + "The office of", "@maralind", "has boats.", BROKEN))
    assert find(source).text == "has boats."


@pytest.mark.parametrize("piece", ["http://a", "#a", "@a.", "https://t.co/a#", "pic.twitter.com/a"])
def test_links_that_run_together_take_no_time(piece: str) -> None:
    """However many there are, and whatever comes behind them, there is one way to read them."""
    with alarm(5):
        assert find(f"Fog.\n{piece * 40} x\n#b\n{BROKEN}").handle == "maralind"


@pytest.mark.parametrize("format_", ["text", "markdown"])
@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("Set `moor --fast` at once.", "Set `moor --fast` at once."),
        ("Six.\nSet `moor` at once.\nNow.", "Six.\nSet `moor` at once.\nNow."),
        ("No `<br>`, no `&amp;`, no `[a](b)`!", "No `<br>`, no `&amp;`, no `[a](b)`!"),
        ("~~~\nmoor --fast\n~~~\nAt once.", "At once."),
        ("Set \x1a`moor` at once.", "Set \x1a`moor` at once."),
    ],
)
def test_code_within_a_line_parts_no_words_of_a_post(format_: Format, before: str, text: str | None) -> None:
    """It is the post's as it stands there; only blocks of code end what is before them."""
    (embed,) = find_embeds(f"{before}\n{SIGNED}\n", format_)
    assert embed.text == text
    assert embed.marker == (f"{text}\n{SIGNED}" if text else SIGNED)


ESCAPED = '&lt;iframe src="https://www.youtube.com/embed/nB3rTh-Pil0"&gt;&lt;/iframe&gt;'


@pytest.mark.parametrize("format_", ["text", "markdown"])
@pytest.mark.parametrize(
    "sample",
    [
        f"`{SIGNED}`",
        f"`{ESCAPED}`",
        "`— Bo Quill (&#64;boquill) May 1, 2020`",
        "`A post shared by` and then Bo (@boquill) on Oct 2, 2020 at 4:16am PDT",
        "`View this post on Instagram`",
        f"`a`` {SIGNED}`",
        f"```` {SIGNED} ````",
        f"``{'x ' * 1100}{SIGNED}``",
        "Posted by `Bo` on Thursday, August 27, 2015",
        "Slow Ferry from `Bo` on Vimeo.",
    ],
)
def test_nothing_is_found_in_code_within_a_line(format_: Format, sample: str) -> None:
    """Nor is an attribution that has its words or its name there, whatever else the text holds."""
    assert find_embeds(f"So: {sample} is all.\n", format_) == []
    (embed,) = find_embeds(f"So: {sample} is all.\n\nSix boats.\n\n{SIGNED}\n", format_)
    assert embed.handle == "maralind"


@pytest.mark.parametrize("format_", ["text", "markdown"])
@pytest.mark.parametrize(
    "source",
    [
        "Posted by Bo `x`\nPosted by Mara Lind on Thursday, August 27, 2015",
        "`x` Mara Lind (@maralind) October 2, 2020",
        "`x` Mara Lind (@maralind)님의 공유 게시물",
        f"It`s here. {SIGNED} Don`t.",
        f"\\`{SIGNED}\\`",
        '<iframe src="https://www.youtube.com/embed/nB3rTh-Pil0" title="Rock `n` roll"></iframe>',
    ],
)
def test_code_beside_a_post_hides_nothing_of_it(format_: Format, source: str) -> None:
    """Who posted stands behind it, and ticks in words or elements are none."""
    (embed,) = find_embeds(f"{source}\n", format_)
    assert embed.platform == "youtube" or embed.author_name == "Mara Lind"


def test_code_before_a_lead_is_not_the_captions() -> None:
    """What is filled in is the code of the words, not that of a link's label."""
    lead = "[`r` View this post on Instagram](https://www.instagram.com/p/Bx12345678/)"
    for embed in find_embeds(f"{lead}\n`w`\nA post shared by Bo (@boquill)", "markdown"):
        assert embed.text in {None, "`w`"}


def test_a_quote_keeps_code_as_it_stands_and_cards_where_they_are() -> None:
    """Words of a quote are read as others are: none over a card or a block of code, none from code."""
    quoted = f"> No `<br>`, no `[a](b)`.\n>\n> {SIGNED}\n"
    assert find_embeds(quoted, "markdown")[0].text == "No `<br>`, no `[a](b)`."
    fenced = f"> Six:\n>\n> ```\n> a\n> ```\n>\n> Boats.\n> {SIGNED}\n"
    assert find_embeds(fenced, "markdown")[0].text == "Boats."
    code = "> `[x](https://www.instagram.com/p/Bx12345678/)`\n> A post shared by Bo (@boquill)\n"
    assert [embed.native_id for embed in find_embeds(code, "markdown")] == [None]


@pytest.mark.parametrize("block", ["<pre>six</pre>", f"<pre>{SIGNED}</pre>", f"    {ESCAPED}"])
def test_a_post_does_not_reach_into_a_block_of_code(block: str) -> None:
    """Patching would leave half of it."""
    (embed,) = find_embeds(f"Six boats.\n\n{block}\n\n{SIGNED}\n", "markdown")
    assert (embed.text, embed.marker) == (None, SIGNED)
