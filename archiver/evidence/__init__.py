"""Evidence: what runs captured, sealed when they end, stamped if that is wanted, and checked at any time."""

from archiver.evidence.copies import (
    Shown,
    copy_evidence,
    copy_record,
    evidence_to_copy,
    list_evidence,
    referred_to,
    shown_records,
)
from archiver.evidence.findings import Finding, Looked
from archiver.evidence.manifests import Manifest, is_manifest, read_manifest
from archiver.evidence.sealing import keeping
from archiver.evidence.timestamps import check_installed, load_certificates, stamp_manifests
from archiver.evidence.verification import verify

__all__ = [
    "Finding",
    "Looked",
    "Manifest",
    "Shown",
    "check_installed",
    "copy_evidence",
    "copy_record",
    "evidence_to_copy",
    "is_manifest",
    "keeping",
    "list_evidence",
    "load_certificates",
    "read_manifest",
    "referred_to",
    "shown_records",
    "stamp_manifests",
    "verify",
]
