// The state in the URL hash: round trips, old browsers, hostile links; and the page on any static host.
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { deflateRawSync } from "node:zlib";
import { serveFolder } from "../../www/tasks/serve.mjs";
import { banner, openExample, openPage, paste, pasteLarge, playground, selectEvent, settled, textOf, verdicts } from "./playground.mjs";

let site;
before(async () => void (site = await playground()));
after(() => site.close());

const clipboard = ["clipboard-read", "clipboard-write"];
const base64Url = (bytes) => Buffer.from(bytes).toString("base64url");
const linkOf = (state) => `#v1.${base64Url(deflateRawSync(JSON.stringify(state)))}`;
const target = { kind: "event", input: "", path: "", paths: [], template: "", ruleName: "", ruleArn: "", ingestionTime: "" };
const good = { version: 1, events: [{ name: "one", text: '{"source":"a"}' }], selected: 0, pattern: '{"source":["a"]}', target };

test("an untouched page keeps a clean address; a change is in it after a pause", async () => {
  const page = await site.open();
  await page.waitForTimeout(700);
  assert.equal(new URL(page.url()).hash, "");
  await paste(page, "pattern-editor", '{ "source": ["aws.s3"] }');
  await page.waitForFunction(() => location.hash.startsWith("#v2."));
  await page.reload();
  await page.waitForSelector(".banner-yes");
  assert.equal(await textOf(page, "pattern-editor"), '{ "source": ["aws.s3"] }');
  await page.done();
});

test("a copied link opens the same screen in a fresh browser", async () => {
  const page = await site.open({ permissions: clipboard });
  await openExample(page, "Input transformer");
  await selectEvent(page, "list of labels");
  await page.fill("#event-name", "Etiketten – ✓ 日本");
  await page.fill("[aria-label='Path 3']", "$.detail.alarmName");
  await paste(page, "pattern-editor", '{\n\t"source": ["aws.cloudwatch"] }');
  await page.click("#copy-link");
  await page.waitForSelector(".notice-note:has-text('Link copied')");
  const link = await page.evaluate(() => navigator.clipboard.readText());
  assert.ok(link.length < 2500, `${link.length} characters`);
  assert.match(await page.locator("#link-size").innerText(), /KB|bytes/);

  const other = await site.open({ hash: new URL(link).hash, colorScheme: "dark" });
  for (const id of ["pattern-editor", "event-editor", "payload-editor"]) assert.equal(await textOf(other, id), await textOf(page, id), id);
  assert.equal(await other.inputValue("#event-name"), "Etiketten – ✓ 日本");
  assert.equal(await other.inputValue("[aria-label='Path 3']"), "$.detail.alarmName");
  assert.equal(await banner(other), await banner(page));
  assert.deepEqual(await verdicts(other), await verdicts(page));
  await other.done();
  await page.done();
});

test("several rules and expectations survive a link; what is usual costs nothing", async () => {
  const page = await site.open({ permissions: clipboard });
  await page.click("#copy-link");
  await page.waitForSelector(".notice-note:has-text('Link copied')");
  const plain = await page.evaluate(() => navigator.clipboard.readText());
  assert.ok(plain.length <= 2048, `the first example takes ${plain.length} characters`);
  await page.click("#rule-add");
  await page.fill("#rule-name", "zweite – 2 ✓");
  await paste(page, "pattern-editor", '{ "source": [{ "prefix": "aws." }] }');
  await page.locator("#event-expected .expect").selectOption("no-match");
  await page.locator(".grid tbody th").nth(1).click();
  await page.click("#copy-link");
  await page.waitForFunction((before) => navigator.clipboard.readText().then((text) => text !== before), plain);
  const link = await page.evaluate(() => navigator.clipboard.readText());
  assert.ok(link.length - plain.length < 200, "a small rule with the usual target adds little");

  const fresh = await site.open({ hash: new URL(link).hash });
  await fresh.waitForSelector(".grid-here");
  const look = (on) => on.evaluate(() => [...document.querySelectorAll(".grid tr")].map((row) => [...row.children].map((each) => `${each.textContent} ${each.className}`)));
  assert.deepEqual(await look(fresh), await look(page));
  for (const id of ["pattern-editor", "event-editor", "payload-editor"]) assert.equal(await textOf(fresh, id), await textOf(page, id), id);
  assert.equal(await fresh.inputValue("#rule-name"), "zweite – 2 ✓");
  assert.equal(await fresh.title(), await page.title());
  await fresh.done();
  await page.done();
});

