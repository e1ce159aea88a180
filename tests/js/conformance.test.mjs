// All of ../shared/conformance through the package as it ships: with text, with bytes and, where the text survives
// JSON.parse, with objects; by `matches`, by `explain`, by a rule set of one rule and by one of many rules.
// EVENTBRIDGE_RULES_SHARED names another folder than ../shared; without the folder these tests are skipped.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { bytesOf, esm, root } from "./package-under-test.mjs";

const { EventError, EventPattern, PatternError, RuleSet, TargetInput, testEventPattern, TransformError, UndeliverableError } = esm;

const folder = join(process.env.EVENTBRIDGE_RULES_SHARED ?? join(root, "..", "shared"), "conformance");
const absent = !existsSync(folder);
if (absent) console.log(`conformance: skipped, there is no ${folder} (it is not part of the repository)`);

const factsOf = (name) => readFileSync(join(folder, name), "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line));

/** The reference has no limit of its own; what EventBridge adds is judged by aws_validated and complexity. */
const unlimited = { wildcardComplexity: Infinity };

/** One test per file: `check(fact, wrong, count)` calls `wrong(text)` for what disagrees and `count(word)` for the printed figures. */
function conforms(name, check, { together } = {}) {
  test(name, { skip: absent }, (t) => {
    const facts = factsOf(name);
    const wrongs = [];
    const counts = new Map();
    const count = (word, by = 1) => counts.set(word, (counts.get(word) ?? 0) + by);
    for (const fact of facts) {
      const wrong = (text) => wrongs.push(`${fact.id ?? fact.name ?? ""} ${text}\n    ${JSON.stringify(fact).slice(0, 600)}`);
      try {
        check(fact, wrong, count);
      } catch (error) {
        wrong(`threw ${error.stack}`);
      }
    }
    together?.(facts, (fact, text) => wrongs.push(`${fact.id} ${text}\n    ${JSON.stringify(fact).slice(0, 600)}`), count);
    t.diagnostic(`${name}: ${facts.length} facts; ${[...counts].map(([word, n]) => `${word} ${n}`).join(", ")}; wrong ${wrongs.length}`);
    assert.equal(wrongs.length, 0, `${wrongs.length} wrong\n  ${wrongs.slice(0, 8).join("\n  ")}`);
  });
}

/** The value of `work()`, or the error if it is one of the expected kind. */
function outcome(Kind, work) {
  try {
    return work();
  } catch (error) {
    if (error instanceof Kind) return error;
    throw error;
  }
}

/** JSON text without white space between its tokens: what JSON.stringify writes, if the spelling is the same. */
const compact = (text) => text.replace(/("(?:[^"\\]|\\.)*")|\s+/g, "$1");

/** The event as an object, and the text that the object stands for. */
function objectOf(text) {
  try {
    const object = JSON.parse(text);
    if (typeof object !== "object" || object === null) return undefined;
    return { object, text: JSON.stringify(object), same: JSON.stringify(object) === compact(text) };
  } catch {
    return undefined;
  }
}

/** All ways of asking must give `expected`: true, false, or "error" for an event that cannot be read. */
function checkVerdict(pattern, rules, event, expected, wrong, count) {
  const ask = (way, work) => {
    count(way);
    const answer = outcome(EventError, work);
    const verdict = answer instanceof EventError ? "error" : answer;
    if (verdict !== expected) wrong(`${way}: ${verdict}, not ${expected} ${answer instanceof EventError ? answer.message : ""}`);
    if (answer instanceof EventError && answer.diagnostics.length === 0) wrong(`${way}: no diagnostics`);
  };
  const bytes = bytesOf(event);
  ask("text", () => pattern.matches(event));
  ask("bytes", () => pattern.matches(bytes));
  ask("explained", () => pattern.explain(event).matches);
  ask("explained bytes", () => pattern.explain(bytes).matches);
  ask("rule set", () => rules.match(event).length === 1);
  ask("rule set bytes", () => rules.match(bytes).length === 1);
  const again = objectOf(event);
  if (!again) return;
  const asText = outcome(EventError, () => pattern.matches(again.text));
  // The first object crosses as text, the second is read by a plan.
  for (const way of ["first object", "second object"]) {
    const answer = outcome(EventError, () => pattern.matches(again.object));
    if (String(answer) !== String(asText)) wrong(`${way}: ${answer}, but its JSON.stringify: ${asText}`);
  }
  if (again.same) ask("object", () => pattern.matches(again.object));
  else count("object (other spelling)");
}

/** A pattern that must be accepted, on one event. */
function checkFact({ pattern: text, event, match }, wrong, count) {
  const pattern = outcome(PatternError, () => new EventPattern(text, unlimited));
  if (pattern instanceof PatternError) return wrong(`refused: ${pattern.message}`);
  const rules = new RuleSet([["it", text]], unlimited);
  checkVerdict(pattern, rules, event, match, wrong, count);
  pattern.free();
  rules.free();
}

function checkAccepted(text, accepted, wrong, count) {
  for (const [way, work] of [["pattern", () => new EventPattern(text, unlimited)], ["rule set", () => new RuleSet([["it", text]], unlimited)]]) {
    count(`${way} ${accepted ? "accepted" : "refused"}`);
    const made = outcome(PatternError, work);
    if (accepted === made instanceof PatternError) wrong(`${way}: ${accepted ? `refused: ${made.message}` : "accepted"}`);
    if (made instanceof PatternError && made.diagnostics.length === 0) wrong(`${way}: no diagnostics`);
    if (!(made instanceof PatternError)) made.free();
  }
}

/** Many patterns in one set: each event must match its own pattern, or not, among all the others. */
function inOneSet(size) {
  return (facts, wrong, count) => {
    const usable = facts.filter((fact) => "match" in fact);
    for (let from = 0; from < usable.length; from += size) {
      const part = usable.slice(from, from + size);
      const rules = new RuleSet([], unlimited);
      part.forEach(({ pattern }, at) => rules.set(`r${at}`, pattern));
      part.forEach((fact, at) => {
        count(`among ${size} rules`);
        const found = outcome(EventError, () => rules.match(fact.event));
        if (found instanceof EventError) return wrong(fact, `among ${size} rules: ${found.message}`);
        if (found.includes(`r${at}`) !== fact.match) wrong(fact, `among ${size} rules: not ${fact.match}`);
      });
      rules.free();
    }
  };
}

/** LocalStack masks what it takes for names of regions and partitions, in the patterns too. */
const unmasked = (message) => message.replaceAll("arn:<partition>:events:<region>:", "arn:aws:events:us-east-1:");

conforms("aws_validated.jsonl", ({ pattern, event, expect, aws_message_raw }, wrong, count) => {
  count(`testEventPattern ${expect}`);
  const answer = outcome(Error, () => testEventPattern({ EventPattern: pattern, Event: event }).Result);
  const typed = answer instanceof PatternError || answer instanceof EventError;
  if (answer instanceof Error && !typed) return wrong(`testEventPattern: ${answer.stack}`);
  if ((typed ? "exception" : answer) !== expect) return wrong(`testEventPattern: ${answer}, not ${expect}`);
  if (answer instanceof PatternError) {
    count("awsMessage");
    const recorded = unmasked(aws_message_raw);
    const ours = answer.diagnostics.map(({ awsMessage }) => `Event pattern is not valid. Reason: ${awsMessage}`);
    if (!ours.includes(recorded)) wrong(`awsMessage: ${JSON.stringify(ours)}, not ${JSON.stringify(recorded)}`);
  }
  if (expect !== "exception") checkFact({ pattern, event, match: expect }, wrong, count);
});

conforms("ruler_unit.jsonl", (fact, wrong, count) => {
  if (fact.kind === "compile") return checkAccepted(fact.pattern, fact.error === null, wrong, count);
  if (fact.kind === "match") return checkFact(fact, wrong, count);
  const rules = new RuleSet(fact.rules, unlimited);
  for (const [way, event] of [["multi", fact.event], ["multi bytes", bytesOf(fact.event)]]) {
    count(way);
    const found = rules.match(event).sort();
    if (String(found) !== String(fact.matches)) wrong(`${way}: ${found}, not ${fact.matches}`);
  }
  for (const [name, text] of Object.entries(fact.rules)) {
    count("each rule alone");
    const pattern = new EventPattern(text, unlimited);
    const answers = [pattern.matches(fact.event), pattern.explain(fact.event).matches];
    if (answers.some((answer) => answer !== fact.matches.includes(name))) wrong(`${name} alone: ${answers}`);
    pattern.free();
  }
  rules.free();
});

conforms("random_dev.jsonl", checkFact, { together: inOneSet(500) });

conforms("random_multi_dev.jsonl", ({ rules: patterns, events, matches }, wrong, count) => {
  const rules = new RuleSet(patterns, unlimited);
  const each = Object.entries(patterns).map(([name, text]) => [name, new EventPattern(text, unlimited)]);
  events.forEach((event, at) => {
    count("events");
    const found = rules.match(event).sort();
    if (String(found) !== String(matches[at])) wrong(`event ${at}: ${found}, not ${matches[at]}`);
    const explained = each.filter(([, pattern]) => pattern.explain(event).matches).map(([name]) => name).sort();
    if (String(explained) !== String(matches[at])) wrong(`event ${at} explained: ${explained}, not ${matches[at]}`);
  });
  const lines = rules.matchLines(events.map((event) => event.replaceAll("\n", " ")).join("\r\n"));
  count("lines", lines.length);
  lines.forEach(({ matches: found }, at) => {
    if (String(found?.sort()) !== String(matches[at])) wrong(`line ${at}: ${found}, not ${matches[at]}`);
  });
  for (const [, pattern] of each) pattern.free();
  rules.free();
});

conforms("quirks.jsonl", (fact, wrong, count) => {
  if (!("error" in fact)) return checkFact(fact, wrong, count);
  // Where the reference's own check accepts the pattern and something behind it crashes, we accept it.
  if (fact.check_ok) return checkAccepted(fact.pattern, true, wrong, count);
  const made = outcome(PatternError, () => new EventPattern(fact.pattern, unlimited));
  count("error");
  if (made instanceof PatternError) return;
  const answer = outcome(EventError, () => made.matches(fact.event));
  if (!(answer instanceof EventError)) wrong(`${answer}, not an error`);
});

conforms("event_errors_dev.jsonl", (fact, wrong, count) => {
  const pattern = new EventPattern(fact.pattern, unlimited);
  const rules = new RuleSet([["it", fact.pattern]], unlimited);
  checkVerdict(pattern, rules, fact.event, "error" in fact ? "error" : fact.match, wrong, count);
});

conforms("disagreements.jsonl", (fact, wrong, count) => {
  // Where the reference crashes there is no right answer: any verdict is one.
  if (fact.right === null) return count(`crash of the reference: ${new EventPattern(fact.pattern, unlimited).matches(fact.event)}`);
  if (fact.pattern !== undefined) return checkFact({ ...fact, match: fact.right }, wrong, count);
  count("among rules");
  const found = new RuleSet(fact.rules, unlimited).match(fact.event);
  if (found.includes(fact.rule) !== fact.right) wrong(`among rules: not ${fact.right}`);
  checkFact({ pattern: fact.rules[fact.rule], event: fact.event, match: fact.right }, wrong, count);
});

/** The words of a message without the places that follow them. */
const wordsOf = (message) => message?.split("\n at [Source: ")[0];

conforms("invalid_dev.jsonl", ({ pattern, valid, class: kind, error, pos }, wrong, count) => {
  // Class `internal`: the reference crashes after its check accepted; the sane answer is to accept.
  checkAccepted(pattern, valid || kind === "internal", wrong, count);
  if (valid || kind === "internal") return;
  const refused = outcome(PatternError, () => new EventPattern(pattern, unlimited));
  if (!(refused instanceof PatternError)) return;
  count(`awsMessage ${kind}`);
  const ours = refused.diagnostics.map(({ awsMessage }) => awsMessage);
  // Records of problems of JSON break off where the words quote the text; their places are by an older parser.
  const message = ours.find((one) => (kind === "semantic" ? wordsOf(one) === error : one?.startsWith(error)));
  if (message === undefined) return wrong(`awsMessage: ${JSON.stringify(ours)}, not ${error}`);
  const [, line, column] = /; line: (\d+), column: (\d+)\]$/.exec(message) ?? [];
  const place = line && `${line}:${column}`;
  if (kind === "semantic" && place !== pos) wrong(`awsMessage: place ${place}, not ${pos}`);
});

