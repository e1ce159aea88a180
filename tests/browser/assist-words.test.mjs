// The sentence below the pattern: what a rule says, in English.
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { lintPattern } from "../../pkg/index.mjs";
import { assistModules } from "./assist.mjs";

let describePattern;
before(async () => void ({ describePattern } = await assistModules("words")));

const words = (pattern) =>
  describePattern(pattern)
    .map((piece) => (typeof piece === "string" ? piece : `\`${piece.code}\``))
    .join("");

const sentences = [
  ['{"source":["aws.s3"]}', "Events from `aws.s3`."],
  ['{"source":["aws.s3","aws.ec2"]}', "Events from `aws.s3` or `aws.ec2`."],
  ['{"source":["aws.s3"],"detail-type":["Object Created"]}', "Events from `aws.s3` of type `Object Created`."],
  ['{"detail-type":["A","B","C"]}', "Events of type `A`, `B` or `C`."],
  ['{"account":["111122223333"],"region":["eu-west-1"]}', "Events in account `111122223333` in region `eu-west-1`."],
  ['{"source":[{"prefix":"aws."}]}', "Events where `source` starts with `aws.`."],
  ['{"source":["a",{"prefix":"aws."}]}', "Events where `source` is `a` or starts with `aws.`."],
  ['{"resources":[{"suffix":"/x"}]}', "Events where one of `resources` ends with `/x`."],
  ['{"detail":{"state":["running"]}}', "Events where `detail.state` is `running`."],
  ['{"detail":{"n":[1.50]}}', "Events where `detail.n` is 1.50."],
  ['{"detail":{"n":[12345678901234567890, 1e3]}}', "Events where `detail.n` is 12345678901234567890 or 1e3."],
  ['{"detail":{"n":["5",5]}}', 'Events where `detail.n` is `"5"` or 5.'],
  ['{"detail":{"ok":[true,false,null]}}', "Events where `detail.ok` is true, false or null."],
  ['{"detail":{"ok":["true","null"]}}', 'Events where `detail.ok` is `"true"` or `"null"`.'],
  ['{"detail":{"a":[""]}}', 'Events where `detail.a` is `""`.'],
  ['{"detail":{"a":[" x"]}}', 'Events where `detail.a` is `" x"`.'],
  ['{"detail":{"a":["line\\nbreak"]}}', 'Events where `detail.a` is `"line\\nbreak"`.'],
  ['{"detail":{"a":[{"prefix":"x"},{"prefix":"y"}]}}', "Events where `detail.a` starts with `x` or `y`."],
  ['{"detail":{"a":[{"suffix":".png"},"b",{"suffix":".jpg"}]}}', "Events where `detail.a` ends with `.png` or `.jpg`, or is `b`."],
  ['{"detail":{"a":[{"prefix":""}]}}', "Events where `detail.a` is any text."],
  ['{"detail":{"a":[{"prefix":{"equals-ignore-case":"x"}}]}}', "Events where `detail.a` starts with `x` in any case."],
  ['{"detail":{"a":[{"suffix":{"equals-ignore-case":"x"}}]}}', "Events where `detail.a` ends with `x` in any case."],
  ['{"detail":{"a":[{"equals-ignore-case":"X"},{"equals-ignore-case":"y"}]}}', "Events where `detail.a` is `X` or `y` in any case."],
  ['{"detail":{"a":[{"wildcard":"dir/*.png"}]}}', "Events where `detail.a` matches `dir/*.png`."],
  ['{"detail":{"a":[{"exactly":"10.0.0.1"}]}}', "Events where `detail.a` is exactly `10.0.0.1`."],
  ['{"detail":{"ip":[{"cidr":"10.0.0.0/8"},{"cidr":"192.168.0.0/16"}]}}', "Events where `detail.ip` is an address in `10.0.0.0/8` or `192.168.0.0/16`."],
  ['{"detail":{"n":[{"numeric":[">",1024]}]}}', "Events where `detail.n` is above 1024."],
  ['{"detail":{"n":[{"numeric":["<=",-1.0]}]}}', "Events where `detail.n` is at most -1.0."],
  ['{"detail":{"n":[{"numeric":["=",5]}]}}', "Events where `detail.n` is 5."],
  ['{"detail":{"n":[{"numeric":[">",0,"<",5]}]}}', "Events where `detail.n` is above 0 and below 5."],
  ['{"detail":{"n":[{"numeric":[">=",0,"<=",5]}]}}', "Events where `detail.n` is from 0 to 5."],
  ['{"detail":{"n":[{"numeric":["<",0]},{"numeric":[">=",9]}]}}', "Events where `detail.n` is below 0 or is at least 9."],
  ['{"detail":{"a":[{"exists":true}]}}', "Events where `detail.a` is present."],
  ['{"detail":{"a":[{"exists":false}]}}', "Events unless `detail.a` is present."],
  ['{"source":["x"],"detail":{"a":[{"exists":false}],"b":[1],"c":[{"exists":false}]}}', "Events from `x` where `detail.b` is 1, unless `detail.a` or `detail.c` is present."],
  ['{"detail":{"a":["x",{"exists":false}]}}', "Events where `detail.a` is `x` or is absent."],
  ['{"detail":{"a":[{"anything-but":"x"}]}}', "Events where `detail.a` has a value other than `x`."],
  ['{"detail":{"a":[{"anything-but":[1,2.0]}]}}', "Events where `detail.a` has a value other than 1 or 2.0."],
  ['{"detail":{"a":[{"anything-but":["x","y"]}]}}', "Events where `detail.a` has a value other than `x` or `y`."],
  ['{"detail":{"a":[{"anything-but":{"prefix":"x"}}]}}', "Events where `detail.a` has a value that does not start with `x`."],
  ['{"detail":{"a":[{"anything-but":{"suffix":["x","y"]}}]}}', "Events where `detail.a` has a value that does not end with `x` or `y`."],
  ['{"detail":{"a":[{"anything-but":{"equals-ignore-case":"x"}}]}}', "Events where `detail.a` has a value other than `x` in any case."],
  ['{"detail":{"a":[{"anything-but":{"wildcard":"a*"}}]}}', "Events where `detail.a` has a value that does not match `a*`."],
  ['{"detail":{"a":[1],"b":[2],"c":[3]}}', "Events where `detail.a` is 1, `detail.b` is 2 and `detail.c` is 3."],
  ['{"detail":{"a":[1,2],"b":[3]}}', "Events where `detail.a` is 1 or 2, and `detail.b` is 3."],
  ['{"$or":[{"source":["a"]},{"detail-type":["b"]}]}', "Events where either `source` is `a` or `detail-type` is `b`."],
  ['{"source":["s"],"$or":[{"a":[1],"b":[2]},{"c":[3]}]}', "Events from `s` where either `a` is 1 and `b` is 2, or `c` is 3."],
  ['{"detail":{"$or":[{"a":[1]},{"b":[1]},{"c":[1]}],"z":[9]}}', "Events where `detail.z` is 9, and either `detail.a` is 1, `detail.b` is 1 or `detail.c` is 1."],
  ['{"$or":[{"a":[1],"$or":[{"b":[1]},{"c":[1]}]},{"d":[{"exists":false}]}]}', "Events where either (`a` is 1, and either `b` is 1 or `c` is 1), or `d` is absent."],
  ['{"a":[1],"$or":[{"a":[2]},{"b":[3]}]}', "Events where either `a` is 2, or `a` is 1 and `b` is 3."],
  ['{"$or":[{"a":[2]},{"b":[3]}],"a":[1]}', "Events where either `a` is 1, or `b` is 3 and `a` is 1."],
  ['{"a":[1],"a":[2]}', "Events where `a` is 2."],
  ['{"a":{"b":[1]},"a.b":[2],"a":{"c":[3]}}', "Events where `a.b` is 2 and `a.c` is 3."],
  ['{"__proto__":["x"],"constructor":[1]}', "Events where `__proto__` is `x` and `constructor` is 1."],
  ['{"a":["`x`","<b>"]}', "Events where `a` is ``x`` or `<b>`."],
  ['{"a":[1,2,3,4,5,6,7,8,9,10]}', "Events where `a` is 1, 2, 3 or 7 others."],
  ['{"a":["x"]} trailing', "Events where `a` is `x`."],
];

