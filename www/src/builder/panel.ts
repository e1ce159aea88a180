/** The event as rows of keys and values. A click on a value adds it to the pattern, another one takes it away again. */

import { count, el, sentence } from "../dom.js";
import { startPattern } from "../intake/start-pattern.js";
import { place, walkByArrows } from "../menu.js";
import { showNotice } from "../notices.js";
import type { Page } from "../page.js";
import { eventOf, ruleOf } from "../state.js";
import { type Field, fieldsOf, isLeaf } from "./fields.js";
import { inputPathOf, toggleInputPath } from "./input-path.js";
import { type Test, addToPattern, isInPattern, removeFromPattern } from "./pattern-edits.js";
import { type Choice, choicesOf } from "./tests-of.js";
import { wireGridKeys } from "./grid-keys.js";

export interface Panel {
  /** Brings it up to date with the state. */
  show(): void;
  focus(): void;
  /** Who has no pattern yet gets one to begin with. */
  startIfEmpty(): void;
}

/** Rows that are drawn at once; the search finds the others. */
const MOST_ROWS = 300;
const EQUALS: Test = { kind: "equals" };

/** What a row can be asked about. */
interface Row {
  element: HTMLElement;
  refresh(): void;
}

export function createPanel(host: HTMLElement, page: Page, close: () => void): Panel {
  const search = el("input", { class: "input", type: "search", placeholder: "Search keys and values", "aria-label": "Search the fields of the event", autocomplete: "off", spellcheck: "false", oninput: () => draw() });
  const start = el("button", { type: "button", class: "button small", title: "A pattern for the source and the type of this event, in place of the one that is there", onclick: () => startAnew() }, "New pattern");
  const done = el("button", { type: "button", class: "button small", onclick: close }, "Done");
  const grid = el("div", { class: "fields", role: "grid", "aria-label": "Fields of the event" });
  const rest = el("p", { class: "hint" });
  const menu = el("div", { class: "menu", popover: "auto", role: "group", "aria-label": "Other tests" });
  host.append(
    el("div", { class: "builder-head" }, search, start, done),
    el("p", { class: "hint" }, sentence("A value that you click becomes a condition of the pattern. `⋯` has other tests, `$.` makes an input path.")),
    grid,
    rest,
    menu,
  );
  let shown: string | undefined;
  let rows: Row[] = [];
  wireGridKeys(grid);
  walkByArrows(menu);

  function draw(): void {
    shown = eventOf(page.state()).text;
    const all = fieldsOf(shown);
    const fields = all ? found(all, search.value.trim().toLowerCase()) : [];
    rows = fields.slice(0, MOST_ROWS).map(rowOf);
    grid.replaceChildren(...rows.map((row) => row.element));
    grid.hidden = rows.length === 0;
    grid.querySelector("button")?.setAttribute("tabindex", "0");
    rest.hidden = rows.length > 0 && fields.length <= MOST_ROWS;
    rest.replaceChildren(sentence(remark(all, fields.length)));
    refresh();
  }

  function refresh(): void {
    for (const row of rows) row.refresh();
  }

  function rowOf(field: Field): Row {
    const parts = isLeaf(field) ? [valueButton(field), moreButton(field)] : [];
    const path = pathButton(field);
    const size = field.kind === "object" ? `{ ${count(field.size, "key")} }` : `[ ${count(field.size, "item")} ]`;
    const value = isLeaf(field) ? [] : [el("span", { class: "field-size", role: "gridcell" }, size)];
    const cells = [...parts, ...(path ? [path] : [])].map((part) => el("div", { role: "gridcell", class: part.element.classList.contains("field-value") ? "field-cell" : "" }, part.element));
    const key = el("span", { class: `field-key ${field.label.startsWith("[") ? "field-index" : ""}`, role: "rowheader", style: `--depth:${Math.min(field.depth, 12)}`, title: field.path.join(".") }, field.label || '""');
    return { element: el("div", { class: "field-row", role: "row" }, key, ...value, ...cells), refresh: () => [...parts, ...(path ? [path] : [])].forEach((part) => part.refresh()) };
  }

  function valueButton(field: Field): Row {
    const button = el("button", { type: "button", class: `field-value json-${wordOf(field)}`, tabindex: "-1", "aria-label": `${field.path.join(".")} is ${field.value.slice(0, 100)}`, onclick: () => toggle(field, EQUALS) }, field.value.slice(0, 200));
    return { element: button, refresh: () => press(button, isIn(field, EQUALS)) };
  }

  function moreButton(field: Field): Row {
    const choices = choicesOf(field);
    const button = el("button", { type: "button", class: "field-more", tabindex: "-1", "aria-label": `Other tests of ${field.path.join(".")}`, "aria-haspopup": "true", onclick: () => openMenu(button, field, choices) }, "⋯");
    return { element: button, refresh: () => button.classList.toggle("has-some", choices.some(({ test }) => isIn(field, test))) };
  }

  function pathButton(field: Field): Row | undefined {
    const path = inputPathOf(field.steps);
    if (path === undefined) return undefined;
    const toggled = (): void => {
      const { target } = ruleOf(page.state());
      Object.assign(target, toggleInputPath(target, field.steps));
      page.show();
      refresh();
    };
    const button = el("button", { type: "button", class: "field-path", tabindex: "-1", "aria-label": `Input path ${path}`, title: `Input path ${path}`, onclick: toggled }, "$.");
    const isUsed = (): boolean => {
      const { target } = ruleOf(page.state());
      return target.kind === "transformer" && target.paths.some((row) => row[1] === path);
    };
    return { element: button, refresh: () => press(button, isUsed()) };
  }

  function isIn({ path, value }: Field, test: Test): boolean {
    return isInPattern(ruleOf(page.state()).pattern, path, value, test);
  }

  function toggle(field: Field, test: Test): void {
    const { pattern } = ruleOf(page.state());
    const change = isIn(field, test) ? removeFromPattern : addToPattern;
    const result = change(pattern, field.path, field.value, test);
    if ("refused" in result) showNotice({ kind: "note", text: sentence(`${result.refused}. “New pattern” starts with an empty one.`) });
    else if (result.edits.length > 0) page.editPattern(result.edits);
    refresh();
  }

  function openMenu(button: HTMLElement, field: Field, choices: Choice[]): void {
    const items = choices.map(({ words, test }) => {
      const item = el("button", { type: "button", class: "menu-item", "aria-pressed": String(isIn(field, test)), onclick: () => (toggle(field, test), menu.hidePopover(), button.focus()) }, words);
      return item;
    });
    menu.replaceChildren(el("p", { class: "label" }, field.path.join(".").slice(0, 80)), ...items);
    menu.showPopover();
    place(menu, button);
    items[0]?.focus();
  }

  function startAnew(): void {
    const before = structuredClone(page.state());
    page.replacePattern(startPattern(eventOf(before).text));
    page.offerUndo("A new pattern for the source and the type of this event.", before);
    refresh();
  }

  return {
    show() {
      if (shown !== eventOf(page.state()).text) draw();
      else refresh();
    },
    startIfEmpty() {
      if (/^\s*(?:\{\s*\})?\s*$/.test(ruleOf(page.state()).pattern)) startAnew();
    },
    focus() {
      (grid.querySelector<HTMLElement>("button[tabindex='0']") ?? search).focus();
    },
  };
}

function press(button: HTMLElement, pressed: boolean): void {
  button.setAttribute("aria-pressed", String(pressed));
}

function wordOf({ kind }: Field): string {
  return kind === "string" || kind === "number" ? kind : "word";
}

/** The rows whose key or value has the words, with the keys above them. */
function found(all: Field[], words: string): Field[] {
  if (!words) return all;
  const kept = new Set<Field>();
  const above: Field[] = [];
  for (const field of all) {
    above.length = field.depth;
    above[field.depth] = field;
    if (`${field.path.join(".")} ${field.value}`.toLowerCase().includes(words)) for (const each of above) if (each) kept.add(each);
  }
  return all.filter((field) => kept.has(field));
}

function remark(all: Field[] | undefined, rows: number): string {
  if (!all) return "The text of this event is not a JSON object, so there are no values to click. “Done” leads back to it.";
  if (all.length === 0) return "This event is empty.";
  return rows === 0 ? "No key or value has these words." : `The first ${MOST_ROWS} of ${rows} rows. The search finds the others.`;
}
