// The help with writing, in a real browser: completion, manuals, the rule in words, marks beside the lines, lights.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { banner, editor, narrow, openExample, paste, pasteLarge, playground, selectEvent, settled, textOf, violations, wide } from "./playground.mjs";

let site;
before(async () => void (site = await playground()));
after(() => site.close());

/** A page on which the help has arrived: that with reading comes by itself, that with writing where somebody enters. */
async function open(options) {
  const page = await site.open(options);
  await page.waitForSelector(".cm-verdicts");
  await page.dispatchEvent("#pattern-editor .cm-content", "pointerover");
  await page.waitForSelector(canComplete);
  return page;
}

const canComplete = "#pattern-editor .cm-content[aria-autocomplete]";

/** Holds the help back until it is released. */
async function held(page) {
  page.asked = new Promise((asked) => void page.route(/\/assist-\w+\.js$/, (route) => asked(route)));
}

async function release(page) {
  await (await page.asked).continue();
  await page.waitForSelector(".cm-verdicts");
}

describe("the help with writing", () => {
  const asked = (page) => page.evaluate(() => performance.getEntriesByType("resource").some(({ name }) => name.includes("/writing-")));

  test("is loaded when an editor is entered, by the keyboard or by the pointer", async () => {
    for (const enter of [(page) => page.locator("#event-editor .cm-content").focus(), (page) => page.locator("#pattern-editor").hover()]) {
      const page = await site.open();
      await page.waitForSelector(".cm-verdicts .mark-yes");
      assert.equal(await asked(page), false);
      await enter(page);
      await page.waitForSelector(canComplete);
      // What was there stays.
      assert.ok((await page.locator(".cm-verdicts .mark-yes").count()) > 0);
      await page.done();
    }
  });

  test("is loaded at the next entry if it did not come", async () => {
    const page = await site.open();
    await page.waitForSelector(".cm-verdicts");
    await page.route(/\/writing-/, (route) => route.abort(), { times: 1 });
    const failed = page.waitForEvent("console", (message) => message.text().includes("could not be loaded"));
    await editor(page, "event-editor").focus();
    await failed;
    await editor(page, "pattern-editor").focus();
    await page.waitForSelector(canComplete, { timeout: 5000 });
    assert.deepEqual(page.errors.filter((error) => !error.includes("Failed to load resource")), []);
    await page.context().close();
  });
});

const list = ".cm-tooltip-autocomplete";
const options = (page) => page.locator(`${list} li .cm-completionLabel`).allInnerTexts();

/** Makes a suggestion the chosen one. A list that has just opened takes no key, so that nobody chooses what was not seen. */
async function choose(page, shown) {
  await page.waitForFunction(
    ([selector, wanted]) => {
      const labels = [...document.querySelectorAll(`${selector} li .cm-completionLabel`)];
      const opened = document.querySelector(selector);
      if (!opened?.querySelector("li[aria-selected]") || !labels.some((each) => each.textContent === wanted)) return false;
      opened.since ??= performance.now();
      return performance.now() - opened.since > 100;
    },
    [list, shown],
  );
  const chosen = () => page.locator(`${list} li[aria-selected] .cm-completionLabel`).innerText();
  for (let step = 0; step < 60 && (await chosen()) !== shown; step++) await page.keyboard.press("ArrowDown");
  assert.equal(await chosen(), shown);
}

async function take(page, shown, key = "Enter") {
  await choose(page, shown);
  await page.keyboard.press(key);
  await settled(page);
}

/** The cursor of an editor, behind the first occurrence of some words on one line. */
async function stand(page, words, id = "pattern-editor") {
  await page.evaluate(
    ([host, wanted]) => {
      document.querySelector(`#${host} .cm-content`).focus();
      const line = [...document.querySelectorAll(`#${host} .cm-line`)].find((each) => each.textContent.includes(wanted));
      if (!line) throw new Error(`${wanted} is not there`);
      const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
      let left = line.textContent.indexOf(wanted) + wanted.length;
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (left <= node.data.length) return getSelection().collapse(node, left);
        left -= node.data.length;
      }
    },
    [id, words],
  );
}

