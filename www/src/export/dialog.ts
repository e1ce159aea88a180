/** The dialog that shows the rules in the words of another tool. */

import { count, el, sentence } from "../dom.js";
import { lineAndColumn, showProblems } from "../problems.js";
import { type State, ruleOf } from "../state.js";
import { type Choice, keepChoice, lastChoice } from "./choice.js";
import { FORMATS, type Format } from "./formats.js";
import { type Refusal, gather } from "./gather.js";
import { sheet } from "./sheet.js";

/** As EventBridge takes it: the name of a bus, or its ARN. */
const BUS = /^[/.\-_A-Za-z0-9:]{1,256}$/;

export function openExport(state: State): void {
  if (!document.adoptedStyleSheets.includes(sheet)) document.adoptedStyleSheets.push(sheet);
  const choice = lastChoice();
  if (!FORMATS.some(({ id }) => id === choice.format)) choice.format = FORMATS[0]?.id ?? "";
  const dialog = el("dialog", { class: "export", "aria-labelledby": "export-title", closedby: "any", onclose: () => dialog.remove() });
  fill(dialog, state, choice);
  document.body.append(dialog);
  dialog.showModal();
  // A list is entered at what is chosen.
  dialog.querySelector<HTMLInputElement>("input:checked")?.focus();
}

function fill(dialog: HTMLDialogElement, state: State, choice: Choice): void {
  const title = el("h2", { id: "export-title" });
  const file = el("code");
  const notes = el("ul", { class: "export-notes", "aria-label": "Notes" });
  const problem = el("div", { class: "export-problem" });
  const code = el("code");
  const text = el("pre", { class: "export-text", tabindex: "0", role: "region", "aria-label": "Exported text" }, code);
  const said = el("span", { class: "export-said", role: "status" });
  const copy = el("button", { type: "button", class: "button", onclick: () => void copyText() }, "Copy");
  const download = el("button", { type: "button", class: "button", onclick: () => save(format(), code.textContent ?? "") }, "Download");
  const bus = el("input", { class: "input mono", type: "text", value: choice.bus, maxlength: 256, spellcheck: "false", autocomplete: "off", "aria-describedby": "export-bus-note", oninput: () => change({ bus: bus.value }) });
  const busNote = el("p", { class: "field-note export-bus-note", id: "export-bus-note" });
  const all = el("input", { type: "checkbox", onchange: () => change({ all: all.checked }) });
  all.checked = choice.all;
  const close = el("button", { type: "button", class: "button small quiet", onclick: () => dialog.close() }, "Close");

  const format = (): Format => FORMATS.find(({ id }) => id === choice.format) ?? (FORMATS[0] as Format);
  const busField = el("label", { class: "export-bus" }, el("span", {}, "Event bus"), bus);
  const allField = state.rules.length > 1 && el("label", { class: "export-all" }, all, `All ${state.rules.length} rules`);
  const bar = el("div", { class: "export-bar" }, busField, allField, el("span", { class: "export-file" }, file, said), copy, download);
  dialog.append(
    el("div", { class: "export-head" }, title, close),
    el("div", { class: "export-body" }, formatList(choice, (id) => change({ format: id })), el("div", { class: "export-view" }, bar, busNote, notes, problem, text)),
  );
  show();

  function change(part: Partial<Choice>): void {
    Object.assign(choice, part);
    if (BUS.test(choice.bus)) keepChoice(choice);
    show();
  }

  function show(): void {
    const rules = choice.all ? state.rules : [ruleOf(state)];
    const valid = !format().onBus || BUS.test(choice.bus);
    bus.toggleAttribute("aria-invalid", !valid);
    busNote.textContent = valid ? "" : "The name of an event bus has letters, digits and . - _ / only.";
    title.replaceChildren(rules.length > 1 ? `Export ${count(rules.length, "rule")}` : `Export “${rules[0]?.name ?? ""}”`);
    said.textContent = "";
    const order = gather(state, rules, BUS.test(choice.bus) ? choice.bus : "default");
    const refused = "problem" in order;
    const { text: written, notes: remarks } = refused ? { text: "", notes: [] } : format().write(order);
    code.textContent = written;
    file.textContent = format().file;
    busField.hidden = !format().onBus;
    notes.replaceChildren(...remarks.map((note) => el("li", {}, sentence(note))));
    notes.hidden = remarks.length === 0;
    text.hidden = refused;
    text.scrollTop = 0;
    for (const button of [copy, download]) button.disabled = refused;
    if (refused) showRefusal(problem, order);
    else problem.replaceChildren();
  }

  async function copyText(): Promise<void> {
    try {
      await navigator.clipboard.writeText(code.textContent ?? "");
      said.textContent = "Copied.";
    } catch {
      getSelection()?.selectAllChildren(code);
      text.focus();
      said.textContent = "The browser does not let this page write to the clipboard. The text is selected.";
    }
  }
}

/** Radio buttons: the arrow keys go from one to the next. */
function formatList(choice: Choice, choose: (id: string) => void): HTMLElement {
  const entries = FORMATS.map(({ id, label }) => {
    const input = el("input", { type: "radio", name: "export-format", value: id, onchange: () => choose(id) });
    input.checked = id === choice.format;
    return el("label", { class: "export-format" }, input, el("span", {}, label));
  });
  return el("fieldset", { class: "export-formats" }, el("legend", { class: "visually-hidden" }, "Format"), ...entries);
}

function showRefusal(host: HTMLElement, { rule, part, problem }: Refusal): void {
  const list = el("div");
  const setting = problem.setting ? `, in \`${problem.setting}\`` : "";
  showProblems(list, [problem], "First problem");
  host.replaceChildren(el("p", {}, sentence(`“${rule}” cannot be exported: its ${part} has an error${setting} at ${lineAndColumn(problem)}.`)), list);
}

function save({ file }: Format, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  el("a", { href: address, download: file }).click();
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
