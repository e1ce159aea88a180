/** The page's state, and who hears of its changes. */

import type { Assistant } from "./assist/assist.js";
import { byId, byteCount } from "./dom.js";
import type { Highlight } from "./editor.js";
import { type ExplanationNode, type Outcome, createEvaluator, loadEngine, version } from "./engine.js";
import { eventsPane } from "./events.js";
import { EXAMPLES, newEventText } from "./examples.js";
import { wireMenu } from "./menu.js";
import { showNotice } from "./notices.js";
import { patternPane } from "./pattern.js";
import { payloadPane, payloadStatus } from "./payload.js";
import { LONGEST_ADDRESS, LONG_LINK, LinkError, stateFromHash, stateToHash } from "./share.js";
import { LONGEST_NAME, type State, eventOf, eventText, ruleOf } from "./state.js";
import { targetPane } from "./target.js";
import { wireTheme } from "./theme.js";
import { staleReason, summaryOf, verdictPane, verdictWords } from "./verdict.js";

/** Shorter than the pause between two keys, longer than a paste takes to arrive. */
const EVALUATE_MS = 30;
/** A pause in typing: time to speak, and to write the address bar. */
const SETTLE_MS = 400;

let state: State = structuredClone(EXAMPLES[0].state);
let evaluate: ReturnType<typeof createEvaluator> | undefined;
let outcome: Outcome | undefined;
let assistant: Assistant | undefined;
/** A page that nobody has touched keeps its clean address. */
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
  select(index) {
    state.selected = index;
    eventsChanged();
  },
  add() {
    state.events.push(eventText(state, `event ${state.events.length + 1}`, newEventText()));
    state.selected = state.events.length - 1;
    eventsChanged();
  },
  duplicate() {
    const event = structuredClone(eventOf(state));
    state.events.splice(state.selected + 1, 0, { ...event, name: `${event.name} copy`.slice(0, LONGEST_NAME) });
    state.selected += 1;
    eventsChanged();
  },
  remove() {
    const before = structuredClone(state);
    const [gone] = state.events.splice(state.selected, 1);
    state.selected = Math.min(state.selected, state.events.length - 1);
    eventsChanged();
    offerUndo(`Removed “${gone?.name ?? ""}”.`, before);
  },
});

const target = targetPane((edit) => {
  edit(ruleOf(state));
  changed();
});

const payload = payloadPane((from, to) => target.selectTemplate(from, to));
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

function eventsChanged(): void {
  events.open(state);
  changed();
}

/** Shows a whole other state, as if the page had been opened with it. */
function open(next: State): void {
  state = next;
  if (evaluate) evaluate = createEvaluator();
  events.open(state);
  pattern.open(state);
  target.open(state);
  update();
  settle();
}

function replace(next: State, words: string): void {
  const before = structuredClone(state);
  touched = true;
  open(structuredClone(next));
  offerUndo(words, before);
}

function offerUndo(words: string, before: State): void {
  showNotice({ kind: "note", text: words, action: { label: "Undo", run: () => open(before) } });
}

let evaluateTimer = 0;
let settleTimer = 0;
let lastCost = 0;

function changed(): void {
  touched = true;
  byId("main").ariaBusy = "true";
  clearTimeout(evaluateTimer);
  clearTimeout(settleTimer);
  // Where an answer takes long (a huge event on a slow phone), the keys go first.
  evaluateTimer = setTimeout(update, Math.max(EVALUATE_MS, 2 * lastCost));
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
  pattern.show(outcome);
  target.show(outcome);
  verdict.show(state, outcome);
  payload.show(outcome);
  assistant?.show(outcome);
  lastCost = performance.now() - start;
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

/** After a pause: the status region speaks, the link is brought up to date. */
function settle(): void {
  clearTimeout(settleTimer);
  if (outcome) speak(outcome);
  void refreshLink();
}

function speak(spoken: Outcome): void {
  const { name } = eventOf(state);
  const sentences = [staleReason(spoken), `${verdictWords(spoken).words}, ${name}.`, spoken.explanation && `${summaryOf(spoken.explanation.summary)}.`, payloadStatus(spoken).words];
  const words = sentences.filter(Boolean).join(" ").replaceAll("`", "");
  // The same words again would only interrupt.
  if (byId("status").textContent !== words) byId("status").textContent = words;
}

let link = "";
let linkTurn = 0;

async function refreshLink(): Promise<void> {
  const turn = ++linkTurn;
  const hash = await stateToHash(state);
  if (turn !== linkTurn) return;
  link = new URL(hash, location.href).href;
  byId("link-size").textContent = byteCount(link.length);
  byId("copy-link").classList.toggle("long", link.length > LONG_LINK);
  if (touched) history.replaceState(null, "", link.length <= LONGEST_ADDRESS ? hash : location.pathname + location.search);
}

async function copyLink(): Promise<void> {
  await refreshLink();
  const size = byteCount(link.length);
  try {
    await navigator.clipboard.writeText(link);
    const long = link.length > LONG_LINK ? " Mail and chat programs may cut a link of this length." : "";
    showNotice({ kind: "note", text: `Link copied (${size}). It holds everything on this page and goes through no server.${long}` });
  } catch {
    touched = true;
    await refreshLink();
    showNotice({ kind: "error", text: "The browser does not let this page write to the clipboard. The link is in the address bar." });
  }
}

/** Opens what the address bar holds. A bad link is reported and changes nothing. */
async function openHash(): Promise<void> {
  if (location.hash.length < 2) return;
  try {
    open(await stateFromHash(location.hash));
    touched = true;
  } catch (error) {
    const why = error instanceof LinkError ? error.message : "it is damaged";
    showNotice({ kind: "error", text: `This link could not be opened: ${why}. Nothing of it was used.` });
  }
}

async function startEngine(): Promise<void> {
  try {
    await loadEngine();
    evaluate = createEvaluator();
    update();
    settle();
    startAssistant().catch((error: unknown) => console.warn("The help with writing could not be loaded.", error));
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
wireMenu(EXAMPLES, (example) => replace(example.state, `Example “${example.title}” opened.`));
byId("copy-link").addEventListener("click", () => void copyLink());
byId("skip").addEventListener("click", (event) => {
  // The hash is the state's, so the link must not follow its own.
  event.preventDefault();
  pattern.focus();
});
addEventListener("hashchange", () => void openHash());
open(state);
await Promise.all([startEngine(), openHash()]);