async function clear(page, id) {
  await editor(page, id).click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.press("Delete");
  await settled(page);
}

const sentence = (page) => page.locator("#pattern-words").innerText();

describe("completion", () => {
  test("a whole rule from nothing, with the keyboard alone, and it matches", async () => {
    const page = await open();
    await editor(page, "pattern-editor").focus();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.press("Delete");
    await page.keyboard.type("{");
    // Longer than a list takes to open.
    await page.waitForFunction((since) => performance.now() - since > 400, await page.evaluate(() => performance.now()));
    assert.equal(await page.locator(list).count(), 0, "a bracket opens nothing");
    await page.keyboard.press("Enter");
    await page.keyboard.type('"');
    await take(page, "source");
    await take(page, '"aws.s3"');
    await page.keyboard.press("Tab");
    await page.keyboard.type(",");
    await page.keyboard.press("Enter");
    await page.keyboard.type('"deta');
    await take(page, "detail", "Tab");
    await page.keyboard.type('"obj');
    await take(page, "object");
    await take(page, "size");
    await take(page, '{"numeric": [">", 2481153]}');
    await page.keyboard.type("1024");
    await page.keyboard.press("Tab");
    await settled(page);
    const text = await textOf(page, "pattern-editor");
    assert.deepEqual(JSON.parse(text), { source: ["aws.s3"], detail: { object: { size: [{ numeric: [">", 1024] }] } } });
    assert.equal(text, '{\n  "source": ["aws.s3"],\n  "detail": {\n    "object": {\n      "size": [{"numeric": [">", 1024]}]\n    }\n  }\n}');
    assert.equal(await banner(page), "match");
    await page.done();
  });

  test("Tab leaves the editor where there is nothing to move to, and Escape gives it back", async () => {
    const page = await open();
    await paste(page, "pattern-editor", '{"source": []}');
    await stand(page, "[");
    await page.keyboard.press("Control+Space");
    await take(page, '{"prefix": "…"}');
    await page.waitForSelector(list);
    await page.keyboard.press("Escape");
    await page.waitForSelector(list, { state: "detached" });
    await page.keyboard.press("Escape");
    await page.waitForSelector("#pattern-editor .cm-snippetFieldPosition", { state: "detached" });
    await page.keyboard.press("Tab");
    assert.ok(!(await page.evaluate(() => document.activeElement.closest("#pattern-editor .cm-content"))));
    assert.equal(await textOf(page, "pattern-editor"), '{"source": [{"prefix": ""}]}');
    await page.done();
  });

  test("a click takes a suggestion, and the cursor stays in the editor", async () => {
    const page = await open();
    await paste(page, "pattern-editor", '{"source": []}');
    await stand(page, "[");
    await page.keyboard.press("Control+Space");
    await page.locator(`${list} li`, { hasText: '{"suffix": "…"}' }).click();
    await settled(page);
    await page.keyboard.type(".s3");
    assert.equal(await textOf(page, "pattern-editor"), '{"source": [{"suffix": ".s3"}]}');
    await page.done();
  });

  test("in forced colors the chosen one has a frame", async () => {
    const page = await open({ forcedColors: "active" });
    await stand(page, '["aws.s3"');
    await page.keyboard.type(', "');
    await page.waitForSelector(`${list} li[aria-selected]`);
    const frame = (selector) => page.locator(selector).first().evaluate((option) => [getComputedStyle(option).outlineStyle, getComputedStyle(option).outlineColor]);
    const [style, color] = await frame(`${list} li[aria-selected]`);
    assert.equal(style, "solid");
    assert.doesNotMatch(color, /^rgba\(.*, 0\)$/, "it can be seen");
    assert.equal((await frame(`${list} li:not([aria-selected])`))[0], "none");
    await page.done();
  });

  test("what is taken is one step back", async () => {
    const page = await open();
    await paste(page, "pattern-editor", '{"detail-type": ["x"]}');
    await stand(page, "[");
    await page.keyboard.press("Control+Space");
    await take(page, '"Object Created"');
    assert.equal(await textOf(page, "pattern-editor"), '{"detail-type": ["Object Created","x"]}');
    await page.keyboard.press("ControlOrMeta+z");
    assert.equal(await textOf(page, "pattern-editor"), '{"detail-type": ["x"]}');
    await page.done();
  });

  test("values with braces, quotes and markup are taken as they are", async () => {
    const page = await open();
    await pasteLarge(page, "event-editor", '{"a": "${1:x} #{y} \\\\{z}\\" <img src=x onerror=alert(1)>"}');
    await paste(page, "pattern-editor", '{"a": []}');
    await stand(page, "[");
    await page.keyboard.press("Control+Space");
    await page.waitForSelector(list);
    assert.equal(await page.locator(`${list} img`).count(), 0);
    await take(page, (await options(page))[0]);
    assert.equal(await textOf(page, "pattern-editor"), '{"a": ["${1:x} #{y} \\\\{z}\\" <img src=x onerror=alert(1)>"]}');
    assert.equal(await banner(page), "match");
    await page.done();
  });

  test("fields of all events, also of those that came since", async () => {
    const page = await open();
    await page.click("#event-add");
    await pasteLarge(page, "event-editor", '{"detail": {"brand-new": 12.50}}');
    await paste(page, "pattern-editor", '{"detail": {"b"}}');
    await stand(page, '"b');
    await page.keyboard.press("Control+Space");
    await take(page, "brand-new");
    await take(page, "12.50");
    assert.equal(await textOf(page, "pattern-editor"), '{"detail": {"brand-new": [12.50]}}');
    await page.done();
  });

  test("an event of a megabyte does not hold up the keys", async () => {
    const page = await open();
    await pasteLarge(page, "event-editor", JSON.stringify({ detail: Object.fromEntries(Array.from({ length: 12_000 }, (_, index) => [`key${index}`, { value: "x".repeat(60), index }])) }));
    await paste(page, "pattern-editor", '{"detail": {}}');
    await stand(page, '{"detail": {');
    const start = Date.now();
    await page.keyboard.type('"key77');
    await page.waitForSelector(`${list} li`);
    assert.ok(Date.now() - start < 5000, `${Date.now() - start} ms`);
    assert.ok((await options(page)).every((label) => label.includes("77")));
    await page.done();
  });

  test("in a template, the names of the map and the reserved ones", async () => {
    const page = await open();
    await openExample(page, "Input transformer");
    const host = "#target-body .editor-host.boxed:visible .cm-content";
    await page.locator(host).last().click();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type("<");
    await page.waitForSelector(list);
    const names = await page.locator("[aria-label^='Variable ']").evaluateAll((inputs) => inputs.map((input) => input.value));
    assert.deepEqual((await options(page)).slice(0, names.length), names.map((name) => `<${name}>`));
    assert.ok((await options(page)).includes("<aws.events.event.json>"));
    await page.keyboard.type("aws.events.rule-n");
    await choose(page, "<aws.events.rule-name>");
    await page.keyboard.press("Enter");
    await page.waitForSelector(list, { state: "detached" });
    assert.equal(await page.locator(host).last().innerText(), "<aws.events.rule-name>");
    await page.done();
  });

  test("fields of paths offer the paths of the selected event", async () => {
    const page = await open();
    const paths = async () => {
      await page.focus("[aria-label='Path 1']");
      return page.locator("#event-paths option").evaluateAll((all) => all.map((option) => option.value));
    };
    assert.ok((await paths()).includes("$.detail.object.key"));
    assert.equal(await page.locator("[aria-label='Path 1']").evaluate((input) => input.list.id), "event-paths");
    assert.equal(await page.locator("#target-path").evaluate((input) => input.list.id), "event-paths");
    await pasteLarge(page, "event-editor", '{"detail": {"other": [{"id": 1}]}}');
    assert.deepEqual(await paths(), ["$", "$.detail", "$.detail.other", "$.detail.other[0]", "$.detail.other[0].id"]);
    await page.done();
  });

  test("brackets close too in texts that were open before the help came, and in those opened later", async () => {
    const page = await site.open({ prepare: held });
    await selectEvent(page, "tiny icon");
    await selectEvent(page, "beach photo");
    await release(page);
    for (const name of ["tiny icon", "beach photo", "text file"]) {
      await selectEvent(page, name);
      await clear(page, "event-editor");
      await page.keyboard.type("[");
      assert.equal(await textOf(page, "event-editor"), "[]", name);
    }
    await page.done();
  });

  test("brackets and quotes close by themselves in every editor", async () => {
    const page = await open();
    for (const id of ["pattern-editor", "event-editor"]) {
      await clear(page, id);
      await page.keyboard.type("{[");
      assert.equal(await textOf(page, id), "{[]}", id);
      await page.keyboard.press("Backspace");
      assert.equal(await textOf(page, id), "{}", id);
    }
    await page.done();
  });
});