describe("the sentence", () => {
  for (const [pattern, sentence] of sentences) {
    test(pattern, () => {
      assert.deepEqual(lintPattern(pattern).filter(({ severity }) => severity === "error"), [], "the pattern is valid");
      assert.equal(words(pattern), sentence);
    });
  }

  test("many conditions, alternatives and tests are counted", () => {
    const fields = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`f${index}`, [index]]));
    assert.match(words(JSON.stringify(fields)), /^Events where `f0` is 0, .*`f6` is 6 and 23 more conditions\.$/);
    assert.match(words(JSON.stringify({ $or: Array.from({ length: 20 }, (_, index) => ({ a: [index] })) })), /`a` is 6 or 13 more alternatives\.$/);
  });

  test("long texts are cut between characters", () => {
    const sentence = words(JSON.stringify({ a: ["😀".repeat(100)], ["k".repeat(500)]: [1] }));
    assert.match(sentence, /`(😀)+…`/u);
    assert.ok(sentence.length < 400 && sentence.isWellFormed(), sentence);
  });

  test("a thousand levels and a hundred thousand values are no trouble", () => {
    const deep = '{"a":'.repeat(999) + "[1]" + "}".repeat(999);
    assert.match(words(deep), /^Events where `a\.a.*…` is 1\.$/);
    assert.match(words(JSON.stringify({ a: Array.from({ length: 100_000 }, (_, index) => index) })), /99997 others\.$/);
  });

  test("overlapping alternatives stay as they are written where they are too many", () => {
    const or = { $or: [{ a: [1] }, { b: [1] }] };
    const many = { a: [0], x: or, y: or, z: or, u: or, v: or, w: or, ...{ $or: [{ a: [1] }, { b: [1] }] } };
    assert.match(words(JSON.stringify(many)), /^Events where `a` is 0, either/);
  });
});
