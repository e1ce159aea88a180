/** The page's state, and who hears of its changes. */

import type { Assistant } from "./assist/assist.js";
import { byId, sentence } from "./dom.js";
import type { Highlight } from "./editor.js";
import { type ExplanationNode, type Outcome, loadEngine, version } from "./engine.js";
import { createEvaluator } from "./evaluate.js";
import { eventsPane } from "./events.js";
import { wireBuilder } from "./builder/wire.js";
import { START, blankState, newEventText, newRule } from "./example.js";
import { missedWords, scoreOf } from "./expectation.js";
import { wireIntake } from "./intake/wire.js";
import { wireKeys } from "./keys.js";
import { createLink, hasRead, setAddress, tellKept } from "./link.js";
import { wireExport } from "./export/button.js";
import { wireMenu } from "./menu.js";
import { type NoticeAction, showNotice } from "./notices.js";
import { keepForOffline } from "./offline.js";
import { overviewPane } from "./overview.js";
import type { Page } from "./page.js";
import { patternPane } from "./pattern.js";
import { payloadPane, payloadStatus } from "./payload.js";
import { rulesBar } from "./rules.js";
import { forget, isSameWork, save, saved, setAside } from "./saved.js";
import { LinkError, stateFromHash } from "./share.js";
import { LONGEST_NAME, type State, eventOf, eventText, freeName, insertRule, remember, removeRule, ruleOf } from "./state.js";
import { targetPane } from "./target.js";
import { wireTheme } from "./theme.js";
import { tracing } from "./trace.js";
import { staleReason, summaryOf, verdictPane, verdictWords } from "./verdict.js";

/** Answers that take no longer come with the key; slower ones wait for a pause of twice their time. */
const QUICK_MS = 12;
/** A pause in typing: time to speak, to save, and to write the address bar. */
const SETTLE_MS = 400;

let state: State = structuredClone(START.state);
let evaluate: ReturnType<typeof createEvaluator> | undefined;
let outcome: Outcome | undefined;
let assistant: Assistant | undefined;
/** A page that nobody has touched keeps its address, and what this browser kept. */
let touched = false;

const pattern = patternPane((text) => {
  ruleOf(state).pattern = text;
  changed();
});

const events = eventsPane({
  edit(text) {
    eventOf(state).text = text;
    changed();
  },
  rename(name) {
    eventOf(state).name = name;
    changed();
  },
  select: (index) => select(index, undefined),
  expect: (index, expected) => expect(index, state.rule, expected),
  add() {
    state.events.push(eventText(state, freeName("event", state.events), newEventText()));
    select(state.events.length - 1, undefined);
  },
  duplicate() {
    const event = structuredClone(eventOf(state));
    state.events.splice(state.selected + 1, 0, { ...event, name: `${event.name} copy`.slice(0, LONGEST_NAME) });
    select(state.selected + 1, undefined);
  },
  remove() {
    const before = remember(state);
    const [gone] = state.events.splice(state.selected, 1);
    select(Math.min(state.selected, state.events.length - 1), undefined);
    offerUndo(`Removed “${gone?.name ?? ""}”.`, before);
  },
});

const rules = rulesBar({
  select: (index) => select(undefined, index),
  rename(name) {
    ruleOf(state).name = name;
    target.renamed(ruleOf(state));
    changed();
  },
  add() {
    insertRule(state, newRule(freeName("rule", state.rules)));
    rulesChanged();
  },
  duplicate() {
    const rule = structuredClone(ruleOf(state));
    insertRule(state, { ...rule, name: freeName(rule.name, state.rules) }, true);
    rulesChanged();
  },
  remove() {
    const before = remember(state);
    const { name } = ruleOf(state);
    removeRule(state);
    rulesChanged();
    offerUndo(`Removed the rule “${name}”.`, before);
  },
});

const overview = overviewPane({ select, expect });

const target = targetPane({
  change(edit) {
    edit(ruleOf(state));
    rules.open(state);
    changed();
  },
  point: (place, pointed) => trace.point(place, pointed),
});

const payload = payloadPane({
  select: (from, to) => target.selectTemplate(from, to),
  point: (at) => trace.point("output", at === undefined ? undefined : { in: "output", at }),
});
const trace = tracing({ payload, target, event: events });
const verdict = verdictPane({
  point: (node) => light(node),
  reveal(node) {
    pattern.reveal(node.from);
    const value = node.values?.find((seen) => seen.accepted) ?? node.values?.[0];
    if (value) events.reveal(value.from);
  },
  editEvent: (edits) => events.edit(edits),
  editPattern: (edits) => pattern.edit(edits),
});

