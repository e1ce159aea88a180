// Tests of a rule and of what its target receives, against sample events; rule.json is what is deployed.
import { readFileSync } from "node:fs";
import { EventPattern, lintPattern, TargetInput } from "eventbridge-rules";
import { describe, expect, test } from "vitest";

const read = (name) => readFileSync(new URL(name, import.meta.url), "utf8");
const rule = JSON.parse(read("rule.json"));
const large = read("events/large-order.json");
const small = read("events/small-order.json");

describe("the pattern of large-orders", () => {
  const pattern = new EventPattern(rule.EventPattern);

  test("wants a large order", () => {
    // The message of a failed test says which condition failed, on which value.
    expect(pattern.matches(large), pattern.explain(large).summary).toBe(true);
  });

  test("leaves out a small one", () => {
    expect(pattern.explain(small).summary).toBe("no match: `detail.total` is 12, which is not >= 1000");
  });

  test("has no mistake that the sample events show", () => {
    expect(lintPattern(JSON.stringify(rule.EventPattern), { samples: [large, small] })).toEqual([]);
  });
});

describe("the chat", () => {
  const target = new TargetInput({ InputTransformer: rule.Targets[0].InputTransformer });

  test("receives the order and its customer", () => {
    expect(JSON.parse(target.apply(large))).toEqual({
      text: "order A-17 over 2400",
      customer: { name: "Ada", country: "DE" },
    });
  });
});
