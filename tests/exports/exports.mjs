// The formats of the page in Node, and what every test of them asserts.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { EventPattern, TargetInput } from "../../pkg/index.mjs";
import { esbuild } from "../../www/tasks/pack.mjs";
import { www } from "../../www/tasks/places.mjs";

/** A module of www/src, as Node can load it. */
export async function pageModule(name) {
  const folder = mkdtempSync(join(tmpdir(), "eventbridge-rules-"));
  const outfile = join(folder, "module.mjs");
  try {
    const { build } = await esbuild();
    await build({ entryPoints: [join(www, "src", name)], outfile, bundle: true, format: "esm", platform: "neutral", target: "es2022", logLevel: "warning" });
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const event = { name: "an event", text: '{\n  "source": "aws.s3",\n  "detail": { "a": "`${x}` \\\\ \\u2028" }\n}' };

/** What the page would hand over for a case. */
export function ruleOf({ name, pattern, input }) {
  const judge = new EventPattern(pattern);
  const target = new TargetInput(input);
  const payload = target.explain(event.text);
  const expected = judge.matches(event.text) ? "match" : "no-match";
  return { name, pattern, input, context: {}, cases: [{ event, said: true, expected, ...(payload.delivered && { delivered: payload.output }) }] };
}

export const orderOf = (some, bus = "default") => ({ rules: some.map(ruleOf), bus, unreadable: [] });
let formats;

/** The text of a format. */
export async function write(id, order) {
  formats ??= pageModule("export/formats.ts");
  const { FORMATS } = await formats;
  return FORMATS.find((format) => format.id === id).write(order).text;
}

/** JSON without what does not count: space, and how the characters of a string are written. Numbers keep their spelling. */
const normal = (json) => json.match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g).map((token) => (token.startsWith('"') ? JSON.stringify(JSON.parse(token)) : token)).join("");

/** The names that EventBridge would take, made anew. */
function namesOf(some) {
  const taken = new Set();
  return some.map(({ name }) => {
    const safe = /^[\w.-]{1,64}$/.test(name) ? name : name.replace(/[^\w.-]+/g, "-").slice(0, 64).replace(/^-+|-+$/g, "") || "my-rule";
    assert.ok(!taken.has(safe), "names of the cases differ");
    taken.add(safe);
    return safe;
  });
}

/** Each case must come back: its name, its pattern to the last digit, its input to the last character. */
export function assertSame(rules, some, bus, { others = false } = {}) {
  const names = namesOf(some);
  if (!others) assert.deepEqual(rules.map(({ name }) => name).sort(), [...names].sort());
  some.forEach((wanted, index) => {
    const rule = rules.find(({ name }) => name === names[index]);
    const pattern = typeof rule.pattern === "string" ? rule.pattern : JSON.stringify(rule.pattern);
    assert.equal(normal(pattern), normal(wanted.pattern), `pattern of “${wanted.name}”`);
    // Objects of a parser may have no prototype.
    assert.deepEqual(JSON.parse(JSON.stringify(rule.input)), wanted.input, `input of “${wanted.name}”`);
    assert.equal(rule.bus, bus, `bus of “${wanted.name}”`);
  });
}
