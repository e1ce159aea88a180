// Whatever is handed over: a typed error that says what is wrong, never a trap, and the same object answers afterwards.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { runInNewContext } from "node:vm";
import { bytesOf, esm, freshCopy } from "./package-under-test.mjs";

const { EventError, EventPattern, lintEvent, lintPattern, lintTargetInput, PatternError, RuleSet, TargetInput, testEventPattern, TransformError } = esm;

const pattern = new EventPattern({ a: ["é"] });
const rules = new RuleSet({ it: { a: ["é"] } });
const target = new TargetInput({ InputPath: "$.a" });

/** The objects that have seen everything below answer as they did at first. */
function stillRight() {
  assert.equal(pattern.matches('{"a":"é"}'), true);
  assert.equal(pattern.matches('{"a":"e"}'), false);
  assert.equal(pattern.matches(bytesOf('{"a":"é"}')), true);
  assert.equal(pattern.matches({ a: "é" }), true);
  assert.equal(pattern.explain('{"a":"é"}').matches, true);
  assert.deepEqual(rules.match('{"a":"é"}'), ["it"]);
  assert.equal(target.apply({ a: "é" }), '"é"');
}

/** Every way of handing over an event refuses it, with an EventError whose message fits. */
function refused(event, message = /./) {
  const check = (error) => {
    assert.ok(error instanceof EventError, `${error?.stack ?? error}`);
    assert.match(error.message, message);
    assert.ok(error.diagnostics.length > 0, "no diagnostics");
    for (const { from, to, range, severity, code } of error.diagnostics) {
      assert.ok(Number.isInteger(from) && Number.isInteger(to) && 0 <= from && from <= to);
      if (typeof event === "string") assert.ok(to <= event.length, `${to} of ${event.length}`);
      assert.ok(range.start.line <= range.end.line && range.start.character >= 0);
      assert.equal(severity, "error");
      assert.match(code, /^[a-z0-9]+(-[a-z0-9]+)*$/);
    }
    return true;
  };
  assert.throws(() => pattern.matches(event), check);
  assert.throws(() => pattern.explain(event), check);
  assert.throws(() => rules.match(event), check);
  assert.throws(() => target.apply(event), check);
  assert.throws(() => target.explain(event), check);
  assert.ok(lintEvent(event).length > 0);
  stillRight();
}

/** Where the answer does not depend on what is wrong with it, an object is not refused: who needs all of it refuses. */
function refusedAsAWhole(event, message = /./) {
  const check = (error) => error instanceof EventError && message.test(error.message) && error.diagnostics.length > 0;
  assert.equal(pattern.matches({ ...event, a: "é" }), true);
  assert.deepEqual(rules.match({ ...event, a: "é" }), ["it"]);
  assert.throws(() => pattern.explain(event), check);
  assert.throws(() => target.apply(event), check);
  assert.throws(() => target.explain(event), check);
  assert.ok(lintEvent(event).length > 0);
  stillRight();
}

/** The event is read, and does not match. */
function accepted(event) {
  assert.equal(pattern.matches(event), false);
  assert.equal(pattern.explain(event).matches, false);
  assert.deepEqual(rules.match(event), []);
  stillRight();
}

