/** Puts what was found into the page, as one step with a way back. */

import { count, sentence } from "../dom.js";
import { showNotice } from "../notices.js";
import type { Page } from "../page.js";
import { type EventText, LONGEST_NAME, type Rule, type State, eventOf, eventText, freeName, insertRule, ruleOf, targetForm } from "../state.js";
import { type Found, type FoundEvent, found, isEvent, merged } from "./found.js";
import { Json, readJson } from "./json.js";
import { looksLikeYaml, recognize, recognizeYaml } from "./recognize.js";
import { startPattern } from "./start-pattern.js";
import type { Pasted } from "./wire.js";

/** A page with more events than this is slow to type in. */
const MOST_EVENTS = 500;
/** Of one file, in bytes. */
const LARGEST_FILE = 20_000_000;

/** What a text is, in any notation. */
async function recognizeAny(text: string): Promise<Found | undefined> {
  const direct = recognize(text);
  if (direct || !looksLikeYaml(text)) return direct;
  const { yamlToJson } = await import("./yaml.js");
  return recognizeYaml(yamlToJson(text) ?? "");
}

export async function applyPaste({ pane, pasted, before, after }: Pasted, isCurrent: () => boolean, page: Page): Promise<void> {
  const result = await recognizeAny(pasted);
  // Who has typed on, or chosen another event, does not want a surprise.
  if (!result || !isCurrent()) return;
  const document = pane === "event" ? eventOf(after).text : ruleOf(after).pattern;
  const isWhole = document.trim() === pasted.replace(/\r\n?/g, "\n").trim();
  // In the middle of a text, only what has broken it, and what is certain, is taken out.
  if (!isWhole && (readJson(document) || !isCertain(result))) return;
  const keep = { label: "Keep as it is", run: () => page.open(structuredClone(after)) };

  if (pane === "event" && result.plain === "event" && isWhole) return;
  if (pane === "event" && result.plain === "pattern") {
    const use = (): void => {
      page.open(structuredClone(before));
      page.replacePattern(pasted);
      page.offerUndo("The pattern is in its place, and the event as it was.", before);
    };
    return isWhole ? offer("This is an event pattern, not an event.", [{ label: "Use it as the pattern", run: use }]) : undefined;
  }
  if (pane === "pattern" && result.plain === "pattern") return;
  if (pane === "pattern" && result.rules.length === 0) {
    const [first] = result.events;
    if (!first) return result.notes.length ? offer(`This is ${result.what}. ${result.notes.join(" ")}`, []) : undefined;
    const make = (): void => {
      page.open(structuredClone(before));
      addEvents(page.state(), result.events);
      page.show();
      page.replacePattern(startPattern(first.text));
      page.offerUndo(`The pattern asks for the source and the type of the event. ${addedWords(result.events.length)}`, before);
    };
    return offer(`This is ${result.what}, not a pattern.`, [{ label: "Make a pattern of it", run: make }]);
  }

  const taken = limited(result, before);
  if (pane === "event") putIntoEvents(taken, before, isWhole, page);
  else putIntoPattern(taken, before, page);
  page.offerUndo(`Pasted ${taken.what}: ${tally(taken)}. ${taken.notes.join(" ")}`.trim(), before, keep);
}

function offer(words: string, actions: { label: string; run: () => void }[]): void {
  showNotice({ kind: "note", text: sentence(words), others: actions });
}

/** Events with their envelope and rules with a name are no piece of what is being written. */
function isCertain({ events, rules }: Found): boolean {
  return rules.some(({ name }) => name !== "") || events.some(({ text }) => isEventText(text));
}

function isEventText(text: string): boolean {
  const json = Json.of(text);
  return json !== undefined && isEvent(json);
}

/** The first event takes the place of the pasted text, the others follow it. */
function putIntoEvents(result: Found, before: State, isWhole: boolean, page: Page): void {
  const state = page.state();
  const [first, ...rest] = result.events;
  const at = state.selected;
  if (first && isWhole) {
    page.replaceEvent(first.text);
    const event = eventOf(state);
    event.name = uniqueName(first, state, event);
    expect(event, first, state);
    addEvents(state, rest, at + 1);
  } else {
    page.replaceEvent(before.events[at]?.text ?? "");
    addEvents(state, result.events);
  }
  addRules(state, result);
  state.selected = first && isWhole ? at : state.selected;
  page.show();
}

