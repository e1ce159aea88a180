// Several rules, what is expected of events, and the table of both.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { banner, editor, openExample, paste, playground, selectEvent, settled, textOf, verdicts } from "./playground.mjs";

let site;
before(async () => void (site = await playground()));
after(() => site.close());

const expectationOf = (page, index) => page.locator("#event-list .expect").nth(index);
const missed = (page) => page.locator("#event-list .result-missed").count();
const cell = (page, event, rule) => page.locator(".grid tr").nth(event + 1).locator("td").nth(rule);
const labels = (page) => page.$$eval(".grid tbody tr", (rows) => rows.map((row) => [...row.querySelectorAll("td")].map((each) => each.getAttribute("aria-label"))));
const focusedLabel = (page) => page.evaluate(() => document.activeElement.getAttribute("aria-label") ?? document.activeElement.textContent);

/** Waits for the table of a page that has just got a second rule. */
async function tableOf(page) {
  await page.waitForSelector(".grid-here");
  await settled(page);
}

describe("expectations", () => {
  test("each event says what is expected and whether it came true; the titles count", async () => {
    const page = await site.open();
    assert.equal(await page.locator("#events-count").innerText(), "3 of 3 as expected");
    assert.equal(await page.title(), "3/3 · picture-uploads – EventBridge rules playground");
    await expectationOf(page, 1).selectOption("should match");
    await settled(page);
    assert.equal(await page.locator("#events-count").innerText(), "2 of 3 as expected");
    assert.equal(await page.title(), "2/3 · picture-uploads – EventBridge rules playground");
    assert.equal(await page.locator(".event-item.missed").count(), 1);
    assert.match(await page.locator(".event-item.missed").innerText(), /missed/, "a word says it, not a color alone");
    await page.waitForFunction(() => /1 missed expectation\./.test(document.querySelector("#status").textContent));
    await expectationOf(page, 1).selectOption("no expectation");
    await settled(page);
    assert.equal(await page.locator("#events-count").innerText(), "2 of 2 as expected");
    assert.equal(await missed(page), 0);
    for (const index of [0, 2]) await expectationOf(page, index).selectOption("");
    await settled(page);
    assert.equal(await page.locator("#events-count").innerText(), "1 of 3 match");
    assert.equal(await page.title(), "picture-uploads – EventBridge rules playground");
    await page.done();
  });

  test("typing in the pattern breaks and mends them at once", async () => {
    const page = await site.open();
    await paste(page, "pattern-editor", '{ "source": ["aws.s3"] }');
    assert.equal(await missed(page), 2);
    assert.match(await page.title(), /^1\/3 /);
    await paste(page, "pattern-editor", '{ "source": ["aws.ec2"] }');
    assert.equal(await missed(page), 1);
    await page.done();
  });

  test("an event that is broken JSON keeps no promise, whatever is expected", async () => {
    const page = await site.open();
    await selectEvent(page, "tiny icon");
    await paste(page, "event-editor", "{ nope");
    assert.equal(await missed(page), 1);
    assert.equal(await page.locator("#events-count").innerText(), "2 of 3 as expected");
    await expectationOf(page, 1).selectOption("match");
    await settled(page);
    assert.equal(await missed(page), 1);
    await page.done();
  });

  test("are set from the keyboard", async () => {
    const page = await site.open();
    await expectationOf(page, 0).focus();
    await page.keyboard.press("ArrowDown");
    await settled(page);
    assert.equal(await expectationOf(page, 0).inputValue(), "no-match");
    assert.equal(await missed(page), 1);
    await page.done();
  });
});

