// Events that are parsed already: the answer is always the one for JSON.stringify of the same object, however strange it is.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { runInNewContext } from "node:vm";
import { bytesOf, esm } from "./package-under-test.mjs";

const { EventError, EventPattern, RuleSet } = esm;

/** The object and its text give the same answer, which is this one if one is named. */
function agrees(patterns, event, expected) {
  const set = new RuleSet(patterns.map((pattern, at) => [String(at), pattern]));
  const singles = patterns.map((pattern) => new EventPattern(pattern));
  const ask = (event) => {
    try {
      return { names: set.match(event), single: singles.map((pattern) => pattern.matches(event)) };
    } catch (error) {
      assert.ok(error instanceof EventError, error.stack);
      return "refused";
    }
  };
  const text = JSON.stringify(event);
  const asText = ask(text);
  const shown = () => `${JSON.stringify(patterns)} ${text}`;
  assert.deepEqual(ask(event), asText, shown());
  assert.deepEqual(ask(event), asText, `the second time, with a plan: ${shown()}`);
  assert.deepEqual(ask(bytesOf(text)), asText, shown());
  if (expected !== undefined) assert.deepEqual(asText.names, expected.map(String), shown());
  for (const one of [set, ...singles]) one.free();
}

/** A pattern that has its plan: an event without properties is never asked about as text. */
function planned(text) {
  const pattern = new EventPattern(text);
  pattern.matches({});
  return pattern;
}

/** One pattern that matches or does not. */
const says = (expected, pattern, event) => agrees([pattern], event, expected ? [0] : []);

