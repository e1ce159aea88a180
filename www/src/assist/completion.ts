/** Completion in the editors: suggestions as CodeMirror takes them. */

import { type Completion, type CompletionContext, type CompletionResult, type CompletionSection, acceptCompletion, autocompletion, closeBrackets, closeBracketsKeymap, completionStatus, snippet, startCompletion } from "@codemirror/autocomplete";
import { type Extension, Prec } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { type Group, type Suggestion, isTyping, suggest } from "./complete.js";
import type { Samples } from "./fields.js";
import { manualOf } from "./manual-view.js";
import type { Part } from "./shapes.js";
import { type VariableSuggestion, suggestVariables } from "./variables.js";

/** Brackets that close by themselves: for every editor in which JSON is written. */
export const brackets: Extension = [closeBrackets(), Prec.high(keymap.of(closeBracketsKeymap))];

const SECTIONS: Record<Group, CompletionSection> = {
  seen: { name: "Seen in the events", rank: 0 },
  envelope: { name: "In every event", rank: 1 },
  fields: { name: "In these events", rank: 2 },
  tests: { name: "Tests", rank: 3 },
  shapes: { name: "Structure", rank: 4 },
};

/** Completion in the pattern editor. */
export function patternCompletion(samples: () => Samples): Extension {
  return completionOf((context) => {
    const text = context.state.doc.toString();
    if (!context.explicit && !isTyping(text, context.pos)) return null;
    const suggestions = suggest(text, context.pos, samples());
    const [first] = suggestions;
    if (!first) return null;
    // What was typed is compared without its quote.
    const quoted = first.from < context.pos && text.charAt(first.from) === '"';
    const options = suggestions.map((suggestion, index) => optionOf(suggestion, -index, samples));
    return { from: first.from + Number(quoted), options, getMatch };
  });
}

/** Completion of `<name>` in the editor of the template; `names` are those of InputPathsMap with what they stand for. */
export function templateCompletion(names: () => [name: string, path: string][]): Extension {
  return completionOf((context) => {
    const found = suggestVariables(context.state.doc.toString(), context.pos, names());
    if (!found || (!context.explicit && context.state.sliceDoc(found.from - 1, found.from) !== "<")) return null;
    return { from: found.from, options: found.options.map(variableOption) };
  });
}

/** Tab takes what is chosen, as long as there is a choice. Enter does too, and Escape leaves, without our help. */
const takeWithTab = (view: EditorView): boolean => acceptCompletion(view) || completionStatus(view.state) === "active";

function completionOf(source: (context: CompletionContext) => CompletionResult | null): Extension {
  return [reachable, autocompletion({ override: [source], icons: false, aboveCursor: false, maxRenderedOptions: 80, optionClass: ({ type }) => `option-${type ?? ""}` }), Prec.highest(keymap.of([{ key: "Tab", run: takeWithTab }]))];
}

/** What scrolls must be able to have the focus. The arrows of the editor move through the list, so the focus goes back there at once. */
const reachable = EditorView.updateListener.of(({ view }) => {
  const list = view.dom.querySelector<HTMLElement>(".cm-tooltip-autocomplete > ul:not([tabindex])");
  list?.setAttribute("tabindex", "0");
  list?.addEventListener("focus", () => view.focus());
});

function optionOf(suggestion: Suggestion, boost: number, samples: () => Samples): Completion {
  const { group, label, shown, detail, manual } = suggestion;
  const option: Completion = { label, type: group, boost: Math.max(boost, -99), section: SECTIONS[group], apply: (view, chosen) => accept(view, chosen, suggestion, samples()) };
  if (shown !== undefined) option.displayLabel = shown;
  if (detail !== undefined) option.detail = detail;
  if (manual !== undefined) option.info = () => manualOf(manual);
  return option;
}

/** The text may have moved on since the list was made, so what is to be replaced is asked for again. */
function accept(view: EditorView, option: Completion, chosen: Suggestion, samples: Samples): void {
  const same = ({ group, label, shown }: Suggestion): boolean => group === chosen.group && label === chosen.label && shown === chosen.shown;
  const { from, to, insert, again } = suggest(view.state.doc.toString(), view.state.selection.main.head, samples).find(same) ?? chosen;
  snippet(insert.map(templateOf).join(""))(view, option, from, to);
  if (again) startCompletion(view);
}

/** Braces of the text itself must not be taken for stops. */
function templateOf(part: Part): string {
  const literal = (text: string): string => text.replace(/[{}]/g, "\\$&");
  return typeof part === "string" ? literal(part) : `\${${literal(part.stop)}}`;
}

function variableOption({ name, detail, shown, insert }: VariableSuggestion, index: number): Completion {
  return { label: name, type: "variable", displayLabel: shown, detail, boost: -index, apply: (view, option, from, to) => snippet(templateOf(insert))(view, option, from, to) };
}

/** Where the letters that were typed stand in what is shown. */
function getMatch({ label, displayLabel }: Completion, matched?: readonly number[]): readonly number[] {
  const shift = displayLabel?.indexOf(label) ?? 0;
  return shift < 0 || !matched ? [] : matched.map((place) => place + shift);
}
