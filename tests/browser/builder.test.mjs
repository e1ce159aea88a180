// Building a pattern and input paths by clicking values of an event.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { banner, editor, narrow, paste, pasteLarge, playground, selectEvent, settled, textOf, violations, wide } from "./playground.mjs";

let site;
before(async () => void (site = await playground()));
after(() => site.close());

const event = '{"source": "shop", "detail-type": "Order Placed", "detail": {"total": 10.50, "file": "2026/03/beach.jpg", "items": [{"sku": "A"}, {"sku": "B"}], "odd key": null, "empty": []}}';

async function open(options) {
  const page = await site.open(options);
  await pasteLarge(page, "event-editor", event);
  await page.click("#pattern-build");
  await page.waitForSelector(".field-row");
  return page;
}

const value = (page, name) => page.getByRole("button", { name, exact: true });
const click = async (page, name) => {
  await value(page, name).click();
  await settled(page);
};
const pattern = (page) => textOf(page, "pattern-editor");

describe("conditions", () => {
  test("a click adds the value, another one takes it away, and the editor can undo each", async () => {
    const page = await open();
    await paste(page, "pattern-editor", '{\n    "detail":   {"total": [ 1e2 ]}\n}');
    assert.equal(await banner(page), "no match");
    await click(page, "detail.total is 10.50");
    assert.equal(await pattern(page), '{\n    "detail":   {"total": [ 1e2, 10.50 ]}\n}', "what was written stays as it was written");
    assert.equal(await banner(page), "match");
    assert.equal(await value(page, "detail.total is 10.50").getAttribute("aria-pressed"), "true");
    await click(page, 'source is "shop"');
    assert.equal(await pattern(page), '{\n    "detail":   {"total": [ 1e2, 10.50 ]},\n    "source": ["shop"]\n}');
    await click(page, "detail.total is 10.50");
    assert.equal(await pattern(page), '{\n    "detail":   {"total": [ 1e2 ]},\n    "source": ["shop"]\n}');
    await editor(page, "pattern-editor").focus();
    await page.keyboard.press("ControlOrMeta+z");
    await page.keyboard.press("ControlOrMeta+z");
    await settled(page);
    assert.equal(await pattern(page), '{\n    "detail":   {"total": [ 1e2, 10.50 ]}\n}');
    assert.equal(await value(page, 'source is "shop"').getAttribute("aria-pressed"), "false", "what is typed shows in the rows");
    await page.done();
  });

  test("a value in an array of objects has a path without places", async () => {
    const page = await open();
    await paste(page, "pattern-editor", "{}");
    await click(page, 'detail.items.sku is "B"');
    assert.equal(await pattern(page), '{\n  "detail": {\n    "items": {\n      "sku": ["B"]\n    }\n  }\n}');
    assert.equal(await banner(page), "match");
    await page.done();
  });

  test("other tests: prefix, number, exists", async () => {
    const page = await open();
    await paste(page, "pattern-editor", "{}");
    const choose = async (field, words) => {
      await click(page, `Other tests of ${field}`);
      await page.locator(".menu:popover-open .menu-item", { hasText: words }).click();
      await settled(page);
    };
    await choose("detail.file", "starts with “2026/03/”");
    await choose("detail.file", "ends with “.jpg”");
    await choose("detail.total", "is at least 10.50");
    await choose("detail.odd key", "exists");
    assert.deepEqual(JSON.parse(await pattern(page)), { detail: { file: [{ prefix: "2026/03/" }, { suffix: ".jpg" }], total: [{ numeric: [">=", 10.5] }], "odd key": [{ exists: true }] } });
    assert.match(await pattern(page), /10\.50/);
    assert.equal(await banner(page), "match");
    await choose("detail.total", "is at least 10.50");
    assert.equal(JSON.parse(await pattern(page)).detail.total, undefined);
    await page.done();
  });

  test("where the pattern stands in the way, it says so and changes nothing", async () => {
    const page = await open();
    await paste(page, "pattern-editor", '{"detail": ["x"]}');
    await click(page, "detail.total is 10.50");
    assert.match(await page.locator(".notice-note").innerText(), /detail is a list of values/);
    await paste(page, "pattern-editor", '{"detail": ');
    await click(page, "detail.total is 10.50");
    assert.match(await page.locator(".notice-note").innerText(), /not a JSON object/);
    assert.equal(await pattern(page), '{"detail": ');
    await page.done();
  });

  test("New pattern asks for source and type, with Undo; an empty pattern starts so by itself", async () => {
    const page = await open();
    const start = '{\n  "source": ["shop"],\n  "detail-type": ["Order Placed"]\n}';
    await page.click("text=New pattern");
    await settled(page);
    assert.equal(await pattern(page), start);
    assert.equal(await banner(page), "match");
    await page.locator(".notice-note >> text=Undo").click();
    await settled(page);
    assert.match(await pattern(page), /photo-uploads/);
    await page.click("text=Done");
    await paste(page, "pattern-editor", " ");
    await page.click("#pattern-build");
    await page.waitForFunction(() => document.querySelector("#pattern-editor").textContent.includes("shop"));
    assert.equal(await pattern(page), start);
    await page.done();
  });
});