describe("manuals", () => {
  const tip = ".about-word";

  test("below the pointer: an operator, a key of every event, a field with its value", async () => {
    const page = await open();
    const hover = async (words) => {
      await page.mouse.move(2, 2);
      await page.waitForSelector(tip, { state: "detached" });
      await page.locator("#pattern-editor .json-key", { hasText: words }).first().hover();
      await page.waitForSelector(tip);
      return page.locator(tip).innerText();
    };
    assert.match(await hover('"numeric"'), /The value is a number[\s\S]*\{"numeric": \[">=", 5\]\}[\s\S]*no string passes/);
    assert.match(await hover('"source"'), /Who sent the event[\s\S]*In the selected event, source is "aws\.s3"\./);
    assert.match(await hover('"size"'), /^In the selected event, detail\.object\.size is 2481153\.$/);
    assert.match(await hover('"object"'), /is an object with "?key/);
    await page.done();
  });

  test("at the cursor with F1, read out, and gone with Escape", async () => {
    const page = await open();
    await stand(page, '"suff');
    await page.keyboard.press("F1");
    assert.match(await page.locator(tip).innerText(), /ends with this text/);
    await page.waitForFunction(() => /ends with this text/.test(document.querySelector("#pattern-editor .cm-announced")?.textContent ?? ""));
    await page.keyboard.press("Escape");
    await page.waitForSelector(tip, { state: "detached" });
    await page.done();
  });
});

describe("the rule in words", () => {
  test("follows the pattern, and stays that of the last valid one", async () => {
    const page = await open();
    assert.match(await sentence(page), /^Events from aws\.s3 of type Object Created where .*detail\.object\.size is above 1024\.$/);
    await paste(page, "pattern-editor", '{"source": ["<b>"], "detail": {"x": [{"exists": false}]}}');
    assert.equal(await sentence(page), "Events from <b> unless detail.x is present.");
    assert.equal(await page.locator("#pattern-words b").count(), 0);
    await paste(page, "pattern-editor", '{"source": ');
    assert.equal(await sentence(page), "Events from <b> unless detail.x is present.");
    assert.equal(await page.locator("#pattern-words.stale").count(), 1);
    await page.done();
  });

  test("a long one scrolls, and the keyboard reaches it", async () => {
    const page = await open({ viewport: narrow });
    await paste(page, "pattern-editor", JSON.stringify(Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`field-with-a-long-name-${index}`, [`value ${index} of some length`, "other"]]))));
    assert.equal(await page.locator("#pattern-words").getAttribute("tabindex"), "0");
    await paste(page, "pattern-editor", '{"source": ["x"]}');
    assert.equal(await page.locator("#pattern-words").getAttribute("tabindex"), null);
    await page.done();
  });
});