describe("invented rules and events", () => {
  let state = 1;
  const next = (bound) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
  const pick = (list) => list[next(list.length)];
  const many = (most, make) => Array.from({ length: next(most + 1) }, make);

  const keys = ["a", "b", "c", "d", "a", "b"];
  const oddKeys = ["a.b", "b.c.d", "a.", ".a", "", "a..b", "__proto__", "constructor", "toJSON", "0", "é", "\ud83d", "😀"];
  const strings = ["x", "y", "xy", "xyz", "", "é", "x?", "😀", "10.0.0.1", "X", "x".repeat(70), "é".repeat(40)];
  const numbers = [0, -0, 1, 1.5, -1, 1e3, 2 ** 53, 2 ** 60, 1e21, 1e-7, 5e-324, 2e-310, 1.7976931348623157e308, 123456789.123];
  const key = () => (next(12) === 0 ? pick(oddKeys) : pick(keys));
  const leaf = () => pick([() => pick(["x", "y", "xy", "xyz", "é"]), () => pick(strings), () => pick(strings), () => pick(numbers), () => true, () => false, () => null])();

  const tests = [
    leaf, leaf, leaf, leaf, leaf,
    () => ({ prefix: pick(["x", "xy", "", "é", "x?"]) }),
    () => ({ suffix: pick(["y", "z", "é"]) }),
    () => ({ "anything-but": [pick(strings)] }),
    () => ({ exists: next(2) === 0 }),
    () => ({ numeric: [pick(["<", ">=", "="]), pick([0, 1, 1.5, 1000])] }),
    () => ({ "equals-ignore-case": pick(["x", "XY"]) }),
    () => ({ wildcard: pick(["x*", "*y", "x*z"]) }),
    () => ({ cidr: "10.0.0.0/8" }),
  ];
  const list = () => [pick(tests)(), ...many(2, () => pick(tests)())];
  const or = (depth) => [fields(depth + 1), fields(depth + 1)];
  function fields(depth) {
    const pattern = {};
    for (let left = 1 + next(3); left > 0; left--) {
      const name = key();
      if (name === "__proto__") continue;
      pattern[name] = depth < 3 && next(2) === 0 ? fields(depth + 1) : list();
    }
    if (depth === 0 && next(8) === 0) pattern.$or = or(depth);
    return Object.keys(pattern).length > 0 ? pattern : { a: list() };
  }

  const odd = [() => undefined, () => NaN, () => Infinity, () => new Date(next(1e9)), () => Symbol("s"), () => "\ud83d", () => new String("x"), () => new Number(1), () => Object(true), () => new Map(), () => [, "x"], () => ({ toJSON: () => "x" }), () => ({ toJSON: "x" }), () => Object.create({ a: "x" }), () => Object.assign(Object.create(null), { a: "x" }), () => Object.defineProperty({ b: "x" }, "a", { value: "x" })];
  const value = (depth) => {
    const roll = next(depth > 4 ? 5 : 10);
    if (roll < 5) return leaf();
    if (roll < 7) return many(3, () => value(depth + 1));
    return roll === 7 && next(6) === 0 ? pick(odd)() : object(depth + 1);
  };
  function object(depth) {
    const made = {};
    for (let left = next(5); left > 0; left--) {
      Object.defineProperty(made, key(), { value: value(depth), enumerable: true, writable: true, configurable: true });
    }
    return made;
  }

  /** Patterns that EventBridge takes. */
  function patterns(count) {
    const taken = [];
    while (taken.length < count) {
      const pattern = fields(0);
      try {
        new EventPattern(pattern).free();
        taken.push(pattern);
      } catch {}
    }
    return taken;
  }

  /** Rules that ask for nothing but texts are decided without a call into the module. */
  test("rules that ask for texts", () => {
    const words = ["x", "y", "xy", "xyz", "é"];
    const text = () => (next(5) === 0 ? { prefix: pick(["x", "xy", "é", ""]) } : pick(words));
    const others = () => [{ "anything-but": pick(["x", "é", ["x", "xy"], ["y", "xyz"], { prefix: "x" }, { prefix: ["é", "xy"] }]) }];
    const texts = () => (next(6) === 0 ? others() : [text(), ...many(2, text)]);
    const some = (make) => (next(3) === 0 ? {} : make());
    const rule = () => ({ source: texts(), ...some(() => ({ type: texts() })), detail: { state: texts(), ...some(() => ({ id: texts() })), ...some(() => ({ deep: { name: texts() } })), ...some(() => (next(4) === 0 ? { size: [{ numeric: [">", 1] }] } : {})) } });
    const word = () => pick([...words, ...words, ...words, 1, null, undefined, ["x", "y"], [], new String("x"), { toJSON: () => "x" }, "x\ud83d"]);
    const deep = () => pick([{ name: word() }, { name: word() }, [{ name: word() }], Object.create({ name: "x" }), undefined]);
    const detail = () => ({ ...some(() => ({ id: word() })), state: word(), deep: deep(), size: next(4), ...(next(20) === 0 && { "deep.name": word() }) });
    for (let round = 0; round < 60; round++) {
      const set = new RuleSet(Array.from({ length: 1 + next(pick([2, 10, 100])) }, (_, at) => [String(at), rule()]));
      for (let left = 100; left > 0; left--) {
        const event = { source: word(), type: word(), detail: next(15) === 0 ? [detail(), detail()] : detail(), ...(next(20) === 0 && { "detail.state": word() }) };
        const text = JSON.stringify(event);
        assert.deepEqual(set.match(event), set.match(text), text);
      }
      set.free();
    }
  });

  for (const [count, rounds, events] of [[1, 400, 12], [3, 200, 15], [30, 30, 60], [300, 4, 200]]) {
    test(`${count} rules`, () => {
      for (let round = 0; round < rounds; round++) {
        const rules = patterns(count);
        const set = new RuleSet(rules.map((rule, at) => [String(at), rule]));
        for (let left = events; left > 0; left--) {
          const event = object(0);
          const text = JSON.stringify(event);
          const shown = () => `${count > 3 ? "" : JSON.stringify(rules)} ${text}`;
          assert.deepEqual(set.match(event), set.match(text), shown());
          assert.deepEqual(set.match(JSON.parse(text)), set.match(text), shown());
        }
        set.free();
      }
    });
  }
});

