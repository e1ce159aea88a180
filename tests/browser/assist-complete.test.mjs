// Completion without an editor: what is offered where, and what taking it makes of the text.
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { lintPattern } from "../../pkg/index.mjs";
import { assistModules, inserted, marked } from "./assist.mjs";

let suggest, isTyping, createReader, suggestVariables;
before(async () => void ({ suggest, isTyping, createReader, suggestVariables } = await assistModules("complete", "fields", "variables")));

const events = [
  `{
    "source": "aws.s3", "detail-type": "Object Created", "account": "111122223333", "resources": ["arn:aws:s3:::photos"],
    "detail": {
      "object": { "key": "2026/beach.png", "size": 2048.0 }, "ip": "203.0.113.14", "labels": ["sea", "sun"],
      "parts": [[{ "id": 7 }], { "id": 8, "ok": true }], "a\\"b\\\\c": "quo\\"te", "state.status": "ready", "\${x}": "{\${1:y}}", "gone": null
    }
  }`,
  '{"source":"aws.s3","detail":{"object":{"key":"x.txt","size":3},"labels":["sea"]}}',
  '{"source":"aws.ec2","detail":{"object":{"size":3},"broken": ',
];
const samples = (texts = events) => createReader()(texts);
const split = (text) => ({ text: text.replace("|", ""), offset: text.indexOf("|") });

function offers(place, texts) {
  const { text, offset } = split(place);
  return suggest(text, offset, samples(texts));
}

/** The text after taking what is shown so, with its stops. */
function taken(place, shown, texts) {
  const { text } = split(place);
  const found = offers(place, texts).find((each) => (each.shown ?? each.label) === shown);
  assert.ok(found, `${shown} is not among ${offers(place, texts).map((each) => each.shown ?? each.label).join("  ")}`);
  return text.slice(0, found.from) + marked(found.insert) + text.slice(found.to);
}