describe("marks beside the lines", () => {
  const marks = (page) =>
    page.locator("#pattern-editor .cm-verdicts .cm-gutterElement:not([style*='visibility: hidden']) span").evaluateAll((all) => all.map((span) => `${span.querySelector(".mark").getAttribute("class").replace("mark mark-", "")}: ${span.title.split("\n")[0]}`));

  test("say of each field whether it matches, with the reason", async () => {
    const page = await open();
    assert.ok((await marks(page)).length >= 4 && (await marks(page)).every((each) => each.startsWith("yes: matches: ")), String(await marks(page)));
    await selectEvent(page, "tiny icon");
    const failed = (await marks(page)).filter((each) => each.startsWith("no: "));
    assert.equal(failed.length, 1);
    assert.match(failed[0], /does not match: .*detail\.object\.size is 312/);
    await page.done();
  });

  test("are gray while they are those of an older text", async () => {
    const page = await open();
    assert.equal(await page.locator("#pattern-editor .marks-stale").count(), 0);
    await stand(page, '["aws.s3"]');
    await page.keyboard.type(" nope");
    await settled(page);
    assert.equal(await page.locator("#pattern-editor .marks-stale").count(), 1);
    assert.ok((await marks(page)).length >= 4);
    await page.keyboard.press("ControlOrMeta+z");
    await settled(page);
    assert.equal(await page.locator("#pattern-editor .marks-stale").count(), 0);
    await page.done();
  });

  test("the text does not move when they come", async () => {
    const page = await site.open({ prepare: held });
    const left = () => page.locator("#pattern-editor .cm-line").first().evaluate((line) => line.getBoundingClientRect().left);
    const before = await left();
    await release(page);
    await page.waitForSelector(".cm-verdicts .mark-yes");
    assert.equal(await left(), before);
    await page.done();
  });
});