describe("keys", () => {
  test("with dots are a way of several steps", () => {
    const pattern = { detail: { state: ["on"], more: { deep: [1] } } };
    says(true, pattern, { "detail.state": "on", "detail.more.deep": 1 });
    says(true, pattern, { "detail.state": "on", detail: { "more.deep": 1 } });
    says(true, pattern, { detail: { state: "off" }, "detail.state": "on", "detail.more": { deep: 1 } });
    says(false, pattern, { "detail.state.x": "on", detail: { "more.deep": 1 } });
    says(true, pattern, { detail: { state: "on", more: { deep: 1 } }, "detail.other": 1, "x.y": 2, ".": 3, "..": 4 });
    says(true, { source: ["a"], detail: { x: [{ exists: false }] } }, { source: "a" });
    says(false, { source: ["a"], detail: { x: [{ exists: false }] } }, { source: "a", "detail.x": 1 });
    says(true, { $or: [{ source: ["a"] }, { detail: { x: [{ exists: false }] } }] }, { source: "b", detail: { y: 1 } });
    says(false, { $or: [{ source: ["a"] }, { detail: { x: [{ exists: false }] } }] }, { source: "b", detail: { x: 1 } });
    agrees([{ source: ["a"], detail: { x: ["1"], y: ["2"] } }], { source: "a", "detail.x": "1", detail: { y: "2" } }, [0]);
    says(true, { a: ["x"], b: { c: ["y"] } }, { a: "x", "b.c": "y" });
    says(true, { a: ["x"], b: { c: { d: ["y"] } } }, { a: "x", b: { "c.d": "y" } });
    says(false, { a: ["x"], b: { c: { d: ["y"] } } }, { a: "x", b: { "c.d": "n" } });
  });

  test("that are empty", () => {
    for (const pattern of [{ "": ["x"] }, { a: { "": ["x"] } }, { "a.": ["x"] }, { "a..b": ["x"] }]) {
      for (const event of [{ "": "x" }, { a: { "": "x" } }, { "a.": "x" }, { a: { "": { b: "x" } } }, { "a..b": "x" }]) agrees([pattern], event);
    }
  });

  test("that objects inherit are none of theirs", () => {
    for (const key of ["constructor", "toString", "hasOwnProperty", "__proto__", "valueOf"]) {
      const pattern = JSON.parse(`{"${key}": [{"exists": true}], "a": ["x"]}`);
      says(false, pattern, { a: "x" });
      says(true, pattern, JSON.parse(`{"${key}": 1, "a": "x"}`));
      says(false, { a: ["x"], [`b${key}`]: [{ exists: true }] }, { a: "x" });
    }
    says(false, { a: ["x"] }, Object.create({ a: "x" }));
    says(false, { b: { a: ["x"] } }, { b: Object.create({ a: "x" }) });
    says(true, { a: ["x"], b: [{ exists: false }] }, Object.assign(Object.create({ b: "x" }), { a: "x" }));
  });

  test("added to Object.prototype", () => {
    Object.prototype.inherited = "x";
    try {
      says(false, { inherited: ["x"] }, { a: 1 });
      says(true, { a: [1], inherited: [{ exists: false }] }, { a: 1 });
      says(true, { inherited: ["y"] }, { inherited: "y" });
    } finally {
      delete Object.prototype.inherited;
    }
  });

  test("that are not enumerable, or symbols", () => {
    const hidden = Object.defineProperty({ b: "x" }, "a", { value: "x" });
    says(false, { a: ["x"] }, hidden);
    says(true, { b: ["x"], a: [{ exists: false }] }, hidden);
    says(false, { c: { a: ["x"] } }, { c: hidden });
    says(false, { a: ["x"] }, { [Symbol("a")]: "x" });
  });

  test("in any number", () => {
    const wide = Object.fromEntries(Array.from({ length: 5000 }, (_, at) => [`k${at}`, String(at)]));
    says(true, { k4999: ["4999"] }, wide);
    says(true, { k0: ["0"], k4999: ["4999"], detail: { k17: ["17"] } }, { ...wide, detail: wide });
    delete wide.k3;
    says(true, { k4999: ["4999"], k3: [{ exists: false }] }, wide);
    const rules = Array.from({ length: 10_000 }, (_, at) => [`rule ${at}`, { source: ["a"], detail: { [`name${at}`]: [at] } }]);
    const set = new RuleSet(rules);
    for (const at of [0, 9999, 77]) assert.deepEqual(set.match({ source: "a", detail: { [`name${at}`]: at } }), [`rule ${at}`]);
    assert.deepEqual(set.match({ detail: { name1: 1 } }), []);
  });
});

describe("what is asked in advance, behind an open door", () => {
  const inside = { b: "y", c: { d: "z" } };
  const events = [
    { a: inside }, { a: { b: "n", c: { d: "z" } } }, { a: { b: "y", c: { d: "n" } } }, { a: { b: "y" } }, {},
    { "a.b": "y", a: { c: { d: "z" } } }, { "a.b": "y", "a.c.d": "z" }, { "a.c": { d: "z" }, a: { b: "y" } }, { a: { b: "y", "c.d": "z" } }, { "a.c.d": "z", a: { b: "y" } },
    { "a.b": "y", a: { b: "n", c: { d: "z" } } }, { a: { b: "n", c: { d: "z" } }, "a.b": undefined },
    { a: [inside] }, { a: [{ b: "n" }, inside] }, { a: Object.assign([inside], { constructor: Object }) }, { a: { b: ["n", "y"], c: { d: "z" } } }, { a: { b: "y", c: [{ d: "n" }, { d: "z" }] } }, { a: { b: "y", c: { d: ["z"] } } },
    { a: { ...inside, b: new String("y") } }, { a: { b: "y", c: { d: new String("z") } } }, { a: { ...inside, b: { toJSON: () => "y" } } },
    { a: { toJSON: () => inside } }, { a: { b: "y", c: { d: "n", toJSON: () => ({ d: "z" }) } } }, { a: new Map([["b", "y"]]) },
    { a: Object.create(inside) }, { a: Object.assign(Object.create({ b: "n" }), inside) }, { a: Object.defineProperty({ c: { d: "z" } }, "b", { value: "y" }) },
    { a: { ...inside, get b() { return "y"; } } }, { a: Object.assign(() => {}, inside) }, { a: "y" }, { a: null }, { a: 1 }, { a: { b: null, c: { d: true } } }, { a: { b: Symbol("y"), c: { d: "z" } } },
  ];

  test("is there in every spelling", () => {
    for (const a of [{ b: ["y"] }, { c: { d: ["z"] } }, { b: ["y"], c: { d: ["z"] } }, { b: ["y", "x"], c: { d: [{ prefix: "z" }] } }]) {
      for (const event of events) agrees([{ t: ["x"], a }, { t: ["x"], a: { c: { d: ["w"] } } }], { t: "x", ...event });
      for (const event of events) agrees([{ t: ["x"], a }], Object.assign(Object.create({ t: "x" }), event));
    }
  });

  test("and is refused where JSON refuses it", () => {
    for (const a of [{ b: 1n }, { b: 1n, c: { d: "z" } }, 1n]) {
      assert.throws(() => new EventPattern({ t: ["x"], a: { b: ["y"] } }).matches({ t: "x", a }), EventError);
    }
  });
});

