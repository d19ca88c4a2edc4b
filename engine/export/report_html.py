"""A report as one HTML file: no script, no network; light and dark on screen, A4 on paper."""

from __future__ import annotations

import base64
import io
from dataclasses import fields
from html import escape

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engine.export.report import Block, Charts, Digits, Heading, Pairs, Report, Score, Table, Text
from engine.export.svg import PRINTED, STYLED, Colors

DARK = Colors(
    ink="#e9eaec",
    quiet="#a7adb7",
    line="#3d434d",
    paper="#202329",
    train="#56b4e9",
    val="#f0a535",
    good="#5cc78a",
    bad="#ff8f85",
)
ZOOM = 2  # pixels of a picture for each pixel of a digit: crisp on paper too

STYLE = """
:root { color-scheme: light dark; LIGHT --accent: #1f66b0; --ground: #f4f4f2; }
@media screen and (prefers-color-scheme: dark) {
  :root { DARK --accent: #6cb2f0; --ground: #181a1f; }
  .digits img { filter: invert(0.87); border-color: #c2bcb2; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/1.55 FONT; }
main { max-width: 860px; margin: 24px auto; padding: 40px 48px; background: var(--paper);
  border: 1px solid var(--line); border-radius: 10px; }
header { display: flex; flex-wrap: wrap; gap: 4px 24px; justify-content: space-between;
  align-items: baseline; border-bottom: 2px solid var(--accent); padding-bottom: 12px; }
h1 { font-size: 25px; line-height: 1.25; margin: 0; flex: 1 0 100%; }
h2 { font-size: 18px; margin: 28px 0 8px; break-after: avoid; }
p { margin: 6px 0; }
.quiet { color: var(--quiet); font-size: 13px; }
.marked { border-left: 4px solid var(--val); padding-left: 10px; }
.name { min-width: 17em; border-bottom: 1px solid var(--line); padding-bottom: 2px; }
.score { display: flex; gap: 18px; align-items: baseline; margin: 14px 0 4px; }
.score b { font-size: 40px; line-height: 1; white-space: nowrap; color: var(--accent); }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; font-size: 13.5px; }
th, td { padding: 4px 7px; text-align: right; border-bottom: 1px solid var(--line); white-space: nowrap; }
th { font-weight: 600; }
th:first-child, td:first-child { text-align: left; }
tr.sum td { font-weight: 600; border-top: 2px solid var(--line); border-bottom: 0; }
dl { display: grid; grid-template-columns: repeat(2, auto 1fr); gap: 3px 14px; margin: 8px 0;
  font-size: 14px; }
dt { color: var(--quiet); } dd { margin: 0; }
.charts { display: flex; gap: 18px; } .charts > * { flex: 1 1 0; min-width: 0; }
svg { width: 100%; height: auto; display: block; }
.digits { display: grid; gap: 4px; margin: 8px 0; }
.digits figure { margin: 0; text-align: center; }
.digits img { width: 100%; display: block; image-rendering: pixelated; border: 1px solid var(--line);
  border-radius: 3px; }
figcaption { font-size: 12.5px; white-space: nowrap; font-variant-numeric: tabular-nums; }
section { break-inside: avoid; }
footer { margin-top: 32px; padding-top: 10px; border-top: 1px solid var(--line); }
@media (max-width: 700px) { main { padding: 20px; margin: 0; border: 0; border-radius: 0; }
  .charts { flex-direction: column; width: 100% !important; } dl { grid-template-columns: auto 1fr; }
  section { overflow-x: auto; } }
@page { size: A4; margin: 15mm 16mm; }
@media print { :root { color-scheme: light; LIGHT --accent: #1f66b0; --ground: #ffffff; }
  body { font-size: 9.5pt; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  main { max-width: none; margin: 0; padding: 0; border: 0; }
  h1 { font-size: 17pt; } h2 { font-size: 12.5pt; margin: 13px 0 4px; } .score { margin: 8px 0 2px; }
  .score b { font-size: 25pt; } table { font-size: 8.5pt; } th, td { padding: 1px 6px; }
  dl { font-size: 9pt; gap: 1px 14px; } .quiet { font-size: 8.5pt; } figcaption { font-size: 7.5pt; }
  footer { margin-top: 8px; padding-top: 4px; } .digits { margin: 4px 0; } }
"""