/** The first rule takes the place of the rule on show, the others are added. */
function putIntoPattern(result: Found, before: State, page: Page): void {
  const state = page.state();
  const [first, ...rest] = result.rules;
  page.replacePattern(first?.pattern ?? before.rules[before.rule]?.pattern ?? "");
  if (first) fill(ruleOf(state), first);
  const { rule, selected } = state;
  addRules(state, { ...result, rules: rest });
  if (result.events.length > 0) addEvents(state, result.events);
  else state.selected = selected;
  state.rule = rule;
  page.show();
}

/** The files, one after the other, as one step. */
export async function applyFiles(files: readonly File[], page: Page): Promise<void> {
  const tooLarge = files.find(({ size }) => size > LARGEST_FILE);
  if (tooLarge) return showNotice({ kind: "error", text: `${tooLarge.name} has more than 20 MB; files up to that size can be imported. Nothing was changed.` });
  const finds: Found[] = [];
  for (const file of files) {
    const text = (await file.text()).replace(/^\ufeff/, "");
    finds.push((await recognizeAny(text)) ?? found("one text", { events: [{ name: file.name.slice(0, LONGEST_NAME), text }] }));
  }
  if (finds.length === 0) return;
  const before = structuredClone(page.state());
  const state = page.state();
  const result = limited(merged(files.length === 1 ? (files[0]?.name ?? "") : `${files.length} files`, finds), state);
  addRules(state, result);
  addEvents(state, result.events);
  page.show();
  page.offerUndo(`Imported ${result.what}: ${tally(result)}. ${result.notes.join(" ")}`.trim(), before);
}

function limited(result: Found, state: State): Found {
  const room = Math.max(1, MOST_EVENTS - state.events.length);
  if (result.events.length <= room) return result;
  return { ...result, events: result.events.slice(0, room), notes: [...result.notes, `The page holds ${MOST_EVENTS} events, so ${result.events.length - room} are left out.`] };
}

/** Adds events and puts the first of them on show. */
export function addEvents(state: State, events: FoundEvent[], at = state.events.length): void {
  if (events.length === 0) return;
  events.forEach((each, index) => {
    const event = eventText(state, uniqueName(each, state), each.text);
    expect(event, each, state);
    state.events.splice(at + index, 0, event);
  });
  state.selected = at;
}

function expect(event: EventText, { expected }: FoundEvent, state: State): void {
  if (expected) event.expected = state.rules.map((rule, index) => (Object.hasOwn(expected, rule.name) ? (expected[rule.name] ?? "") : (event.expected[index] ?? "")));
}

/** Adds rules and puts the first of them on show. A target without a pattern belongs to the rule that is there. */
function addRules(state: State, { rules }: Found): void {
  const before = state.rules.length;
  const at = state.rule + 1;
  for (const each of rules) {
    if (each.pattern === undefined) fill(ruleOf(state), each);
    else insertRule(state, { name: freeName(each.name || "rule", state.rules), pattern: each.pattern, target: targetForm(each.target) });
  }
  if (state.rules.length > before) state.rule = at;
}

/** What the text says of a rule; what it does not say stays. */
function fill(rule: Rule, { name, target }: Found["rules"][number]): void {
  if (name) rule.name = name.slice(0, LONGEST_NAME);
  Object.assign(rule.target, target);
}

function uniqueName({ name, text }: FoundEvent, state: State, self?: EventText): string {
  const json = name ? undefined : Json.of(text);
  const base = name || json?.string("detail-type") || json?.string("source") || `event ${state.events.length + 1}`;
  return freeName(base, state.events.filter((event) => event !== self));
}

/** `3 events taken out of it`, `the rule "x" and 2 events`. */
function tally({ events, rules }: Found): string {
  const patterns = rules.filter(({ pattern }) => pattern !== undefined);
  const targets = rules.length - patterns.length;
  const parts = [
    patterns.length === 1 ? (patterns[0]?.name ? `the rule “${patterns[0].name.slice(0, 40)}”` : "one pattern") : patterns.length > 1 && count(patterns.length, "rule"),
    targets > 0 && "the input of a target",
    (events.length > 0 || rules.length === 0) && count(events.length, "event"),
  ];
  return `${parts.filter(Boolean).join(" and ")} taken out of it`;
}

function addedWords(events: number): string {
  return events === 1 ? "The event was added to the list." : `${events} events were added to the list.`;
}
