/** The verdict pane: the answer, and the reason as a tree that mirrors the pattern. */

import { byId, count, el, mark, sentence } from "./dom.js";
import type { Explanation, ExplanationNode, Fix, Hint, Outcome, TextEdit } from "./engine.js";
import { type State, eventOf } from "./state.js";

interface VerdictPaneActions {
  /** The pointer or the focus is on this part of the pattern, or on none. */
  point(node: ExplanationNode | undefined): void;
  /** The user wants to see it in the editors. */
  reveal(node: ExplanationNode): void;
  /** The user wants the verdict to be the other one. */
  editEvent(edits: TextEdit[]): void;
  editPattern(edits: TextEdit[]): void;
}

interface VerdictPane {
  show(state: State, outcome: Outcome): void;
  /** There is no engine: says so in place of a verdict. */
  fail(reason: string): void;
}

/** A pattern may hold thousands of tests; nobody reads more siblings than this. */
const MOST_CHILDREN = 200;

export function verdictPane(actions: VerdictPaneActions): VerdictPane {
  const body = byId("verdict-body");
  const strip = byId("strip");
  strip.addEventListener("click", () => byId("verdict").scrollIntoView());
  return {
    show(state, outcome) {
      const answer = verdictWords(outcome);
      const title = eventOf(state).name;
      byId("verdict-event").textContent = title;
      const { explanation } = outcome;
      body.replaceChildren(...staleLine(outcome), banner(answer, outcome), ...(explanation ? [...nearest(explanation, answer.tone, actions), tree(explanation.root, actions)] : []));
      strip.className = `strip strip-${answer.tone}`;
      strip.replaceChildren(mark(answer.mark), el("strong", {}, answer.words), el("span", {}, title));
    },
    fail(reason) {
      body.replaceChildren(el("div", { class: "banner banner-none" }, mark("bad"), el("div", {}, el("p", { class: "banner-word" }, "No engine"), el("p", { class: "banner-why" }, reason))));
    },
  };
}

/** The verdict in two words, with its mark. */
export function verdictWords(outcome: Outcome): { mark: "yes" | "no" | "none"; words: string; tone: string } {
  const { explanation } = outcome;
  if (!explanation) return { mark: "none", words: "No verdict yet", tone: "none" };
  const tone = outcome.patternStale || outcome.eventStale ? "stale" : explanation.matches ? "yes" : "no";
  return explanation.matches ? { mark: "yes", words: "Match", tone } : { mark: "no", words: "No match", tone };
}

/** Why the verdict is not that of the newest texts; empty when it is. */
export function staleReason(outcome: Outcome): string {
  const broken = [outcome.patternStale && "pattern", outcome.eventStale && "event"].filter(Boolean).join(" and ");
  if (!broken) return "";
  const verb = broken.includes(" and ") ? "have problems" : "has a problem";
  return outcome.explanation ? `The ${broken} ${verb}. This is the result for the last valid ${broken}.` : `The ${broken} ${verb}.`;
}

function staleLine(outcome: Outcome): HTMLElement[] {
  const reason = staleReason(outcome);
  return reason ? [el("p", { class: "stale-line" }, mark("bad"), reason)] : [];
}

function banner(answer: ReturnType<typeof verdictWords>, { explanation }: Outcome): HTMLElement {
  const words = [el("p", { class: "banner-word" }, answer.words)];
  if (explanation) words.push(el("p", { class: "banner-why" }, sentence(summaryOf(explanation.summary))));
  return el("div", { class: `banner banner-${answer.tone}` }, mark(answer.mark), el("div", {}, ...words));
}

/** More paths than these say only that it is far. */
const MOST_PATHS = 4;