conforms("complexity.jsonl", ({ pattern, complexity }, wrong, count) => {
  // The figure is exact but for five patterns, for which ours may be up to 8 higher.
  const least = (limit) => !(outcome(PatternError, () => new EventPattern(pattern, { wildcardComplexity: limit })) instanceof PatternError);
  if (complexity > 0 && least(complexity - 1)) wrong("below the figure");
  if (!least(complexity + 8)) wrong("above the figure");
  count(least(complexity) ? "exact" : "above");
});

/** JSON values are equal; `__ANY__` stands for any value. */
function sameJson(actual, expected) {
  if (expected === "__ANY__") return true;
  if (typeof expected !== "object" || expected === null) return actual === expected;
  if (typeof actual !== "object" || actual === null || Array.isArray(actual) !== Array.isArray(expected)) return false;
  const keys = Object.keys(expected);
  return keys.length === Object.keys(actual).length && keys.every((key) => key in actual && sameJson(actual[key], expected[key]));
}

/** By the status of the expectation: why the answer is wrong, or "". Facts of unknown outcome are counted, not judged. */
const deliveries = {
  delivered: (answer, { body, json }, compare) => {
    if (typeof answer !== "string") return `${answer}`;
    if (compare === "text") return answer === body ? "" : `${answer}, not ${body}`;
    return sameJson(JSON.parse(answer), json) ? "" : `${answer}, not ${JSON.stringify(json)}`;
  },
  accepted: (answer) => (answer instanceof TransformError ? `refused: ${answer.message}` : ""),
  rejected: (answer, { message }) => {
    if (!(answer instanceof TransformError)) return `${answer}, not refused`;
    const ours = answer.diagnostics.map(({ awsMessage }) => awsMessage).filter(Boolean);
    return message && ours.length > 0 && !ours.some((text) => message.includes(text.replaceAll("<id>", "t1")) || sameWords(text, message)) ? `awsMessage: ${ours}, not ${message}` : "";
  },
  not_delivered: (answer) => (answer instanceof UndeliverableError ? "" : `${answer}, not lost`),
  not_delivered_or_rejected: (answer) => (answer instanceof Error ? "" : `${answer}, not lost`),
};

