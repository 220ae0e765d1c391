"""Splink on the same registry and queries: run by a Python of its own that has it (`pip install splink`).

python splink_peer.py REGISTRY.csv QUERIES.csv ANSWERS.csv

First and further names, the number, position and unit; blocked like ours by the thirds of the number, and by
whole names and words; weights by expectation maximisation. Written is the best answer with its weight, and
only where no other comes near it (a tenth).
"""

from __future__ import annotations

import csv
import sys
import time
from collections.abc import Mapping, Sequence
from typing import Any


def main(registry: str, queries: str, answers: str) -> None:
    """Write query and registered id of each accepted pair; print the seconds of processor time."""
    import splink.comparison_library as compare
    from splink import Linker, SettingsCreator, block_on
    from splink.internals.duckdb.database_api import DuckDBAPI

    started = time.process_time()
    database = DuckDBAPI()
    frames = [_frame(database, name, path) for name, path in (("r", registry), ("q", queries))]
    blocks = [
        block_on("birth", "since"), block_on("birth", "serial"), block_on("since", "serial"),
        block_on("name"), block_on("last", "position"), block_on("first", "position"),
    ]  # fmt: skip
    settings = SettingsCreator(
        link_type="link_only",
        unique_id_column_name="id",
        blocking_rules_to_generate_predictions=blocks,
        comparisons=[
            compare.JaroWinklerAtThresholds("first", [0.95, 0.88]).configure(term_frequency_adjustments=True),
            compare.JaroWinklerAtThresholds("last", [0.95, 0.88]).configure(term_frequency_adjustments=True),
            compare.LevenshteinAtThresholds("nip", [1, 2, 3]),
            compare.JaroWinklerAtThresholds("position", [0.92, 0.8]).configure(
                term_frequency_adjustments=True
            ),
            compare.JaroWinklerAtThresholds("unit", [0.92, 0.8]).configure(term_frequency_adjustments=True),
        ],
    )
    linker = Linker(frames, settings)
    linker.training.estimate_probability_two_random_records_match([block_on("nip")], recall=0.5)
    linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
    for block in (block_on("name"), block_on("birth", "since")):
        linker.training.estimate_parameters_using_expectation_maximisation(block)
    found = linker.inference.predict(threshold_match_probability=0.01)
    rows: Sequence[Mapping[str, Any]] = found.as_record_list()
    write(answers, rows)
    print(time.process_time() - started)


def _frame(database: Any, name: str, path: str) -> Any:
    read = "read_csv(?, all_varchar = true, header = true)"
    database._con.execute(f"CREATE TABLE {name} AS SELECT * FROM {read}", [path])  # noqa: S608 - our own names
    return database.register(name, dataset_display_name=name)


def write(answers: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """The best registered person of each query, where alone."""
    best: dict[str, list[tuple[float, float, str]]] = {}
    for row in rows:
        sides = sorted(((row["source_dataset_l"], row["id_l"]), (row["source_dataset_r"], row["id_r"])))
        query, person = str(sides[0][1]), str(sides[1][1])
        best.setdefault(query, []).append(
            (float(row["match_probability"]), float(row["match_weight"]), person)
        )
    with open(answers, "w", encoding="utf-8", newline="") as file:  # noqa: PTH123 - runs without our package
        out = csv.writer(file)
        for query, found in best.items():
            ordered = sorted(found, reverse=True)
            if len(ordered) == 1 or ordered[1][0] < ordered[0][0] - 0.1:
                out.writerow((query, ordered[0][2], ordered[0][1]))


if __name__ == "__main__":
    main(*sys.argv[1:])
