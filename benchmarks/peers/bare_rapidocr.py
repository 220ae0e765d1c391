"""The plain script for scanned files: each page drawn and given to the OCR engine, nothing made of it.

The engine has the settings that ours has: one thread, one line at a time, no classifier, the same models.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pypdfium2
from PIL import Image, ImageSequence
from rapidocr import RapidOCR

DPI = 200  # at which pages are drawn
LARGEST = 2600  # pixels of the long side of a drawn page
SIDE = 1600  # pixels of the long side that the engine sees
POINTS = 72  # an inch
SETTINGS: dict[str, Any] = {
    "Global.log_level": "error",
    "Global.use_cls": False,
    "Global.use_vertical_padding": False,
    "Global.max_side_len": SIDE,
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
    "EngineConfig.onnxruntime.enable_cpu_mem_arena": True,
    "Det.limit_side_len": 32,
    "Rec.rec_batch_num": 1,
    "Rec.rec_img_shape": [3, 48, 96],
}


def main(folder: Path) -> None:
    """Read each page of each file in a folder; print how many lines and letters there are."""
    cv2.setNumThreads(1)
    engine = RapidOCR(params=SETTINGS)
    lines = letters = 0
    for path in sorted(folder.iterdir()):
        for picture in _document(path) if path.suffix == ".pdf" else _frames(path):
            found: Any = engine(picture)
            texts = found.txts or ()
            lines += len(texts)
            letters += sum(map(len, texts))
    print(f"{lines} lines, {letters} letters")


def _document(path: Path) -> Iterator[Any]:
    with pypdfium2.PdfDocument(path) as document:
        for page in document:
            dpi = min(DPI, LARGEST * POINTS / max(page.get_size()))
            yield np.array(page.render(scale=dpi / POINTS).to_numpy()[:, :, :3])


def _frames(path: Path) -> Iterator[Any]:
    with Image.open(path) as image:
        native = float(image.info.get("dpi", (POINTS, POINTS))[0])
        by = min(1.0, (DPI / native if native > POINTS else 1.0), LARGEST / max(image.size))
        for frame in ImageSequence.Iterator(image):
            picture = np.asarray(frame.convert("RGB"))[:, :, ::-1]
            yield cv2.resize(picture, None, fx=by, fy=by, interpolation=cv2.INTER_AREA)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