test("a link of version 1 opens, with the name of its rule", async () => {
  const first = { ...good, target: { ...target, ruleName: "old-rule", ruleArn: "arn:old", kind: "transformer", template: '"<aws.events.rule-name> <aws.events.rule-arn>"' } };
  const page = await site.open({ hash: linkOf(first) });
  assert.equal(await page.inputValue("#rule-name"), "old-rule");
  assert.equal(await textOf(page, "payload-editor"), '"old-rule arn:old"');
  assert.equal(await page.locator("#events-count").innerText(), "1 of 1 match", "nothing was expected then");
  await page.done();
});

test("a browser without compression writes a plain link, and every browser reads it", async () => {
  const page = await site.open({ prepare: (opened) => opened.addInitScript(() => delete window.CompressionStream) });
  await paste(page, "pattern-editor", '{ "source": ["plain"] }');
  await page.waitForFunction(() => location.hash.startsWith("#v2-plain."));
  const other = await site.open({ hash: new URL(page.url()).hash });
  assert.equal(await textOf(other, "pattern-editor"), '{ "source": ["plain"] }');
  await other.done();
  await page.done();
});

test("a link pasted into an open page is opened", async () => {
  const page = await site.open();
  await page.evaluate((hash) => void (location.hash = hash), linkOf(good));
  await page.waitForFunction(() => document.querySelector("#event-name").value === "one");
  await settled(page);
  assert.equal(await banner(page), "match");
  await page.done();
});

test("back from a link, the page shows what it showed before", async () => {
  const page = await site.open();
  const named = (name) => page.waitForFunction((wanted) => document.querySelector("#rule-name").value === wanted, name);
  const follow = (name) => page.evaluate((hash) => void (location.hash = hash), linkOf({ ...good, target: { ...target, ruleName: name } }));
  await follow("one");
  await named("one");
  await follow("two");
  await named("two");
  await page.goBack();
  await named("one");
  await page.goBack();
  await named("picture-uploads");
  await page.goForward();
  await named("one");
  await page.fill("#rule-name", "edited");
  await page.waitForFunction(() => /kept in this browser/.test(document.querySelector("#kept").textContent));
  await page.goBack();
  await page.waitForFunction(() => !location.hash);
  await page.waitForTimeout(100);
  assert.equal(await page.inputValue("#rule-name"), "edited", "own work stays, there as at the next visit");
  await page.done();
});

test("a large event is in the address too, and its link is called long", async () => {
  const page = await site.open();
  let seed = 7;
  const words = Array.from({ length: 6000 }, () => (seed = (seed * 48271) % 2147483647).toString(36));
  const event = JSON.stringify({ source: "aws.s3", words });
  await pasteLarge(page, "event-editor", event);
  await page.waitForFunction(() => location.hash.length > 30_000);
  assert.equal(await page.locator("#copy-link.long").count(), 1);
  await page.reload();
  await page.waitForSelector(".banner-no");
  await page.locator(".segment", { hasText: /^Whole event$/ }).click();
  await settled(page);
  assert.match(await page.locator("#payload-facts").innerText(), new RegExp(`^${(event.length / 1024).toFixed(1)} KB`));
  await page.done();
});