/** What stands between the event and a match, and both ways to get there. The edits are of the texts that were explained, so only of the newest. */
function nearest({ summary, nearest: miss }: Explanation, tone: string, actions: VerdictPaneActions): HTMLElement[] {
  if (!miss || tone === "stale") return [];
  const { paths, message, inEvent, inPattern } = miss;
  const named = paths.slice(0, MOST_PATHS).map((path) => `\`${path}\``).join(", ");
  const rest = paths.length > MOST_PATHS ? ` and ${paths.length - MOST_PATHS} more` : "";
  const distance = el("strong", {}, `${count(paths.length, "condition")} away from a match`);
  const apply = (place: string, fix: Fix | undefined, edit: (edits: TextEdit[]) => void): HTMLElement | undefined => {
    const words = `Apply to ${place}: `;
    return fix && el("button", { type: "button", class: "button small cut", title: words + fix.title.replaceAll("`", ""), onclick: () => edit(fix.edits) }, el("span", {}, words, sentence(fix.title)));
  };
  const why = !summary.includes(message) && el("p", {}, sentence(message));
  const head = el("p", { class: "nearest-head" }, mark("near"), el("span", {}, distance, paths.length > 1 && sentence(`: ${named}${rest}`)));
  return [el("div", { class: "nearest", role: "group", "aria-label": "Nearest miss" }, head, why, apply("event", inEvent, actions.editEvent), apply("pattern", inPattern, actions.editPattern))];
}

/** The summary without the verdict, which stands above it in large letters. */
export function summaryOf(summary: string): string {
  const reason = summary.replace(/^(no )?match: /, "");
  return reason.charAt(0).toUpperCase() + reason.slice(1);
}

/** One line of the tree. */
interface Entry {
  node: ExplanationNode;
  element: HTMLLIElement;
  parent: Entry | undefined;
}

/**
 * A tree as ARIA knows it: one stop for Tab, arrows inside, Enter shows the part in the editors. The lines are siblings that
 * say their level, because the name of a nested item would be the text of everything below it.
 */
function tree(root: ExplanationNode, actions: VerdictPaneActions): HTMLElement {
  // The root says what the banner has said; its parts are the top of the tree.
  const tops = root.kind === "and" && root.children?.length ? unfold(root.children) : [root];
  const entries: Entry[] = [];
  addEntries(entries, tops, undefined, 1);
  const list = el("ul", { class: "tree", role: "tree", "aria-label": "Reasons, one for each part of the pattern" }, ...entries.map((entry) => entry.element));
  entries[0]?.element.setAttribute("tabindex", "0");
  hideClosed(entries);
  wirePointing(list, entries, actions);
  list.addEventListener("keydown", (event) => walk(event, entries, actions));
  return list;
}

function addEntries(entries: Entry[], nodes: ExplanationNode[], parent: Entry | undefined, level: number): void {
  const shown = nodes.slice(0, MOST_CHILDREN);
  shown.forEach((node, index) => {
    const parts = partsOf(node);
    const entry: Entry = { node, parent, element: line(node, parts.length > 0, level, index + 1, shown.length) };
    entries.push(entry);
    addEntries(entries, parts, entry, level + 1);
  });
  const last = entries.at(-1);
  if (nodes.length > shown.length && last) last.element.append(el("p", { class: "tree-rest" }, `and ${count(nodes.length - shown.length, "more part")} of the pattern`));
}

function line(node: ExplanationNode, opens: boolean, level: number, place: number, of: number): HTMLLIElement {
  const properties = { role: "treeitem", "aria-level": level, "aria-posinset": place, "aria-setsize": of, "aria-expanded": opens ? String(startsOpen(node)) : undefined, tabindex: -1 };
  const verdict = el("span", { class: "visually-hidden" }, node.matches ? "matches: " : "does not match: ");
  const row = el("div", { class: "tree-row" }, mark(node.matches ? "yes" : "no"), verdict, el("span", { class: "tree-text" }, sentence(node.message)));
  const element = el("li", properties, row, ...(node.hints ?? []).map(hintLine));
  element.style.setProperty("--level", String(level - 1));
  return element;
}

