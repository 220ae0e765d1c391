"""An agreement drawn here and known to be good: with it a parent warms up, and tries its first child."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

Line = tuple[float, float, str]  # points from the left and from the foot of the page, words
Rule = tuple[float, float, float, float]  # from x, y to x, y

SIZE = (595, 842)  # points: A4
PLAIN = "PERJANJIAN KINERJA TAHUN 2026", "Nama : BUDI SANTOSO", "Sukamaju, 5 Januari 2026"
STATEMENT = (
    "PERJANJIAN KINERJA TAHUN 2026",
    "Dalam rangka mewujudkan manajemen pemerintahan yang efektif, kami yang bertanda tangan di bawah ini :",
    "Nama : BUDI SANTOSO, S.E., M.Si.",
    "Jabatan : Kepala Dinas Contoh Kabupaten Sukamaju",
    "Selanjutnya disebut PIHAK PERTAMA",
    "Nama : Dr. SITI AMINAH",
    "Jabatan : Bupati Sukamaju",
    "Selaku atasan langsung pihak pertama, selanjutnya disebut PIHAK KEDUA",
    "Pihak pertama berjanji akan mewujudkan target kinerja sesuai lampiran perjanjian ini.",
)
SIGNED: tuple[Line, ...] = (
    (340, 400, "Sukamaju, 5 Januari 2026"),
    (80, 380, "PIHAK KEDUA,"),
    (340, 380, "PIHAK PERTAMA,"),
    (80, 300, "Dr. SITI AMINAH"),
    (340, 300, "BUDI SANTOSO, S.E., M.Si."),
    (340, 286, "NIP. 19700101 199503 1 001"),
)
ANNEX: tuple[Line, ...] = (
    (180, 780, "LAMPIRAN PERJANJIAN KINERJA TAHUN 2026"),
    (64, 744, "No"), (104, 744, "Sasaran Strategis"), (254, 744, "Indikator Kinerja"), (454, 744, "Target"),
    (64, 724, "1"), (104, 724, "Layanan makin baik"), (254, 724, "Indeks kepuasan"), (454, 724, "88,5"),
    (64, 704, "2"), (104, 704, "Program tepat waktu"), (254, 704, "Program selesai"), (454, 704, "95 persen"),
    (64, 664, "No"), (104, 664, "Program"), (354, 664, "Anggaran (Rp)"),
    (64, 644, "1"), (104, 644, "Program Contoh"), (354, 644, "1.250.000.000"),
    (104, 624, "Jumlah"), (354, 624, "1.250.000.000"),
)  # fmt: skip
INDICATORS = (60, 100, 250, 450, 540), (760, 740, 720, 700)  # where ruling lines stand
BUDGETS = (60, 100, 350, 540), (680, 660, 640, 620)
INK = (350, 318, 90, 44)  # points: x, y, width, height of a drawn signature
PIXELS = (60, 30)  # of it


def specimen() -> bytes:
    """Two pages: a statement with a signature in one of its two slots, and an annex with two tables."""
    x, y, width, height = INK
    ink = f"q {width} 0 0 {height} {x} {y} cm /I Do Q"
    statement = [*_column(STATEMENT), *SIGNED]
    ruled = [*_grid(*INDICATORS), *_grid(*BUDGETS)]
    return pdf(f"{_said(statement)} {ink}", f"{_said(raised(ANNEX))} {_drawn(ruled)}")


def plain() -> bytes:
    """One page with three lines of an agreement."""
    return pdf(_said(_column(PLAIN)))


def pdf(*pages: str) -> bytes:
    """A PDF of pages with these content streams, which know a font /F and a picture /I."""
    width, height = SIZE
    kids = " ".join(f"{5 + 2 * at} 0 R" for at in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} /MediaBox [0 0 {width} {height}]"
        " /Resources << /Font << /F 3 0 R >> /XObject << /I 4 0 R >> >> >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        _picture(),
    ]
    for at, page in enumerate(pages):
        objects.append(f"<< /Type /Page /Parent 2 0 R /Contents {6 + 2 * at} 0 R >>")
        objects.append(f"<< /Length {len(page)} >>\nstream\n{page}\nendstream")
    return _filed(objects)


def _filed(objects: Sequence[str]) -> bytes:
    """The objects one after the other, and the table of where each begins."""
    made, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(made))
        made += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(made)}\n%%EOF\n"
    return f"{made}xref\n0 {size}\n0000000000 65535 f \n{table}{end}".encode("ascii")


def _column(lines: Iterable[str]) -> Iterator[Line]:
    return ((72.0, 760.0 - 24 * at, line) for at, line in enumerate(lines))


def raised(lines: Iterable[Line]) -> Iterator[Line]:
    """The words of cells, in the middle of their rows."""
    return ((x, y + 3, words) for x, y, words in lines)


def _said(lines: Iterable[Line]) -> str:
    def escaped(words: str) -> str:
        return words.replace("(", "\\(").replace(")", "\\)")

    return " ".join(f"BT /F 10 Tf {x} {y} Td ({escaped(words)}) Tj ET" for x, y, words in lines)


def _grid(columns: Sequence[float], rows: Sequence[float]) -> Iterator[Rule]:
    yield from ((columns[0], y, columns[-1], y) for y in rows)
    yield from ((x, rows[0], x, rows[-1]) for x in columns)


def _drawn(rules: Iterable[Rule]) -> str:
    return " ".join(f"{x0} {y0} m {x1} {y1} l S" for x0, y0, x1, y1 in rules)


def _picture() -> str:
    """Blue ink on white: a wave that rises and falls."""
    width, height = PIXELS
    crest = [abs((x * 3) % (2 * height) - height) for x in range(width)]
    dots = (abs(y - crest[x]) < 2 for y in range(height) for x in range(width))
    hexed = "".join("1020A0" if ink else "FFFFFF" for ink in dots)
    return (
        f"<< /Type /XObject /Subtype /Image /Width {width} /Height {height} /BitsPerComponent 8"
        f" /ColorSpace /DeviceRGB /Filter /ASCIIHexDecode /Length {len(hexed) + 1} >>"
        f"\nstream\n{hexed}>\nendstream"
    )
