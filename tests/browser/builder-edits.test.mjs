// Edits of a pattern's text, made by clicking: a table of texts, and the promise that what was added matches.
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { EventPattern } from "../../pkg/index.mjs";
import { load } from "./modules.mjs";

let builder;
before(async () => void (builder = await load("edits.ts", "builder/pattern-edits.ts", "builder/fields.ts", "builder/input-path.ts", "builder/tests-of.ts", "intake/start-pattern.ts", "samples/samples.ts")));

const laidOut = '{\n  "source": ["a"],\n  "detail": {\n    "state": ["x"]\n  }\n}';

/** [name, pattern, path, value, pattern after, test]; the path with dots. */
const additions = [
  ["nothing", "", "source", '"a"', '{\n  "source": ["a"]\n}'],
  ["space", " \n ", "source", '"a"', '{\n  "source": ["a"]\n}'],
  ["an empty object", "{}", "source", '"a"', '{\n  "source": ["a"]\n}'],
  ["an empty object with space", "{ }", "source", '"a"', '{\n  "source": ["a"]\n}'],
  ["a deep path", "{}", "detail.object.key", '"k"', '{\n  "detail": {\n    "object": {\n      "key": ["k"]\n    }\n  }\n}'],
  ["a member behind others", laidOut, "region", '"eu"', '{\n  "source": ["a"],\n  "detail": {\n    "state": ["x"]\n  },\n  "region": ["eu"]\n}'],
  ["a member of an object that is there", laidOut, "detail.code", "1.50", '{\n  "source": ["a"],\n  "detail": {\n    "state": ["x"],\n    "code": [1.50]\n  }\n}'],
  ["a deep member of an object that is there", laidOut, "detail.a.b", "true", '{\n  "source": ["a"],\n  "detail": {\n    "state": ["x"],\n    "a": {\n      "b": [true]\n    }\n  }\n}'],
  ["a value of a list that is there", laidOut, "detail.state", '"y"', '{\n  "source": ["a"],\n  "detail": {\n    "state": ["x", "y"]\n  }\n}'],
  ["a value that is there already", laidOut, "detail.state", '"x"', laidOut],
  ["the same in another spelling", '{"a": ["\\u0078"]}', "a", '"x"', '{"a": ["\\u0078"]}'],
  ["a number in another spelling is another text", '{"a": [1.0]}', "a", "1", '{"a": [1.0, 1]}'],
  ["null", '{"a": [1]}', "a", "null", '{"a": [1, null]}'],
  ["a list in lines", '{\n  "a": [\n    "x",\n    "y"\n  ]\n}', "a", '"z"', '{\n  "a": [\n    "x",\n    "y",\n    "z"\n  ]\n}'],
  ["a list of one in lines", '{\n  "a": [\n    "x"\n  ]\n}', "a", '"z"', '{\n  "a": [\n    "x",\n    "z"\n  ]\n}'],
  ["a list with space in it", '{"a": [ "x" ]}', "a", '"z"', '{"a": [ "x", "z" ]}'],
  ["a tight list", '{"a":["x","y"]}', "a", '"z"', '{"a":["x","y","z"]}'],
  ["an empty list", '{"a": []}', "a", '"z"', '{"a": ["z"]}'],
  ["all on one line", '{ "a": ["x"] }', "b", '"y"', '{ "a": ["x"], "b": ["y"] }'],
  ["all on one line, deep", '{ "a": ["x"] }', "b.c", '"y"', '{ "a": ["x"], "b": { "c": ["y"] } }'],
  ["tight, two members", '{"a":["x"],"b":["x"]}', "c", '"y"', '{"a":["x"],"b":["x"],"c": ["y"]}'],
  ["tight, one member", '{"a":["x"]}', "b", '"y"', '{"a":["x"], "b": ["y"]}'],
  ["an empty object inside", '{\n  "detail": {}\n}', "detail.a", "1", '{\n  "detail": {\n    "a": [1]\n  }\n}'],
  ["an empty object on one line", '{ "detail": {} }', "detail.a", "1", '{ "detail": { "a": [1] } }'],
  ["four spaces", '{\n    "source": ["a"]\n}', "detail.a", "1", '{\n    "source": ["a"],\n    "detail": {\n        "a": [1]\n    }\n}'],
  ["tabs", '{\n\t"source": ["a"]\n}', "detail.a", "1", '{\n\t"source": ["a"],\n\t"detail": {\n\t\t"a": [1]\n\t}\n}'],
  ["windows lines", '{\r\n  "a": ["x"]\r\n}', "b", "1", '{\r\n  "a": ["x"],\r\n  "b": [1]\r\n}'],
  ["odd layout stays", '{"b" :[1.0 ,\n2e1 ],\n\n   "a":["x"]}', "b", "3", '{"b" :[1.0 ,\n2e1,\n3 ],\n\n   "a":["x"]}'],
  ["$or stays", '{\n  "$or": [{ "a": [1] }, { "b": [2] }]\n}', "a", "3", '{\n  "$or": [{ "a": [1] }, { "b": [2] }],\n  "a": [3]\n}'],
  ["doubled keys: the last one counts", '{"a": ["x"], "a": ["y"]}', "a", '"z"', '{"a": ["x"], "a": ["y", "z"]}'],
  ["a key of a prototype", "{}", "__proto__.constructor", "1", '{\n  "__proto__": {\n    "constructor": [1]\n  }\n}'],
  ["a key that needs escapes", "{}", 'a"b', "1", '{\n  "a\\"b": [1]\n}'],
  ["prefix", '{"a": ["x"]}', "a", '"abc"', '{"a": ["x", { "prefix": "ab" }]}', { kind: "prefix", argument: '"ab"' }],
  ["suffix", "{}", "a", '"a.png"', '{\n  "a": [{ "suffix": ".png" }]\n}', { kind: "suffix", argument: '".png"' }],
  ["at least", "{}", "a", "1.50", '{\n  "a": [{ "numeric": [">=", 1.50] }]\n}', { kind: "at-least", argument: "1.50" }],
  ["at most", "{}", "a", "1e3", '{\n  "a": [{ "numeric": ["<=", 1e3] }]\n}', { kind: "at-most", argument: "1e3" }],
  ["exists", '{"a": [{"exists":true}]}', "a", "1", '{"a": [{"exists":true}]}', { kind: "exists" }],
];

