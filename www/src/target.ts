/** The target input pane: which of the four settings, and their texts. */

import { byId, el } from "./dom.js";
import { type Editor, type Highlight, createEditor } from "./editor.js";
import { lastFirst } from "./edits.js";
import { type Diagnostic, type Outcome, type TextEdit, isError } from "./engine.js";
import { PATHS, wirePaths } from "./paths.js";
import { type ProblemPlace, showProblems, validity } from "./problems.js";
import { type Rule, type State, type TargetForm, type TargetKind, arnOf, ruleOf } from "./state.js";
import type { Pointed } from "./trace.js";

interface TargetPane {
  template: Editor;
  open(state: State): void;
  show(outcome: Outcome): void;
  /** Puts the cursor into the template, where a remark on the payload has its cause. */
  selectTemplate(from: number, to: number): void;
  /** After a change of the rule's name, which its reserved variables show. */
  renamed(rule: Rule): void;
  /** Lights placeholders of the template, and rows of the paths by their names. */
  highlight(ranges: Highlight[], names: string[]): void;
}

interface TargetActions {
  change(edit: (rule: Rule) => void): void;
  /** Someone points at a placeholder of the template or at a path. */
  point(place: Pointed["in"], pointed: Pointed | undefined): void;
}

/** In the order and in the words of the EventBridge API. */
const KINDS: [kind: TargetKind, label: string][] = [
  ["event", "Whole event"],
  ["input", "Input"],
  ["path", "InputPath"],
  ["transformer", "InputTransformer"],
];

export function targetPane({ change: changeRule, point }: TargetActions): TargetPane {
  const change = (edit: (form: TargetForm) => void): void => changeRule(({ target }) => edit(target));
  const body = byId("target-body");
  const segments = KINDS.map(([kind, label]) => segment(kind, label, () => (change((form) => void (form.kind = kind)), showKind(kind))));
  const input = textSetting("Constant text (`Input`), JSON", "input");
  const template = textSetting("InputTemplate", "template");
  const path = el("input", { class: "input mono", id: "target-path", type: "text", list: PATHS, maxlength: 256, spellcheck: "false", autocomplete: "off", oninput: () => change((form) => void (form.path = path.value)) });
  const pointAtPath = (): void => point("paths", { in: "paths", name: "" });
  for (const come of ["pointerover", "focus"]) path.addEventListener(come, pointAtPath);
  for (const leave of ["pointerleave", "blur"]) path.addEventListener(leave, () => point("paths", undefined));
  const pathProblems = el("div", { class: "problems" });
  const paths = wirePaths(change, (name) => point("paths", name === undefined ? undefined : { in: "paths", name }));
  const context = contextFields(changeRule);

  const sections: Record<TargetKind, HTMLElement> = {
    event: el("div", { class: "setting" }, el("p", { class: "hint" }, "The target receives the whole event, as JSON on one line.")),
    input: el("div", { class: "setting fill" }, el("p", { class: "hint" }, "The target always receives this JSON text, whatever the event holds."), input.host, input.problems),
    path: el("div", { class: "setting" }, el("label", { class: "label", for: "target-path" }, "Path of the part that the target receives"), path, pathProblems),
    transformer: el("div", { class: "setting fill" }, paths.element, el("h3", { class: "label" }, "InputTemplate"), template.host, template.problems, paths.problems, context.element),
  };
  body.append(el("fieldset", { class: "segments" }, el("legend", { class: "visually-hidden" }, "What the target receives"), ...segments), ...Object.values(sections));

  function textSetting(label: string, field: "input" | "template"): { host: HTMLElement; problems: HTMLElement; editor: ReturnType<typeof createEditor> } {
    const host = el("div", { class: "editor-host boxed" });
    const onChange = (text: string): void => change((form) => void (form[field] = text));
    const onPoint = (at: number | undefined): void => point("template", at === undefined ? undefined : { in: "template", at });
    const more = field === "template" ? { template: true, onPoint } : {};
    return { host, problems: el("div", { class: "problems" }), editor: createEditor({ parent: host, label: label.replaceAll("`", ""), onChange, ...more }) };
  }

  function showKind(kind: TargetKind): void {
    for (const [each, section] of Object.entries(sections)) section.hidden = each !== kind;
    segments.forEach((each, index) => void ((each.firstElementChild as HTMLInputElement).checked = KINDS[index]?.[0] === kind));
  }

  return {
    template: template.editor,
    open(state) {
      const rule = ruleOf(state);
      const form = rule.target;
      showKind(form.kind);
      input.editor.open(form, form.input);
      template.editor.open(form, form.template);
      path.value = form.path;
      paths.open(form);
      context.open(rule);
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
    renamed: (rule) => context.open(rule),
    highlight(ranges, names) {
      template.editor.highlight(ranges);
      paths.light(names);
      path.classList.toggle("lit-row", names.includes(""));
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
      for (const { from, to, newText } of lastFirst(edits)) {
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
function contextFields(change: (edit: (rule: Rule) => void) => void): { element: HTMLElement; open(rule: Rule): void } {
  const fields: [label: string, variable: string, usual: (rule: Rule) => string, read: (rule: Rule) => string, write: (rule: Rule, value: string) => void][] = [
    ["Rule name", "<aws.events.rule-name>", () => "", (rule) => rule.name, (rule, value) => void (rule.name = value)],
    ["Rule ARN", "<aws.events.rule-arn>", arnOf, ({ target }) => target.ruleArn, ({ target }, value) => void (target.ruleArn = value)],
    ["Ingestion time", "<aws.events.event.ingestion-time>", () => "the time of the event", ({ target }) => target.ingestionTime, ({ target }, value) => void (target.ingestionTime = value)],
  ];
  const rows = fields.map(([label, variable, usual, read, write]) => {
    const input = el("input", { class: "input mono", type: "text", spellcheck: "false", autocomplete: "off", oninput: () => change((rule) => write(rule, input.value)) });
    return { usual, read, input, element: el("label", { class: "context-row" }, el("span", {}, label), el("code", {}, variable), input) };
  });
  const reveal = (event: Event): void => (event.currentTarget as HTMLElement).scrollIntoView({ block: "nearest" });
  return {
    element: el("details", { class: "context", ontoggle: reveal }, el("summary", {}, "Reserved variables"), ...rows.map((row) => row.element)),
    open: (rule) =>
      rows.forEach(({ usual, read, input }) => {
        input.value = read(rule);
        input.placeholder = usual(rule);
      }),
  };
}
