"""The plain script for digital files: pdfplumber's words and tables of every page, nothing made of them."""

from __future__ import annotations

import sys
from pathlib import Path

import pdfplumber


def main(folder: Path) -> None:
    """Read each PDF in a folder; print how many words and table cells there are."""
    words = cells = 0
    for path in sorted(folder.iterdir()):
        with pdfplumber.open(path) as document:
            for page in document.pages:
                words += len(page.extract_words())
                cells += sum(len(row) for table in page.extract_tables() for row in table)
    print(f"{words} words, {cells} cells")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
