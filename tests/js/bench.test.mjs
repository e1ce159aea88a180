// The benchmark measures what it says: its events and rules are the same everywhere, and its engines say the same.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { describe, test } from "node:test";
import { indexed } from "../bench/engines/indexed.mjs";
import { linear } from "../bench/engines/closures.mjs";
import { awsTexts } from "../bench/generate/aws.mjs";
import { cityLots, lotColumn } from "../bench/generate/city-lots.mjs";
import { appEvent, batchEvent, correlated, correlatedEvent, largeEvent, textsOf } from "../bench/generate/events.mjs";
import { fourteenTypes, places } from "../bench/generate/fourteen-types.mjs";
import { rulesOf } from "../bench/generate/rules.mjs";
import { esm } from "./package-under-test.mjs";

const { RuleSet } = esm;
const hash = (texts) => createHash("sha256").update(texts.join("\n")).digest("hex").slice(0, 16);
const lots = cityLots();
const named = (rules) => rules.map((rule, at) => [String(at), rule]);

describe("events and rules", () => {
  test("are the same bytes everywhere", () => {
    const wanted = {
      cityLots: "6283477a7efead83",
      aws: "8679a1bfa8c4edac",
      app: "5cfa0601590b0d06",
      large: "faaa1edab11115fd",
      batch: "bb9f761ae48403bb",
      mixed: "7da4ebf989b2d6c0",
      exact: "5ab83abbb29eef08",
      prefix: "8480db1014cdd990",
      wildcard: "48beb3a05c139b58",
    };
    const made = {
      cityLots: lots.some(500),
      aws: awsTexts(500),
      app: textsOf(100, appEvent, 1),
      large: textsOf(1, largeEvent, 3),
      batch: textsOf(3, batchEvent, 8),
      mixed: rulesOf("mixed", 1000),
      exact: rulesOf("exact", 1000),
      prefix: rulesOf("prefix", 1000),
      wildcard: rulesOf("wildcard", 1000),
    };
    assert.deepEqual(Object.fromEntries(Object.entries(made).map(([name, texts]) => [name, hash(texts)])), wanted);
  });

  test("follow their seed", () => {
    assert.deepEqual(awsTexts(20, 1), awsTexts(20, 1));
    assert.notDeepEqual(awsTexts(20, 1), awsTexts(20, 2));
  });

  test("are of the sizes that they are said to be", () => {
    const average = (texts) => texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) / texts.length;
    const within = (value, from, to) => assert.ok(value >= from && value <= to, `${value} is not within ${from} and ${to}`);
    within(average(lots.some(2000)), 860, 890);
    within(average(awsTexts(2000)), 1600, 2100);
    within(average(textsOf(100, appEvent, 1)), 280, 340);
    within(average(textsOf(2, largeEvent, 3)), 200_000, 260_000);
  });

  test("one set of rules is the beginning of the next, and no rule comes twice", () => {
    for (const kind of ["mixed", "exact", "prefix", "wildcard"]) {
      const all = rulesOf(kind, 100_000);
      assert.equal(new Set(all).size, 100_000, kind);
      assert.deepEqual(rulesOf(kind, 10), all.slice(0, 10), kind);
    }
  });
});

describe("city lots", () => {
  // `npm --prefix www run bench -- citylots --full` counts them all.
  test("have the published counts in the column that is made first", () => {
    const column = lotColumn(42);
    for (const type of ["exact", "wildcard", "anything-but wildcard"]) {
      const match = linear(fourteenTypes[type].rules);
      const counts = fourteenTypes[type].rules.map(() => 0);
      for (const lot of column) for (const rule of match({ properties: { MAPBLKLOT: lot } })) counts[rule]++;
      assert.deepEqual(counts, fourteenTypes[type].expected, type);
    }
  });

  test("are matched by the package as by plain JavaScript, for each type", () => {
    const texts = lots.some(300);
    for (const [type, { rules, expected }] of Object.entries(fourteenTypes)) {
      assert.equal(rules.length, expected.length, type);
      const [set, plain, index] = [new RuleSet(named(rules)), linear(rules), indexed(rules)];
      for (const text of texts) {
        const wanted = String(plain(JSON.parse(text)));
        assert.equal(String(set.match(text)), wanted, `${type}: ${text}`);
        assert.equal(String(index(JSON.parse(text))), wanted, `${type}: ${text}`);
      }
      set.free();
    }
  });

  test("have the numbers that the rules compare with, as text", () => {
    assert.deepEqual(Object.values(places).map(String), ["-122.42916360922355", "-122.41600944012424", "-122.46471267081272", "-122.4063085128395", "37.729900216217324"]);
  });
});

describe("engines", () => {
  test("say the same of AWS events and mixed rules", () => {
    const rules = rulesOf("mixed", 500);
    const patterns = rules.map((rule) => JSON.parse(rule));
    const [set, plain, index] = [new RuleSet(named(rules)), linear(patterns), indexed(patterns)];
    let matches = 0;
    for (const text of awsTexts(300)) {
      const wanted = plain(JSON.parse(text));
      matches += wanted.length;
      assert.equal(String(set.match(text)), String(wanted), text);
      assert.equal(String(index(JSON.parse(text))), String(wanted), text);
    }
    assert.ok(matches > 50, String(matches));
    set.free();
  });

  test("keep the fields of one object together", () => {
    const set = new RuleSet({ it: correlated });
    const [plain, index] = [linear([correlated]), indexed([correlated])];
    const event = correlatedEvent(50, 1);
    const answers = () => [set.match(event).length, plain(event).length, index(event).length];
    assert.deepEqual(answers(), [0, 0, 0]);
    event.detail.items.push({ sku: "SKU-1", qty: 46 });
    assert.deepEqual(answers(), [1, 1, 1]);
    set.free();
  });
});
