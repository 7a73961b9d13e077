"""Evidence: every request and its answer as they went over the wire, in WARC 1.1 files in a folder beside the archive.

Written as ISO 28500:2017 says (https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/): each
record is a member of its own of a gzip file, so that it can be read from its offset alone.
"""

from archiver.warc.reading import (
    NAME,
    Find,
    Record,
    open_warc,
    read_body,
    read_content,
    read_record,
    read_records,
    warc_path,
    whole_length,
)
from archiver.warc.writing import Place, Warc, evidence_folder, mend

__all__ = [
    "NAME",
    "Find",
    "Place",
    "Record",
    "Warc",
    "evidence_folder",
    "mend",
    "open_warc",
    "read_body",
    "read_content",
    "read_record",
    "read_records",
    "warc_path",
    "whole_length",
]