describe("values", () => {
  const seen = { a: ["x", "1", 1, true, null, "", "?", "2026-01-01T00:00:00.000Z"], b: ["y"] };

  test("are what JSON.stringify makes of them", () => {
    const values = [undefined, null, true, false, 0, -0, 1, NaN, Infinity, -Infinity, "x", "", "é", "\0", "\ud83d", "\ude00", "😀", "x\ud83d", Symbol("x"), () => "x", class {}, new String("x"), new Number(1), new Boolean(true), new Date(Date.UTC(2026, 0, 1)), new Date(NaN), /x/, new Map([["a", "x"]]), new Set(["x"]), new Error("x"), new Uint8Array([1]), Buffer.from("x"), new (class Thing { a = "x"; get c() { return 1; } })(), Object.create(null), Object.freeze({ a: "x" }), Object.assign(() => {}, { toJSON: () => "x" }), { toJSON: () => "x" }, { toJSON: () => undefined }, { toJSON: "x" }, Object.defineProperty({}, "toJSON", { value: () => "x" }), Object.assign(new String("z"), { a: "x" }), runInNewContext("({ a: 'x', list: ['x'] })"), runInNewContext("new Date(0)"), new Proxy({ a: "x" }, {}), new Proxy(["x"], {}), (function () { return arguments; })("x")];
    for (const value of values) {
      for (const b of ["y", "n"]) {
        for (const pattern of [seen, { a: [{ exists: true }], b: ["y"] }, { a: [{ exists: false }], b: ["y"] }, { a: { a: ["x"] }, b: ["y"] }, { b: ["y"] }, { a: [{ "anything-but": "x" }] }]) {
          agrees([pattern], { a: value, b });
          agrees([pattern], { a: [value, { a: value }], b });
          agrees([pattern, { c: { a: ["x"] } }], { c: value, b });
        }
      }
      if (typeof value === "object" && value !== null && !ArrayBuffer.isView(value)) {
        const asked = (event) => { try { return planned({ a: ["x"] }).matches(event); } catch (error) { return error.name; } };
        const text = JSON.stringify(value);
        if (text !== "{}") assert.equal(asked(value), text === undefined ? "EventError" : asked(text), text);
      }
    }
  });

  test("raw JSON", { skip: !JSON.rawJSON && "not here" }, () => {
    says(true, { a: ["x"] }, { a: JSON.rawJSON('"x"') });
    says(true, { a: [1] }, { a: [JSON.rawJSON("1.0")] });
  });

  test("numbers of every size", () => {
    const doubles = [0, -0, 5e-324, 4.94e-322, 2.2250738585072014e-308, 1e-301, 1e-299, Number.MAX_VALUE, Number.MIN_VALUE, Number.EPSILON, 2 ** 53, 2 ** 53 + 2, 2 ** 63, 2 ** 64, 1e15, 1e16, 1e17, 123456789012345680, 1e21, 1e22, 0.1, 0.1 + 0.2, 1 / 3, -1e-7, 4294967296, -4294967297.5];
    for (const double of doubles) {
      for (const asked of [double, -double]) {
        const text = JSON.stringify(asked);
        for (const test of [text, `{"numeric":["=",${text}]}`, `{"numeric":["<=",${text}]}`, `{"anything-but":${text}}`]) {
          let pattern;
          try {
            pattern = planned(`{"a":[${test}]}`);
          } catch {
            continue;
          }
          for (const event of [{ a: double }, { a: [double, "x"] }]) assert.equal(pattern.matches(event), pattern.matches(JSON.stringify(event)), `${test} ${double}`);
        }
      }
    }
  });

  test("strings of every length", () => {
    for (const unit of ["x", "é", "😀", "\u2028", "\0", "\u007f", "\u0080"]) {
      for (const length of [0, 1, 31, 32, 33, 63, 64, 65, 66, 1000, 5000, 70_000]) {
        const text = unit.repeat(length);
        says(true, { a: [text], b: [{ suffix: "y" }] }, { a: text, b: `${text}y` });
        says(false, { a: [text] }, { a: `${text}z` });
        says(true, { a: [{ prefix: text }] }, { a: `${text}z` });
      }
    }
  });

  test("strings that are put together, or cut out of others", () => {
    let joined = "";
    for (const piece of ["photos", "-", "prod", "é"]) joined += piece;
    says(true, { a: ["photos-prodé"], b: ["prod"] }, { a: joined, b: `xxx${joined}`.slice(10, 14) });
  });

  test("many strings that look alike", () => {
    const names = Array.from({ length: 400 }, (_, at) => `aaaa${String(at).padStart(4, "0")}${"b".repeat(24)}`);
    const set = new RuleSet(names.map((name) => [name, { a: [name] }]));
    for (const name of names) assert.deepEqual(set.match({ a: name }), [name]);
    assert.deepEqual(set.match({ a: `${names[0]}x` }), []);
  });
});

