// What the page may cost: bytes until the first verdict, and time from a key to its verdict.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, deflateRawSync } from "node:zlib";
import { editor, playground, settled } from "./playground.mjs";

let site;
before(async () => void (site = await playground()));
after(() => site.close());

const dist = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "www", "dist");
const FIRST_LOAD_KB = 300;

const brotli = (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;

test(`the first load is at most ${FIRST_LOAD_KB} KB, compressed, and each file is asked for once`, async () => {
  const asked = [];
  const prepare = async (opened) => {
    opened.on("request", (request) => asked.push(new URL(request.url()).pathname));
    await opened.addInitScript(() => {
      new PerformanceObserver((list) => {
        const [{ startTime, duration }] = list.getEntries();
        window.firstVerdict ??= startTime + duration;
      }).observe({ type: "measure" });
    });
  };
  const page = await site.open({ prepare });
  await page.waitForSelector(".cm-verdicts");
  assert.deepEqual(asked, [...new Set(asked)], "each once");
  // What helps with reading comes behind the first verdict, and what helps with writing where somebody enters.
  const late = await page.evaluate(() => performance.getEntriesByType("resource").filter(({ startTime }) => startTime > window.firstVerdict).map(({ name }) => new URL(name).pathname));
  assert.ok(late.some((path) => path.startsWith("/assist-")), late.join());
  assert.ok(!late.some((path) => path.startsWith("/writing-")), late.join());
  const first = await page.evaluate(() => performance.getEntriesByType("resource").filter(({ name, startTime }) => startTime <= window.firstVerdict && name.startsWith(location.origin)).map(({ name }) => new URL(name).pathname.slice(1)));
  await page.done();
  const sizes = ["index.html", ...first, ...late.map((path) => path.slice(1))].map((name) => [name, brotli(readFileSync(join(dist, name)))]);
  const total = sizes.reduce((sum, [, size]) => sum + size, 0);
  console.log(`first load: ${(total / 1024).toFixed(1)} KB (${sizes.map(([name, size]) => `${name} ${(size / 1024).toFixed(1)}`).join(", ")})`);
  assert.deepEqual(first.map((name) => name.split(".").pop()).sort(), ["css", "js", "wasm"], "one script, one style, one engine");
  assert.ok(total <= FIRST_LOAD_KB * 1024, `${total} bytes`);
});

const KEY_MS = 16;

test(`a key has its verdict within ${KEY_MS} ms, with an event of 10 KB and 50 rules (median)`, async () => {
  const items = Array.from({ length: 60 }, (_, at) => ({ id: at, sku: `SKU-${at}`, note: "x".repeat(100), tags: ["a", "b"] }));
  const text = JSON.stringify({ version: "0", source: "aws.s3", "detail-type": "Object Created", detail: { bucket: { name: "photo-uploads" }, object: { key: "a.png", size: 5000 }, items } }, null, 1);
  assert.ok(text.length > 10_000 && text.length < 13_000, String(text.length));
  const rules = Array.from({ length: 50 }, (_, at) => ({
    name: `rule-${at}`,
    pattern: JSON.stringify({ source: ["aws.s3"], detail: { object: { key: [{ suffix: `.p${at}` }, { wildcard: `*${at}*.png` }], size: [{ numeric: [">", at * 200] }] }, items: { sku: [`SKU-${at}`] } } }, null, 2),
    target: { kind: "transformer", paths: [["key", "$.detail.object.key"]], template: '{"key": <key>}' },
  }));
  const state = { version: 2, events: [{ name: "large", text, expected: "m".repeat(50) }], rules };
  const page = await site.open({ hash: `#v2.${deflateRawSync(JSON.stringify(state)).toString("base64url")}` });
  await page.waitForSelector(".grid.dense .grid-here");
  await page.evaluate(() => {
    window.times = [];
    let pressed = 0;
    addEventListener("keydown", (event) => (pressed = event.timeStamp), { capture: true });
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntriesByName("verdict")) if (pressed) window.times.push(startTime + duration - pressed);
    }).observe({ type: "measure" });
  });
  /** The median of one round, in ms. */
  const typed = async (id) => {
    await editor(page, id).click();
    await page.keyboard.press("ControlOrMeta+End");
    await settled(page);
    await page.evaluate(() => (window.times.length = 0));
    for (let key = 0; key < 60; key++) {
      await page.keyboard.press(key % 2 ? "Backspace" : "Space");
      await settled(page);
    }
    const times = await page.evaluate(() => window.times.sort((a, b) => a - b));
    assert.ok(times.length >= 50, `${times.length} verdicts`);
    return times[times.length >> 1];
  };
  for (const id of ["event-editor", "pattern-editor"]) {
    const medians = [];
    // What else the machine has to do is not the page's: the best of some rounds counts.
    while (medians.length < 6 && !(Math.min(...medians) <= KEY_MS)) medians.push(await typed(id));
    console.log(`key to verdict in ${id}: medians ${medians.map((median) => `${median.toFixed(1)} ms`).join(", ")}`);
    assert.ok(Math.min(...medians) <= KEY_MS, `${id}: ${medians.join()} ms`);
  }
  await page.done();
});