describe("events as text", () => {
  test("every beginning of an event", () => {
    const whole = '{"a": ["x", {"é😀": -1.5e+3, "\\u00e9\\ud83d\\ude00\\n": [true, false, null]}], "b": {}}';
    for (let end = 0; end < whole.length; end++) {
      const part = whole.slice(0, end);
      refused(part);
      refused(bytesOf(part));
    }
    accepted(whole);
  });

  test("every single byte of an event replaced", () => {
    const whole = bytesOf('{"a":["é",1e5,null,"\\u00e9"]}');
    for (let at = 0; at < whole.length; at++) {
      for (const byte of [0, 9, 34, 44, 58, 92, 93, 125, 127, 128, 0xc0, 0xed, 0xf8, 255]) {
        const bytes = whole.slice();
        bytes[at] = byte;
        try {
          assert.equal(typeof pattern.matches(bytes), "boolean");
        } catch (error) {
          assert.ok(error instanceof EventError, error.stack);
        }
      }
    }
    stillRight();
  });

  test("not an object", () => {
    for (const text of ["", " ", "null", "true", "1", '"{}"', "[]", '[{"a":"é"}]', "undefined", "NaN", "{a:1}", "{'a':1}", '{"a":1,}', '{"a":+1}', '{"a":01}', '{"a":.5}', '{"a":1.}', '{"a":0x1}', '{"a":Infinity}', "// no\n{}"]) {
      refused(text);
      refused(bytesOf(text));
    }
  });

  test("a byte order mark, NUL and other characters that JSON does not have", () => {
    for (const text of ['\ufeff{"a":"é"}', '\0{"a":"é"}', '{"a":"é\0"}', '{"a":\0"é"}', '{\u00a0"a":"é"}', '{"a":"\n"}', '{"a":"\x1f"}', '{\u2028"a":1}']) {
      refused(text);
      refused(bytesOf(text));
    }
  });

  test("1 MB of nesting", () => {
    for (const [open, close] of [["[", "]"], ['{"a":', "}"]]) {
      const deep = `{"a":${open.repeat(500_000)}1${close.repeat(500_000)}}`;
      refused(deep);
      refused(deep.slice(0, 600_000));
      refused(bytesOf(deep));
    }
    refused("[".repeat(1_000_000));
    refused('{"a":'.repeat(200_000));
  });

  test("huge numbers", () => {
    accepted('{"a":1e400}');
    accepted('{"a":-1e-400}');
    accepted(`{"a":${"9".repeat(1000)}}`);
    refused(`{"a":${"9".repeat(1001)}}`);
    refused(`{"a":1e${"9".repeat(100_000)}}`);
    refused(`{"a":0.${"0".repeat(1_000_000)}1}`);
  });

  test("half of a surrogate pair", () => {
    for (const half of ["\ud800", "\udbff", "\udc00", "\udfff", "\ude00\ud83d"]) {
      refused(`{"a":"${half}"}`, /surrogate/);
      refused(`{"a":"😀${half}`, /surrogate/);
      refused(`${half}{}`, /surrogate/);
      assert.equal(lintEvent(`{"a":"😀${half}"}`)[0].from, 8);
      const escaped = [...half].map((unit) => `\\u${unit.charCodeAt(0).toString(16)}`).join("");
      accepted(`{"a":"${escaped}"}`);
      accepted({ a: half });
    }
    // Wherever it stands among the bytes that are looked at together, and with what only looks like it.
    for (let length = 0; length < 20; length++) {
      refused(`{"a":"${"x".repeat(length)}\ud800"}`, /surrogate/);
      accepted(`{"a":"${"x".repeat(length)}\ufffd\uffe0é"}`);
    }
  });

  test("bytes that are not UTF-8", () => {
    const wrong = [[0x80], [0xc3], [0xc0, 0x80], [0xe0, 0x80, 0x80], [0xed, 0xa0, 0x80], [0xf0, 0x80, 0x80, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xf8, 0x88, 0x80, 0x80, 0x80], [0xff], [0xe2, 0x82], [0xf0, 0x9f, 0x98]];
    for (const bytes of wrong) {
      const inKey = Uint8Array.from([...bytesOf('{"'), ...bytes, ...bytesOf('":1}')]);
      const inValue = Uint8Array.from([...bytesOf('{"a":"'), ...bytes, ...bytesOf('"}')]);
      const elsewhere = Uint8Array.from([...bytesOf('{"z":["'), ...bytes, ...bytesOf('"],"a":"é"}')]);
      for (const event of [inKey, inValue, elsewhere, Uint8Array.from(bytes)]) refused(event);
    }
  });

  test("keys of Object.prototype are keys like any other", () => {
    for (const key of ["__proto__", "constructor", "toString", "hasOwnProperty"]) {
      const own = new EventPattern(`{"${key}":{"x":[1]}}`);
      const parsed = JSON.parse(`{"${key}":{"x":1}}`);
      for (const event of [`{"${key}":{"x":1}}`, parsed, parsed]) assert.equal(own.matches(event), true, key);
      assert.equal(own.matches({}), false, key);
      assert.equal(own.explain({}).matches, false, key);
      const set = new RuleSet([[key, `{"${key}":{"x":[1]}}`]]);
      assert.deepEqual(set.match(`{"${key}":{"x":1}}`), [key]);
      assert.deepEqual(set.match({}), []);
    }
    stillRight();
  });

  test("long texts", () => {
    const long = "x".repeat(5_000_000);
    accepted(`{"a":"${long}"}`);
    accepted(`{"a":"${long}é"}`);
    accepted(`{"a":"é${long}"}`);
    accepted(`{"${long}":1}`);
    accepted(bytesOf(`{"a":"${long}"}`));
    accepted(`{"a":"${"é😀".repeat(1_000_000)}"}`);
    accepted(`${" ".repeat(5_000_000)}{}`);
    refused(`{"a":"${long}`);
    accepted(`{"a":[${"1,".repeat(500_000)}1]}`);
  });

  test("too long a text or too many bytes", () => {
    refused("x".repeat(70_000_000), /too long/);
    refused(new Uint8Array(70_000_000), /too long/);
    refused({ a: "x".repeat(70_000_000) }, /too long/);
    refused("é".repeat(40_000_000), /too long/);
  });

  test("what is as long as may be is read, as text as well as bytes; one byte more is not", async () => {
    const longest = 64 * 1024 * 1024;
    for (const letter of ["x", "é", "✓"]) {
      // A copy of the package for each, with the little room for events that it begins with.
      const pattern = new (await freshCopy("match.mjs")).EventPattern({ a: ["é"] });
      const start = '{"a":["é"],"b":"';
      const count = Math.floor((longest - bytesOf(start).length - 2) / bytesOf(letter).length);
      const text = `${start}${letter.repeat(count)}"}`;
      const event = text + " ".repeat(longest - bytesOf(text).length);
      assert.equal(bytesOf(event).length, longest);
      assert.equal(pattern.matches(event), true, letter);
      assert.equal(pattern.matches(bytesOf(event)), true, letter);
      assert.throws(() => pattern.matches(`${event} `), /^EventError: the event is too long/);
      assert.throws(() => pattern.matches(bytesOf(`${event} `)), /^EventError: the event is too long/);
      // The last letter does not fit, although the number of letters would.
      assert.throws(() => pattern.matches(`${event.trimEnd().slice(0, -2)}${letter}${letter}"}`), /^EventError: the event is too long/);
    }
  });
});