const insertions = [
  // Keys: with their shape, with the commas that are missing, and alone where the rest is there.
  ["{|}", "source", '{"source": [‹›]‹›}'],
  ['{"|"}', "source", '{"source": [‹›]‹›}'],
  ['{"so|', "source", '{"source": [‹›]‹›'],
  ["{so|}", "source", '{"source": [‹›]‹›}'],
  ["{|}", "detail", '{"detail": {\n\t‹›\n}‹›}'],
  ["{|}", "$or", '{"$or": [{‹›}, {‹›}]‹›}'],
  ['{| "source": ["a"]}', "account", '{"account": [‹›]‹›, "source": ["a"]}'],
  ['{"source": ["a"]|}', "account", '{"source": ["a"], "account": [‹›]‹›}'],
  ['{"source": ["a"] | "region": ["b"]}', "account", '{"source": ["a"] , "account": [‹›]‹›, "region": ["b"]}'],
  ['{"source": ["a"], |}', "account", '{"source": ["a"], "account": [‹›]‹›}'],
  ['{"so|": ["a"]}', "source", '{"source": ["a"]}'],
  ['{"so|" ["a"]}', "source", '{"source":  ["a"]}'],
  ['{\n  "so|\n  "region": ["b"]\n}', "source", '{\n  "source": [‹›]‹›,\n  "region": ["b"]\n}'],
  ['{"so|: ["a"]}', "source", '{"source": ["a"]}'],
  ['{"detail": {"|"}}', "object", '{"detail": {"object": {\n\t‹›\n}‹›}}'],
  ['{"detail": {"object": {"|"}}}', "size", '{"detail": {"object": {"size": [‹›]‹›}}}'],
  ['{"detail": {"parts": {"|"}}}', "id", '{"detail": {"parts": {"id": [‹›]‹›}}}'],
  ['{"detail": {"|"}}', 'a"b\\c', '{"detail": {"a\\"b\\\\c": [‹›]‹›}}'],
  ['{"$or": [{"|"}, {}]}', "source", '{"$or": [{"source": [‹›]‹›}, {}]}'],
  ['{"detail": {"$or": [{"object": {"|"}}, {}]}}', "key", '{"detail": {"$or": [{"object": {"key": [‹›]‹›}}, {}]}}'],
  // Values of lists: quoted as they must be, in the quotes that are there.
  ['{"source": [|]}', '"aws.s3"', '{"source": ["aws.s3"]}'],
  ['{"source": ["|"]}', '"aws.s3"', '{"source": ["aws.s3"]}'],
  ['{"source": ["aws|", "x"]}', '"aws.s3"', '{"source": ["aws.s3", "x"]}'],
  ['{"source": ["aws|]}', '"aws.s3"', '{"source": ["aws.s3"]}'],
  ['{"source": [| "x"]}', '"aws.s3"', '{"source": ["aws.s3", "x"]}'],
  ['{"source": ["x" |]}', '"aws.s3"', '{"source": ["x" , "aws.s3"]}'],
  ['{"source": ["x"|, "y"]}', '"aws.s3"', '{"source": ["x", "aws.s3", "y"]}'],
  ['{"detail": {"object": {"size": [|]}}}', "2048.0", '{"detail": {"object": {"size": [2048.0]}}}'],
  ['{"detail": {"object": {"size": ["2|"]}}}', "2048.0", '{"detail": {"object": {"size": [2048.0]}}}'],
  ['{"detail": {"gone": [nu|]}}', "null", '{"detail": {"gone": [null]}}'],
  ['{"detail": {"a\\"b\\\\c": [|]}}', '"quo\\"te"', '{"detail": {"a\\"b\\\\c": ["quo\\"te"]}}'],
  ['{"detail": {"state": {"status": [|]}}}', '"ready"', '{"detail": {"state": {"status": ["ready"]}}}'],
  ['{"detail": {"${x}": [|]}}', '"{${1:y}}"', '{"detail": {"${x}": ["{${1:y}}"]}}'],
  // Tests: the object around them, also in place of a string that was begun.
  ['{"source": [|]}', '{"prefix": "…"}', '{"source": [{"prefix": "‹›"}‹›]}'],
  ['{"source": ["pre|"]}', '{"prefix": "…"}', '{"source": [{"prefix": "‹›"}‹›]}'],
  ['{"source": [pre|]}', '{"prefix": "…"}', '{"source": [{"prefix": "‹›"}‹›]}'],
  ['{"source": [| "x"]}', '{"exists": true}', '{"source": [{"exists": true}‹›, "x"]}'],
  ['{"detail": {"object": {"size": [|]}}}', '{"numeric": [">", 2048.0]}', '{"detail": {"object": {"size": [{"numeric": [">", ‹2048.0›]}‹›]}}}'],
  ['{"detail": {"object": {"size": [|]}}}', '{"numeric": [">=", 0, "<=", 2048.0]}', '{"detail": {"object": {"size": [{"numeric": [">=", ‹0›, "<=", ‹2048.0›]}‹›]}}}'],
  ['{"source": [|]}', '{"anything-but": ["…"]}', '{"source": [{"anything-but": ["‹›"]}‹›]}'],
  ['{"detail": {"object": {"key": [|]}}}', '{"anything-but": {"suffix": ".png"}}', '{"detail": {"object": {"key": [{"anything-but": {"suffix": "‹.png›"}}‹›]}}}'],
  ['{"detail": {"ip": [|]}}', '{"cidr": "203.0.113.0/24"}', '{"detail": {"ip": [{"cidr": "‹203.0.113.0/24›"}‹›]}}'],
  ['{"source": [{"|"}]}', '{"prefix": "…"}', '{"source": [{"prefix": "‹›"‹›}]}'],
  ['{"source": [{"pre|": "x"}]}', "prefix", '{"source": [{"prefix": "x"}]}'],
  ['{"source": [{"anything-but": {"|"}}]}', "wildcard", '{"source": [{"anything-but": {"wildcard": "‹*›"‹›}}]}'],
  ['{"source": [{"prefix": {|}}]}', "equals-ignore-case", '{"source": [{"prefix": {"equals-ignore-case": "‹text›"‹›}}]}'],
  // In spite of what is missing before.
  ['{"detail": {"labels": ["sea"}, |}', "account", '{"detail": {"labels": ["sea"}, "account": [‹›]‹›}'],
  // What stands behind the name of an operator.
  ['{"detail": {"object": {"key": [{"prefix": |}]}}}', '"2026/"', '{"detail": {"object": {"key": [{"prefix": "2026/"}]}}}'],
  ['{"detail": {"object": {"key": [{"suffix": ".|"}]}}}', '".png"', '{"detail": {"object": {"key": [{"suffix": ".png"}]}}}'],
  ['{"detail": {"object": {"key": [{"wildcard": "|"}]}}}', '"2026/*"', '{"detail": {"object": {"key": [{"wildcard": "2026/*"}]}}}'],
  ['{"detail": {"x": [{"exists": |}]}}', "false", '{"detail": {"x": [{"exists": false}]}}'],
  ['{"detail": {"object": {"size": [{"numeric": |}]}}}', '[">", 2048.0]', '{"detail": {"object": {"size": [{"numeric": [">", ‹2048.0›]‹›}]}}}'],
  ['{"detail": {"object": {"size": [{"numeric": [|]}]}}}', '">="', '{"detail": {"object": {"size": [{"numeric": [">="]}]}}}'],
  ['{"detail": {"object": {"size": [{"numeric": [">="|]}]}}}', "2048.0", '{"detail": {"object": {"size": [{"numeric": [">=", 2048.0]}]}}}'],
  ['{"detail": {"object": {"size": [{"numeric": [">", 1, |]}]}}}', '"<="', '{"detail": {"object": {"size": [{"numeric": [">", 1, "<="]}]}}}'],
  ['{"source": [{"anything-but": |}]}', '[""]', '{"source": [{"anything-but": ["‹›"]‹›}]}'],
  ['{"source": [{"anything-but": ["aws.s3", |]}]}', '"aws.ec2"', '{"source": [{"anything-but": ["aws.s3", "aws.ec2"]}]}'],
  ['{"detail": {"object": {"key": [{"anything-but": {"prefix": [|]}}]}}}', '"2026/"', '{"detail": {"object": {"key": [{"anything-but": {"prefix": ["2026/"]}}]}}}'],
  // Behind a key: a list around what is chosen, also where a string was begun without one.
  ['{"source": |}', '["aws.s3"]', '{"source": ["aws.s3"]‹›}'],
  ['{"source": "aws|"}', '["aws.s3"]', '{"source": ["aws.s3"]‹›}'],
  ['{"source": | "region": ["x"]}', '["aws.s3"]', '{"source": ["aws.s3"]‹›, "region": ["x"]}'],
  ['{"source": |}', '[{"prefix": "…"}]', '{"source": [{"prefix": "‹›"}]‹›}'],
  ['{"detail": |}', "{ }", '{"detail": {\n\t‹›\n}‹›}'],
  ['{"$or": |}', "[{ }, { }]", '{"$or": [{‹›}, {‹›}]‹›}'],
  ['{"$or": [{"a": [1]}, |]}', "{ }", '{"$or": [{"a": [1]}, {‹›}‹›]}'],
  ["|", '{ "source": …, "detail-type": … }', '{\n\t"source": [‹"aws.s3"›],\n\t"detail-type": [‹"Object Created"›]\n}‹›'],
];