describe("lights", () => {
  const lit = (page, id, kind = "") => page.locator(`#${id} .lit${kind}`).allInnerTexts();

  test("the pointer on a test lights its values, the pointer on a value its tests", async () => {
    const page = await open();
    await selectEvent(page, "tiny icon");
    await page.locator("#pattern-editor .json-key", { hasText: '"numeric"' }).hover();
    await page.waitForSelector("#event-editor .lit");
    assert.deepEqual(await lit(page, "event-editor", "-refused"), ["312"]);
    assert.match((await lit(page, "pattern-editor")).join(""), /^\{ ?"numeric"/);
    await page.mouse.move(2, 2);
    await page.waitForSelector("#event-editor .lit", { state: "detached" });
    await page.locator("#event-editor .json-string", { hasText: '"aws.s3"' }).hover();
    await page.waitForSelector("#pattern-editor .lit");
    assert.deepEqual(await lit(page, "pattern-editor", "-accepted"), ['"aws.s3"']);
    await page.mouse.move(2, 2);
    await page.waitForSelector("#pattern-editor .lit", { state: "detached" });
    await page.done();
  });

  test("so does the cursor, on the other side only, as long as it is there", async () => {
    const page = await open();
    await stand(page, '"sou');
    await page.waitForSelector("#event-editor .lit");
    assert.deepEqual(await lit(page, "event-editor", "-accepted"), ['"aws.s3"']);
    assert.deepEqual(await lit(page, "pattern-editor"), []);
    await page.keyboard.press("ArrowDown");
    await page.waitForFunction(() => document.querySelector("#event-editor .lit")?.textContent === '"Object Created"');
    await stand(page, "2481", "event-editor");
    await page.waitForSelector("#pattern-editor .lit");
    assert.match((await lit(page, "pattern-editor")).join(""), /numeric/);
    assert.deepEqual(await lit(page, "event-editor"), []);
    await page.focus("#copy-link");
    await page.waitForSelector("#pattern-editor .lit", { state: "detached" });
    await page.done();
  });

  test("a text that changed since is lit nowhere wrong", async () => {
    const page = await open();
    await paste(page, "event-editor", '{"source": "aws.s3", "x": ');
    await stand(page, '"sou');
    await settled(page);
    assert.deepEqual(await lit(page, "event-editor"), []);
    await page.done();
  });
});

describe("axe finds nothing", () => {
  for (const [size, viewport] of Object.entries({ wide, narrow })) {
    for (const colorScheme of ["light", "dark"]) {
      test(`with a list, a manual and lights, ${size}, ${colorScheme}`, async () => {
        const page = await open({ viewport, colorScheme, reducedMotion: "reduce" });
        await stand(page, '"suff');
        await page.keyboard.press("F1");
        await page.waitForSelector(".about-word");
        assert.deepEqual(await violations(page), [], "manual");
        await page.keyboard.press("Escape");
        await stand(page, '["aws.s3"');
        await page.keyboard.type(', "');
        await page.waitForSelector(list);
        await page.keyboard.press("ArrowDown");
        assert.deepEqual(await violations(page), [], "list");
        await page.keyboard.press("Escape");
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "no horizontal scrolling");
        await page.done();
      });
    }
  }
});