const refusals = [
  ["a list is in the way", '{"detail": ["x"]}', "detail.a", "`detail` is a list"],
  ["an object is in the way", '{"detail": {"a": {"b": [1]}}}', "detail.a", "`detail.a` is not a list"],
  ["the pattern is broken", '{"detail": ', "detail.a", "not a JSON object"],
  ["the pattern is a list", "[]", "detail.a", "not a JSON object"],
  ["a field called $or", "{}", "detail.$or", "`$or` has a meaning"],
];

/** [name, pattern, path, value, pattern after] */
const removals = [
  ["the first of several", '{"a": ["x", "y", "z"]}', "a", '"x"', '{"a": ["y", "z"]}'],
  ["the last of several", '{"a": ["x", "y", "z"]}', "a", '"z"', '{"a": ["x", "y"]}'],
  ["one in the middle, in lines", '{"a": [\n  "x",\n  "y",\n  "z"\n]}', "a", '"y"', '{"a": [\n  "x",\n  "z"\n]}'],
  ["the only one takes the member along", '{\n  "a": ["x"],\n  "b": [1]\n}', "a", '"x"', '{\n  "b": [1]\n}'],
  ["the last member", '{\n  "a": ["x"],\n  "b": [1]\n}', "b", "1", '{\n  "a": ["x"]\n}'],
  ["and the objects around it", laidOut, "detail.state", '"x"', '{\n  "source": ["a"]\n}'],
  ["and in the end everything", '{\n  "detail": {\n    "a": { "b": [1] }\n  }\n}', "detail.a.b", "1", "{}"],
  ["what is not there", laidOut, "detail.other", "1", laidOut],
];

const pathOf = (dotted) => dotted.split(".");
const add = (pattern, path, value, how) => {
  const result = builder.addToPattern(pattern, path, value, how);
  return result.edits ? builder.applied(pattern, result.edits) : result;
};

describe("a click", () => {
  for (const [name, pattern, path, value, after, how] of additions) {
    test(`adds: ${name}`, () => {
      assert.equal(add(pattern, pathOf(path), value, how), after);
      assert.ok(builder.isInPattern(after, pathOf(path), value, how));
      assert.equal(add(after, pathOf(path), value, how), after, "once is enough");
    });
  }
  for (const [name, pattern, path, why] of refusals) {
    test(`refuses: ${name}`, () => assert.ok(builder.addToPattern(pattern, pathOf(path), "1").refused.includes(why)));
  }
  for (const [name, pattern, path, value, after] of removals) {
    test(`takes away: ${name}`, () => {
      const { edits } = builder.removeFromPattern(pattern, pathOf(path), value);
      assert.equal(builder.applied(pattern, edits), after);
    });
  }
});

const odd = '{"source": "x", "a.b": 1, "": 2, "n": -0.10, "e": 1e3, "u": "\\ud83d é 🎉", "list": [1, [2, ["three"]], {"deep": [{"x": null}, {"x": false}]}], "empty": [], "none": {}, "q": "a\\"b\\\\c", "__proto__": "p"}';
const matches = (pattern, event) => new EventPattern(pattern).matches(event);

