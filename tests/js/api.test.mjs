// Every export of the package, as ES module and as CommonJS.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { bytesOf, cjs, esm } from "./package-under-test.mjs";

const upload = {
  version: "0",
  id: "1",
  account: "123456789012",
  source: "aws.s3",
  time: "2026-01-01T00:00:00Z",
  region: "eu-west-1",
  resources: ["arn:aws:s3:::photos"],
  "detail-type": "Object Created",
  detail: { bucket: { name: "photos" }, object: { key: "café/✓ 😀.jpg", size: 4096 } },
};

/** The same event in every form that the API takes. */
const forms = (event) => {
  const text = JSON.stringify(event);
  const bytes = bytesOf(text);
  return { text, "pretty text": JSON.stringify(event, null, 2), bytes, buffer: Buffer.from(text), "part of a buffer": inside(bytes), "data view": new DataView(bytes.buffer), object: event };
};

function inside(bytes) {
  const room = new Uint8Array(bytes.length + 20).fill(34);
  room.set(bytes, 7);
  return room.subarray(7, 7 + bytes.length);
}

for (const [kind, api] of Object.entries({ import: esm, require: cjs })) {
  describe(kind, () => {
    test("exports", () => {
      const names = ["EventError", "EventPattern", "PatternError", "RuleSet", "TargetInput", "TransformError", "UndeliverableError", "describeCode", "init", "lintEvent", "lintPattern", "lintTargetInput", "testEventPattern"];
      assert.deepEqual(Object.keys(api).sort(), names);
    });

    test("EventPattern: every form of pattern and event", () => {
      const { EventPattern } = api;
      const fits = { source: ["aws.s3"], detail: { object: { key: [{ suffix: ".jpg" }] } } };
      const not = { source: ["aws.s3"], detail: { object: { key: [{ suffix: ".png" }] } } };
      for (const [form, event] of Object.entries(forms(upload))) {
        for (const write of [(value) => value, JSON.stringify]) {
          assert.equal(new EventPattern(write(fits)).matches(event), true, form);
          assert.equal(new EventPattern(write(not)).matches(event), false, form);
        }
      }
    });

    test("EventPattern.explain agrees with matches", () => {
      const pattern = new api.EventPattern({ source: ["aws.s3"], detail: { object: { size: [4096] } } });
      for (const [form, event] of Object.entries(forms(upload))) {
        const explanation = pattern.explain(event);
        assert.equal(explanation.matches, true, form);
        assert.equal(explanation.root.kind, "and", form);
        assert.equal(typeof explanation.summary, "string", form);
      }
      assert.equal(pattern.explain({ source: "aws.s3" }).matches, false);
    });

    test("testEventPattern", () => {
      const ask = (pattern, event) => api.testEventPattern({ EventPattern: JSON.stringify(pattern), Event: JSON.stringify(event) });
      assert.deepEqual(ask({ source: ["aws.s3"] }, upload), { Result: true });
      assert.deepEqual(ask({ source: ["aws.ec2"] }, upload), { Result: false });
      assert.throws(() => ask({ source: "aws.s3" }, upload), api.PatternError);
      assert.throws(() => ask({ source: ["aws.s3"] }, []), api.EventError);
      const { id: _, ...incomplete } = upload;
      assert.throws(() => ask({ source: ["aws.s3"] }, incomplete), api.EventError);
    });

    test("RuleSet is like a Map", () => {
      const { RuleSet } = api;
      const rules = new RuleSet({ uploads: { source: ["aws.s3"] }, large: { detail: { object: { size: [4096] } } } });
      assert.equal(rules.size, 2);
      assert.deepEqual(rules.names(), ["uploads", "large"]);
      assert.deepEqual(rules.match(upload), ["uploads", "large"]);
      assert.equal(rules.set("other", '{"source":["aws.ec2"]}'), rules);
      assert.equal(rules.has("other"), true);
      assert.deepEqual(rules.match({ source: "aws.ec2" }), ["other"]);
      assert.deepEqual(rules.match({}), []);
      rules.set("uploads", { source: ["aws.ec2"] });
      assert.deepEqual(rules.match({ source: "aws.ec2" }), ["uploads", "other"], "a replaced rule keeps its place");
      assert.equal(rules.delete("uploads"), true);
      assert.equal(rules.delete("uploads"), false);
      assert.equal(rules.has("uploads"), false);
      assert.deepEqual(rules.match({ source: "aws.ec2" }), ["other"]);
      rules.set("uploads", { source: ["aws.ec2"] });
      assert.deepEqual(rules.match({ source: "aws.ec2" }), ["other", "uploads"], "a new rule comes last");
      assert.deepEqual(rules.names(), ["large", "other", "uploads"]);
      rules.clear();
      assert.equal(rules.size, 0);
      assert.deepEqual(rules.match(upload), []);
      rules.set("again", { source: ["aws.s3"] });
      assert.deepEqual(rules.match(upload), ["again"]);
    });

    test("RuleSet: what it can be made of", () => {
      const { RuleSet } = api;
      const pattern = { source: ["aws.s3"] };
      for (const rules of [[["a", pattern]], new Map([["a", pattern]]), { a: pattern }, (function* () { yield ["a", JSON.stringify(pattern)]; })()]) {
        assert.deepEqual(new RuleSet(rules).match(upload), ["a"]);
      }
      for (const nothing of [undefined, null, [], {}]) assert.equal(new RuleSet(nothing).size, 0);
      for (const wrong of ["text", 1, true]) assert.throws(() => new RuleSet(wrong), TypeError);
      assert.throws(() => new RuleSet().set(1, pattern), TypeError);
      assert.deepEqual(new RuleSet([["", pattern], ["__proto__", pattern], ["constructor", pattern]]).match(upload), ["", "__proto__", "constructor"]);
      assert.deepEqual(new RuleSet(JSON.parse('{"__proto__":{"source":["aws.s3"]}}')).match(upload), ["__proto__"]);
    });

    test("RuleSet: a refused pattern leaves the set as it was", () => {
      const { PatternError, RuleSet } = api;
      const rules = new RuleSet({ a: { source: ["aws.s3"] } });
      assert.throws(() => rules.set("a", { source: "aws.s3" }), (error) => error instanceof PatternError && error.message.includes('"a"') && error.diagnostics.length > 0);
      assert.throws(() => rules.set("b", "nonsense"), PatternError);
      assert.deepEqual(rules.names(), ["a"]);
      assert.deepEqual(rules.match(upload), ["a"]);
      assert.throws(() => new RuleSet({ good: { a: [1] }, bad: { a: 1 } }), (error) => error instanceof PatternError && error.message.includes('"bad"'));
    });

    test("RuleSet: many rules come in their order", () => {
      const rules = new api.RuleSet();
      const names = Array.from({ length: 1000 }, (_, i) => `rule ${(i * 7919) % 1000}`);
      for (const name of names) rules.set(name, { source: ["aws.s3"] });
      assert.deepEqual(rules.match(upload), names);
      for (let i = 0; i < 1000; i += 2) rules.delete(names[i]);
      assert.deepEqual(rules.match(upload), names.filter((_, i) => i % 2 === 1));
    });

    test("RuleSet.matchLines", () => {
      const rules = new api.RuleSet({ a: { x: [1] }, b: { x: [{ exists: true }] }, "é": { y: ["é"] } });
      const lines = ['{"x":1}', "", '{"x":', "  \t", '{"x":2}\r', "[]", '{"y":"é"}', ""];
      for (const ndjson of [lines.join("\n"), bytesOf(lines.join("\n"))]) {
        const results = rules.matchLines(ndjson);
        assert.deepEqual(results.map(({ line, matches }) => [line, matches]), [[1, ["a", "b"]], [3, undefined], [5, ["b"]], [6, undefined], [7, ["é"]]]);
        for (const { error } of results.filter(({ matches }) => !matches)) {
          assert.ok(error instanceof api.EventError);
          assert.ok(error.diagnostics.length > 0);
        }
      }
      assert.deepEqual(rules.matchLines(""), []);
      assert.deepEqual(rules.matchLines("\n\r\n \n"), []);
      assert.deepEqual(rules.matchLines(new Uint8Array(0)), []);
      assert.throws(() => rules.matchLines([{}]), TypeError);
      assert.throws(() => rules.matchLines(undefined), TypeError);
    });

    test("TargetInput", () => {
      const { TargetInput, TransformError, UndeliverableError } = api;
      for (const [form, event] of Object.entries(forms(upload))) {
        assert.deepEqual(JSON.parse(new TargetInput({}).apply(event)), upload, form);
        assert.equal(new TargetInput({ Input: '{ "a": 1 }' }).apply(event), '{ "a": 1 }', form);
        assert.equal(new TargetInput({ InputPath: "$.detail.object.size" }).apply(event), "4096", form);
        const transformer = { InputPathsMap: { key: "$.detail.object.key" }, InputTemplate: '{"key": <key>, "rule": <aws.events.rule-name>}' };
        const input = new TargetInput({ InputTransformer: transformer });
        const output = '{"key": "café/✓ 😀.jpg", "rule": "uploads"}';
        assert.equal(input.apply(event, { ruleName: "uploads" }), output, form);
        const explained = input.explain(event, { ruleName: "uploads" });
        assert.deepEqual([explained.delivered, explained.output], [true, output], form);
        assert.deepEqual(explained.variables.map(({ name, missing }) => [name, missing]), [["key", false], ["aws.events.rule-name", false]], form);
      }
      assert.throws(() => new TargetInput({ Input: "{}", InputPath: "$" }), TransformError);
      assert.throws(() => new TargetInput({ InputTransformer: { InputTemplate: "<nowhere>" } }), TransformError);
      const lossy = new TargetInput({ InputTransformer: { InputPathsMap: { o: "$.detail" }, InputTemplate: '{"o": "<o>"}' } });
      assert.throws(() => lossy.apply(upload), (error) => error instanceof UndeliverableError && error.diagnostics.length > 0 && error.output.startsWith('{"o": "{'));
      assert.equal(lossy.explain(upload).delivered, false);
    });

    test("TargetInput: the ingestion time", () => {
      const input = new api.TargetInput({ InputTransformer: { InputTemplate: '{"at": <aws.events.event.ingestion-time>}' } });
      const at = (ingestionTime) => JSON.parse(input.apply(upload, { ingestionTime })).at;
      assert.equal(at("2024-05-13T12:27:20Z"), "2024-05-13T12:27:20Z");
      assert.equal(at(new Date(Date.UTC(2024, 4, 13, 12, 27, 20, 345))), "2024-05-13T12:27:20Z");
      assert.equal(at(undefined), upload.time);
      assert.throws(() => at(new Date(NaN)), TypeError);
      assert.throws(() => at(0), TypeError);
      assert.throws(() => input.apply(upload, { ruleName: 1 }), TypeError);
    });

    test("lints", () => {
      const { lintEvent, lintPattern, lintTargetInput } = api;
      assert.deepEqual(lintPattern('{"source":["aws.s3"]}').filter(({ severity }) => severity === "error"), []);
      const [problem] = lintPattern('{\n  "source": "aws.s3"\n}');
      assert.equal(problem.severity, "error");
      assert.equal(problem.source, "eventbridge-rules");
      assert.deepEqual(problem.range.start, { line: 1, character: 12 });
      assert.equal(problem.from, 14);
      assert.deepEqual(lintTargetInput({ InputPath: "$.detail" }).filter(({ severity }) => severity === "error"), []);
      assert.equal(lintTargetInput({ Input: "not json" })[0].severity, "error");
      assert.deepEqual(lintEvent("{}").filter(({ severity }) => severity === "error"), []);
      assert.equal(lintEvent("{]")[0].severity, "error");
    });

    test("positions are in UTF-16, also behind characters of four bytes", () => {
      const problem = api.lintPattern('{ "😀é": 1 }').find(({ code }) => code === "pattern-value-not-a-list");
      assert.equal(problem.from, 9);
      assert.deepEqual(problem.range.start, { line: 0, character: 9 });
    });

    test("ranges cover what they name, whatever stands before it", () => {
      for (const before of ["", "\r\n", "\n\t", '"😀": ["👨‍👩‍👧"],\r\n', '"e\u0301": ["\u0301"],\t', '"\u2028": [1],\r', '"中文": ["\ud83d\ude00\ufe0f"],\n\n']) {
        const text = `{${before}"detail": {"size": [{"prefix": 5}], "path": [{"wildcard": "😀a**b"}], "ip": [{"cidr": "10.0.0.0/33"}]}}`;
        const found = Object.fromEntries(api.lintPattern(text).map((problem) => [problem.code, problem]));
        const covered = (code) => text.slice(found[code].from, found[code].to);
        assert.deepEqual(["prefix-needs-string", "wildcard-consecutive", "cidr-too-many-bits"].map(covered), ["5", "**", "33"], text);
        const lines = text.split(/\r\n|\n|\r/);
        const { start, end } = found["wildcard-consecutive"].range;
        assert.equal(start.line, end.line);
        assert.equal(lines[start.line].slice(start.character, end.character), "**", text);
      }
      const event = '{"😀": "👨‍👩‍👧",\r\n\t"size": 10, "name": "e\u0301x"}';
      const { root } = new api.EventPattern({ size: [1], name: ["y"] }).explain(event);
      assert.deepEqual(root.children.map(({ values: [{ from, to }] }) => event.slice(from, to)), ["10", '"e\u0301x"']);
    });

    test("errors are real errors that point at the caller", () => {
      const { EventError, EventPattern, PatternError, TargetInput, TransformError } = api;
      const cases = [
        [PatternError, "PatternError", () => new EventPattern("{")],
        [EventError, "EventError", () => new EventPattern('{"a":[1]}').matches("{")],
        [EventError, "EventError", () => new EventPattern('{"a":[1]}').matches({ a: 1n })],
        [TransformError, "TransformError", () => new TargetInput({ Input: 1 })],
      ];
      for (const [Kind, name, work] of cases) {
        assert.throws(work, (error) => {
          assert.ok(error instanceof Kind && error instanceof Error);
          assert.equal(error.name, name);
          assert.equal(Object.prototype.propertyIsEnumerable.call(error, "name"), false);
          assert.ok(error.diagnostics.length > 0);
          assert.ok(!error.message.includes("{\""), "no JSON in the message");
          const [first] = error.stack.split("\n").filter((line) => line.startsWith("    at "));
          assert.match(first, /api\.test\.mjs/, error.stack);
          return true;
        });
      }
    });

    test("free", () => {
      const { EventPattern, RuleSet, TargetInput } = api;
      const pattern = new EventPattern({ a: [1] });
      const rules = new RuleSet({ a: { a: [1] } });
      const input = new TargetInput({});
      for (const object of [pattern, rules, input]) {
        object.free();
        object.free();
      }
      const dispose = Symbol.dispose ?? Symbol.for("Symbol.dispose");
      for (const Kind of [EventPattern, RuleSet, TargetInput]) assert.equal(typeof Kind.prototype[dispose], "function");
      const disposed = new EventPattern({ a: [1] });
      disposed[dispose]();
      const uses = [
        () => pattern.matches("{}"),
        () => pattern.explain("{}"),
        () => rules.match("{}"),
        () => rules.matchLines(""),
        () => rules.set("a", "{}"),
        () => rules.delete("a"),
        () => rules.clear(),
        () => input.apply("{}"),
        () => input.explain("{}"),
        () => disposed.matches("{}"),
      ];
      for (const use of uses) assert.throws(use, { name: "Error", message: /was freed/ });
      assert.equal(new EventPattern({ a: [1] }).matches({ a: 1 }), true);
    });

    test("init may be called at any time, any number of times", async () => {
      await Promise.all([api.init(), api.init()]);
      await api.init();
      assert.equal(new api.EventPattern({ a: [1] }).matches({ a: 1 }), true);
    });
  });
}