describe("arrays", () => {
  const pair = { list: { name: ["n"], value: ["v"] } };

  test("keep their elements apart", () => {
    says(true, pair, { list: [{ name: "n", value: "v" }] });
    says(false, pair, { list: [{ name: "n", value: "x" }, { name: "x", value: "v" }] });
    says(true, pair, { list: [{ name: "n", value: "x" }, { name: "n", value: ["x", "v"] }] });
    says(true, pair, { list: [[{ name: "x" }], [{ value: "v", name: "n" }]] });
    says(false, pair, { list: [[{ name: "n" }], [{ value: "v" }]] });
    says(true, { ...pair, source: ["s"] }, { source: "s", list: [1, "n", null, [], {}, { name: "n", value: "v" }] });
    agrees([pair, { list: { name: ["n"], value: ["x"] } }, { list: { name: ["x"], value: [{ exists: false }] } }], { list: [{ name: "n", value: "v" }, { name: "x" }] }, [0, 2]);
    says(false, { detail: { a: { x: [1] }, b: { y: [2] } } }, { detail: [{ a: { x: 1 } }, { b: { y: 2 } }] });
    says(true, { detail: { a: { x: [1] }, b: { y: [2] } } }, { detail: [{ a: [{ x: 1 }, { x: 3 }], b: [[{ y: 2 }]] }] });
  });

  test("with what has no place in JSON", () => {
    says(true, { a: [null] }, { a: [, 1] });
    says(true, { a: [null] }, { a: [undefined] });
    says(true, { a: [null] }, { a: [Symbol("s")] });
    says(true, { a: [null] }, { a: [() => 1] });
    says(true, { a: [null] }, { a: [NaN] });
    says(false, { a: [null] }, { a: [] });
    says(true, { a: [{ exists: false }] }, { a: [] });
    const named = Object.assign(["x"], { name: "y", toJSON: undefined });
    says(false, { a: { name: ["y"] } }, { a: named });
    says(true, { a: ["z"] }, { a: Object.assign(["x"], { toJSON: () => "z" }) });
    says(true, { a: ["x"] }, { a: new (class extends Array {})("x", "y") });
    says(true, { a: { 0: ["x"] } }, { a: { 0: "x" } });
    says(false, { a: { 0: ["x"], length: [1] } }, { a: ["x"] });
  });

  test("of every depth", () => {
    for (const depth of [1, 50, 98, 99, 100, 101, 500, 990]) {
      let deep = "x";
      for (let at = 0; at < depth; at++) deep = [deep];
      says(true, { a: ["x"] }, { a: deep });
    }
    let deep = ["x"];
    for (let at = 0; at < 1000; at++) deep = [deep];
    assert.throws(() => new EventPattern({ a: ["x"] }).matches({ a: deep }), EventError);
    const around = ["x"];
    around.push(around);
    assert.throws(() => new EventPattern({ a: ["x"] }).matches({ a: around }), /refers back/);
  });

  test("longer than the room for them", () => {
    const list = Array.from({ length: 3000 }, (_, at) => ({ name: `n${at}`, value: at, more: [at, "é".repeat(at % 50)] }));
    says(true, { list: { name: ["n2999"], value: [2999] } }, { list });
    says(false, { list: { name: ["n2999"], value: [2998] } }, { list });
    says(true, { list: [123456] }, { list: Array.from({ length: 300_000 }, (_, at) => at) });
  });
});