/** Shows another event, another rule, or both. */
function select(event: number | undefined, rule: number | undefined): void {
  state.selected = event ?? state.selected;
  events.open(state);
  if (rule !== undefined && rule !== state.rule) {
    state.rule = rule;
    rulesChanged();
  } else changed();
}

function expect(event: number, rule: number, expected: State["events"][number]["expected"][number]): void {
  const row = state.events[event];
  if (row) row.expected[rule] = expected;
  changed();
}

function rulesChanged(): void {
  rules.open(state);
  pattern.open(state);
  target.open(state);
  changed();
}

/** Shows a whole other state, as if the page had been opened with it. */
function open(next: State): void {
  state = next;
  events.open(state);
  rules.open(state);
  pattern.open(state);
  target.open(state);
  update();
  settle();
}

/** The same, as something that the user did and can undo. */
function replace(next: State, words: string): void {
  const before = remember(state);
  touched = true;
  open(structuredClone(next));
  offerUndo(words, before);
}

function offerUndo(words: string, before: () => State, ...others: NoticeAction[]): void {
  showNotice({ kind: "note", text: sentence(words), action: { label: "Undo", run: () => bringBack(before()) }, others });
}

function bringBack(before: State): void {
  touched = true;
  open(before);
}

function clearEverything(): void {
  const before = remember(state);
  const remembered = forget();
  touched = false;
  open(blankState());
  setAddress("");
  const run = (): void => {
    remembered();
    bringBack(before());
  };
  showNotice({ kind: "note", text: "Cleared, and forgotten by this browser.", action: { label: "Undo", run } });
}

const page: Page = {
  state: () => state,
  show() {
    events.open(state);
    rulesChanged();
  },
  replaceEvent: (text) => events.replace(text),
  replacePattern: (text) => pattern.replace(text),
  editPattern: (edits) => pattern.change(edits),
  offerUndo: (words, before, ...others) => offerUndo(words, () => before, ...others),
  open,
};
const builder = wireBuilder(page);
wireIntake(page);

let evaluateTimer = 0;
let settleTimer = 0;
let lastCost = 0;
/** Since when the panes are behind the texts. */
let waitsSince = 0;

function changed(): void {
  touched = true;
  waitsSince ||= performance.now();
  byId("main").ariaBusy = "true";
  clearTimeout(evaluateTimer);
  clearTimeout(settleTimer);
  // A quick answer is drawn with the key. Where it takes long (a huge event on a slow phone), the keys go first.
  if (lastCost > QUICK_MS) evaluateTimer = setTimeout(update, 2 * lastCost);
  else queueMicrotask(() => waitsSince && update());
  settleTimer = setTimeout(settle, SETTLE_MS + 2 * lastCost);
}

function update(): void {
  clearTimeout(evaluateTimer);
  byId("main").ariaBusy = null;
  if (!evaluate) return;
  const start = performance.now();
  outcome = evaluate(state);
  light(undefined);
  events.show(state, outcome);
  rules.show(state, outcome);
  overview.show(state, outcome);
  pattern.show(outcome);
  target.show(outcome);
  verdict.show(state, outcome);
  payload.show(outcome);
  assistant?.show(outcome);
  trace.show(outcome);
  document.title = titleOf(outcome);
  builder.show();
  lastCost = performance.now() - start;
  // For those who measure; nothing is kept.
  performance.measure("verdict", { start: waitsSince || start });
  performance.clearMeasures("verdict");
  waitsSince = 0;
}

function titleOf({ grid }: Outcome): string {
  const { kept, of } = scoreOf(state, grid);
  const { name } = ruleOf(state);
  return `${of ? `${kept}/${of} · ` : ""}${name ? `${name} – ` : ""}EventBridge rules playground`;
}

/** Lights a part of the pattern and the values it looked at; only where the texts are those that were explained. */
function light(node: ExplanationNode | undefined): void {
  const part: Highlight[] = node && !outcome?.patternStale ? [{ from: node.from, to: node.to, kind: "part" }] : [];
  const values = node && !outcome?.eventStale ? (node.values ?? []).slice(0, 500) : [];
  lightRanges(part, values.map(({ from, to, accepted }) => ({ from, to, kind: accepted ? "accepted" : "refused" })));
}

function lightRanges(inPattern: Highlight[], inEvent: Highlight[]): void {
  pattern.highlight(inPattern);
  events.highlight(inEvent);
}

const link = createLink();

