// The parts of the help with writing that need no browser: what events hold, manuals, marks and lights.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { EventPattern, TargetInput } from "../../pkg/index.mjs";
import { assistModules } from "./assist.mjs";

let modules;
before(async () => void (modules = await assistModules("fields", "manual", "about", "marks", "lights", "json")));

describe("manuals", () => {
  const folder = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "src", "operators");
  const sources = readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), "utf8"))
    .filter((source) => source.includes("manual: Manual {"));
  /** A Rust string literal, plain or raw. */
  const literal = (source, field) => {
    const [, raw, plain] = new RegExp(`${field}: (?:r#"(.*?)"#|"((?:[^"\\\\]|\\\\.)*)")`).exec(source);
    return raw ?? JSON.parse(`"${plain}"`);
  };

  test("are those of the engine, for each of its operators", () => {
    assert.equal(sources.length, 9);
    assert.deepEqual(Object.keys(modules.OPERATORS).sort(), sources.map((source) => literal(source, "name")).sort());
    for (const source of sources) {
      const manual = modules.OPERATORS[literal(source, "name")];
      for (const field of ["summary", "example", "passes", "fails"]) assert.equal(manual[field], literal(source, field));
      for (const form of manual.forms) assert.ok(source.includes(`r#"${form}"#`), form);
      assert.ok(source.includes(JSON.stringify(manual.note)), manual.note);
    }
  });

  test("hold in the engine", () => {
    for (const [name, { forms, example, passes, fails }] of Object.entries(modules.OPERATORS)) {
      for (const form of forms.filter((text) => !text.includes("address/bits"))) assert.ok(new EventPattern(`{"a":[${form}]}`), name);
      const pattern = new EventPattern(`{"a":${example}}`);
      assert.ok(pattern.matches(`{"a":${passes}}`), `${name} passes ${passes}`);
      assert.ok(!pattern.matches(`{"a":${fails}}`), `${name} does not pass ${fails}`);
    }
  });

  test("each key of the envelope has one line", () => {
    for (const [key, says] of Object.entries(modules.ENVELOPE)) assert.match(says, /^[A-Z].*\.$/, key);
  });
});

describe("input paths", () => {
  const event = '{"source":"a","a b":1,"detail":{"list":[{"id":1.0},{"id":2,"more":3}],"nested":[[1]],"empty":[],"x/y":{"z-1":null},"dup":1,"dup":{"in":2}}}';

  test("each selects something, and none is missing that could", () => {
    const paths = modules.inputPathsOf(event);
    assert.deepEqual(paths, ["$", "$.source", "$.detail", "$.detail.list", "$.detail.list[0]", "$.detail.list[0].id", "$.detail.nested", "$.detail.empty", "$.detail.x/y", "$.detail.x/y.z-1", "$.detail.dup", "$.detail.dup.in"]);
    for (const path of paths) {
      const { variables } = new TargetInput({ InputTransformer: { InputPathsMap: { v: path }, InputTemplate: "<v>" } }).explain(event);
      assert.equal(variables[0].missing, false, path);
    }
  });

  test("huge and broken events give some or none", () => {
    assert.deepEqual(modules.inputPathsOf(""), []);
    assert.deepEqual(modules.inputPathsOf('{"a":{"b":1,'), ["$", "$.a", "$.a.b"]);
    assert.ok(modules.inputPathsOf('{"a":'.repeat(100_000)).length <= 200);
    assert.equal(modules.inputPathsOf(JSON.stringify(Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`k${index}`, 1])))).length, 500);
  });
});

describe("the JSON reader", () => {
  const shape = (text, node) => (node.kind === "object" ? Object.fromEntries(node.members.map(({ key, value }) => [key, shape(text, value)])) : node.kind === "array" ? node.items.map((item) => shape(text, item)) : text.slice(node.from, node.to));

  test("keeps every place and every spelling", () => {
    const text = ' { "a" : [ 1.0 , "x\\"y" ,{ } , [ ] ] , "\\u0062" : { "c": true } } ';
    assert.deepEqual(shape(text, modules.readJson(text)), { a: ["1.0", '"x\\"y"', {}, []], b: { c: "true" } });
  });

  test("stops at the first fault with what it has", () => {
    for (const [text, found] of [['{"a":1,"b":}', { a: "1" }], ['{"a":[1,2', { a: ["1", "2"] }], ['{"a":1]', { a: "1" }], ['{"a" 1}', {}], ['{"a":"open', {}], ['{"a":1,"b\n":2}', { a: "1" }], ["[1}", ["1"]]]) assert.deepEqual(shape(text, modules.readJson(text)), found, text);
    assert.equal(modules.readJson(""), undefined);
    assert.equal(modules.readJson("}"), undefined);
  });
});