describe("events as objects", () => {
  test("what is no object at all", () => {
    for (const event of [undefined, null, 0, NaN, true, 1n, Symbol("s"), () => {}, class {}]) refused(event, /event is JSON text or an object, not /);
  });

  test("arrays and boxed values", () => {
    for (const event of [[], [{ a: "é" }], new String('{"a":"é"}'), new Number(1), new Boolean(true), new Date(0)]) refused(event);
  });

  test("shells without properties, and what to do with them", () => {
    refused(Promise.resolve({ a: "é" }), /a Promise: await it first/);
    refused(new Map([["a", "é"]]), /a Map: use `Object.fromEntries`/);
    refused(new Set(), /a Set/);
    refused(new ArrayBuffer(8), /an ArrayBuffer: wrap it in a `Uint8Array`/);
    refused(/x/, /a RegExp/);
    refused(new Error("no"), /an Error/);
    accepted({});
    accepted(Object.create(null));
    accepted(new (class Empty {})());
    accepted(JSON.parse("{}"));
  });

  test("BigInt, and where", () => {
    refusedAsAWhole({ detail: { sizes: [1, 2n] } }, /`detail\.sizes\.1` is a BigInt/);
    refused({ a: [1, 2n] }, /`a\.1` is a BigInt/);
    refused({ a: 1n }, /`a` is a BigInt/);
  });

  test("cycles, and where", () => {
    const own = { a: "é" };
    own.self = own;
    refusedAsAWhole(own, /refers back/);
    const list = [];
    list.push(list);
    refused({ a: list }, /`a\.0` refers back/);
    const far = { detail: { list: [{}] } };
    far.detail.list[0].up = far.detail;
    refusedAsAWhole(far, /`detail\.list\.0\.up` refers back/);
    const shared = { x: 1 };
    accepted({ b: shared, c: [shared, shared] });
  });

  test("getters and toJSON", () => {
    accepted({ get a() { return "e"; } });
    assert.equal(pattern.matches({ get a() { return "é"; } }), true);
    refusedAsAWhole({ detail: { get key() { throw new Error("broken"); } } }, /`detail\.key` failed: broken/);
    refused({ get a() { throw undefined; } });
    refused({ get a() { throw { toString() { throw 1; } }; } });
    refused({ toJSON() { throw new Error("broken"); } }, /broken/);
    refused({ toJSON() {} }, /toJSON/);
    refused({ toJSON() { return "text"; } });
    assert.equal(pattern.matches({ toJSON: () => ({ a: "é" }) }), true);
    const error = new Error("broken");
    assert.throws(() => pattern.matches({ get a() { throw error; } }), { cause: error });
  });

  test("proxies", () => {
    assert.equal(pattern.matches(new Proxy({ a: "é" }, {})), true);
    refused(new Proxy({ a: "é" }, { ownKeys() { throw new Error("no keys"); } }), /no keys/);
    refused(new Proxy({ a: 1 }, { get() { throw new Error("no values"); } }), /no values/);
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    refused(proxy);
    refused({ a: proxy });
    accepted(new Proxy(new Uint8Array(2), { get: (bytes, key) => (key === Symbol.toStringTag ? "Uint8Array" : bytes[key]) }));
  });

  test("undefined, functions, symbols and NaN inside are what JSON.stringify makes of them", () => {
    accepted({ a: undefined });
    accepted({ a() {} });
    accepted({ a: Symbol("é") });
    const [isNull, isAbsent] = [new EventPattern({ a: [null] }), new EventPattern({ a: [{ exists: false }] })];
    for (let time = 0; time < 2; time++) {
      assert.equal(isNull.matches({ a: NaN }), true);
      assert.equal(isNull.matches({ a: [undefined] }), true);
      assert.equal(isAbsent.matches({ a: undefined }), true);
    }
  });

  test("deep objects", () => {
    let deep = {};
    for (let i = 0; i < 100_000; i++) deep = { a: deep };
    refusedAsAWhole(deep);
    let array = [];
    for (let i = 0; i < 2000; i++) array = [array];
    refused({ a: array });
  });

  test("user code inside may use the same objects", () => {
    const meddler = {
      get a() {
        assert.equal(pattern.matches('{"a":"somethingelse, and much longer than the rest"}'), false);
        assert.deepEqual(rules.match('{"a":"é"}'), ["it"]);
        assert.throws(() => pattern.matches("{"), EventError);
        return "é";
      },
    };
    assert.equal(pattern.matches(meddler), true);
    assert.deepEqual(rules.match(meddler), ["it"]);
    assert.equal(target.apply(meddler), '"é"');
    const freeing = new EventPattern({ a: ["é"] });
    assert.throws(() => freeing.matches({ get a() { freeing.free(); return "é"; } }));
    stillRight();
  });
});

