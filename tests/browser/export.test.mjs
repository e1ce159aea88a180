// The export of rules: the dialog, the clipboard, the file, and that each format is what the page holds.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { pageModule } from "../exports/exports.mjs";
import { narrow, openExample, paste, playground, settled, violations, wide } from "./playground.mjs";

let site;
let share;
let formats;
before(async () => {
  site = await playground();
  share = await pageModule("share.ts");
  ({ FORMATS: formats } = await pageModule("export/formats.ts"));
});
after(() => site.close());

async function openDialog(page) {
  await page.click("#export");
  await page.waitForSelector("dialog.export[open]");
}

const textOfExport = (page) => page.locator(".export-text code").evaluate((code) => code.textContent);
const choose = (page, label) => page.locator(".export-format", { hasText: label }).click();
const chosen = (page) => page.locator(".export-formats input:checked").evaluate((input) => input.value);

const target = (more) => ({ kind: "event", input: "{}", path: "$.detail", paths: [], template: "", ruleArn: "", ingestionTime: "", ...more });

/** Two rules, one event that is expected to match the first, and one that is no JSON. */
const twoRules = {
  events: [
    { name: "order", text: '{"source": "shop", "detail": {"n": 1.0}}', expected: ["match", ""] },
    { name: "broken", text: "{", expected: ["match", ""] },
  ],
  selected: 0,
  rules: [
    { name: "all orders", pattern: '{"source": ["shop"]}', target: target({ kind: "transformer", paths: [["n", "$.detail.n"]], template: '{"n": <n>, "rule": "<aws.events.rule-name>"}' }) },
    { name: "refunds", pattern: '{"source": ["refund"]}', target: target({}) },
  ],
  rule: 0,
};
const openState = async (state, options) => site.open({ hash: await share.stateToHash(state), ...options });