describe("several rules", () => {
  test("one rule: no table and no list of rules", async () => {
    const page = await site.open();
    assert.equal(await page.locator("#table, #rule-list, #event-expected").filter({ visible: true }).count(), 0);
    assert.ok(await page.locator("#event-list").isVisible());
    assert.ok(await page.locator("#rule-remove").isDisabled(), "the last rule stays");
    await page.done();
  });

  test("pattern, target and expectations belong to the rule; texts keep their history", async () => {
    const page = await site.open();
    const first = await textOf(page, "pattern-editor");
    await page.click("#rule-add");
    await page.keyboard.type("everything");
    await tableOf(page);
    await paste(page, "pattern-editor", '{ "source": [{ "prefix": "aws." }] }');
    assert.match(await textOf(page, "payload-editor"), /^\{"version":"0"/, "a new rule delivers the whole event");
    assert.deepEqual(await labels(page), [
      ["match, as expected (should match)", "match"],
      ["no match, as expected (should not match)", "match"],
      ["no match, as expected (should not match)", "match"],
    ]);
    await cell(page, 1, 0).click();
    await settled(page);
    assert.equal(await textOf(page, "pattern-editor"), first);
    assert.equal(await page.inputValue("#rule-name"), "picture-uploads");
    assert.equal(await page.inputValue("#event-name"), "tiny icon");
    assert.match(await textOf(page, "payload-editor"), /s3:\/\//);
    await cell(page, 1, 1).click();
    await settled(page);
    await editor(page, "pattern-editor").focus();
    await page.keyboard.press("ControlOrMeta+z");
    await settled(page);
    assert.match(await textOf(page, "pattern-editor"), /com\.example\.app/);
    assert.equal(await banner(page), "no match");
    await page.done();
  });

  test("duplicate takes the expectations along; remove can be undone", async () => {
    const page = await site.open();
    await page.click("#rule-duplicate");
    await tableOf(page);
    assert.deepEqual((await labels(page))[0], ["match, as expected (should match)", "match, as expected (should match)"]);
    assert.equal(await page.inputValue("#rule-name"), "picture-uploads-2");
    assert.equal(await page.locator("#table-note").innerText(), "6 of 6 as expected");
    await paste(page, "pattern-editor", '{ "source": ["nobody"] }');
    assert.equal(await page.locator("#table-note").innerText(), "5 of 6 as expected, 1 missed expectation");
    assert.match(await page.title(), /^5\/6 · picture-uploads-2 /);
    await page.click("#rule-remove");
    await settled(page);
    assert.equal(await page.locator("#table").isVisible(), false);
    assert.equal(await page.locator("#events-count").innerText(), "3 of 3 as expected");
    await page.click(".notice-note >> text=Undo");
    await tableOf(page);
    assert.equal(await textOf(page, "pattern-editor"), '{ "source": ["nobody"] }');
    assert.equal(await page.locator("#table-note").innerText(), "5 of 6 as expected, 1 missed expectation");
    await page.done();
  });

  test("a rule with errors keeps its last verdicts, marked; one that never was valid has none", async () => {
    const page = await site.open();
    await page.click("#rule-duplicate");
    await tableOf(page);
    await paste(page, "pattern-editor", '{ "source": "aws.s3" }');
    assert.equal((await labels(page))[0][1], "match, as expected (should match), for the last valid pattern");
    assert.equal(await page.locator(".grid thead .mark-bad").count(), 1);
    assert.match(await page.locator(".grid thead th").nth(2).innerText(), /has errors/);
    // Another visit, which gets what was kept and no verdicts of before.
    await page.goto("about:blank");
    await page.goto(site.url);
    await page.waitForSelector(".grid-here");
    assert.equal((await labels(page))[0][1], "no verdict, should match, not as expected, for the last valid pattern");
    await page.done();
  });

  test("equal names, names of methods and no name are names", async () => {
    const page = await site.open();
    for (const name of ["__proto__", "picture-uploads", ""]) {
      await page.click("#rule-add");
      await page.fill("#rule-name", name);
    }
    await tableOf(page);
    const heads = await page.locator(".grid thead th").allInnerTexts();
    assert.deepEqual(heads, ["Event", "picture-uploads", "__proto__", "picture-uploads", "unnamed rule"]);
    assert.deepEqual((await labels(page))[0], ["match, as expected (should match)", "no match", "no match", "no match"]);
    await page.done();
  });

  test("hiding the table brings the lists back", async () => {
    const page = await site.open();
    await page.click("#rule-duplicate");
    await tableOf(page);
    assert.equal(await page.locator("#event-list").isVisible(), false);
    await page.locator("#event-expected .expect").selectOption("no-match");
    await settled(page);
    assert.match(await page.locator("#event-expected").innerText(), /missed/);
    await page.click("#table-toggle");
    assert.equal(await page.getAttribute("#table-toggle", "aria-expanded"), "false");
    assert.ok(await page.locator("#event-list").isVisible());
    const rows = page.locator("#rule-list .rule-row");
    assert.deepEqual(await rows.allInnerTexts().then((all) => all.map((words) => words.replace(/\s+/g, " "))), ["picture-uploads 3 of 3 as expected", "picture-uploads-2 2 of 3 as expected"]);
    await rows.first().click();
    await settled(page);
    assert.equal(await page.inputValue("#rule-name"), "picture-uploads");
    assert.deepEqual(await verdicts(page), ["match", "no match", "no match"]);
    await page.done();
  });
});

describe("the table from the keyboard", () => {
  test("is one stop; arrows walk, Enter selects, Space changes what is expected", async () => {
    const page = await site.open();
    await page.click("#rule-duplicate");
    await tableOf(page);
    assert.equal(await page.locator(".grid [tabindex='0']").count(), 1);
    await page.locator("#table-toggle").focus();
    await page.keyboard.press("Tab");
    assert.equal(await focusedLabel(page), "match, as expected (should match)");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("Space");
    await settled(page);
    assert.equal(await focusedLabel(page), "no match", "no expectation any more");
    await page.keyboard.press("Space");
    await settled(page);
    assert.equal(await focusedLabel(page), "no match, should match, not as expected");
    await page.keyboard.press("Enter");
    await settled(page);
    assert.equal(await page.inputValue("#event-name"), "tiny icon");
    assert.equal(await page.inputValue("#rule-name"), "picture-uploads");
    assert.equal(await page.locator(".grid [aria-selected=true]").getAttribute("aria-label"), await focusedLabel(page), "the focus stays");
    await page.keyboard.press("ControlOrMeta+End");
    await page.keyboard.press("Home");
    assert.equal(await focusedLabel(page), "text file");
    await page.keyboard.press("Enter");
    await settled(page);
    assert.equal(await page.inputValue("#event-name"), "text file");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ControlOrMeta+Home");
    assert.equal(await focusedLabel(page), "Event");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await settled(page);
    assert.equal(await page.inputValue("#rule-name"), "picture-uploads-2");
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.id), "event-add");
    await page.done();
  });
});