describe("events as bytes", () => {
  const text = '{"a":"é"}';

  test("every kind of view", () => {
    const bytes = bytesOf(text);
    const even = bytesOf(`${text}${" ".repeat(16 - bytes.length)}`);
    const views = [bytes, Buffer.from(text), new Uint8ClampedArray(bytes), new Int8Array(bytes.buffer), new DataView(bytes.buffer), new Uint16Array(even.buffer), new Float64Array(even.buffer), runInNewContext("new Uint8Array(bytes)", { bytes: [...bytes] })];
    for (const view of views) assert.equal(pattern.matches(view), true, view.constructor.name);
    stillRight();
  });

  test("shared memory", () => {
    const shared = new Uint8Array(new SharedArrayBuffer(64));
    shared.fill(32);
    shared.set(bytesOf(text), 3);
    assert.equal(pattern.matches(shared), true);
    assert.equal(pattern.matches(shared.subarray(3, 3 + bytesOf(text).length)), true);
    assert.equal(pattern.matches(new DataView(shared.buffer)), true);
    refused(shared.subarray(0, 8));
  });

  test("transferred memory", () => {
    const gone = bytesOf(text);
    structuredClone(gone.buffer, { transfer: [gone.buffer] });
    refused(gone);
    const view = new DataView(bytesOf(text).buffer);
    structuredClone(view.buffer, { transfer: [view.buffer] });
    refused(view);
    refused(new Uint8Array(0));
  });

  test("memory that has shrunk", { skip: !("resize" in ArrayBuffer.prototype) && "no resizable buffers here" }, () => {
    const buffer = new ArrayBuffer(64, { maxByteLength: 128 });
    const fixed = new Uint8Array(buffer, 8, 32);
    const following = new Uint8Array(buffer, 8);
    const others = [Int8Array, Uint8ClampedArray, DataView, runInNewContext("Uint8Array")].map((View) => new View(buffer, 8, 32));
    buffer.resize(4);
    refused(fixed);
    refused(following);
    for (const view of others) assert.throws(() => pattern.matches(view), { name: "EventError", message: /bytes of the event are gone/ });
  });

  test("a text after a longer one sees nothing of it", () => {
    assert.equal(pattern.matches('{"a":"é","b":"something long enough to be seen"}'), true);
    refused('{"a":"é"');
    refused("");
    refused(new Uint8Array(0));
  });
});