describe("export", () => {
  test("nothing of it is loaded before the button is pressed", async () => {
    const page = await site.open();
    const loaded = () => page.evaluate(() => performance.getEntriesByType("resource").filter(({ name }) => /dialog/.test(name)).length);
    assert.equal(await loaded(), 0);
    await openDialog(page);
    assert.equal(await loaded(), 1);
    await page.done();
  });

  test("every format shows the pattern and the target input of the page, and is remembered", async () => {
    const page = await site.open();
    await openExample(page, "Input transformer");
    await openDialog(page);
    assert.equal(await page.locator("#export-title").innerText(), "Export “alarms”");
    assert.equal(await chosen(page), "cdk-ts");
    for (const { id, label, file } of formats) {
      await choose(page, label);
      assert.equal(await chosen(page), id);
      const text = await textOfExport(page);
      for (const part of ["aws.cloudwatch", "$.detail.alarmName", "<alarm>"]) assert.ok(text.includes(part), `${id} has ${part}`);
      assert.equal(await page.locator(".export-file code").innerText(), file);
    }
    await choose(page, "Terraform");
    await page.keyboard.press("Escape");
    await page.waitForSelector("dialog.export", { state: "detached" });
    assert.equal(await page.evaluate(() => document.activeElement.id), "export", "the focus is back");
    await page.reload();
    await page.waitForSelector(".banner-yes, .banner-no, .banner-stale");
    await openDialog(page);
    assert.equal(await chosen(page), "terraform");
    await page.done();
  });

  test("the note of an example covers no button of the header", async () => {
    for (const viewport of [wide, { width: 900, height: 700 }, narrow]) {
      const page = await site.open({ viewport });
      await openExample(page, "Input transformer");
      await page.waitForSelector(".notice-note");
      const covered = await page.$$eval(".top button", (all) =>
        all.filter((button) => button.checkVisibility()).filter((button) => {
          const { x, y, width, height } = button.getBoundingClientRect();
          return !button.contains(document.elementFromPoint(x + width / 2, y + height / 2));
        }).map(({ id }) => id),
      );
      assert.deepEqual(covered, []);
      await page.done();
    }
  });

  test("Copy and Download hand over what is shown", async () => {
    const page = await site.open({ permissions: ["clipboard-read", "clipboard-write"] });
    await openDialog(page);
    await choose(page, "SAM");
    const text = await textOfExport(page);
    await page.click(".export >> text=Copy");
    await page.waitForFunction(() => document.querySelector(".export-said").textContent === "Copied.");
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), text);
    const [download] = await Promise.all([page.waitForEvent("download"), page.click(".export >> text=Download")]);
    assert.equal(download.suggestedFilename(), "template.yaml");
    assert.equal(readFileSync(await download.path(), "utf8"), text);
    await page.done();
  });

  test("where the clipboard is closed, the text is selected", async () => {
    const page = await site.open({ prepare: (opened) => opened.addInitScript(() => void Object.defineProperty(navigator, "clipboard", { value: { writeText: () => Promise.reject(new Error("no")) } })) });
    await openDialog(page);
    await page.click(".export >> text=Copy");
    await page.waitForFunction(() => /selected/.test(document.querySelector(".export-said").textContent));
    assert.equal((await page.evaluate(() => getSelection().toString())).trim(), (await textOfExport(page)).trim());
    await page.done();
  });

  test("from the keyboard alone", async () => {
    const page = await site.open();
    await page.focus("#export");
    await page.keyboard.press("Enter");
    await page.waitForSelector("dialog.export[open]");
    assert.equal(await page.evaluate(() => document.activeElement.value), "cdk-ts", "the list has the focus");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    assert.equal(await chosen(page), "cfn");
    const stops = [];
    for (let step = 0; step < 5; step++) {
      await page.keyboard.press("Tab");
      stops.push(await page.evaluate(() => document.activeElement.getAttribute("aria-label") ?? document.activeElement.closest("label")?.innerText ?? document.activeElement.innerText));
    }
    assert.deepEqual(stops.slice(0, 4), ["Event bus", "Copy", "Download", "Exported text"]);
    await page.keyboard.press("Escape");
    await page.waitForSelector("dialog.export", { state: "detached" });
    await page.done();
  });

  test("the event bus is written, and a name that cannot be is refused", async () => {
    const page = await site.open();
    await openDialog(page);
    await choose(page, "AWS CLI");
    assert.doesNotMatch(await textOfExport(page), /event-bus-name/);
    await page.fill(".export-bus input", "orders");
    assert.match(await textOfExport(page), /--event-bus-name orders/);
    await page.fill(".export-bus input", "my orders'");
    assert.match(await page.locator("#export-bus-note").innerText(), /letters, digits/);
    assert.equal(await page.locator(".export-bus [aria-invalid]").count(), 1);
    assert.doesNotMatch(await textOfExport(page), /my orders/);
    await choose(page, "Vitest");
    assert.ok(await page.locator(".export-bus").isHidden(), "tests know no bus");
    await page.keyboard.press("Escape");
    await page.waitForSelector("dialog.export", { state: "detached" });
    await openDialog(page);
    assert.equal(await page.inputValue(".export-bus input"), "orders", "the page remembers the last good one");
    assert.doesNotMatch(await page.evaluate(() => JSON.stringify({ ...localStorage })), /orders/, "and the browser keeps nothing that was typed");
    await page.done();
  });

  test("one rule, or all of them", async () => {
    const page = await openState(twoRules);
    await openDialog(page);
    await choose(page, "CloudFormation");
    assert.doesNotMatch(await textOfExport(page), /refund/);
    assert.match(await page.locator(".export-notes").innerText(), /all-orders/, "a name that EventBridge refuses is changed, and that is said");
    await page.locator(".export-all").click();
    assert.equal(await page.locator("#export-title").innerText(), "Export 2 rules");
    const text = await textOfExport(page);
    assert.match(text, /Name: all-orders/);
    assert.match(text, /Name: refunds/);
    await page.done();
  });

  test("the tests hold expectations and payloads, and leave out what is no JSON", async () => {
    const page = await openState(twoRules);
    await openDialog(page);
    await choose(page, "Vitest");
    const text = await textOfExport(page);
    assert.match(text, /test\("matches order"/);
    assert.ok(text.includes(`expect(target.apply(events["order"], context)).toBe('{"n": 1.0, "rule": "all orders"}');`), text);
    assert.doesNotMatch(text, /events\["broken"\]/);
    const notes = await page.locator(".export-notes").innerText();
    assert.match(notes, /Left out.*broken/);
    assert.doesNotMatch(notes, /Where nothing was expected/, "all was said");
    await page.locator(".export-all").click();
    assert.match(await textOfExport(page), /test\("does not match order"/);
    assert.match(await page.locator(".export-notes").innerText(), /Where nothing was expected/);
    await page.done();
  });

  test("a rule with an error is not exported, and the first error is shown", async () => {
    const page = await site.open();
    await paste(page, "pattern-editor", '{\n  "source": "aws.s3"\n}');
    await openDialog(page);
    assert.match(await page.locator(".export-problem").innerText(), /“picture-uploads” cannot be exported: its event pattern has an error at 2:13\.\s+.*needs a list/s);
    assert.ok(await page.locator(".export-text").isHidden());
    for (const name of ["Copy", "Download"]) assert.ok(await page.locator(".export-bar .button", { hasText: name }).isDisabled());
    await page.keyboard.press("Escape");
    await paste(page, "pattern-editor", '{"source": ["aws.s3"]}');
    await page.locator(".segment", { hasText: "InputPath" }).click();
    await page.fill("#target-path", "nope");
    await settled(page);
    await openDialog(page);
    assert.match(await page.locator(".export-problem").innerText(), /its target input has an error, in InputPath at 1:1/);
    await page.done();
  });

  test("text of the user stays text", async () => {
    const page = await site.open();
    const hostile = '{"source": ["</code><img src=x onerror=alert(1)>", "${alert(1)}"], "<b>": [1e3]}';
    await paste(page, "pattern-editor", hostile);
    await openDialog(page);
    for (const { label } of formats) {
      await choose(page, label);
      assert.ok((await textOfExport(page)).includes("<img src=x onerror=alert(1)>"), label);
    }
    assert.equal(await page.locator("dialog img, dialog b").count(), 0);
    await page.done();
  });

  for (const [size, viewport] of Object.entries({ wide, narrow })) {
    for (const colorScheme of ["light", "dark"]) {
      test(`axe finds nothing: ${size}, ${colorScheme}`, async () => {
        const page = await openState(twoRules, { viewport, colorScheme, reducedMotion: "reduce" });
        await openDialog(page);
        await choose(page, "CloudFormation");
        assert.deepEqual(await violations(page), [], "with a note");
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth && document.querySelector("dialog").scrollWidth <= innerWidth), "no horizontal scrolling");
        assert.ok(await page.locator(".export-text").evaluate((text) => text.clientHeight > 200), "the text has room");
        await page.fill(".export-bus input", "my orders");
        assert.deepEqual(await violations(page), [], "with a wrong bus");
        await page.keyboard.press("Escape");
        await page.waitForSelector("dialog.export", { state: "detached" });
        await paste(page, "pattern-editor", "{");
        await openDialog(page);
        assert.deepEqual(await violations(page), [], "with an error");
        await page.done();
      });
    }
  }
});