describe("what a word is", () => {
  const samples = () => modules.createReader()(['{"source":"s","detail":{"a":1.0,"b":{"c":"x"}}}']);
  const about = (place) => modules.aboutPlace(place.replace("|", ""), place.indexOf("|"), samples());

  test("a key of every event has a manual and its value", () => {
    const found = about('{"sou|rce": ["x"]}');
    assert.deepEqual([found.from, found.to, found.manual, found.field.values], [1, 9, "source", ['"s"']]);
  });

  test("a field has its values, or its keys, or nothing", () => {
    assert.deepEqual(about('{"detail": {"|a": [1]}}').field, { path: "detail.a", values: ["1.0"], keys: [] });
    assert.deepEqual(about('{"detail": {"b|": {}}}').field, { path: "detail.b", values: [], keys: ["c"] });
    assert.deepEqual(about('{"detail": {"|nope": [1]}}').field, { path: "detail.nope", values: [], keys: [] });
    assert.equal(about('{"detail": {"source|": [1]}}').manual, undefined, "only at the root");
  });

  test("a key behind a missing comma is one", () => {
    assert.equal(about('{"detail": {"x": [1] "a|": [2]}}').field.path, "detail.a");
  });

  test("an operator has its manual, inside of another one too", () => {
    assert.equal(about('{"a": [{"pre|fix": "x"}]}').manual, "prefix");
    assert.deepEqual([about('{"a": [{"anything-but": {"wild|card": "x"}}]}')].map(({ manual, within }) => [manual, within]), [["wildcard", "anything-but"]]);
    assert.equal(about('{"$o|r": [{}, {}]}').manual, "$or");
    assert.equal(about('{"a": [{"numeric": [">|=", 1]}]}').manual, "numeric");
  });

  test("values and marks are nothing", () => {
    for (const place of ['{"a": ["x|"]}', '{"a": [1|2]}', '{|"a": [1]}', '{"a"|: [1]}', '{"a": [{"prefix": "x|"}]}']) assert.equal(about(place), undefined, place);
  });
});

describe("marks beside the lines", () => {
  const marksOf = (pattern, event) => {
    const { root } = new EventPattern(pattern).explain(event);
    return [...modules.lineVerdicts(pattern, root)].map(([line, { mark }]) => `${line + 1} ${mark}`);
  };

  test("one for each line on which a field begins", () => {
    const pattern = '{\n  "source": ["s"],\n  "detail": {\n    "a": [\n      1\n    ],\n    "b": [2]\n  }\n}';
    assert.deepEqual(marksOf(pattern, '{"source":"s","detail":{"a":1,"b":3}}'), ["2 yes", "4 yes", "7 no"]);
  });

  test("a line fails if one of its fields does, and says all reasons", () => {
    const pattern = '{"a":[1],"b":[2],\n"c":[3]}';
    assert.deepEqual(marksOf(pattern, '{"a":1,"b":9,"c":3}'), ["1 no", "2 yes"]);
    const { root } = new EventPattern(pattern).explain('{"a":1,"b":9,"c":3}');
    assert.equal(modules.lineVerdicts(pattern, root).get(0).reasons.length, 2);
  });

  test("in a `$or` that holds, what fails is the reason of nothing; in one that fails it is", () => {
    const pattern = '{"$or": [\n{"a": [1]},\n{"b": [2],\n"c": [3]}\n]}';
    assert.deepEqual(marksOf(pattern, '{"a":1,"c":3}'), ["1 yes", "2 yes", "3 none", "4 yes"]);
    assert.deepEqual(marksOf(pattern, '{"c":3}'), ["1 no", "2 no", "3 no", "4 yes"]);
  });

  test("a field that a later one replaces counts for nothing", () => {
    assert.deepEqual(marksOf('{"a": [1],\n"a": [2]}', '{"a":2}'), ["1 none", "2 yes"]);
  });
});

describe("lights", () => {
  const pattern = '{"detail":{"tags":["x",{"prefix":"s"}],"n":[{"numeric":[">",5]}]}}';
  const event = '{"detail":{"tags":["sea","sun","x"],"n":3,"other":1}}';
  let root;
  before(() => void ({ root } = new EventPattern(pattern).explain(event)));
  const said = (text, lights) => lights.map(({ from, to, kind }) => `${text.slice(from, to)} ${kind}`);
  const ofPattern = (word) => modules.lightsOfPattern(root, pattern.indexOf(word) + 1);
  const ofEvent = (word) => modules.lightsOfEvent(root, event.indexOf(word) + 1);

  test("a test lights the values that it looked at", () => {
    const lights = ofPattern('{"prefix"');
    assert.deepEqual(said(pattern, lights.pattern), ['{"prefix":"s"} part']);
    assert.deepEqual(said(event, lights.event).sort(), ['"sea" accepted', '"sun" accepted', '"x" refused']);
  });

  test("a key lights all values of its field, an object none", () => {
    assert.equal(ofPattern('"tags"').event.length, 3);
    assert.equal(ofPattern('"detail"'), undefined);
  });

  test("a value lights every test that looked at it", () => {
    assert.deepEqual(said(pattern, ofEvent('"sea"').pattern), ['"x" refused', '{"prefix":"s"} accepted']);
    assert.deepEqual(said(pattern, ofEvent("3").pattern), ['{"numeric":[">",5]} refused']);
    assert.deepEqual(ofEvent('"sea"').event.map(({ kind }) => kind), ["accepted"]);
    assert.equal(ofEvent('"other"'), undefined);
  });
});