describe("the first event, and those that come after other rules", () => {
  const x = "x".repeat(3);
  const big = { a: x, n: 1n };
  const cycle = { a: x };
  cycle.around = cycle;
  let deep = 1;
  for (let at = 0; at < 5000; at++) deep = [deep];
  const events = [
    big, cycle, { a: x, deep }, { a: x, get b() { throw new Error("broken"); } }, { a: x, b: { toJSON() { throw new Error("broken"); } } }, { a: x, b: "\ud83d" },
    { a: x, b: { toJSON: () => 1n } }, { a: x, list: [1n] },
  ];

  test("are asked about like all others, whatever JSON cannot express", () => {
    for (const event of events) {
      const pattern = new EventPattern({ a: ["xxx"] });
      const rules = new RuleSet({ other: { a: ["y"] }, it: { a: ["xxx"] } });
      for (let time = 0; time < 3; time++) {
        assert.equal(pattern.matches(event), true);
        assert.deepEqual(rules.match(event), ["it"]);
      }
    }
  });

  test("also in a large set that was changed", () => {
    for (const event of events) {
      const rules = new RuleSet(Array.from({ length: 300 }, (_, at) => [`rule ${at}`, { a: ["y"], c: { [`key${at}`]: [at] } }]));
      rules.match({});
      rules.match({});
      rules.set("it", { a: ["xxx"] });
      for (let time = 0; time < 8; time++) assert.deepEqual(rules.match(event), ["it"]);
    }
  });

  test("are refused where the answer depends on it, and where they are no events", () => {
    const around = [];
    around.push(around);
    for (const event of [{ a: 1n }, { a: around }, { get a() { throw new Error("broken"); } }, new Map([["a", "xxx"]]), [x], { toJSON: () => undefined }, Promise.resolve({})]) {
      const pattern = new EventPattern({ a: ["xxx"] });
      for (let time = 0; time < 3; time++) assert.throws(() => pattern.matches(event), (error) => error instanceof EventError && error.stack.includes("objects.test.mjs"));
      assert.equal(pattern.matches({ a: x }), true);
    }
  });

  test("may ask the same rules while they are written", () => {
    for (const key of ["a", "b", "toJSON"]) {
      const rules = new RuleSet({ one: { a: ["xxx"] }, two: { b: ["y"] }, three: { a: ["xxx"], b: ["y"] } });
      const meddle = () => {
        assert.deepEqual(rules.match({ b: "y" }), ["two"]);
        assert.deepEqual(rules.match({ a: x }), ["one"]);
        rules.set("four", { b: ["n"] });
        return key === "a" ? x : "n";
      };
      const event = key === "toJSON" ? { toJSON: () => ({ a: x, b: meddle() }) } : Object.defineProperty({ a: x, b: "n" }, key, { get: meddle, enumerable: true });
      assert.deepEqual(rules.match(event), ["one", "four"]);
      rules.free();
    }
  });
});

describe("how an object crosses", async () => {
  const { Instance } = WebAssembly;
  let calls = [];
  let instances = 0;
  /** The names of the exports that are called by `work`. */
  const callsOf = (work) => {
    calls = [];
    work();
    return calls.filter((name) => /_(matches|plan)$/.test(name)).join(" ");
  };
  WebAssembly.Instance = class extends Instance {
    constructor(...given) {
      super(...given);
      instances++;
      const noted = ([name, value]) => [name, typeof value === "function" ? (...args) => (calls.push(name), value(...args)) : value];
      Object.defineProperty(this, "exports", { value: Object.fromEntries(Object.entries(this.exports).map(noted)) });
    }
  };
  const api = await import("../../pkg/match.mjs?watched");
  new api.EventPattern({ a: [{ wildcard: "*x*" }] }).matches({ a: "x" });
  assert.throws(() => new api.EventPattern({}));
  WebAssembly.Instance = Instance;
  const event = { a: "x", b: 1 };

  test("as text at first, then by a plan", () => {
    const pattern = new api.EventPattern({ a: ["x"] });
    assert.equal(callsOf(() => pattern.matches(event)), "rawpattern_matches");
    assert.equal(callsOf(() => pattern.matches(event)), "rawpattern_plan");
    assert.equal(callsOf(() => pattern.matches(event)), "");
    const unwritable = new api.EventPattern({ a: ["x"] });
    assert.equal(callsOf(() => unwritable.matches({ ...event, b: 1n })), "rawpattern_plan");
  });

  test("as text for a while after a large set has changed", () => {
    const rules = new api.RuleSet(Array.from({ length: 300 }, (_, at) => [`rule ${at}`, { a: ["y"], c: { [`key${at}`]: [at] } }]));
    const asked = (times) => callsOf(() => Array.from({ length: times }, () => rules.match(event)));
    assert.equal(asked(3), "rawruleset_matches rawruleset_plan");
    rules.set("it", { a: ["x"] });
    assert.match(asked(20), /^(rawruleset_matches ){4,6}rawruleset_plan$/);
    const small = new api.RuleSet({ it: { a: ["x"] } });
    assert.equal(callsOf(() => [small.match(event), small.match(event)]), "rawruleset_matches rawruleset_plan");
    small.set("other", { a: ["y"] });
    assert.equal(callsOf(() => small.match(event)), "rawruleset_plan");
  });

  test("no instance is given up for an object that is no event", () => {
    const before = instances;
    WebAssembly.Instance = class extends Instance {
      constructor(...given) {
        super(...given);
        instances++;
      }
    };
    try {
      for (let time = 0; time < 3; time++) {
        const pattern = new api.EventPattern({ a: ["x"] });
        assert.throws(() => pattern.matches(["x"]), api.EventError);
        assert.equal(pattern.matches(event), true);
      }
    } finally {
      WebAssembly.Instance = Instance;
    }
    assert.equal(instances, before);
  });
});

