/** Events × rules: a grid as ARIA knows it. One stop for Tab, arrows inside; Enter shows a cell's event and rule, Space changes what is expected. */

import { byId, el, mark } from "./dom.js";
import type { EventVerdict, Outcome } from "./engine.js";
import { VERDICTS } from "./events.js";
import { EXPECTATIONS, type Result, nextExpectation, resultOf } from "./expectation.js";
import type { Expectation, State } from "./state.js";

export interface TableActions {
  /** Shows an event, a rule, or both. */
  select(event: number | undefined, rule: number | undefined): void;
  expect(event: number, rule: number, expected: Expectation): void;
}

export interface Table {
  show(state: State, outcome: Outcome): void;
}

/** With more rules than these, a cell has room for its marks alone. */
const MOST_WORDY = 6;

const GLYPHS: Record<EventVerdict, string> = { match: "✓", "no-match": "✗", invalid: "!", unknown: "·" };
const RESULT_WORDS: Record<Result, string> = { kept: "as expected", missed: "not as expected", open: "" };

/** What a cell shows, as a number: thousands of them are compared with each key. */
const VERDICT_CODES: Record<EventVerdict, number> = { match: 0, "no-match": 1, invalid: 2, unknown: 3 };
const EXPECTED_CODES: Record<Expectation, number> = { "": 0, match: 1, "no-match": 2 };

/** A cell and what it shows. `-1` is the row or the column of headers. */
interface Cell {
  element: HTMLTableCellElement;
  event: number;
  rule: number;
  shown: string | number;
}

export function eventsByRules(actions: TableActions): Table {
  const host = byId("table-body");
  const table = el("table", { class: "grid", role: "grid", "aria-labelledby": "table-title" });
  host.replaceChildren(table);
  /** By rows; the first row and the first cell of each are headers. */
  let cells: Cell[][] = [];
  let state: State | undefined;

  function build(events: number, rules: number): void {
    cells = Array.from({ length: events + 1 }, (_, row) => Array.from({ length: rules + 1 }, (_, column) => emptyCell(row - 1, column - 1)));
    const rows = cells.map((row) => el("tr", { role: "row" }, ...row.map(({ element }) => element)));
    table.replaceChildren(el("thead", { role: "rowgroup" }, rows[0]), el("tbody", { role: "rowgroup" }, ...rows.slice(1)));
    table.classList.toggle("dense", rules > MOST_WORDY);
  }

  /** The one cell that Tab reaches. */
  function setStop(cell: Cell | undefined): void {
    table.querySelector("[tabindex='0']")?.setAttribute("tabindex", "-1");
    cell?.element.setAttribute("tabindex", "0");
  }

  function cellOf(target: EventTarget | null): Cell | undefined {
    const element = target instanceof Element ? target.closest("td, th") : undefined;
    if (!(element instanceof HTMLTableCellElement)) return undefined;
    return cells[(element.parentElement as HTMLTableRowElement).rowIndex]?.[element.cellIndex];
  }

  function choose({ event, rule }: Cell): void {
    actions.select(event < 0 ? undefined : event, rule < 0 ? undefined : rule);
  }

  function move(from: Cell, key: string, all: boolean): Cell | undefined {
    const [row, column] = [from.event + 1, from.rule + 1];
    const [lastRow, lastColumn] = [cells.length - 1, (cells[0]?.length ?? 1) - 1];
    const to: Record<string, [row: number, column: number]> = {
      ArrowUp: [row - 1, column],
      ArrowDown: [row + 1, column],
      ArrowLeft: [row, column - 1],
      ArrowRight: [row, column + 1],
      Home: [all ? 0 : row, 0],
      End: [all ? lastRow : row, lastColumn],
      PageUp: [Math.max(0, row - 10), column],
      PageDown: [Math.min(lastRow, row + 10), column],
    };
    const [toRow, toColumn] = to[key] ?? [];
    return toRow === undefined || toColumn === undefined ? undefined : cells[toRow]?.[toColumn];
  }

  table.addEventListener("click", (event) => {
    const cell = cellOf(event.target);
    if (!cell) return;
    setStop(cell);
    cell.element.focus({ preventScroll: true });
    choose(cell);
  });
  table.addEventListener("keydown", (event) => {
    const cell = cellOf(event.target);
    if (!cell || event.altKey || (event.metaKey && event.key !== "Home" && event.key !== "End")) return;
    const next = move(cell, event.key, event.ctrlKey || event.metaKey);
    if (next) {
      setStop(next);
      next.element.focus();
      next.element.scrollIntoView({ block: "nearest", inline: "nearest" });
    } else if (event.key === "Enter") choose(cell);
    else if (event.key === " ") {
      if (cell.event < 0 || cell.rule < 0) choose(cell);
      else actions.expect(cell.event, cell.rule, nextExpectation(state?.events[cell.event]?.expected[cell.rule] ?? ""));
    } else if (!event.key.startsWith("Arrow")) return;
    event.preventDefault();
  });

  return {
    show(next, outcome) {
      state = next;
      if (cells.length !== next.events.length + 1 || cells[0]?.length !== next.rules.length + 1) build(next.events.length, next.rules.length);
      for (const row of cells) for (const cell of row) fill(cell, next, outcome);
      if (!table.contains(document.activeElement)) setStop(cells[next.selected + 1]?.[next.rule + 1]);
    },
  };
}

