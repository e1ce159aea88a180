// The project's own cases, tests/cases/match/*.json, through the package as it ships.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { bytesOf, esm, root } from "./package-under-test.mjs";

const { EventError, EventPattern, PatternError, RuleSet, testEventPattern } = esm;
const folder = join(root, "tests", "cases", "match");
/** The complexity limit of EventBridge is none of the reference, which many cases come from. */
const unlimited = { wildcardComplexity: Infinity };

/** A case that says `error` names what EventBridge refuses, within its own limits: the pattern or the event. */
function checkRefusal({ name, pattern, event, error, code, awsMessage }, asked) {
  const Kind = error === "pattern" ? PatternError : EventError;
  const ask = () => (asked ? testEventPattern({ EventPattern: pattern, Event: event }) : new EventPattern(pattern).matches(event));
  assert.throws(ask, (thrown) => {
    assert.ok(thrown instanceof Kind, `${name}: ${thrown}`);
    if (code) assert.ok(thrown.diagnostics.some((one) => one.code === code), `${name}: ${thrown.diagnostics.map((one) => one.code)}`);
    // LocalStack masks what it takes for names of regions and partitions, in the patterns too.
    const recorded = awsMessage?.replaceAll("arn:<partition>:events:<region>:", "arn:aws:events:us-east-1:");
    const words = thrown.diagnostics[0].awsMessage;
    if (recorded && words) assert.ok(recorded.includes(words), `${name}: ${words}`);
    return true;
  });
}

for (const file of existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".json")).sort() : []) {
  const all = JSON.parse(readFileSync(join(folder, file), "utf8"));
  const cases = all.filter((one) => "matches" in one);
  describe(`${file}: ${all.length} cases`, () => {
    test("one by one", () => {
      // aws.json was recorded from TestEventPattern, which also looks at the envelope.
      for (const one of all) if ("error" in one) checkRefusal(one, file === "aws.json");
      for (const { name, pattern, event, matches } of cases) {
        const one = new EventPattern(pattern, unlimited);
        const set = new RuleSet([[name, pattern]], unlimited);
        for (const form of [event, bytesOf(event)]) {
          assert.equal(one.matches(form), matches, name);
          assert.equal(one.explain(form).matches, matches, name);
          assert.deepEqual(set.match(form), matches ? [name] : [], name);
        }
        one.free();
        set.free();
      }
    });

    test("in rule sets of 50", () => {
      for (let from = 0; from < cases.length; from += 50) {
        const part = cases.slice(from, from + 50);
        const set = new RuleSet(part.map(({ pattern }, at) => [String(at), pattern]), unlimited);
        const each = part.map(({ pattern }) => new EventPattern(pattern, unlimited));
        for (const { name, event } of part) {
          assert.deepEqual(set.match(event), each.flatMap((one, at) => (one.explain(event).matches ? [String(at)] : [])), name);
        }
      }
    });
  });
}
