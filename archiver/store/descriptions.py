"""What every table of archive.db and each of its columns holds, in a sentence each, as data beside their shape."""

from collections.abc import Mapping
from dataclasses import dataclass

ISO = "ISO 8601, no longer than it is precise: 2020, 2020-10, 2020-10-02 (the day as printed), 2020-10-02T11:16Z (UTC)"
ORIGIN = "capture, memento, id, markup, marker, quote or index, best first"


@dataclass(frozen=True, kw_only=True, slots=True)
class Described:
    """A table or view: what `one_row` is, what each of its columns holds, and the column by which a row is called."""

    one_row: str
    columns: Mapping[str, str]
    label: str | None = None


TABLE_DESCRIPTIONS: Mapping[str, Described] = {
    "articles": Described(
        one_row="An article: one document that was read.",
        label="title",
        columns={
            "id": "Folder and source, as in press/2020/lake.html; the same as the name of its file in sqlar.",
            "folder": "The folder that was read: a row of folders.",
            "source": "The path of the file below that folder, with slashes.",
            "title": "Its title, from its own metadata or its first heading.",
            "published_at": f"When it was published, as it says itself: {ISO}.",
            "byline": "Who wrote it, as it says itself.",
            "language": "The language it declares, a BCP 47 tag.",
            "url": "The address that it says it was published at.",
            "format": "text, markdown or html.",
            "encoding": "The encoding its bytes were decoded with.",
            "size": "Bytes of the file.",
            "sha256": "SHA-256 of the file’s bytes, hexadecimal.",
            "reader": "The version of Archiver that read it; empty where it has to be read again.",
            "run_id": "The run that first read these bytes; NULL where that is not known.",
            "text": "What a reader sees: the source itself for text and Markdown, the main content’s words for HTML.",
            "body": "For HTML, its main content as safe HTML with a slot where each embed stood.",
            "year": "The year it was published in.",
        },
    ),
    "embeds": Described(
        one_row="An embed: one place in one article where a post appears or used to appear, as the article has it.",
        label="id",
        columns={
            "id": "Article and ordinal, as in press/2020/lake.html#1.",
            "article_id": "The article it stands in.",
            "ordinal": "Which embed of the article, from 1 in document order.",
            "platform": "instagram, twitter (X), facebook, …: the name that `archiver platforms --json` gives.",
            "form": "How it is written: text (flattened remains), blockquote, iframe, amp, shortcode or url.",
            "start": "Where it begins in the decoded source, in characters.",
            "end": "Where it ends there, exclusive.",
            "marker": "The source text of that span.",
            "native_id": "The platform’s own id of the post, as the embed tells it.",
            "permalink": "The address of the post, as the embed tells it, in its canonical form.",
            "handle": "The account that posted, without @, as written.",
            "author_name": "The display name of that account, as printed.",
            "posted_at": f"When it was posted, as printed or in the markup’s datetime: {ISO}.",
            "precision": "How exact posted_at is: year, month, day, minute, second or millisecond.",
            "posted_text": "The date as it is printed.",
            "posted_at_options": "JSON: the two UTC minutes that a 12-hour clock without am or pm leaves open.",
            "text": "The words of the post, where their edges are certain.",
            "language": "The language of the marker’s own words.",
            "handle_origin": "Where the handle was read: markup or marker (the visible text).",
            "time_origin": "Where posted_at was read: markup or marker (the visible text).",
            "rule": "The rule of the finder that took it; `archiver explain` names the same.",
            "conflict": "A sentence on what in its markup contradicts itself, as code changed by hand does.",
            "decoded_at": "When the post’s id was given out, where that can be read from it: UTC.",
            "observed_id": "The post’s id as this embed alone tells it; may be a provisional one.",
            "post_id": "The post it turned out to be of, among all in the archive.",
            "author_id": "The account it names.",
        },
    ),
    "posts": Described(
        one_row="A post that was embedded, put together from all embeds of it.",
        label="id",
        columns={
            "id": "Platform and native id, as in twitter:20; provisional where only author and time are known, as in "
            "instagram:@nadia_orrin_light/2020-10-05T06:48Z.",
            "platform": "instagram, twitter (X), facebook, …: the name that `archiver platforms --json` gives.",
            "native_id": "The platform’s own id: shortcode, status id, video id.",
            "permalink": "Its canonical address.",
            "permalink_source": f"Where permalink is from: {ORIGIN}.",
            "author_id": "The account that posted it.",
            "author_source": f"Where author_id is from: {ORIGIN}.",
            "posted_at": f"When it was posted, as exactly as known: {ISO}.",
            "precision": "How exact posted_at is: year, month, day, minute, second or millisecond.",
            "posted_at_source": f"Where posted_at is from: {ORIGIN}.",
            "posted_at_options": "JSON: the two UTC minutes that a 12-hour clock without am or pm leaves open.",
            "text": "Its words.",
            "text_source": f"Where text is from: {ORIGIN}.",
            "language": "The language of the words around it in its embeds.",
            "memento_at": "When the web archive's copy was made that values whose source is memento are from, UTC.",
            "status": "NULL, or gone (no longer at its platform) or redacted (taken out of the archive).",
            "life": "What has become of it at its platform: alive, edited, deleted, account-gone, private, login-wall, "
            "embedding-off, rate-limited or unknown; NULL where that was never asked. deleted and account-gone only "
            "after three answers a day apart; until then it is unknown.",
            "life_since": "The first of the answers in a row that say so, UTC; where it is unknown, of those that say "
            "that it is gone.",
            "life_answers": "How many answers in a row say so; where it is unknown, how many of three say that it is "
            "gone.",
            "checked_at": "When an answer last said anything of it, UTC.",
            "edited_after": "The last answer with the words before an edit, or when the platform says it was edited, "
            "UTC; NULL where no edit is known.",
            "edited_before": "The first answer with the words after that edit, or when the platform says it was, UTC.",
            "year": "The year it was posted in.",
            "state": "What is kept of it: words; who (or when), without words; link, no more than where it was.",
        },
    ),
    "authors": Described(
        one_row="An account on a platform, put together from all embeds that name it.",
        label="handle",
        columns={
            "id": "Platform and handle in lower case, as in instagram:nadia_orrin_light.",
            "platform": "instagram, twitter (X), facebook, …: the name that `archiver platforms --json` gives.",
            "handle": "Its handle without @, as written most often.",
            "name": "Its display name, as seen most often.",
            "name_source": f"Where name is from: {ORIGIN}.",
            "url": "The address of its page at the platform.",
        },
    ),
    "quotes": Described(
        one_row="A passage of an article that quotes a post.",
        label="text",
        columns={
            "id": "The same as of its passage.",
            "embed_id": "The embed of the quoted post.",
            "post_id": "The quoted post; NULL where that has no id.",
            "start": "Where the quoted words begin in the decoded source, in characters.",
            "end": "Where they end there, exclusive.",
            "score": "From 0 to 1: how much of the article around it speaks for the post.",
            "agreement": "From 0 to 1: how much of it stands in the post’s text; NULL where that is not known.",
            "reason": "Why it was taken for a quotation of the post, in words.",
            "text": "The quoted words, as a reader sees them.",
        },
    ),
    "passages": Described(
        one_row="A passage in quotation marks near an embed, which may or may not be taken from its post.",
        label="text",
        columns={
            "id": "Embed and start, as in press/lake.html#1@640.",
            "article_id": "The article it stands in.",
            "embed_id": "The embed it most likely belongs to.",
            "start": "Where the words begin in the decoded source, in characters.",
            "end": "Where they end there, exclusive.",
            "score": "From 0 to 1: how much of the article around it speaks for the post.",
            "reason": "What speaks for or against the post, in words.",
            "text": "The words inside the outermost quotation marks, as a reader sees them.",
        },
    ),
    "candidates": Described(
        one_row="A known post that an embed without an id may be of, or is.",
        label="id",
        columns={
            "id": "Marker and post.",
            "marker_id": "What the marker alone tells, a provisional post id: the observed_id of its embeds.",
            "post_id": "The post it may be.",
            "chosen": "1 where it is that post; of several that may be it, none is chosen.",
            "score": "From 0 to 1: how well they fit.",
            "rule": "What was compared, in words.",
            "window": "core where the times lie as near as is usual, wide as near as was ever seen.",
            "by_author": "1 where the post is known to be by the account that the marker names.",
            "distance": "Seconds from the printed minute or day to the id’s time: 0 within it, negative before.",
            "text_match": "From 0 to 1: how alike the texts are; NULL where one is not known.",
        },
    ),
    "account_names": Described(
        one_row="A display name, or a spelling of the handle, under which an account was seen.",
        label="value",
        columns={
            "id": "Account, kind and value.",
            "author_id": "The account.",
            "kind": "name or handle.",
            "value": "The name, or the handle as written.",
            "embeds": "In how many embeds it was seen.",
            "first_seen": "The day of the earliest dated article that has it.",
            "last_seen": "The day of the latest dated article that has it.",
        },
    ),
    "renames": Described(
        one_row="Two handles that sign one post: an account that was renamed, or embed code that was changed.",
        label="id",
        columns={
            "id": "Post and both accounts.",
            "post_id": "The post.",
            "author_id": "One account.",
            "other_id": "The other; which came first is not told.",
        },
    ),
    "flags": Described(
        one_row="Something about a post that does not agree, or cannot be.",
        label="detail",
        columns={
            "id": "Embed, kind and number.",
            "kind": "What it is about: time, handle, text, age or edited (embed code changed by hand).",
            "cause": "The known harmless cause that fits, such as a late upload; NULL where there is none.",
            "post_id": "The post.",
            "embed_id": "The embed that says otherwise than the rest.",
            "article_id": "The article of that embed.",
            "detail": "What stands against what, in a sentence.",
        },
    ),
    "orphans": Described(
        one_row="The words of a known post that stand in an article without attribution (a run with --orphans looks).",
        label="text",
        columns={
            "id": "Article, post and start.",
            "post_id": "The post whose words they are.",
            "article_id": "The article they stand in.",
            "start": "Where they begin in articles.text, in characters.",
            "end": "Where they end there, exclusive.",
            "score": "From 0.9 to 1: how alike they are to the post’s text.",
            "text": "The words, as the article has them.",
        },
    ),
    "pictures": Described(
        one_row="A picture that a saved page has beside it.",
        label="src",
        columns={
            "id": "Article and src.",
            "article_id": "The article whose page it belongs to.",
            "src": "Its address, as the page writes it.",
            "type": "Its media type, as its bytes show.",
            "sha256": "SHA-256 of its bytes, hexadecimal.",
            "name": "Its file in sqlar.",
        },
    ),
    "sqlar": Described(
        one_row="A file kept in the archive, in SQLite’s own archive format: the source of an article, a picture of "
        "it, a picture or video of a post.",
        label="name",
        columns={
            "name": "Its name: the id of the article; that and .files/ and a picture’s path; or media/ and a SHA-256.",
            "mode": "Its permissions, as in a Unix file system.",
            "mtime": "When it was last changed, in seconds since 1970.",
            "sz": "Its size in bytes.",
            "data": "Its bytes, compressed with zlib where that makes them fewer.",
        },
    ),
    "patches": Described(
        one_row="A plain text that `archiver patch` wrote, and what it replaced, so that it can be put back.",
        label="source",
        columns={
            "id": "SHA-256 of the patched bytes, hexadecimal.",
            "source": "The name of the file.",
            "original": "SHA-256 of the bytes before, hexadecimal.",
            "replaced": "JSON: [start, end, original] of each stretch: bytes of the patched text; original in base64.",
        },
    ),
    "folders": Described(
        one_row="A folder, or a single file, that was given to `archiver run`.",
        label="path",
        columns={
            "id": "The archive’s name for it: what the ids of its articles begin with.",
            "path": "Where it was on disk.",
        },
    ),
    "indexed": Described(
        one_row="A line of an index that another archive shares: a post with its id, and who made it.",
        label="id",
        columns={
            "id": "Post and handle in lower case.",
            "platform": "instagram, twitter (X), facebook, …: the name that `archiver platforms --json` gives.",
            "native_id": "The platform’s own id of the post.",
            "handle": "The account that posted, without @, as the index has it.",
            "permalink": "The canonical address of the post.",
            "posted_at": f"When it was posted, as the other archive knew: {ISO}.",
            "precision": "How exact posted_at is: year, month, day, minute, second or millisecond.",
            "decoded_at": "When the post’s id was given out, where that can be read from it: UTC.",
            "post_id": "The id that the post has in posts, where an embed here is of it.",
            "author_id": "The id that the account has in authors, where an embed here names it.",
        },
    ),
    "imports": Described(
        one_row="An import: a run that took in what another archive holds or shares.",
        label="file",
        columns={
            "id": "The run.",
            "file": "The file or folder that was imported.",
            "format": "What it was: an archive, an export or an index.",
        },
    ),
    "imported": Described(
        one_row="What an import brought: an article, a folder or a line of an index.",
        label="id",
        columns={
            "id": "The id of the article, of the folder with a slash behind it, or of the row of indexed.",
            "import_id": "The import.",
        },
    ),
    "captures": Described(
        one_row="A request about a post, to its platform or to a web archive, and what came of it: rows are added, "
        "never changed.",
        label="id",
        columns={
            "id": "A random UUID.",
            "post_id": "The post that was asked about; a row of posts as long as an article embeds it.",
            "source": "What was asked: the name of a source, as in the README’s list, or of a web archive, with -cdx, "
            "-timegate or -timemap for what copies it has and -save for one that it was asked to make; media, for a "
            "file that an answer names.",
            "url": "The address that was asked.",
            "method": "The HTTP method.",
            "fetched_at": "When it was asked, UTC, to the millisecond.",
            "memento_at": "When the web archive that was asked made its copy, UTC; NULL where the platform was asked.",
            "outcome": "captured: the answer is kept and says what follows. Any other: why there is none, or what is "
            "wrong with it (not-found, gone, account-gone, private, forbidden, rate-limited, redirected, …); media: "
            "asked for what an answer names, see the table media.",
            "status": "The HTTP status of the answer; NULL where none came.",
            "detail": "What went wrong, in a few words.",
            "file": "The WARC file in the folder beside the archive that has request and answer; NULL where none came.",
            "byte_offset": "Where the record of the answer begins in that file, in bytes.",
            "record_id": "The WARC-Record-ID of the record of the answer.",
            "sha256": "SHA-256 of the answer’s body as it was sent, hexadecimal.",
            "run_id": "The run that asked.",
            "permalink": "The address of the post, as the answer has it.",
            "author_id": "The account that the answer names; a row of authors as long as an article embeds the post.",
            "handle": "The account that posted, without @, as the answer has it.",
            "author_name": "The display name of that account.",
            "posted_at": f"When it was posted, as the answer says: {ISO}.",
            "precision": "How exact posted_at is: year, month, day, minute, second or millisecond.",
            "edited_at": "When it was edited last, UTC, as the answer says.",
            "language": "The language that the platform says the post is in, a BCP 47 tag.",
            "text": "The words of the post.",
        },
    ),
    "media": Described(
        one_row="A picture or a video that a platform’s answer names, and the file that was kept of it, if any was.",
        label="id",
        columns={
            "id": "The answer and the ordinal.",
            "post_id": "The post; a row of posts as long as an article embeds it.",
            "capture_id": "The answer that names it.",
            "ordinal": "Which of those that the answer names, from 1.",
            "kind": "image, poster (a still that stands for a video) or video.",
            "url": "Its address, as the answer has it.",
            "outcome": "kept; unasked: nobody wanted it; left: its turn did not come; or why there is no file.",
            "detail": "What went wrong, in a few words.",
            "request_id": "The request for it; NULL where it was not asked for.",
            "type": "Its media type, as its bytes show.",
            "size": "Bytes of the file.",
            "sha256": "SHA-256 of them, hexadecimal.",
            "width": "Its width as shown, in pixels; NULL where nobody could measure it.",
            "height": "Its height as shown, in pixels; NULL where nobody could measure it.",
            "name": "Its file in sqlar; NULL where it is beside the archive, or was not kept.",
            "file": "Its file in the folder beside the archive, where it has more than 5 MB.",
            "thumb": "A smaller picture of it, without its metadata, in sqlar: WebP of at most 640 pixels.",
            "thumb_sha256": "SHA-256 of the smaller picture, hexadecimal.",
            "thumb_width": "Its width in pixels.",
            "thumb_height": "Its height in pixels.",
            "alt": "The words for those who cannot see it, as the answer has them.",
        },
    ),
    "problems": Described(
        one_row="An input that could not be read, or only in part.",
        label="detail",
        columns={
            "id": "Folder, source and kind.",
            "folder": "The archive’s name for the folder, as in folders; or of a path that does not exist.",
            "source": "The path of the file below it.",
            "kind": "What is wrong, in a word: permission, missing, encoding, too-large, …",
            "detail": "What is wrong, in a sentence.",
            "run_id": "The run that met it first.",
        },
    ),
    "runs": Described(
        one_row="A run: when the archive was written, by which version, and what came of it.",
        label="started_at",
        columns={
            "id": "Runs are counted from 1.",
            "started_at": "When it started, UTC.",
            "finished_at": "When it ended, UTC; NULL where it was interrupted.",
            "version": "The version of Archiver.",
            "arguments": "JSON: the words of the command line.",
            "seen": "Inputs it met.",
            "saved": "Articles that were new or changed.",
            "unchanged": "Articles that were as before.",
            "vanished": "Stored articles whose file is no longer there.",
            "forgotten": "Those of them that --prune removed.",
            "problems": "Inputs that could not be read, or only in part.",
        },
    ),
    "descriptions": Described(
        one_row="What a table, a view or a column of this file holds, in a sentence.",
        label="id",
        columns={
            "id": "The table’s name, or table.column.",
            "kind": "table, view or column.",
            "table_name": "The table or view.",
            "column_name": "The column; NULL where the table or view itself is described.",
            "description": "What it holds; for a table or view, what one row is.",
        },
    ),
}
