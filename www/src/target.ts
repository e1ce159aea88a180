/** The target input pane: which of the four settings, and their texts. */

import { byId, el } from "./dom.js";
import { createEditor } from "./editor.js";
import { type Diagnostic, type Outcome, type TextEdit, isError } from "./engine.js";
import { wirePaths } from "./paths.js";
import { type ProblemPlace, showProblems, validity } from "./problems.js";
import type { State, TargetForm, TargetKind } from "./state.js";

export interface TargetPane {
  open(state: State): void;
  show(outcome: Outcome): void;
  /** Puts the cursor into the template, where a remark on the payload has its cause. */
  selectTemplate(from: number, to: number): void;
}

/** In the order and in the words of the EventBridge API. */
const KINDS: [kind: TargetKind, label: string][] = [
  ["event", "Whole event"],
  ["input", "Input"],
  ["path", "InputPath"],
  ["transformer", "InputTransformer"],
];

export function targetPane(change: (edit: (form: TargetForm) => void) => void): TargetPane {
  const body = byId("target-body");
  const segments = KINDS.map(([kind, label]) => segment(kind, label, () => (change((form) => void (form.kind = kind)), showKind(kind))));
  const input = textSetting("Constant text (`Input`), JSON", "input");
  const template = textSetting("InputTemplate", "template");
  const path = el("input", { class: "input mono", id: "target-path", type: "text", maxlength: 256, spellcheck: "false", autocomplete: "off", oninput: () => change((form) => void (form.path = path.value)) });
  const pathProblems = el("div", { class: "problems" });
  const paths = wirePaths(change);
  const context = contextFields(change);

  const sections: Record<TargetKind, HTMLElement> = {
    event: el("div", { class: "setting" }, el("p", { class: "hint" }, "The target receives the whole event, as JSON on one line.")),
    input: el("div", { class: "setting fill" }, el("p", { class: "hint" }, "The target always receives this JSON text, whatever the event holds."), input.host, input.problems),
    path: el("div", { class: "setting" }, el("label", { class: "label", for: "target-path" }, "Path of the part that the target receives"), path, pathProblems),
    transformer: el("div", { class: "setting fill" }, paths.element, el("h3", { class: "label" }, "InputTemplate"), template.host, template.problems, context.element),
  };
  body.append(el("fieldset", { class: "segments" }, el("legend", { class: "visually-hidden" }, "What the target receives"), ...segments), ...Object.values(sections));

  function textSetting(label: string, field: "input" | "template"): { host: HTMLElement; problems: HTMLElement; editor: ReturnType<typeof createEditor> } {
    const host = el("div", { class: "editor-host boxed" });
    const onChange = (text: string): void => change((form) => void (form[field] = text));
    return { host, problems: el("div", { class: "problems" }), editor: createEditor({ parent: host, label: label.replaceAll("`", ""), onChange, template: field === "template" }) };
  }

  function showKind(kind: TargetKind): void {
    for (const [each, section] of Object.entries(sections)) section.hidden = each !== kind;
    segments.forEach((each, index) => void ((each.firstElementChild as HTMLInputElement).checked = KINDS[index]?.[0] === kind));
  }

  return {
    open({ target: form }) {
      showKind(form.kind);
      input.editor.open(form, form.input);
      template.editor.open(form, form.template);
      path.value = form.path;
      paths.open(form);
      context.open(form);
    },
    show(outcome) {
      const of = (setting: Diagnostic["setting"]): Diagnostic[] => outcome.targetProblems.filter((problem) => problem.setting === setting);
      byId("target-note").textContent = validity(outcome.targetProblems);
      input.editor.showProblems(of("Input"));
      showProblems(input.problems, of("Input"), "Problems of the constant", input.editor);
      // Why this event would be lost is said beside the payload; here its place is shown, once.
      const losses = lossesOf(outcome);
      const advice = of("InputTemplate").filter((problem) => !losses.some(({ code, from }) => code === problem.code && from === problem.from));
      template.editor.showProblems([...advice, ...losses]);
      showProblems(template.problems, of("InputTemplate"), "Problems of the template", template.editor);
      showProblems(pathProblems, of("InputPath"), "Problems of the path", fieldPlace(path));
      path.toggleAttribute("aria-invalid", of("InputPath").some(isError));
      paths.show(of("InputPathsMap"));
    },
    selectTemplate: (from, to) => template.editor.select(from, to),
  };
}

function lossesOf({ payload, targetStale }: Outcome): Diagnostic[] {
  return targetStale ? [] : (payload?.problems ?? []).filter((problem) => problem.setting === "InputTemplate");
}

/** A plain text field, for problems. What is inserted as if it were typed can be undone. */
function fieldPlace(field: HTMLInputElement): ProblemPlace {
  const select = (from: number, to: number): void => (field.focus(), field.setSelectionRange(from, to));
  return {
    select,
    edit(edits: TextEdit[]) {
      const lastFirst = [...edits].sort((a, b) => b.from - a.from);
      for (const { from, to, newText } of lastFirst) {
        select(from, to);
        document.execCommand(newText ? "insertText" : "delete", false, newText);
      }
    },
  };
}

function segment(kind: TargetKind, label: string, choose: () => void): HTMLElement {
  return el("label", { class: "segment" }, el("input", { type: "radio", name: "target-kind", value: kind, onchange: choose }), el("span", {}, label));
}

/** What the reserved variables `<aws.events.…>` become: needed seldom, so tucked away. */
function contextFields(change: (edit: (form: TargetForm) => void) => void): { element: HTMLElement; open(form: TargetForm): void } {
  const fields = [
    ["ruleName", "Rule name", "<aws.events.rule-name>"],
    ["ruleArn", "Rule ARN", "<aws.events.rule-arn>"],
    ["ingestionTime", "Ingestion time", "<aws.events.event.ingestion-time>"],
  ] as const;
  const rows = fields.map(([field, label, variable]) => {
    const input = el("input", { class: "input mono", type: "text", spellcheck: "false", autocomplete: "off", oninput: () => change((form) => void (form[field] = input.value)) });
    if (field === "ingestionTime") input.placeholder = "the time of the event";
    return { field, input, element: el("label", { class: "context-row" }, el("span", {}, label), el("code", {}, variable), input) };
  });
  const reveal = (event: Event): void => (event.currentTarget as HTMLElement).scrollIntoView({ block: "nearest" });
  return {
    element: el("details", { class: "context", ontoggle: reveal }, el("summary", {}, "Reserved variables"), ...rows.map((row) => row.element)),
    open: (form) => rows.forEach(({ field, input }) => void (input.value = form[field])),
  };
}