function emptyCell(event: number, rule: number): Cell {
  const role = event < 0 ? "columnheader" : rule < 0 ? "rowheader" : "gridcell";
  const element = el(role === "gridcell" ? "td" : "th", { role, tabindex: -1 });
  return { element, event, rule, shown: "" };
}

function fill(cell: Cell, state: State, outcome: Outcome): void {
  if (cell.event >= 0 && cell.rule >= 0) return fillVerdict(cell, state, outcome);
  const [name, selected, kind] =
    cell.event < 0 && cell.rule < 0
      ? ["Event", false, "corner"]
      : cell.event < 0
        ? [state.rules[cell.rule]?.name || "unnamed rule", cell.rule === state.rule, "rule"]
        : [state.events[cell.event]?.name || "unnamed event", cell.event === state.selected, "event"];
  const stale = kind === "rule" && Boolean(outcome.rules[cell.rule]?.stale);
  const shown = `${selected} ${stale} ${name}`;
  if (cell.shown === shown) return;
  cell.shown = shown;
  cell.element.className = `grid-${kind}${selected ? " grid-chosen" : ""}`;
  cell.element.title = stale ? `${name}: the pattern has errors; the verdicts are those of its last valid text` : name;
  cell.element.replaceChildren(...(stale ? [mark("bad"), el("span", { class: "visually-hidden" }, "has errors: ")] : []), el("span", { class: "grid-name" }, name));
}

function fillVerdict(cell: Cell, state: State, outcome: Outcome): void {
  const verdict = outcome.grid[cell.event]?.[cell.rule] ?? "unknown";
  const expected = state.events[cell.event]?.expected[cell.rule] ?? "";
  const stale = Boolean(outcome.rules[cell.rule]?.stale);
  const here = cell.event === state.selected && cell.rule === state.rule;
  const beside = cell.event === state.selected || cell.rule === state.rule;
  const shown = ((VERDICT_CODES[verdict] * 3 + EXPECTED_CODES[expected]) * 2 + Number(stale)) * 4 + Number(here) * 2 + Number(beside);
  if (cell.shown === shown) return;
  cell.shown = shown;
  const result = resultOf(expected, verdict);
  const { words } = VERDICTS[verdict];
  const { element } = cell;
  element.className = `grid-cell grid-${verdict} grid-${result}${here ? " grid-here" : ""}${beside ? " grid-beside" : ""}${stale ? " grid-stale" : ""}`;
  element.setAttribute("aria-selected", String(here));
  const wish = EXPECTATIONS.find(([each]) => each === expected)?.[1] ?? "";
  const told: Record<Result, string> = { kept: `${RESULT_WORDS.kept} (${wish})`, missed: `${wish}, ${RESULT_WORDS.missed}`, open: "" };
  // It holds what can be seen, in the same order.
  const said = [words, told[result], stale ? "for the last valid pattern" : ""].filter(Boolean).join(", ");
  element.setAttribute("aria-label", said);
  element.title = said;
  const tail = result === "missed" ? `! ${wish}` : RESULT_WORDS[result];
  element.replaceChildren(el("span", { class: "grid-glyph" }, GLYPHS[verdict]), " ", el("span", { class: "grid-words" }, words), " ", el("span", { class: "grid-tail" }, tail));
}