/** The same sentence but for the target's id, which the settings do not have. */
const sameWords = (a, b) => a.replace(/target \S+/, "target") === b.replace(/target \S+/, "target");

const events = absent ? {} : factsOf("transformer.jsonl")[0].events;

conforms("transformer.jsonl", (fact, wrong, count) => {
  if (fact._meta) return;
  const check = deliveries[fact.expect.status];
  if (!check) return count(`outcome ${fact.expect.status}`);
  const settings = {};
  if (fact.input !== undefined) settings.Input = fact.input;
  if (fact.input_path !== undefined) settings.InputPath = fact.input_path;
  if (fact.template !== undefined) settings.InputTransformer = { InputPathsMap: fact.paths ?? {}, InputTemplate: fact.template };
  const context = { ruleName: fact.rule?.name, ruleArn: fact.rule?.arn, ingestionTime: fact.ingestion_time };
  const event = events[fact.event];
  const text = JSON.stringify(event);
  for (const [way, input] of [["text", text], ["bytes", bytesOf(text)], ["object", event]]) {
    const answer = outcome(Error, () => new TargetInput(settings).apply(input, context));
    const typed = answer instanceof TransformError || answer instanceof UndeliverableError;
    if (answer instanceof Error && !typed) return wrong(`${way}: ${answer.stack}`);
    count(`${fact.expect.status} by ${way}`);
    const why = check(answer, fact.expect, fact.compare);
    if (why) wrong(`${way}: ${why}`);
    if (answer instanceof TransformError) continue;
    const explained = new TargetInput(settings).explain(input, context);
    if (explained.delivered !== (typeof answer === "string")) wrong(`${way}: explain says delivered ${explained.delivered}`);
    if (typeof answer === "string" && explained.output !== answer) wrong(`${way}: explain says ${explained.output}`);
  }
});