describe("keys", () => {
  test("Alt with arrows goes through events and rules, from inside an editor too", async () => {
    const page = await site.open();
    await page.click("#rule-duplicate");
    await tableOf(page);
    await editor(page, "pattern-editor").focus();
    const text = await textOf(page, "pattern-editor");
    await page.keyboard.press("Alt+ArrowDown");
    assert.equal(await page.inputValue("#event-name"), "tiny icon");
    await page.keyboard.press("Alt+ArrowUp");
    await page.keyboard.press("Alt+ArrowUp");
    assert.equal(await page.inputValue("#event-name"), "text file", "round the end");
    assert.equal(await textOf(page, "pattern-editor"), text, "no line was moved");
    await page.keyboard.press("Alt+Shift+ArrowDown");
    assert.equal(await page.inputValue("#rule-name"), "picture-uploads");
    await page.done();
  });

  test("the link is copied, the keys are shown, and a question mark can still be typed", async () => {
    const page = await site.open({ permissions: ["clipboard-read", "clipboard-write"] });
    await page.focus("#event-name");
    await page.keyboard.press("ControlOrMeta+s");
    await page.waitForSelector(".notice-note:has-text('Link copied')");
    await page.keyboard.press("End");
    await page.keyboard.type("?");
    assert.equal(await page.inputValue("#event-name"), "beach photo?");
    assert.equal(await page.locator("dialog").count(), 0);
    await page.focus("#examples-button");
    await page.keyboard.press("?");
    await page.waitForSelector("dialog[open]");
    assert.match(await page.locator("dialog").innerText(), /Next problem/);
    await page.keyboard.press("Escape");
    await page.waitForSelector("dialog", { state: "detached" });
    assert.equal(await page.evaluate(() => document.activeElement.id), "examples-button");
    await page.click("#keys");
    await page.waitForSelector("dialog[open]");
    await page.locator("dialog button").click();
    await page.waitForSelector("dialog", { state: "detached" });
    await page.done();
  });

  test("F8 goes through the problems of all panes", async () => {
    const page = await site.open();
    await paste(page, "event-editor", '{ "source": nope }');
    await paste(page, "pattern-editor", '{ "source": "aws.s3" }');
    await page.focus("#examples-button");
    await page.keyboard.press("F8");
    assert.equal(await page.evaluate(() => document.activeElement.closest(".editor-host")?.id), "event-editor");
    await page.focus("#examples-button");
    for (let press = 0; press < 20 && (await page.evaluate(() => document.activeElement.closest(".editor-host")?.id)) !== "pattern-editor"; press++) {
      await page.focus("#examples-button");
      await page.keyboard.press("F8");
    }
    assert.equal(await page.evaluate(() => getSelection().toString()), '"aws.s3"');
    await page.done();
  });
});