describe("taking a suggestion", () => {
  for (const [place, shown, after] of insertions) test(`${place}  ${shown}`, () => assert.equal(taken(place, shown), after));
});

describe("what is offered", () => {
  const shown = (place, group, texts) => offers(place, texts).filter((each) => !group || each.group === group).map((each) => each.shown ?? each.label);

  test("the keys of every event at the root, each with its manual, and no other there is", () => {
    const keys = offers("{|}").filter((each) => each.group === "envelope");
    assert.deepEqual(keys.map((each) => each.label), ["source", "detail-type", "detail", "account", "region", "resources", "time", "id", "version"]);
    assert.ok(keys.every((each) => each.manual === each.label));
    assert.deepEqual(shown('{"detail": {|}}', "envelope"), []);
  });

  test("no key twice, wherever the other stands", () => {
    assert.ok(!shown('{"source": ["a"], |, "region": ["b"]}').some((each) => each === "source" || each === "region"));
    assert.ok(shown('{"source": [{"x": 1}], | }').includes("region"));
    assert.ok(!shown('{"source": ["aws.s3", |]}').includes('"aws.s3"'));
    assert.ok(!shown('{"source": [|, "aws.s3"]}').includes('"aws.s3"'));
  });

  test("fields and values of the selected event first, then by how many events have them", () => {
    assert.deepEqual(shown('{"detail": {|}}', "fields").slice(0, 3), ["object", "labels", "ip"]);
    assert.deepEqual(shown('{"detail": {|}}', "fields").at(-1), "gone");
    assert.deepEqual(shown('{"detail": {"object": {"size": [|]}}}', "seen"), ["2048.0", "3"]);
    assert.deepEqual(shown('{"detail": {"labels": [|]}}', "seen", events.toReversed()), ['"sea"', '"sun"']);
    assert.deepEqual(offers('{"source": [|]}').slice(0, 2).map((each) => each.detail), ["2 of 3 events", "1 of 3 events"]);
    assert.deepEqual(offers('{"source": [|]}', events.slice(0, 1))[0].detail, undefined);
  });

  test("values through arrays, at any depth", () => {
    assert.deepEqual(shown('{"detail": {"parts": {"id": [|]}}}', "seen"), ["7", "8"]);
    assert.deepEqual(shown('{"resources": [|]}', "seen"), ['"arn:aws:s3:::photos"']);
  });

  test("every operator in a list, numbers first where only numbers were seen", () => {
    const names = new Set(offers('{"source": [|]}').map((each) => each.manual));
    for (const name of ["prefix", "suffix", "wildcard", "anything-but", "numeric", "exists", "equals-ignore-case", "cidr", "exactly"]) assert.ok(names.has(name), name);
    assert.equal(offers('{"source": [|]}').find((each) => each.group === "tests").manual, "prefix");
    assert.equal(offers('{"detail": {"object": {"size": [|]}}}').find((each) => each.group === "tests").manual, "numeric");
  });

  test("bounds of a range that differ, whatever number was seen", () => {
    const range = (number) => shown('{"a": [|]}', "tests", [`{"a": ${number}}`]).find((each) => each.includes('"<="') && each.includes('">="'));
    for (const [number, bounds] of [["7.50", '">=", 0, "<=", 7.50'], ["-3", '">=", -3, "<=", 0'], ["0", '">=", 0, "<=", 100']]) assert.equal(range(number), `{"numeric": [${bounds}]}`);
  });

  test("nothing where nothing belongs", () => {
    for (const place of ['{"source"|}', '{"source" |: ["a"]}', '{"a": [[|]]}', '{"a": [{"x": {"y": [|]}}]}', '{"source": ["a"]} |', '{"source": |["a"]}', '{"a": [{"prefix": "x", |}]}', '{"a": [{"numeric": ["<", 5, |]}]}']) assert.deepEqual(shown(place), [], place);
  });

  test("only while a string or a word is typed, and not while a number is", () => {
    const typing = (place) => isTyping(split(place).text, split(place).offset);
    for (const place of ['{"|"}', '{"so|', "{so|", '{"a": ["x|"]}', '{"a": [tr|]}']) assert.ok(typing(place), place);
    for (const place of ["{|}", "{ |", '{"a"|: [1]}', '{"a": [1|]}', '{"a": [-1.5|]}', '{"a": [|]}', '{"a": ["x"|]}', '|{"a"}']) assert.ok(!typing(place), place);
  });

  test("strange events are taken as they are", () => {
    assert.deepEqual(shown("{|}", "fields", ['{"__proto__": 1, "constructor": {"x": 2}, "toString": "\\ud800"}']), ["__proto__", "constructor", "toString"]);
    assert.deepEqual(shown('{"__proto__": [|]}', "seen", ['{"__proto__": 1}']), ["1"]);
    assert.deepEqual(shown('{"a": [|]}', "seen", ["", "nope", "[1]", '{"a": "x" "b": 2}']), ['"x"']);
    const deep = '{"a":'.repeat(50_000);
    assert.deepEqual(shown('{"a": {|}}', "fields", [deep]), ["a"]);
    const wide = JSON.stringify({ a: Array.from({ length: 200_000 }, (_, index) => `v${index}`) });
    assert.equal(shown('{"a": [|]}', "seen", [wide]).length, 60);
    assert.ok(suggest(deep, deep.length, samples()).length > 0, "deep patterns too");
  });
});