function hintLine({ message }: Hint): HTMLElement {
  return el("p", { class: "tree-hint" }, mark("hint"), el("span", {}, "Hint: ", sentence(message)));
}

/** A field with a single test needs no second line that says the same. */
function partsOf(node: ExplanationNode): ExplanationNode[] {
  const children = node.children ?? [];
  if (node.kind === "field" && children.length === 1) return [];
  return node.kind === "or" ? children.map(shortest) : unfold(children);
}

/** A branch of `$or` stays one entry; a branch with a single part is that part. */
function shortest(branch: ExplanationNode): ExplanationNode {
  const [only, ...others] = saysNoMore(branch) ? unfold([branch]) : [branch];
  return only && !others.length ? only : branch;
}

/** Objects inside objects are one long "and", and fields name their whole path: the levels between can go. */
function unfold(nodes: ExplanationNode[]): ExplanationNode[] {
  return nodes.flatMap((node) => (saysNoMore(node) ? unfold(node.children ?? []) : [node]));
}

/** An `and` that says no more than its parts do. One that fails while each part holds has a reason of its own. */
function saysNoMore({ kind, matches, children = [] }: ExplanationNode): boolean {
  return kind === "and" && children.length > 0 && matches === children.every((child) => child.matches);
}

/** What matched is understood; what did not is what people came for. */
function startsOpen(node: ExplanationNode): boolean {
  return node.kind !== "field" || !node.matches;
}

function wirePointing(list: HTMLElement, entries: Entry[], actions: VerdictPaneActions): void {
  const entryAt = ({ target }: Event): Entry | undefined => entries.find(({ element }) => target instanceof Node && element.contains(target));
  list.addEventListener("pointerover", (event) => actions.point(entryAt(event)?.node));
  list.addEventListener("pointerleave", () => actions.point(undefined));
  list.addEventListener("focusin", (event) => actions.point(entryAt(event)?.node));
  list.addEventListener("focusout", () => actions.point(undefined));
  list.addEventListener("click", (event) => {
    const entry = entryAt(event);
    if (!entry) return;
    focusEntry(entries, entry);
    actions.reveal(entry.node);
    toggle(entries, entry);
  });
}

function walk(event: KeyboardEvent, entries: Entry[], actions: VerdictPaneActions): void {
  const visible = entries.filter(({ element }) => !element.hidden);
  const place = visible.findIndex(({ element }) => element === event.target);
  const at = visible[place];
  if (!at || event.altKey || event.ctrlKey || event.metaKey) return;
  const expanded = at.element.ariaExpanded;
  const moves: Record<string, () => Entry | undefined | void> = {
    ArrowDown: () => visible[place + 1],
    ArrowUp: () => visible[place - 1],
    Home: () => visible[0],
    End: () => visible.at(-1),
    ArrowRight: () => (expanded === "false" ? toggle(entries, at) : expanded === "true" ? visible[place + 1] : undefined),
    ArrowLeft: () => (expanded === "true" ? toggle(entries, at) : at.parent),
    Enter: () => actions.reveal(at.node),
  };
  const move = moves[event.key];
  if (!move) return;
  event.preventDefault();
  const next = move();
  if (next) focusEntry(entries, next);
}

function toggle(entries: Entry[], { element }: Entry): void {
  if (element.ariaExpanded) element.ariaExpanded = String(element.ariaExpanded === "false");
  hideClosed(entries);
}

/** Parents come before their children, so one pass is enough. */
function hideClosed(entries: Entry[]): void {
  for (const { element, parent } of entries) element.hidden = Boolean(parent && (parent.element.hidden || parent.element.ariaExpanded === "false"));
}

function focusEntry(entries: Entry[], entry: Entry): void {
  for (const { element } of entries) element.tabIndex = element === entry.element ? 0 : -1;
  entry.element.focus();
}