def html_of(report: Report) -> str:
    """Return the whole page."""
    sections = "".join(f"<section>{''.join(map(_block, section))}</section>\n" for section in report.sections)
    return (
        f'<!DOCTYPE html>\n<html lang="{report.language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; img-src data:;'
        " style-src 'unsafe-inline'\">\n"
        f"<title>{escape(report.title)}</title>\n<style>{_style(report.language)}</style>\n</head>\n"
        f"<body><main>\n<header><h1>{escape(report.title)}</h1>"
        f'<span class="quiet">{escape(report.subtitle)}</span>'
        f'<span class="name quiet">{escape(report.name_line)}</span></header>\n{sections}'
        f'<footer class="quiet">{escape(report.footer)}</footer>\n</main></body>\n</html>\n'
    )


def png_of(image: NDArray[np.uint8]) -> bytes:
    """Return a digit (28, 28), white on black, as the PNG of ink on paper."""
    large = np.repeat(np.repeat(255 - image, ZOOM, axis=0), ZOOM, axis=1)
    data = io.BytesIO()
    Image.fromarray(large).save(data, "PNG", optimize=True)
    return data.getvalue()


def _style(language: str) -> str:
    japanese = "'Hiragino Sans', 'Yu Gothic', Meiryo, 'Noto Sans CJK JP', 'Noto Sans JP', sans-serif"
    latin = "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
    text = STYLE.replace("LIGHT", _variables(PRINTED)).replace("DARK", _variables(DARK))
    return text.replace("FONT", japanese if language == "ja" else latin)


def _variables(colors: Colors) -> str:
    return "".join(f"--{one.name}: {getattr(colors, one.name)}; " for one in fields(Colors))


def _block(block: Block) -> str:
    if isinstance(block, Heading):
        return f"<h2>{escape(block.text)}</h2>"
    if isinstance(block, Text):
        kinds = " ".join(name for name, on in (("quiet", block.is_quiet), ("marked", block.is_marked)) if on)
        told = "<br>".join(map(escape, block.text.splitlines()))
        return f'<p class="{kinds}">{told}</p>' if kinds else f"<p>{told}</p>"
    if isinstance(block, Score):
        return f'<div class="score"><b>{escape(block.figure)}</b><span>{escape(block.words)}</span></div>'
    if isinstance(block, Table):
        return _table(block)
    if isinstance(block, Pairs):
        rows = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in block.rows)
        return f"<dl>{rows}</dl>"
    if isinstance(block, Charts):
        drawings = "".join(f"<div>{make(STYLED).svg()}</div>" for make in block.makers)
        return f'<div class="charts" style="width: {100 * block.share:.0f}%">{drawings}</div>'
    return _digits(block)


def _table(block: Table) -> str:
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in block.head)
    rows = []
    for number, row in enumerate(block.rows):
        is_sum = block.has_sum and number == len(block.rows) - 1
        cells = "".join(f"<td>{escape(cell)}</td>" for cell in row)
        rows.append(f"<tr{' class=sum' if is_sum else ''}>{cells}</tr>")
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


def _digits(block: Digits) -> str:
    figures = []
    for place, image in enumerate(block.images):
        caption = block.captions[place] if block.captions else ""
        told = f"<figcaption>{escape(caption)}</figcaption>" if caption else ""
        data = base64.b64encode(png_of(image)).decode()
        figures.append(
            f'<figure><img alt="{escape(caption)}" src="data:image/png;base64,{data}">{told}</figure>'
        )
    columns = f"grid-template-columns: repeat({block.columns}, minmax(0, 1fr))"
    return f'<div class="digits" style="{columns}">{"".join(figures)}</div>'