/** Patterns in all of whose places everything that is offered is taken. */
const patterns = [
  '{"source": ["aws.s3"], "detail": {"object": {"size": [{"numeric": [">", 1, "<", 5]}, 7], "key": [{"anything-but": {"prefix": ["x", "y"]}}]}, "labels": [null]}}',
  '{\n  "detail": {\n    "$or": [\n      { "labels": ["sea"] },\n      { "ip": [{ "cidr": "10.0.0.0/8" }, { "prefix": { "equals-ignore-case": "x" } }] }\n    ],\n    "x": [ { "exists": false } , { "wildcard": "*" } ]\n  }\n}',
  '{"account":["1" , "2"],"detail":{"a\\"b\\\\c":[{"anything-but":[1,2]},{"suffix":""}],"parts":{"id":[7]}}}',
];

test("a valid text stays valid JSON whatever is taken wherever, and a valid pattern a pattern where no list is left empty", () => {
  let count = 0;
  let judged = 0;
  const isRight = (text) => !lintPattern(text).some(({ severity }) => severity === "error");
  const read = samples();
  for (const pattern of patterns) {
    assert.ok(isRight(pattern));
    for (let offset = 1; offset <= pattern.length; offset++) {
      for (const { from, to, insert, again, shown, label } of suggest(pattern, offset, read)) {
        const after = pattern.slice(0, from) + inserted(insert) + pattern.slice(to);
        const where = `${pattern.slice(0, offset)}|  ${shown ?? label}  ${after}`;
        assert.doesNotThrow(() => JSON.parse(after), where);
        // A key of another kind, or one more bound of a range, is the user's affair; so is what is not filled in yet.
        const isWhole = !again && pattern.charAt(from - 1) !== "{" && !/: *$|numeric/.test(pattern.slice(Math.max(0, from - 14), from));
        count++;
        if (!isWhole || !insert.some((part) => typeof part === "object")) continue;
        assert.ok(isRight(after), where);
        judged++;
      }
    }
  }
  assert.ok(count > 3000 && judged > 800, `${count}, ${judged}`);
});