const hostile = {
  "no link at all": "#hello",
  "empty": "#v1.",
  "not base64": "#v1.%%%%",
  "not deflate": `#v1.${base64Url("just some text, not deflated")}`,
  "cut off": linkOf(good).slice(0, -20),
  "not JSON": `#v1.${base64Url(deflateRawSync("{nope"))}`,
  "not an object": linkOf(null),
  "a list": linkOf([]),
  "no events": linkOf({ ...good, events: [] }),
  "selected outside": linkOf({ ...good, selected: 7 }),
  "selected is a method": linkOf({ ...good, selected: "map" }),
  "wrong types": linkOf({ ...good, pattern: { toString: "x" } }),
  "unknown target": linkOf({ ...good, target: { ...target, kind: "constructor" } }),
  "too many events": linkOf({ ...good, events: Array(5000).fill(good.events[0]) }),
  "no rules": linkOf({ version: 2, events: good.events, rules: [] }),
  "rule outside": linkOf({ version: 2, events: good.events, rules: [{ name: "", pattern: "" }], rule: 1 }),
  "rule is a method": linkOf({ version: 2, events: good.events, rules: [{ name: "", pattern: "" }], rule: "at" }),
  "too many rules": linkOf({ version: 2, events: good.events, rules: Array(5000).fill({ name: "", pattern: "" }) }),
  "target of a rule": linkOf({ version: 2, events: good.events, rules: [{ name: "", pattern: "", target: { kind: "event", paths: "x" } }] }),
  "expectations of another type": linkOf({ version: 2, events: [{ ...good.events[0], expected: ["match"] }], rules: [{ name: "", pattern: "" }] }),
  "newer version": "#v3.abcdef",
  "deep": `#v1.${base64Url(deflateRawSync("[".repeat(1_000_000)))}`,
  "unfolds to 200 MB": `#v1.${base64Url(deflateRawSync(Buffer.alloc(200_000_000, 32)))}`,
  "invalid UTF-8": `#v1-plain.${base64Url([0xff, 0xfe])}`,
};

test("a malformed link shows a notice, harms nothing, and leaves the page as it was", async () => {
  const page = await site.open();
  for (const [name, hash] of Object.entries(hostile)) {
    await page.goto("about:blank");
    await page.goto(site.url + hash);
    await page.waitForSelector(".notice-error");
    assert.match(await page.locator(".notice-error").innerText(), /could not be opened/, name);
    await page.waitForSelector(".banner-yes");
    assert.deepEqual(await verdicts(page), ["match", "no match", "no match"], name);
  }
  await paste(page, "pattern-editor", '{ "source": ["other"] }');
  assert.equal(await banner(page), "no match");
  await page.done();
});

test("markup in a link stays text", async () => {
  const evil = `<img src=x onerror="document.title='owned'"><script>document.title='owned'</script>`;
  const events = [{ name: evil, text: JSON.stringify({ source: evil }) }];
  const paths = [[evil, evil], ["__proto__", "$.source"]];
  const page = await site.open({ hash: linkOf({ ...good, events, pattern: JSON.stringify({ source: [evil] }), target: { ...target, kind: "transformer", paths, template: evil } }) });
  assert.equal(await banner(page), "match");
  assert.match(await page.locator(".event-name").innerText(), /<img src=x/);
  assert.equal(await page.locator("img[src], main script, [onerror]").count(), 0);
  assert.notEqual(await page.title(), "owned");
  await page.done();
});

test("it works below any path of any static host", async () => {
  const folder = mkdtempSync(join(tmpdir(), "playground-"));
  const dist = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "www", "dist");
  cpSync(dist, join(folder, "some", "deep path"), { recursive: true });
  const server = await serveFolder(folder, { port: 0 });
  try {
    const page = await openPage(site.browser, `${server.url}some/deep%20path/`);
    assert.equal(await banner(page), "match");
    await page.done();
  } finally {
    await server.close();
    rmSync(folder, { recursive: true });
  }
});