describe("patterns", () => {
  const refusedPattern = (wrong, message = /./) => {
    const check = (error) => {
      assert.ok(error instanceof PatternError, `${error?.stack ?? error}`);
      assert.match(error.message, message);
      assert.ok(error.diagnostics.length > 0);
      return true;
    };
    assert.throws(() => new EventPattern(wrong), check);
    assert.throws(() => rules.set("it", wrong), check);
    assert.throws(() => rules.set("new", wrong), check);
    assert.throws(() => testEventPattern({ EventPattern: wrong, Event: "{}" }), check);
    assert.deepEqual(rules.names(), ["it"]);
    stillRight();
  };

  test("as text", () => {
    const whole = '{"a": [{"numeric": [">", 1]}, "é\\ud83d\\ude00"], "$or": [{"b": [1]}, {"c": [{"anything-but": ["x"]}]}]}';
    for (let end = 0; end < whole.length; end++) {
      refusedPattern(whole.slice(0, end));
      assert.ok(lintPattern(whole.slice(0, end)).some(({ severity }) => severity === "error"));
    }
    new EventPattern(whole).free();
    for (const text of ["", "[]", "null", '\ufeff{"a":[1]}', '{"a":[1]\0}', '{"a":["\ud800"]}', `{"a":${"[".repeat(500_000)}`, '{"a":'.repeat(200_000), `{"a":[${"9".repeat(2000)}]}`]) {
      refusedPattern(text);
      assert.ok(lintPattern(text).length > 0);
    }
  });

  test("as objects", () => {
    const cycle = { a: [1] };
    cycle.b = cycle;
    refusedPattern(cycle, /`b` refers back/);
    refusedPattern({ a: [1n] }, /`a\.0` is a BigInt/);
    for (const wrong of [undefined, null, 1, true, 1n, Symbol("s"), () => {}]) refusedPattern(wrong, /pattern is JSON text or an object, not /);
    for (const wrong of [[], [1], new Map(), Promise.resolve({}), { a: undefined, b: 1 }, { get a() { throw new Error("broken"); } }, new Date(0), Buffer.from("{}")]) refusedPattern(wrong);
    refusedPattern({ toJSON: () => 1 });
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    refusedPattern(proxy);
  });

  test("lintPattern never throws", () => {
    for (const text of ["\ud800", '{"a":["\udc00"]}', undefined, null, 1, {}, "\0", "x".repeat(1_000_000), "[".repeat(1_000_000), '{"a":[1],'.repeat(50_000)]) {
      assert.ok(lintPattern(text).length > 0, String(text).slice(0, 20));
    }
    const half = lintPattern('{"a":["\ud800"]}').find(({ code }) => code === "lone-surrogate");
    assert.deepEqual([half.from, half.to], [7, 8]);
  });

  test("samples that cannot be read are ignored", () => {
    const gone = Proxy.revocable([], {});
    gone.revoke();
    const hostile = new Proxy([{}], {
      get() {
        throw new Error("no");
      },
    });
    for (const samples of [gone.proxy, hostile, 1, "text", [gone.proxy], [Symbol("s"), () => {}, 1n, undefined, "nope", bytesOf("é").subarray(1)]]) {
      assert.deepEqual(lintPattern('{"source":["a"]}', { samples }), lintPattern('{"source":["a"]}'));
      assert.deepEqual(lintTargetInput({ InputPath: "$.a" }, { samples }), lintTargetInput({ InputPath: "$.a" }));
    }
  });
});