describe("user code", () => {
  test("what it throws where no rule looks stays its own", () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    const error = new EventError("of the user", []);
    const { stack } = error;
    const asIfOurs = { kind: "event", message: "m", diagnostics: [] };
    for (const thrown of [proxy, error, asIfOurs, undefined, null, "text"]) {
      const pattern = new EventPattern({ a: ["x"] });
      const event = { a: "x", get b() { throw thrown; } };
      for (let time = 0; time < 3; time++) assert.equal(pattern.matches(event), true);
    }
    assert.equal(error.stack, stack);
  });

  const rules = new RuleSet({ both: { a: ["x"], b: ["y"] }, deep: { a: ["x"], c: { d: ["z"] } } });

  test("getters run, and may throw", () => {
    assert.deepEqual(rules.match({ get a() { return "x"; }, get b() { return "y"; } }), ["both"]);
    assert.deepEqual(rules.match({ a: "x", c: { get d() { return "z"; } } }), ["deep"]);
    const error = new Error("broken");
    for (const event of [{ get a() { throw error; } }, { a: "x", get b() { throw error; } }, { a: "x", c: { get d() { throw error; } } }, { a: "x", c: { toJSON() { throw error; } } }, new Proxy({ a: "x" }, { get() { throw error; } })]) {
      assert.throws(() => rules.match(event), (thrown) => thrown instanceof EventError && thrown.cause === error && thrown.stack.includes("objects.test.mjs"));
    }
    const more = new RuleSet({ one: { a: ["x"], c: { d: ["z"], e: [{ numeric: [">", 1] }] } }, two: { b: ["y"], a: ["y"] } });
    for (const event of [{ a: "x", c: { get d() { throw error; } } }, { a: "x", get c() { throw error; } }, { a: "x", c: { d: "z", get e() { throw error; } } }]) {
      assert.throws(() => more.match(event), (thrown) => thrown instanceof EventError && thrown.cause === error);
    }
  });

  test("proxies", () => {
    assert.deepEqual(rules.match(new Proxy({ a: "x", b: "y" }, {})), ["both"]);
    assert.deepEqual(rules.match(new Proxy({ a: "x", b: "y" }, { ownKeys: () => ["a"] })), []);
    assert.deepEqual(rules.match(new Proxy({}, { get: (_, key) => ({ a: "x", b: "y" })[key] })), []);
    assert.deepEqual(rules.match({ a: "x", c: new Proxy({ d: "z" }, {}) }), ["deep"]);
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    for (const event of [proxy, { a: "x", b: proxy }, { a: "x", c: proxy }]) assert.throws(() => rules.match(event), EventError);
  });

  test("may ask about other events, with other rules", () => {
    const other = new RuleSet({ only: { a: ["x"], e: [1] } });
    const inner = { a: "x", b: "y", c: { d: "z" }, e: 1, list: Array.from({ length: 1000 }, () => "é") };
    const meddle = (value) => () => {
      assert.deepEqual(other.match(inner), ["only"]);
      assert.deepEqual(rules.match(inner), ["both", "deep"]);
      assert.deepEqual(rules.match({ a: "n" }), []);
      assert.deepEqual(rules.match('{"a":"x","b":"y"}'), ["both"]);
      return value;
    };
    const event = (key, value) => Object.defineProperty({ a: "x", b: "y", c: { d: "z" } }, key, { get: meddle(value), enumerable: true });
    assert.deepEqual(rules.match(event("a", "x")), ["both", "deep"]);
    assert.deepEqual(rules.match(event("b", "n")), ["deep"]);
    assert.deepEqual(rules.match(event("c", { d: "n" })), ["both"]);
    assert.deepEqual(rules.match(event("e", 1)), ["both", "deep"]);
  });

  test("may change the rules, or end their life", () => {
    const changing = new RuleSet({ one: { a: ["x"], b: ["y"] } });
    assert.deepEqual(changing.match({ get a() { changing.set("two", { c: ["z"] }); return "n"; }, c: "z" }), ["two"]);
    assert.deepEqual(changing.match({ a: "x", get b() { changing.delete("one"); return "y"; }, c: "z" }), ["two"]);
    for (const value of ["x", "n"]) {
      const pattern = new EventPattern({ a: ["x"] });
      assert.throws(() => pattern.matches({ get a() { pattern.free(); return value; } }), /freed/);
      assert.throws(() => pattern.matches({ a: value }), /freed/);
      assert.throws(() => pattern.matches({}), /freed/);
    }
  });
});