describe("what was added matches the event", () => {
  test("each test of each leaf of each sample, alone and with the start", () => {
    let asked = 0;
    for (const text of [odd, ...builder.SAMPLES.map((sample) => sample.text)]) {
      const start = builder.startPattern(text);
      assert.ok(matches(start, text), start);
      for (const field of builder.fieldsOf(text).filter(builder.isLeaf)) {
        for (const how of [{ kind: "equals" }, ...builder.choicesOf(field).map((choice) => choice.test)]) {
          for (const base of ["{}", start]) {
            const pattern = add(base, field.path, field.value, how);
            assert.ok(matches(pattern, text), `${pattern}\n${text}`);
            asked++;
          }
        }
      }
    }
    assert.ok(asked > 5000, `${asked} patterns`);
  });

  test("all leaves together, and away with them again", () => {
    for (const { text } of builder.SAMPLES) {
      // Values of two elements of one list are not in one element, so no pattern asks for both.
      const leaves = builder.fieldsOf(text).filter((field) => builder.isLeaf(field) && field.steps.every((step) => typeof step === "string" || step === 0));
      let pattern = builder.startPattern(text);
      for (const { path, value } of leaves) pattern = add(pattern, path, value);
      assert.ok(matches(pattern, text), pattern);
      for (const { path, value } of leaves) {
        pattern = builder.applied(pattern, builder.removeFromPattern(pattern, path, value).edits);
        if (pattern !== "{}") assert.ok(matches(pattern, text), pattern);
      }
      assert.equal(pattern, "{}");
    }
  });
});

describe("samples", () => {
  test("there are many, each an event as EventBridge delivers it, no two alike", () => {
    assert.ok(builder.SAMPLES.length >= 60);
    assert.ok(new Set(builder.SAMPLES.map(({ service }) => service)).size >= 30);
    assert.equal(new Set(builder.SAMPLES.map(({ service, name }) => `${service} ${name}`)).size, builder.SAMPLES.length);
    for (const { name, text, source, type } of builder.SAMPLES) {
      const event = JSON.parse(text);
      assert.deepEqual(Object.keys(event), ["version", "id", "detail-type", "source", "account", "time", "region", "resources", "detail"], name);
      assert.deepEqual([event.source, event["detail-type"]], [source, type]);
      assert.equal(typeof event.detail, "object", name);
      for (const number of text.match(/\b\d{12}\b/g) ?? []) assert.ok(["111122223333", "444455556666", "012345678901", "000000000000"].includes(number) || text.includes(`-${number}`), `${name}: ${number} is no account for documentation`);
      for (const address of text.match(/\b\d+\.\d+\.\d+\.\d+\b/g) ?? []) assert.match(address, /^(203\.0\.113|198\.51\.100|192\.0\.2|10\.0\.0|0\.0\.0)\.\d+$/, name);
    }
  });

  test("the search finds names first, then what is inside", () => {
    assert.ok(builder.search("S3 created").every(({ service }) => service === "S3"));
    assert.deepEqual(builder.search("bruteforce").map(({ service }) => service), ["GuardDuty"]);
    assert.deepEqual(builder.search("no such thing at all"), []);
    assert.equal(builder.search("").length, builder.SAMPLES.length);
  });
});

describe("input paths", () => {
  const form = (more = {}) => ({ kind: "event", input: "", path: "$.detail", paths: [], template: '{"detail-type": "<type>"}', ruleArn: "", ingestionTime: "", ...more });

  test("as EventBridge writes them, or none", () => {
    assert.equal(builder.inputPathOf(["detail", "items", 0, "sku-1", "a/b"]), "$.detail.items[0].sku-1.a/b");
    for (const key of ["a b", "a.b", "ä", "", "$or", "x:y"]) assert.equal(builder.inputPathOf(["detail", key]), undefined);
  });

  test("a name after the key, another one where it is taken", () => {
    assert.equal(builder.variableName(["detail", "object", "key"], []), "key");
    assert.equal(builder.variableName(["detail", "object", "key"], ["key"]), "object-key");
    assert.equal(builder.variableName(["detail", "object", "key"], ["key", "object-key"]), "key2");
    assert.equal(builder.variableName(["resources", 0], []), "resources");
    assert.equal(builder.variableName([0], []), "value");
  });

  test("the first one switches to a transformer; a plain template grows, a written one stays", () => {
    const first = builder.toggleInputPath(form(), ["detail", "key"]);
    assert.deepEqual([first.kind, first.paths, first.template], ["transformer", [["key", "$.detail.key"]], '{\n  "key": <key>\n}']);
    const second = builder.toggleInputPath(first, ["source"]);
    assert.deepEqual([second.paths.length, second.template], [2, '{\n  "key": <key>,\n  "source": <source>\n}']);
    assert.deepEqual(builder.toggleInputPath(second, ["source"]), first, "a second click takes it away");
    const own = builder.toggleInputPath(form({ kind: "transformer", paths: [["key", "$.id"]], template: '"<key>"' }), ["detail", "key"]);
    assert.deepEqual([own.paths, own.template], [[["key", "$.id"], ["detail-key", "$.detail.key"]], '"<key>"']);
    const kept = builder.toggleInputPath(form({ paths: [["mine", "$.id"]], template: '"<mine>"' }), ["id"]);
    assert.deepEqual([kept.kind, kept.paths, kept.template], ["transformer", [["mine", "$.id"]], '"<mine>"']);
    const slow = `{${'"a": <a>   '.repeat(2000)}!`;
    assert.equal(builder.toggleInputPath(form({ kind: "transformer", template: slow }), ["id"]).template, slow);
  });
});
