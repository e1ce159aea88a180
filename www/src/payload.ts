/** The payload pane: the exact text that the target would receive, or why it would receive nothing. */

import { type Mark, byId, byteCount, el, mark, sentence } from "./dom.js";
import { type Highlight, createEditor } from "./editor.js";
import type { Diagnostic, Outcome, TransformExplanation } from "./engine.js";
import { lineAndColumn, showProblems } from "./problems.js";

interface PayloadPane {
  show(outcome: Outcome): void;
  highlight(ranges: Highlight[]): void;
  /** Says which variable someone points at; nothing, the size again. */
  name(use: TransformExplanation["variables"][number] | undefined): void;
}

interface PayloadActions {
  /** Puts the cursor into the template. */
  select(from: number, to: number): void;
  /** Someone points at this character of the payload. */
  point(at: number | undefined): void;
}

export function payloadPane({ select, point }: PayloadActions): PayloadPane {
  const host = byId("payload-editor");
  const editor = createEditor({ parent: host, label: "Delivered payload, read only", readOnly: true, onPoint: point });
  const note = byId("payload-facts");
  let size = "";
  return {
    highlight: (ranges) => editor.highlight(ranges),
    name(use) {
      const words = use && sourceWords(use);
      note.replaceChildren(sentence(words ?? size));
      // Who walks through the payload hears where each piece of it comes from.
      if (words && host.contains(document.activeElement)) byId("status").textContent = words.replace("←", "from").replaceAll(/[`<>]/g, "");
    },
    show(outcome) {
      const text = outcome.payload?.output ?? "";
      if (editor.text() !== text) editor.replace(text);
      editor.showProblems(squigglesOf(outcome.payload));
      host.hidden = outcome.payload?.output === undefined;
      host.closest(".pane")?.classList.toggle("muted", !isSent(outcome));
      byId("payload-status").replaceChildren(statusLine(payloadStatus(outcome)));
      note.textContent = size = facts(outcome.payload);
      const remarks = outcome.targetStale ? [] : remarksOf(outcome.payload);
      const inTemplate = remarks.every((remark) => remark.setting === "InputTemplate");
      showProblems(byId("payload-problems"), remarks, "Remarks on the payload", inTemplate ? { select, place: (remark) => `template ${lineAndColumn(remark)}` } : undefined);
    },
  };
}

function sourceWords({ name, path }: TransformExplanation["variables"][number]): string {
  const source = path === "$" ? "the whole event" : path === undefined ? "the rule" : `\`${path}\``;
  return name ? `\`<${name}>\` ← ${source}` : `← ${source}`;
}

/** Why nothing is delivered, and which variables found nothing. Places are those of the template. */
function remarksOf(payload: TransformExplanation | undefined): Diagnostic[] {
  const missing = (payload?.variables ?? []).filter((variable) => variable.missing);
  const empty = missing.map(({ name, path, template }): Diagnostic => {
    const message = `\`<${name}>\` is empty: \`${path ?? ""}\` selects nothing in this event`;
    return { ...template, severity: "info", code: "path-missing-in-sample", source: "eventbridge-rules", setting: "InputTemplate", message };
  });
  return [...(payload?.problems ?? []), ...empty];
}

/** The remarks at their places in the output: those of the variables that stand there. */
function squigglesOf(payload: TransformExplanation | undefined): Diagnostic[] {
  return remarksOf(payload).flatMap((remark) => {
    const variable = payload?.variables.find(({ template }) => template.from === remark.from);
    return variable ? [{ ...remark, ...variable.output }] : [];
  });
}

/** Would the target receive something, as the texts stand? */
function isSent(outcome: Outcome): boolean {
  return Boolean(outcome.explanation?.matches && outcome.payload?.delivered && !isStale(outcome));
}

function isStale(outcome: Outcome): boolean {
  return outcome.patternStale || outcome.eventStale || outcome.targetStale;
}

/** What to say above the payload; also spoken with the verdict. */
export function payloadStatus(outcome: Outcome): { mark: Mark; words: string; tone: string } {
  const { explanation, payload } = outcome;
  if (outcome.targetStale) return { mark: "bad", words: payload ? "The target input has a problem. This is the result for its last valid form." : "The target input has a problem, so there is no payload.", tone: "stale" };
  if (!payload) return { mark: "none", words: "No payload yet.", tone: "plain" };
  if (!explanation) return { mark: "none", words: "No verdict yet. The target would receive:", tone: "plain" };
  if (!explanation.matches) return { mark: "no", words: "The rule does not match, so nothing is sent. The target would receive:", tone: "plain" };
  if (!payload.delivered) return { mark: "lost", words: "Nothing is delivered. EventBridge accepts these settings and silently drops this event:", tone: "lost" };
  if (isStale(outcome)) return { mark: "bad", words: "Result for the last valid pattern and event:", tone: "stale" };
  return { mark: "yes", words: "Delivered, byte for byte:", tone: "sent" };
}

function statusLine({ mark: shape, words, tone }: ReturnType<typeof payloadStatus>): HTMLElement {
  return el("p", { class: `payload-status payload-${tone}` }, mark(shape), el("span", {}, sentence(words)));
}

function facts(payload: TransformExplanation | undefined): string {
  if (payload?.output === undefined) return "";
  return `${byteCount(new TextEncoder().encode(payload.output).length)}, ${isJson(payload.output) ? "valid JSON" : "not JSON"}`;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