test("fifty rules and a hundred events: the table keeps up with the keys", async () => {
  const page = await site.open();
  const rules = Array.from({ length: 50 }, (_, at) => ({ name: `rule-${at}`, pattern: JSON.stringify({ source: ["a"], detail: { n: [{ numeric: ["<", at] }] } }) }));
  const events = Array.from({ length: 100 }, (_, at) => ({ name: `event ${at}`, text: JSON.stringify({ source: "a", detail: { n: at % 50 } }), expected: "m".repeat(50) }));
  const hash = await page.evaluate(async (json) => {
    const bytes = new TextEncoder().encode(json);
    return `#v2-plain.${btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")}`;
  }, JSON.stringify({ version: 2, events, rules }));
  await page.evaluate((address) => void (location.hash = address), hash);
  await page.waitForSelector(".grid.dense tbody tr:nth-child(100)");
  assert.equal(await page.locator(".grid td").count(), 5000);
  assert.equal(await page.locator(".grid .grid-match").count(), 2 * ((49 * 50) / 2), "n < rule");
  await page.evaluate(() => {
    window.times = [];
    new PerformanceObserver((list) => window.times.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: "measure" });
  });
  await editor(page, "event-editor").click();
  await page.keyboard.press("ControlOrMeta+End");
  for (let key = 0; key < 20; key++) {
    await page.keyboard.press(key % 2 ? "Backspace" : "Space");
    await settled(page);
  }
  await page.waitForFunction(() => window.times.length >= 15);
  const times = await page.evaluate(() => window.times.sort((a, b) => a - b));
  const median = times[times.length >> 1];
  assert.ok(median < 100, `a key takes ${median} ms`);
  console.log(`50 rules × 100 events: median ${median.toFixed(1)} ms from a key to the verdicts`);
  await page.done();
});

test("an example takes the place of several rules, and undo brings them back", async () => {
  const page = await site.open();
  await page.click("#rule-duplicate");
  await tableOf(page);
  await openExample(page, "EC2 state change");
  assert.equal(await page.locator("#table").isVisible(), false);
  await page.click(".notice-note >> text=Undo");
  await tableOf(page);
  assert.equal(await page.inputValue("#rule-name"), "picture-uploads-2");
  await page.done();
});
