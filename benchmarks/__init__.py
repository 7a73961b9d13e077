"""Measurements of Archiver on a made-up corpus, each beside a reference measured in the same run."""