test("no text and no place makes it fail", () => {
  const read = samples();
  const pieces = ['{"', "source", '": ["', "aws", '"]', ",", "}", "[", "]", "\n", "\\", '"', " ", "$or", ":", "numeric", "{", "\ud800", "1e5"];
  let seed = 7;
  const random = (below) => (seed = (seed * 16807) % 2147483647) % below;
  for (let round = 0; round < 3000; round++) {
    const text = Array.from({ length: random(14) }, () => pieces[random(pieces.length)]).join("");
    const offset = random(text.length + 1);
    for (const { from, to } of suggest(text, offset, read)) assert.ok(0 <= from && from <= offset && offset <= to && to <= text.length, `${text} at ${offset}: ${from} to ${to}`);
  }
});

describe("variables of a template", () => {
  const paths = [["key", "$.detail.key"], ["", "$.x"], ["size", "$.a"], ["size", "$.b"]];
  const at = (place) => suggestVariables(split(place).text, split(place).offset, paths);
  const after = (place, name) => {
    const { text, offset } = split(place);
    const { from, options } = at(place);
    return text.slice(0, from) + options.find((each) => each.name === name).insert + text.slice(offset);
  };

  test("those of the map once, then the reserved ones", () => {
    assert.deepEqual(at("<|").options.map(({ name }) => name).slice(0, 3), ["key", "size", "aws.events.event"]);
    assert.equal(at("<|").options[1].detail, "$.b");
    assert.equal(at("<|").options.length, 7);
  });

  test("with the brackets that are missing", () => {
    assert.equal(after('{"a": <k|}', "key"), '{"a": <key>}');
    assert.equal(after('{"a": <k|>}', "key"), '{"a": <key>}');
    assert.equal(after('{"a": |}', "key"), '{"a": <key>}');
    assert.equal(at("<ke|y>"), undefined);
  });
});
