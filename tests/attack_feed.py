"""The catalogue of known attacks in the form in which it is published; every entry is ours."""

import json
from typing import Any


def entry(maker: str = "Hearth", product: str = "HC-2", cve: str = "CVE-2026-0001", **changes: Any) -> dict[str, Any]:
    return {
        "cveID": cve,
        "vendorProject": maker,
        "product": product,
        "vulnerabilityName": f"{maker} {product} Command Injection Vulnerability",
        "dateAdded": "2026-05-04",
        "shortDescription": "An attacker can run commands.",
        "requiredAction": "Apply updates per vendor instructions.",
        "dueDate": "2026-05-25",
        "knownRansomwareCampaignUse": "Unknown",
        "notes": "https://hearth.example/advisory",
        "cwes": ["CWE-77"],
    } | changes


def feed(*entries: dict[str, Any], released: str = "2026-05-30T14:00:38.5173Z", **changes: Any) -> bytes:
    catalogue = {
        "title": "Catalog of Known Exploited Vulnerabilities",
        "catalogVersion": "2026.05.30",
        "dateReleased": released,
        "count": len(entries),
        "vulnerabilities": list(entries),
    }
    return json.dumps(catalogue | changes, indent=4).encode()
