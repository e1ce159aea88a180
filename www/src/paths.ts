/** `InputPathsMap`, as rows of name and path or as JSON. */

import { el, sentence } from "./dom.js";
import { createEditor } from "./editor.js";
import { applied } from "./edits.js";
import type { Diagnostic, TextEdit } from "./engine.js";
import { showProblems } from "./problems.js";
import { type TargetForm, mapOf } from "./state.js";

/** The list of the selected event's paths, which fields for paths offer; `assist/writing.ts` fills it. */
export const PATHS = "event-paths";

interface PathsForm {
  element: HTMLElement;
  /** Apart from the rows: they would push the template out of sight. */
  problems: HTMLElement;
  open(form: TargetForm): void;
  show(problems: Diagnostic[]): void;
  /** Lights the rows of these names. */
  light(names: string[]): void;
}

/** `point` hears at which row someone points, by its name. */
export function wirePaths(change: (edit: (form: TargetForm) => void) => void, point: (name: string | undefined) => void): PathsForm {
  let form: TargetForm | undefined;
  const rows = el("ul", { class: "path-rows", "aria-label": "InputPathsMap" });
  const jsonHost = el("div", { class: "editor-host boxed", hidden: true });
  const note = el("p", { class: "field-note", role: "status" });
  const problems = el("div", { class: "problems" });
  const add = el("button", { type: "button", class: "button small quiet", onclick: () => addRow() }, "Add path");
  const asJson = el("button", { type: "button", class: "button small quiet", "aria-pressed": "false", onclick: () => showAsJson(Boolean(jsonHost.hidden)) }, "As JSON");
  const editor = createEditor({ parent: jsonHost, label: "InputPathsMap, JSON", onChange: readJson });

  const rowOf = ({ target }: Event): number => [...rows.children].findIndex((row) => target instanceof Node && row.contains(target));
  const pointAt = (event: Event): void => point(form?.paths[rowOf(event)]?.[0]);
  const pointAway = (): void => point(undefined);
  rows.addEventListener("pointerover", pointAt);
  rows.addEventListener("focusin", pointAt);
  rows.addEventListener("pointerleave", pointAway);
  rows.addEventListener("focusout", pointAway);

  function edited(): void {
    note.replaceChildren(sentence(doubleName(form?.paths ?? [])));
    change(() => {});
  }

  function readJson(text: string): void {
    const paths = pathsFromJson(text);
    if (form && paths) {
      form.paths = paths;
      edited();
    } else note.replaceChildren(sentence("`InputPathsMap` is a JSON object of names and paths; the last valid one is in use"));
  }

  function showAsJson(json: boolean): void {
    jsonHost.hidden = !json;
    rows.hidden = add.hidden = json;
    asJson.setAttribute("aria-pressed", String(json));
    note.replaceChildren();
    if (json) editor.open({}, JSON.stringify(Object.fromEntries(form?.paths ?? []), null, 2));
    else showRows();
  }

  function addRow(after = form?.paths.length ?? 0): void {
    form?.paths.splice(after, 0, ["", "$.detail"]);
    edited();
    showRows();
    rows.children[after]?.querySelector("input")?.focus();
  }

  function removeRow(index: number): void {
    form?.paths.splice(index, 1);
    edited();
    showRows();
    // The focus must not fall back to the top of the page.
    (rows.children[Math.min(index, rows.children.length - 1)]?.querySelector("input") ?? add).focus();
  }

  function select(from: number): void {
    const place = placeOf(form?.paths ?? [], from);
    if (!jsonHost.hidden) editor.focus();
    else if (place) rows.children[place.row]?.querySelectorAll("input")[place.part]?.focus();
  }

  function edit(edits: TextEdit[]): void {
    if (!form) return;
    const paths = pathsFromJson(applied(JSON.stringify(mapOf(form.paths)), edits));
    if (!paths) return;
    form.paths = [...paths, ...form.paths.filter(([name]) => name === "")];
    edited();
    showAsJson(!jsonHost.hidden);
    // The button that was pressed goes away with its problem.
    if (!jsonHost.hidden) editor.focus();
    else (rows.querySelector("input") ?? add).focus();
  }

  function showRows(): void {
    const pairs = form?.paths ?? [];
    rows.replaceChildren(...pairs.map((pair, index) => pathRow(pair, index)));
    if (!pairs.length) rows.append(el("li", { class: "hint" }, "No paths: the template can use only the reserved variables."));
  }

  function pathRow(pair: [string, string], index: number): HTMLLIElement {
    const field = (part: 0 | 1, label: string, placeholder: string): HTMLInputElement => {
      const input = el("input", { class: "input mono", type: "text", "aria-label": `${label} ${index + 1}`, placeholder, list: part ? PATHS : undefined, spellcheck: "false", autocomplete: "off" });
      input.value = pair[part];
      input.addEventListener("input", () => ((pair[part] = input.value), edited()));
      input.addEventListener("keydown", (event) => event.key === "Enter" && addRow(index + 1));
      return input;
    };
    const remove = el("button", { type: "button", class: "button small quiet", "aria-label": `Remove path ${index + 1}`, onclick: () => removeRow(index) }, "×");
    return el("li", { class: "path-row" }, field(0, "Variable", "name"), field(1, "Path", "$.detail.…"), remove);
  }

  return {
    element: el("div", { class: "paths" }, el("div", { class: "label-row" }, el("h3", { class: "label" }, "InputPathsMap"), add, asJson), rows, jsonHost, note),
    problems,
    open(opened) {
      form = opened;
      showAsJson(false);
    },
    light(names) {
      for (const [index, row] of [...rows.children].entries()) row.classList.toggle("lit-row", names.includes(form?.paths[index]?.[0] ?? ""));
    },
    show: (found) => showProblems(problems, found, "Problems of InputPathsMap", { select, edit, place: (problem) => placeOf(form?.paths ?? [], problem.from)?.name ?? "" }),
  };
}

/** The row, and whether the name or the path, that stands at a place of `JSON.stringify` of the map. */
function placeOf(paths: [string, string][], from: number): { row: number; part: 0 | 1; name: string } | undefined {
  let end = 1;
  for (const [name, path] of Object.entries(mapOf(paths))) {
    const colon = end + JSON.stringify(name).length;
    end = colon + 1 + JSON.stringify(path).length + 1;
    if (from < end) return { row: paths.findLastIndex((pair) => pair[0] === name), part: from < colon ? 0 : 1, name };
  }
  return undefined;
}

/** The rows that a JSON text stands for, or nothing if it is not an object of strings. */
function pathsFromJson(text: string): [string, string][] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
    const entries: [string, unknown][] = Object.entries(value);
    return entries.every((entry): entry is [string, string] => typeof entry[1] === "string") ? entries : undefined;
  } catch {
    return undefined;
  }
}

function doubleName(paths: [string, string][]): string {
  const double = paths.find(([name], index) => name !== "" && paths.some(([other], at) => at > index && other === name));
  return double ? `\`${double[0]}\` stands twice; the last one counts` : "";
}