describe("settings of targets", () => {
  const refusedSettings = (settings, message = /./) => {
    assert.throws(() => new TargetInput(settings), (error) => {
      assert.ok(error instanceof TransformError, `${error?.stack ?? error}`);
      assert.match(error.message, message);
      assert.ok(error.diagnostics.length > 0);
      return true;
    });
    assert.ok(lintTargetInput(settings).some(({ severity }) => severity === "error"));
    stillRight();
  };

  test("of the wrong type", () => {
    for (const settings of [undefined, null, 1, "text", true, 1n, Symbol("s"), () => {}, [], new Map(), Promise.resolve({})]) refusedSettings(settings);
    for (const value of [1, true, [], {}, 1n, Symbol("s"), () => {}, "\ud800"]) {
      refusedSettings({ Input: value });
      refusedSettings({ InputPath: value });
      refusedSettings({ InputTransformer: { InputTemplate: value } });
      refusedSettings({ InputTransformer: { InputPathsMap: { a: value }, InputTemplate: "<a>" } });
    }
    for (const value of [1, "text", true, []]) refusedSettings({ InputTransformer: { InputPathsMap: value, InputTemplate: '"x"' } });
    refusedSettings({ InputTransformer: {} });
    refusedSettings({ inputPath: "$.detail" });
  });

  test("that cannot be read", () => {
    refusedSettings({ get Input() { throw new Error("broken"); } }, /broken/);
    const cycle = {};
    cycle.InputTransformer = { InputTemplate: '"x"', InputPathsMap: cycle };
    refusedSettings(cycle);
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    refusedSettings(proxy);
  });

  test("with names of Object.prototype", () => {
    const settings = JSON.parse('{"InputTransformer":{"InputPathsMap":{"__proto__":"$.a","constructor":"$.b"},"InputTemplate":"[<__proto__>,<constructor>]"}}');
    assert.equal(new TargetInput(settings).apply({ a: 1, b: 2 }), "[1,2]");
    refusedSettings({ InputTransformer: { InputTemplate: "<toString>" } });
    stillRight();
  });
});