/** After a pause: the status region speaks, the work is saved, the link is brought up to date. */
function settle(): void {
  clearTimeout(settleTimer);
  if (outcome) speak(outcome);
  const isKept = keep();
  const isOwn = touched;
  void link.refresh(state, isOwn).then((isInAddress) => tellKept(isOwn, isKept, isInAddress));
}

function keep(): boolean {
  return touched && save(state);
}

function speak(spoken: Outcome): void {
  const { name } = eventOf(state);
  const missed = missedWords(scoreOf(state, spoken.grid));
  const sentences = [staleReason(spoken), `${verdictWords(spoken).words}, ${name}.`, spoken.explanation && `${summaryOf(spoken.explanation.summary)}.`, payloadStatus(spoken).words, missed && `${missed}.`];
  const words = sentences.filter(Boolean).join(" ").replaceAll("`", "");
  // The same words again would only interrupt.
  if (byId("status").textContent !== words) byId("status").textContent = words;
}

/** Back at the clean address is what a visit there shows. */
function changeHash(): void {
  if (location.hash.length > 1) return void openHash();
  hasRead(location.hash);
  if (!touched) open(saved() ?? structuredClone(START.state));
}

/** Opens what the address bar holds. A bad link is reported and changes nothing. */
async function openHash(): Promise<void> {
  const { hash } = location;
  if (hash.length < 2) return;
  try {
    const opened = await stateFromHash(hash);
    const before = putAside(opened);
    if (before) {
      // A page that is loaded again was not opened by a link that somebody sent.
      if (touched || !isReload()) showNotice({ kind: "note", text: "Opened the link; your earlier work is kept.", action: { label: "Back to it", run: () => bringBack(before) } });
    }
    touched = false;
    open(opened);
  } catch (error) {
    const why = error instanceof LinkError ? error.message : "it is damaged";
    showNotice({ kind: "error", text: `This link could not be opened: ${why}. Nothing of it was used.` });
  } finally {
    hasRead(hash);
  }
}

/** Keeps the work that another state takes the place of, if there is some; what is no more than one of `others` is none. */
function putAside(next: State, ...others: State[]): State | undefined {
  const before = touched ? state : saved();
  if (!before || [next, ...others].some((other) => isSameWork(before, other))) return undefined;
  setAside(before);
  return before;
}

function isReload(): boolean {
  return performance.getEntriesByType("navigation").some((entry) => "type" in entry && entry.type === "reload");
}

async function startEngine(): Promise<void> {
  try {
    await loadEngine();
    evaluate = createEvaluator();
    update();
    settle();
    startAssistant().catch((error: unknown) => console.warn("The help with writing could not be loaded.", error));
    keepForOffline();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    verdict.fail(`The matching engine could not be loaded (${why}). You can still edit and copy your texts.`);
    showNotice({ kind: "error", text: "The matching engine could not be loaded, so there are no verdicts.", action: { label: "Try again", run: () => void startEngine() } });
  }
}

/** What helps with writing comes after the first verdict; where it does not come, the page works without it. */
async function startAssistant(): Promise<void> {
  const { assist } = await import("./assist/assist.js");
  assistant ??= assist({
    pattern: pattern.editor,
    event: events.editor,
    template: target.template,
    eventTexts: () => [...state.events.slice(state.selected, state.selected + 1), ...state.events.filter((_, index) => index !== state.selected)].map(({ text }) => text),
    paths: () => ruleOf(state).target.paths,
    light: lightRanges,
  });
  if (outcome) assistant.show(outcome);
}

byId("version").textContent = `eventbridge-rules ${version}`;
wireTheme();
wireMenu({
  choose(example, words, examples) {
    replace(example, putAside(example, ...examples) ? `${words} Your work is kept in this menu.` : words);
  },
  bringBack(work) {
    putAside(work);
    replace(work, "Your earlier work is back.");
  },
});
wireKeys({
  event: (step) => select((state.selected + step + state.events.length) % state.events.length, undefined),
  rule: (step) => select(undefined, (state.rule + step + state.rules.length) % state.rules.length),
  copyLink: () => void link.copy(state, touched),
  evaluate: update,
});
byId("copy-link").addEventListener("click", () => void link.copy(state, touched));
byId("clear").addEventListener("click", clearEverything);
wireExport(() => state);
byId("skip").addEventListener("click", (event) => {
  // The hash is the state's, so the link must not follow its own.
  event.preventDefault();
  pattern.focus();
});
addEventListener("hashchange", changeHash);
addEventListener("pagehide", keep);
open(saved() ?? state);
// Not awaited: the parts that are loaded later wait for this module's end, and must not wait for the engine.
void startEngine();
void openHash();
