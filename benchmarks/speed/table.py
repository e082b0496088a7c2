"""Figures as a table for a terminal."""

from collections.abc import Iterator, Mapping, Sequence

from rich.table import Table
from rich.text import Text

from benchmarks.speed.measure import Figure, Measure


def table_of(seen: Sequence[tuple[Measure, Sequence[Figure]]], missing: Mapping[str, str]) -> Table:
    """A row a figure, by measure: what was compared, both sides, the figure, its goal."""
    table = Table(show_edge=False, pad_edge=False)
    table.add_column("measure", overflow="fold")
    for column in ("ours", "other", "figure", "goal"):
        table.add_column(column, justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    for measure, figures in seen:
        table.add_section()
        table.add_row(Text(f"{measure.number} {measure.name}", style="bold"))
        for figure in figures:
            table.add_row(*map(Text, _cells(figure)))
    if missing:
        table.add_section()
        table.add_row(Text("not measured", style="bold"))
        for what, why in missing.items():
            table.add_row(Text(f"  {what}: {why}"))
    return table


def _cells(figure: Figure) -> Iterator[str]:
    if figure.value is None:
        yield f"  not measured: {figure.why}"
        return
    yield f"  {figure.name}" + (f" ({figure.of})" if figure.of else "")
    yield "" if figure.ours is None else number(figure.ours)
    yield "" if figure.theirs is None else number(figure.theirs)
    yield with_unit(figure.value, figure.unit)
    if figure.least is not None:
        yield "≥ " + number(figure.least)
    elif figure.most is not None:
        yield "≤ " + number(figure.most)
    else:
        yield ""
    yield {True: "met", False: "missed", None: ""}[figure.is_met]


def with_unit(value: float, unit: str) -> str:
    """`12.3 ×`, `0.21 s`, `7.9 %`; a count is told by the row's name."""
    sign = {"times": " ×", "s": " s", "%": " %", "ms a message": " ms"}.get(unit, "")
    return number(value) + sign


def number(value: float) -> str:
    """Three digits that count; whole numbers as they are."""
    if isinstance(value, int) or value == 0 or abs(value) >= 100:
        return f"{value:,.0f}"
    if abs(value) >= 10:
        return f"{value:.1f}"
    return f"{value:.2f}" if abs(value) >= 0.1 else f"{value:.4f}"