describe("calls that do not come back", () => {
  test("a caller who runs out of stack harms nobody", () => {
    const event = '{"a":"é","b":[[[[{"c":1}]]]]}';
    const errors = new Set();
    const descend = () => {
      for (const work of [() => pattern.matches(event), () => rules.match(event), () => pattern.explain(event), () => target.apply(event), () => rules.set("other", { a: ["e"] }), () => lintPattern('{"a":1}'), () => new EventPattern({ a: [1] })]) {
        try {
          work();
        } catch (error) {
          errors.add(error.constructor.name);
        }
      }
      descend();
    };
    for (let start = 0; start < 3; start++) {
      const padded = (depth) => (depth === 0 ? descend() : padded(depth - 1));
      assert.throws(() => padded(start * 3), RangeError);
    }
    assert.deepEqual([...errors].filter((name) => name !== "RangeError"), [], "stack overflows and nothing else");
    rules.delete("other");
    stillRight();
  });

  test("at the end of the stack a fresh copy answers right or throws what the platform throws", async () => {
    const event = '{"a":"é","b":[[[[{"c":1}]]]]}';
    const settings = { InputTransformer: { InputPathsMap: { v: "$.a" }, InputTemplate: '{"v":"<v>"}' } };
    const uses = {
      "an event that is none": (api, pattern) => pattern.matches("nope"),
      "a pattern that is none": (api) => new api.EventPattern('{"a":1}'),
      "a rule that is none": (api) => new api.RuleSet({ it: '{"a":1}' }),
      "testEventPattern": (api) => api.testEventPattern({ EventPattern: "{", Event: event }),
      "matches": (api, pattern) => pattern.matches(event),
      "matches, objects": (api, pattern) => [1, 2, 3, 4, 5].map(() => pattern.matches({ a: "é" })),
      "explain": (api, pattern) => pattern.explain(event),
      "explain of a target": (api, pattern, target) => target.explain(event),
      "apply": (api, pattern, target) => target.apply(event),
      "apply of what is lost": (api, pattern, target) => target.apply('{"a":"\\""}'),
      "lintPattern": (api) => api.lintPattern('{"a":1}'),
      "lintEvent": (api) => api.lintEvent("nope"),
      "lintTargetInput": (api) => api.lintTargetInput({ InputPath: "a" }),
      "describeCode": (api) => api.describeCode("near-name-case"),
    };
    const outcome = (use, ...given) => {
      try {
        return JSON.stringify(use(...given)) ?? "undefined";
      } catch (error) {
        if (error instanceof RangeError) return "RangeError";
        return `${error}`;
      }
    };
    for (const [name, use] of Object.entries(uses)) {
      const right = outcome(use, esm, new EventPattern({ a: ["é"] }), new TargetInput(settings));
      assert.notEqual(right, "undefined", name);
      const api = await freshCopy("index.mjs");
      const given = [api, new api.EventPattern({ a: ["é"] }), new api.TargetInput(settings)];
      const outcomes = [];
      const descend = () => {
        try {
          descend();
        } catch {
          // Here begins the way back: at each step there is a little more stack.
        }
        if (outcomes.filter((one) => one === right).length < 3) outcomes.push(outcome(use, ...given));
      };
      descend();
      assert.deepEqual(new Set(outcomes), new Set(["RangeError", right]), name);
    }
  });

  test("a trap ends one instance of the module, and nothing else", async () => {
    const { Instance } = WebAssembly;
    const instances = [];
    let trapsIn = (name) => name === "";
    WebAssembly.Instance = class extends Instance {
      constructor(module, imports) {
        super(module, imports);
        // The other part of a module has no exports: it belongs to the instance of the first part.
        if (Object.keys(this.exports).length === 0) return;
        const trap = { armed: false };
        instances.push(trap);
        const spied = Object.fromEntries(
          Object.entries(this.exports).map(([name, value]) => [
            name,
            typeof value === "function" && !name.startsWith("__")
              ? (...args) => {
                  if (!trap.armed && !trapsIn(name)) return value(...args);
                  trap.armed = false;
                  throw new WebAssembly.RuntimeError("unreachable");
                }
              : value,
          ]),
        );
        Object.defineProperty(this, "exports", { value: spied });
      }
    };
    try {
      const api = await import("../../pkg/index.mjs?trap");
      const pattern = new api.EventPattern({ a: ["é"] });
      const rules = new api.RuleSet({ first: { a: ["é"] }, gone: { a: ["é"] }, second: { a: [{ exists: true }] } });
      rules.delete("gone");
      const target = new api.TargetInput({ InputPath: "$.a" });
      const freed = new api.EventPattern({ a: [1] });
      freed.free();
      api.lintPattern("{}");
      const uses = [() => pattern.matches("{}"), () => rules.match("{}"), () => rules.set("third", "{}"), () => target.apply("{}"), () => api.lintPattern("{}"), () => api.lintEvent("{}")];
      for (const use of uses) {
        const before = instances.length;
        for (const instance of instances) instance.armed = true;
        assert.throws(use, /internal error .* \(unreachable\)/);
        for (const instance of instances) instance.armed = false;
        assert.equal(pattern.matches('{"a":"é"}'), true);
        assert.equal(pattern.matches({ a: "e" }), false);
        assert.deepEqual(rules.match('{"a":"é"}'), ["first", "second"]);
        assert.deepEqual(rules.names(), ["first", "second"]);
        assert.equal(target.apply({ a: "é" }), '"é"');
        assert.throws(() => freed.matches("{}"), /freed/);
        assert.ok(Array.isArray(api.lintPattern("{}")));
        assert.equal(instances.length, before + 1);
      }
      // Also where rules are set again in a new instance, and not the first of them.
      for (const rule of [1, 2]) {
        for (const instance of instances) instance.armed = true;
        assert.throws(() => pattern.matches("{}"), /internal error/);
        for (const instance of instances) instance.armed = false;
        const before = instances.length;
        let left = rule;
        trapsIn = (name) => name === "rawruleset_set" && --left === 0;
        assert.throws(() => rules.match("{}"), /internal error/);
        trapsIn = () => false;
        assert.deepEqual(rules.match('{"a":"é"}'), ["first", "second"]);
        assert.equal(instances.length, before + 2, `rule ${rule}`);
      }
    } finally {
      WebAssembly.Instance = Instance;
    }
  });
});