describe("rules that change between events", () => {
  test("are those of the moment", () => {
    const set = new RuleSet();
    assert.deepEqual(set.match({ a: 1 }), []);
    const patterns = [];
    for (let at = 0; at < 300; at++) {
      const pattern = at % 3 === 0 ? { a: [`v${at}`] } : at % 3 === 1 ? { a: ["x"], [`k${at}`]: [{ prefix: "p" }] } : { b: { [`k${at % 20}`]: [at, "x"] } };
      patterns.push([String(at), pattern]);
      set.set(String(at), pattern);
      if (at % 7 === 0) set.delete(String(at >> 1));
      if (at % 50 === 49) set.set(String(at), { c: [{ exists: false }] });
      for (const event of [{ a: `v${at}` }, { a: "x", [`k${at}`]: "pq" }, { b: { [`k${at % 20}`]: [at] } }, { c: 1 }, { b: [{ k2: "x" }] }]) {
        assert.deepEqual(set.match(event), set.match(JSON.stringify(event)));
      }
    }
    for (const [name] of patterns) set.delete(name);
    assert.deepEqual(set.match({ a: "x" }), []);
    set.set("again", { a: ["x"] });
    assert.deepEqual(set.match({ a: "x" }), ["again"]);
    set.clear();
    assert.deepEqual(set.match({ a: "x" }), []);
    assert.throws(() => set.match([]), EventError);
    assert.throws(() => set.match(null), EventError);
  });

  test("of several sets in turn, while memory grows", () => {
    const one = new RuleSet({ a: { a: ["x"], b: { c: ["y"] } } });
    const two = new RuleSet({ b: { b: { c: [{ prefix: "y" }] } } });
    const event = { a: "x", b: { c: "y" } };
    for (let at = 0; at < 200; at++) {
      assert.deepEqual(one.match(event), ["a"]);
      assert.deepEqual(two.match(event), ["b"]);
      if (at % 20 === 0) two.set(`more ${at}`, { z: Array.from({ length: 2000 }, (_, n) => `${at} ${n} ${"z".repeat(200)}`) });
      if (at % 30 === 0) assert.deepEqual(one.match(JSON.stringify({ ...event, long: "x".repeat(at * 100_000) })), ["a"]);
      assert.deepEqual(two.match({ z: `${at - (at % 20)} 77 ${"z".repeat(200)}` }), [`more ${at - (at % 20)}`]);
    }
  });
});

describe("what the answer does not depend on", () => {
  test("is not read", () => {
    const own = { a: "x", big: 1n, get broken() { throw new Error("broken"); }, list: [1n] };
    own.self = own;
    assert.equal(new EventPattern({ a: ["x"] }).matches(own), true);
    assert.equal(new EventPattern({ a: ["y"] }).matches(own), false);
    assert.equal(new EventPattern({ a: ["x"], self: { a: ["x"] } }).matches(own), true);
    assert.throws(() => new EventPattern({ a: ["x"], big: [1] }).matches(own), /BigInt|refers/);
    assert.throws(() => new EventPattern({ list: [1] }).matches(own), EventError);
    assert.throws(() => new EventPattern({ a: ["x"] }).explain(own), /BigInt|broken|refers/);
  });

  test("but the event itself is an object", () => {
    for (const event of [[], [{ a: "x" }], new Date(0), new Map([["a", "x"]]), new String("{}"), null, undefined, 1, "1", () => {}]) {
      for (const pattern of [{ a: ["x"] }, { a: [{ exists: false }] }, { b: { c: [1] } }]) assert.throws(() => new EventPattern(pattern).matches(event), EventError);
      assert.throws(() => new RuleSet().match(event), EventError);
    }
  });
});
