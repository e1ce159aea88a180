// Where a piece of the payload comes from: payload, template, paths and event light each other.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { paste, playground, selectEvent, settled, violations } from "./playground.mjs";

let site;
before(async () => void (site = await playground()));
after(() => site.close());

const lit = (page, host) => page.locator(`${host} .lit`).allInnerTexts().then((all) => all.join(""));
const template = "#target-body .editor-host:has([aria-label=InputTemplate])";
const rows = (page) => page.$$eval(".lit-row", (all) => all.map((row) => row.querySelector("input").value));

/** Puts the pointer into the middle of a text that an editor shows. */
async function pointAt(page, host, text) {
  const box = await page.evaluate(
    ([selector, wanted]) => {
      const walker = document.createTreeWalker(document.querySelector(`${selector} .cm-content`), NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const at = node.data.indexOf(wanted);
        if (at < 0) continue;
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + wanted.length);
        const { x, y, width, height } = range.getBoundingClientRect();
        return { x: x + width / 2, y: y + height / 2 };
      }
      throw new Error(`${selector} does not show ${wanted}`);
    },
    [host, text],
  );
  await page.mouse.move(box.x, box.y);
}

test("pointing at a value of the payload lights its variable, its path and its value in the event", async () => {
  const page = await site.open();
  await pointAt(page, "#payload-editor", "2481153");
  await page.waitForSelector("#event-editor .lit");
  assert.equal(await lit(page, "#payload-editor"), "2481153");
  assert.equal(await lit(page, template), "<size>");
  assert.equal(await lit(page, "#event-editor"), "2481153");
  assert.deepEqual(await rows(page), ["size"]);
  assert.equal(await page.locator("#payload-facts").innerText(), "<size> ← $.detail.object.size");

  await pointAt(page, "#payload-editor", "picture-uploads");
  await page.waitForFunction((selector) => document.querySelector(`${selector} .lit`)?.textContent.includes("rule-name"), template);
  assert.equal(await lit(page, "#event-editor"), "", "the name of the rule is not from the event");
  assert.deepEqual(await rows(page), []);

  await page.mouse.move(5, 5);
  await page.waitForSelector("#payload-editor .lit", { state: "detached" });
  assert.equal(await page.locator("#payload-facts").innerText(), "101 bytes, valid JSON");
  await page.done();
});

test("and back: pointing at a placeholder, or standing in it, lights the payload and the event", async () => {
  const page = await site.open();
  await pointAt(page, template, "bucket");
  await page.waitForSelector("#payload-editor .lit");
  assert.equal(await lit(page, "#payload-editor"), "photo-uploads");
  assert.equal(await lit(page, "#event-editor"), '"photo-uploads"');
  assert.deepEqual(await rows(page), ["bucket"]);
  await page.mouse.move(5, 5);
  await page.waitForSelector("#payload-editor .lit", { state: "detached" });

  await page.focus(`${template} .cm-content`);
  await page.keyboard.press("ControlOrMeta+Home");
  await page.keyboard.press("ArrowDown");
  for (let key = 0; key < 20; key++) await page.keyboard.press("ArrowRight");
  await page.waitForSelector("#payload-editor .lit");
  assert.equal(await lit(page, "#payload-editor"), "photo-uploads");
  await page.done();
});

test("a row of the paths lights what it gives, from the keyboard too", async () => {
  const page = await site.open();
  await page.focus("[aria-label='Path 2']");
  await page.waitForSelector("#payload-editor .lit");
  assert.equal(await lit(page, "#payload-editor"), "2026/03/beach.jpg");
  assert.equal(await lit(page, template), "<key>");
  assert.equal(await lit(page, "#event-editor"), '"2026/03/beach.jpg"');
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  assert.equal(await lit(page, "#payload-editor"), "2481153", "the next row");
  await page.fill("[aria-label='Path 3']", "$.detail.object.key");
  await settled(page);
  assert.equal(await lit(page, "#payload-editor"), '"2026/03/beach.jpg"', "the light follows the edit");
  await page.focus("#event-name");
  await page.waitForSelector("#payload-editor .lit", { state: "detached" });
  await page.done();
});