describe("input paths", () => {
  test("a path switches to the transformer, and the payload has the value", async () => {
    const page = await open();
    await paste(page, "pattern-editor", '{"source": ["shop"]}');
    await page.locator(".segment", { hasText: /^Whole event$/ }).click();
    await settled(page);
    await click(page, "Input path $.detail.items[1].sku");
    assert.ok(await page.locator(".segment", { hasText: "InputTransformer" }).locator("input").isChecked());
    const paths = () => page.$$eval(".path-row", (rows) => rows.map((row) => [...row.querySelectorAll("input")].map((input) => input.value)));
    assert.deepEqual((await paths()).at(-1), ["sku", "$.detail.items[1].sku"]);
    await click(page, "Input path $.detail.items[1].sku");
    assert.ok(!(await paths()).some(([name]) => name === "sku"), "another click takes it away");
    assert.equal(await page.getByRole("button", { name: "Input path $.detail.odd key" }).count(), 0, "EventBridge has no way to write it");
    await page.done();
  });
});

describe("rows", () => {
  test("search, another event, a broken event, and back to the text", async () => {
    const page = await open();
    await page.fill(".builder-head input", "beach");
    assert.deepEqual(await page.locator(".field-key").allInnerTexts(), ["detail", "file"]);
    await page.fill(".builder-head input", "nothing has this");
    assert.match(await page.locator(".builder").innerText(), /No key or value has these words/);
    await page.fill(".builder-head input", "");
    await selectEvent(page, "tiny icon");
    assert.equal(await value(page, "detail.object.size is 312").count(), 1);
    await page.click("text=Done");
    await paste(page, "event-editor", '{"source": nope}');
    await page.click("#pattern-build");
    await page.locator(".builder", { hasText: "is not a JSON object" }).waitFor();
    await page.click("text=Done");
    assert.equal(await page.evaluate(() => document.activeElement.id), "pattern-build");
    assert.ok(await editor(page, "event-editor").isVisible());
    await page.done();
  });

  test("a large event draws a few hundred rows, and the search finds the others", async () => {
    const page = await site.open();
    const many = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`key-${index}`, index]));
    await pasteLarge(page, "event-editor", JSON.stringify({ source: "shop", detail: { ...many, "<b>": "<img src=x>" } }));
    await page.click("#pattern-build");
    await page.waitForSelector(".field-row");
    assert.equal(await page.locator(".field-row").count(), 300);
    assert.match(await page.locator(".builder").innerText(), /The first 300 of 20003 rows/);
    await page.fill(".builder-head input", "<img");
    assert.deepEqual(await page.locator(".field-key").allInnerTexts(), ["detail", "<b>"]);
    assert.equal(await page.locator("img:not(.cm-widgetBuffer)").count(), 0);
    await page.done();
  });
});

const label = (page) => page.evaluate(() => document.activeElement.getAttribute("aria-label") ?? document.activeElement.textContent);

test("all of it from the keyboard", async () => {
  const page = await site.open();
  await pasteLarge(page, "event-editor", event);
  await paste(page, "pattern-editor", '{"account": ["1"]}');
  await page.focus("#pattern-build");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement.matches(".field-value"));
  assert.equal(await label(page), 'source is "shop"', "the first value has the focus");
  await page.keyboard.press("Space");
  await settled(page);
  assert.equal(await label(page), 'source is "shop"', "and keeps it");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  assert.equal(await label(page), "Input path $.detail", "an object has no value to click");
  await page.keyboard.press("ArrowDown");
  assert.equal(await label(page), "detail.total is 10.50");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement.matches(".menu-item"));
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await settled(page);
  assert.equal(await label(page), "Other tests of detail.total");
  assert.equal(await pattern(page), '{"account": ["1"], "source": ["shop"], "detail": { "total": [{ "numeric": ["<=", 10.50] }] }}');
  await page.keyboard.press("ArrowRight");
  assert.equal(await label(page), "Input path $.detail.total");
  await page.keyboard.press("End");
  assert.equal(await label(page), "Input path $.detail.empty");
  await page.keyboard.press("Home");
  assert.equal(await label(page), 'source is "shop"');
  await page.keyboard.press("Shift+Tab");
  assert.equal(await label(page), "Done", "the rows are one stop");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "pattern-build");
  await page.done();
});

for (const [size, viewport] of Object.entries({ wide, narrow })) {
  for (const colorScheme of ["light", "dark"]) {
    test(`axe finds nothing: ${size}, ${colorScheme}`, async () => {
      const page = await open({ viewport, colorScheme, reducedMotion: "reduce" });
      await click(page, 'source is "shop"');
      await click(page, "Input path $.source");
      assert.deepEqual(await violations(page), [], "rows");
      await click(page, "Other tests of detail.file");
      assert.deepEqual(await violations(page), [], "menu");
      const inside = await page.evaluate(() => {
        const { top, bottom } = document.querySelector(".menu:popover-open").getBoundingClientRect();
        return top >= 0 && bottom <= innerHeight;
      });
      assert.ok(inside, "the menu is inside the window");
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
      await page.done();
    });
  }
}
