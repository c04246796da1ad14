"""Draw a table as SVG with pygal: no script, readable in both colour schemes."""

from typing import Any

import pygal  # type: ignore[import-untyped]
from pygal.style import Style  # type: ignore[import-untyped]

from api.review.dashboard.sheets import Sheet

# Pixels: the height of a letter, and the margin around all.
_LETTER, _EDGE = 14, 20
_STYLE = Style(
    background="#ffffff", plot_background="#ffffff", foreground="#1a1a1a",
    foreground_strong="#1a1a1a", foreground_subtle="#595959", colors=("#0017c1",),
    font_family="Noto Sans CJK JP, sans-serif", label_font_size=_LETTER,
    major_label_font_size=_LETTER, value_font_size=_LETTER, title_font_size=18,
)  # fmt: skip
_LONG = 8


def drawn(sheet: Sheet) -> bytes:
    """Return bars: lying ones for few rows with long labels, standing ones for days."""
    days = all(str(row[0])[:2] == "20" for row in sheet.rows)
    lying = not days and any(len(str(row[0])) > _LONG for row in sheet.rows)
    kind: Any = pygal.HorizontalBar if lying else pygal.Bar
    chart = kind(style=_STYLE, show_legend=False, js=(), x_label_rotation=45 if days else 0,
                 margin_left=_left(sheet) if lying else _EDGE,
                 no_data_text="-", disable_xml_declaration=False)  # fmt: skip
    rows = sheet.rows if days else list(reversed(sheet.rows))
    chart.x_labels = [str(row[0]) for row in rows]
    chart.add(sheet.columns[1], [row[1] for row in rows])
    chart.add_xml_filter(_without_script)
    image: bytes = chart.render()
    return image


def _left(sheet: Sheet) -> float:
    """Return the margin beside labels whose letters are square: pygal's are 0.6 as wide as high."""
    return _EDGE + 0.4 * _LETTER * max(len(str(row[0])) for row in sheet.rows)


def _without_script(root: Any) -> Any:
    """Take out the data that pygal leaves for its tooltips."""
    for parent in list(root.iter()):
        for child in [each for each in parent if str(each.tag).endswith("script")]:
            parent.remove(child)
    return root