test("nothing is lit where the places would be those of an older text", async () => {
  const page = await site.open();
  await page.focus("[aria-label='Path 2']");
  await page.waitForSelector("#payload-editor .lit");
  await page.fill("[aria-label='Path 2']", "nope");
  await settled(page);
  assert.equal(await page.locator(".lit").count(), 0);
  await page.fill("[aria-label='Path 2']", "$.nothing");
  await settled(page);
  await page.focus("[aria-label='Path 2']");
  assert.equal(await lit(page, template), "<key>", "a path that finds nothing has a placeholder all the same");
  assert.equal(await lit(page, "#event-editor"), "");
  await selectEvent(page, "text file");
  await paste(page, "event-editor", "{ nope");
  await page.focus("[aria-label='Path 2']");
  assert.equal(await page.locator(".lit").count(), 0);
  await page.done();
});

/** Walks through the payload from its start until the cursor is in a text. */
async function walkTo(page, text) {
  await page.keyboard.press("ControlOrMeta+Home");
  const before = (await page.locator("#payload-editor .cm-content").innerText()).indexOf(text);
  for (let key = 0; key <= before; key++) await page.keyboard.press("ArrowRight");
}

test("the payload is walked through from the keyboard, and its cursor points", async () => {
  const page = await site.open();
  const payload = page.locator("#payload-editor .cm-content");
  await payload.focus();
  await walkTo(page, "2481153");
  await page.waitForFunction(() => document.querySelector("#payload-editor .lit")?.textContent === "2481153");
  assert.equal(await lit(page, template), "<size>");
  assert.equal(await lit(page, "#event-editor"), "2481153");
  assert.deepEqual(await rows(page), ["size"]);
  assert.equal(await page.locator("#status").innerText(), "size from $.detail.object.size", "said aloud");
  await page.keyboard.press("ArrowDown");
  await page.waitForFunction(() => /rule/.test(document.querySelector("#status").textContent));

  const text = await payload.innerText();
  await page.keyboard.type("x");
  await page.keyboard.press("Backspace");
  await page.keyboard.press("Enter");
  await page.keyboard.insertText("pasted");
  assert.equal(await payload.innerText(), text, "nothing can be written");
  assert.deepEqual(await payload.evaluate((node) => [node.role, node.ariaReadOnly, node.ariaLabel, node.inputMode]), ["textbox", "true", "Delivered payload, read only", "none"]);
  assert.deepEqual(await violations(page), []);
  await page.keyboard.press("Tab");
  assert.ok(!(await payload.evaluate((node) => node.contains(document.activeElement))), "Tab leads out of it");
  await page.waitForSelector("#payload-editor .lit", { state: "detached" });
  await page.done();
});

test("a part of the event, and the whole of it, are traced like a variable", async () => {
  const page = await site.open();
  await page.check("input[name=target-kind] >> nth=2", { force: true });
  await page.fill("#target-path", "$.detail.object");
  await settled(page);
  assert.match(await lit(page, "#event-editor"), /^\{\s*"key": "2026\/03\/beach.jpg"[^]*\}$/, "standing in the path lights all of it");
  assert.match(await lit(page, "#payload-editor"), /^\{"key".*\}$/);
  await page.focus("#event-name");
  await page.waitForSelector(".lit", { state: "detached" });
  await pointAt(page, "#payload-editor", "2481153");
  await page.waitForSelector("#event-editor .lit");
  assert.equal(await lit(page, "#payload-editor"), "2481153");
  assert.equal(await lit(page, "#event-editor"), "2481153", "the value, not all around it");
  assert.equal(await page.locator("#target-path.lit-row").count(), 1);
  assert.equal(await page.locator("#payload-facts").innerText(), "← $.detail.object");
  await page.mouse.move(5, 5);
  await page.waitForSelector(".lit, .lit-row", { state: "detached" });

  await page.check("input[name=target-kind] >> nth=0", { force: true });
  await settled(page);
  await page.focus("#payload-editor .cm-content");
  await walkTo(page, "aws.s3");
  await page.waitForFunction(() => document.querySelector("#event-editor .lit")?.textContent === '"aws.s3"');
  assert.equal(await lit(page, "#payload-editor"), '"aws.s3"');
  assert.equal(await page.locator("#payload-facts").innerText(), "← the whole event");
  assert.equal(await page.locator("#status").innerText(), "from the whole event");

  await page.check("input[name=target-kind] >> nth=1", { force: true });
  await settled(page);
  await pointAt(page, "#payload-editor", "hello");
  await settled(page);
  assert.equal(await page.locator(".lit").count(), 0, "a constant comes from nowhere");
  await page.done();
});
