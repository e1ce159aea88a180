// The page in a real browser: what a user does, and what the page must say.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { banner, editor, exampleTitles, openExample, paste, pasteLarge, playground, selectEvent, settled, textOf, verdicts } from "./playground.mjs";

let site;
before(async () => void (site = await playground()));
after(() => site.close());

describe("verdict", () => {
  test("typing in the pattern flips it, without a button", async () => {
    const page = await site.open();
    assert.equal(await banner(page), "match");
    await page.locator("#pattern-editor .cm-line", { hasText: "aws.s3" }).click();
    await page.keyboard.press("End");
    for (let key = 0; key < 3; key++) await page.keyboard.press("ArrowLeft");
    await page.keyboard.type("x");
    await settled(page);
    assert.match(await textOf(page, "pattern-editor"), /"aws\.s3x"/);
    assert.equal(await banner(page), "no match");
    assert.deepEqual(await verdicts(page), ["no match", "no match", "no match"]);
    await page.keyboard.press("Backspace");
    await settled(page);
    assert.equal(await banner(page), "match");
    await page.done();
  });

  test("an invalid pattern shows where, and keeps the last verdict, marked", async () => {
    const page = await site.open();
    await paste(page, "pattern-editor", '{\n  "source": "aws.s3"\n}');
    assert.equal(await page.locator("#pattern-editor .cm-lintRange-error").innerText(), '"aws.s3"');
    const problem = page.locator("#pattern-problems .problem").first();
    assert.match(await problem.innerText(), /2:13/);
    assert.equal(await banner(page), "match");
    assert.match(await page.locator(".stale-line").innerText(), /last valid pattern/);
    assert.equal(await page.locator(".banner-stale").count(), 1);
    await problem.click();
    assert.equal(await page.evaluate(() => getSelection().toString()), '"aws.s3"');
    // The cursor stands on the problem, so what is typed mends it.
    await page.keyboard.insertText('["aws.s3"]');
    await settled(page);
    assert.equal(await page.locator(".stale-line").count(), 0);
    assert.equal(await banner(page), "match");
    await page.done();
  });

  test("an invalid event shows where, and keeps the verdict of its last valid text", async () => {
    const page = await site.open();
    await paste(page, "event-editor", '{\n  "source": "aws.s3",\n  "detail": { "state": nope }\n}');
    assert.ok(await page.locator("#event-editor .cm-lintRange-error").count());
    assert.match(await page.locator("#event-problems .problem").first().innerText(), /3:2\d/);
    assert.deepEqual(await verdicts(page), ["invalid", "no match", "no match"]);
    assert.match(await page.locator(".stale-line").innerText(), /last valid event/);
    assert.equal(await banner(page), "match");
    await page.done();
  });

  test("a page that never had a valid pattern claims nothing", async () => {
    const page = await site.open();
    await paste(page, "pattern-editor", "{");
    const hash = await page.evaluate(async () => {
      await new Promise((done) => setTimeout(done, 600));
      return location.hash;
    });
    const other = await site.open({ hash, ready: false });
    await other.waitForSelector(".banner-none");
    assert.equal(await banner(other), "no verdict yet");
    assert.deepEqual(await verdicts(other), ["no verdict", "no verdict", "no verdict"]);
    await other.done();
    await page.done();
  });

  test("the reason lights its part of the pattern and its value in the event", async () => {
    const page = await site.open();
    await selectEvent(page, "tiny icon");
    const reason = page.locator("[role=treeitem]", { hasText: "detail.object.size" });
    assert.equal(await reason.count(), 1);
    await reason.locator(".tree-row").hover();
    await page.waitForSelector("#pattern-editor .lit");
    const lit = (id) => page.locator(`#${id} .lit`).allInnerTexts();
    assert.match((await lit("pattern-editor")).join(""), /numeric/);
    assert.deepEqual(await page.locator("#event-editor .lit-refused").allInnerTexts(), ["312"]);
    await page.mouse.move(5, 5);
    await page.waitForSelector("#event-editor .lit", { state: "detached" });
    await page.done();
  });

  test("the status region says verdict and reason after a pause", async () => {
    const page = await site.open();
    await selectEvent(page, "tiny icon");
    await page.waitForFunction(() => /No match, tiny icon/.test(document.querySelector("#status").textContent));
    assert.match(await page.locator("#status").innerText(), /detail\.object\.size/);
    await page.done();
  });
});

describe("events", () => {
  test("switching keeps each text, its cursor and its history", async () => {
    const page = await site.open();
    const first = await textOf(page, "event-editor");
    await selectEvent(page, "text file");
    assert.equal(await banner(page), "no match");
    assert.match(await textOf(page, "event-editor"), /readme\.txt/);
    await paste(page, "event-editor", '{ "source": "aws.s3" }');
    await selectEvent(page, "beach photo");
    assert.equal(await textOf(page, "event-editor"), first);
    await selectEvent(page, "text file");
    assert.equal(await textOf(page, "event-editor"), '{ "source": "aws.s3" }');
    await editor(page, "event-editor").focus();
    await page.keyboard.press("ControlOrMeta+z");
    assert.match(await textOf(page, "event-editor"), /readme\.txt/);
    await page.done();
  });

  test("add, rename, duplicate, remove and undo", async () => {
    const page = await site.open();
    const names = () => page.locator(".event-name").allInnerTexts();
    await page.click("#event-add");
    await page.fill("#event-name", "mine");
    await settled(page);
    assert.deepEqual(await names(), ["beach photo", "tiny icon", "text file", "mine"]);
    assert.equal((await verdicts(page))[3], "no match");
    await page.click("#event-duplicate");
    await settled(page);
    assert.deepEqual(await names(), ["beach photo", "tiny icon", "text file", "mine", "mine copy"]);
    await page.click("#event-remove");
    await settled(page);
    assert.equal((await names()).length, 4);
    await page.click(".notice-note >> text=Undo");
    await settled(page);
    assert.equal((await names()).length, 5);
    for (let left = 5; left > 1; left--) await page.click("#event-remove");
    assert.ok(await page.locator("#event-remove").isDisabled(), "the last event stays");
    await page.done();
  });

  test("Format lays JSON out and changes no number", async () => {
    const page = await site.open();
    await paste(page, "event-editor", '{"source":"a b","n":1.0,"big":12345678901234567890,"list":[1,2],"deep":{"a":{"b":[]}}}');
    await page.click("#event-format");
    const formatted = '{\n  "source": "a b",\n  "n": 1.0,\n  "big": 12345678901234567890,\n  "list": [1, 2],\n  "deep": {\n    "a": {"b": []}\n  }\n}';
    assert.equal(await textOf(page, "event-editor"), formatted);
    await page.done();
  });
});

describe("examples", () => {
  /** Where the example is about what the advice says. */
  const advised = {
    "EC2 state change": ["note template-text-quotes"],
    "Input transformer": ["warning quoted-variable-breaks-json", "warning path-missing-in-sample"],
    "Missing, null, empty": ["note exists-false-beside"],
  };
  const advice = (page) => page.locator("#pattern-problems .about summary, #target-body .about summary").allInnerTexts();

  test("each opens, is as expected for all of its events, and has no problems but those that it shows", async () => {
    const page = await site.open();
    const titles = await exampleTitles(page);
    assert.ok(titles.length >= 12, String(titles.length));
    for (const title of titles) {
      await openExample(page, title);
      const events = (await verdicts(page)).length;
      assert.ok(events >= 2, title);
      const rules = await page.locator("#rule-list .rule-row").count();
      assert.match(await page.title(), new RegExp(`^${events * rules}/${events * rules} · `), `${title}: all as expected`);
      assert.equal(await page.locator("#event-problems .problem, .problem-error").count(), 0, title);
      assert.deepEqual(await advice(page), advised[title] ?? [], title);
      assert.equal(await page.locator(".payload-sent").count(), 1, `${title}: the first event is delivered`);
    }
    await page.done();
  });

  test("opening one can be undone", async () => {
    const page = await site.open();
    await paste(page, "pattern-editor", '{ "source": ["mine"] }');
    await openExample(page, "IP filter");
    await page.click(".notice-note >> text=Undo");
    await settled(page);
    assert.equal(await textOf(page, "pattern-editor"), '{ "source": ["mine"] }');
    await page.done();
  });
});

describe("target", () => {
  test("the transformer's payload is shown byte for byte", async () => {
    const page = await site.open();
    assert.equal(await textOf(page, "payload-editor"), '{\n  "file": "s3://photo-uploads/2026/03/beach.jpg",\n  "bytes": 2481153,\n  "rule": "picture-uploads"\n}');
    assert.equal(await page.locator("#payload-facts").innerText(), "101 bytes, valid JSON");
    const template = page.locator("#target-body .cm-content[aria-label=InputTemplate]");
    await template.click();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.insertText('"<key>  is\\tnew"');
    await settled(page);
    assert.equal(await textOf(page, "payload-editor"), '"2026/03/beach.jpg  is\\tnew"');
    await page.done();
  });

  test("the four settings", async () => {
    const page = await site.open();
    const choose = (label) => page.locator(".segment", { hasText: label }).click();
    await page.locator(".segment", { hasText: /^Whole event$/ }).click();
    await settled(page);
    assert.equal(await textOf(page, "payload-editor"), JSON.stringify(JSON.parse(await textOf(page, "event-editor"))));
    await page.locator(".segment", { hasText: /^InputPath$/ }).click();
    await page.fill("#target-path", "$.detail.object.key");
    await settled(page);
    assert.equal(await textOf(page, "payload-editor"), '"2026/03/beach.jpg"');
    await page.fill("#target-path", "$.detail.nothing");
    await settled(page);
    assert.equal(await page.locator(".payload-lost").count(), 1);
    await page.locator(".segment", { hasText: /^Input$/ }).click();
    await settled(page);
    assert.equal(await textOf(page, "payload-editor"), '{"hello": "target"}');
    await choose("InputTransformer");
    await settled(page);
    assert.match(await textOf(page, "payload-editor"), /s3:\/\/photo-uploads/);
    await page.done();
  });

  test("rows and JSON of InputPathsMap are two views of one thing", async () => {
    const page = await site.open();
    await page.getByRole("button", { name: "As JSON" }).click();
    const json = page.locator("#target-body .cm-content[aria-label='InputPathsMap, JSON']");
    await json.click();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.insertText('{ "bucket": "$.detail.bucket.name", "key": "$.source", "size": "$.region" }');
    await settled(page);
    assert.match(await textOf(page, "payload-editor"), /s3:\/\/photo-uploads\/aws\.s3/);
    await page.getByRole("button", { name: "As JSON" }).click();
    assert.equal(await page.inputValue("[aria-label='Path 2']"), "$.source");
    await page.click("[aria-label='Remove path 2']");
    await settled(page);
    assert.match(await page.locator("#target-body .problems").allInnerTexts().then((all) => all.join("")), /key/);
    assert.match(await page.locator(".payload-status").innerText(), /last valid form/);
    await page.done();
  });

  test("a path that EventBridge does not know is reported below map and template", async () => {
    const page = await site.open();
    await page.fill("[aria-label='Path 3']", "$.detail['size']");
    await settled(page);
    assert.ok((await page.locator("[aria-label='Problems of InputPathsMap'] .problem").count()) > 0);
    assert.match(await page.locator(".payload-status").innerText(), /last valid form/);
    await page.done();
  });

  test("an event that would be lost says so, with the reason", async () => {
    const page = await site.open();
    await openExample(page, "Input transformer");
    assert.equal(await page.locator(".payload-sent").count(), 1);
    await selectEvent(page, "list of labels");
    assert.match(await page.locator(".payload-lost").innerText(), /Nothing is delivered/);
    assert.ok((await page.locator("#payload-problems .problem").count()) > 0);
    assert.match(await textOf(page, "payload-editor"), /"labels": "\["team-a"/);
    assert.match(await page.locator("#payload-facts").innerText(), /not JSON/);
    await selectEvent(page, "no labels");
    assert.equal(await page.locator(".payload-sent").count(), 1);
    assert.match(await page.locator("#payload-problems").innerText(), /labels/);
    await page.done();
  });

  test("no match: nothing is sent, and the page shows what would be", async () => {
    const page = await site.open();
    await selectEvent(page, "tiny icon");
    assert.match(await page.locator(".payload-status").innerText(), /does not match, so nothing is sent/);
    assert.equal(await page.locator(".payload.muted").count(), 1);
    assert.match(await textOf(page, "payload-editor"), /icons\/dot\.png/);
    await page.done();
  });

  test("reserved variables", async () => {
    const page = await site.open();
    await page.locator("summary", { hasText: "Reserved variables" }).click();
    const field = (name) => page.locator(".context-row", { hasText: name }).locator("input");
    await field("Rule name").fill("other-rule");
    await settled(page);
    assert.match(await textOf(page, "payload-editor"), /"rule": "other-rule"/);
    assert.equal(await page.inputValue("#rule-name"), "other-rule", "it is the name of the rule");
    await page.fill("#rule-name", "third-rule");
    assert.equal(await field("Rule name").inputValue(), "third-rule");
    await page.locator("#target-body .cm-content[aria-label=InputTemplate]").click();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.insertText('"<aws.events.rule-arn> <aws.events.event.ingestion-time>"');
    await settled(page);
    assert.match(await textOf(page, "payload-editor"), /:rule\/third-rule 2026-03-14T09:26:53Z"$/, "the ARN is made of the name, the time is that of the event");
    await field("Rule ARN").fill("arn:mine");
    await field("Ingestion time").fill("now");
    await settled(page);
    assert.equal(await textOf(page, "payload-editor"), '"arn:mine now"');
    await page.done();
  });
});

describe("engine", () => {
  test("a file that does not load is said plainly, and can be tried again", async () => {
    let broken = true;
    const page = await site.open({
      ready: false,
      prepare: (opened) => opened.route("**/engine-*.wasm", (route) => (broken ? route.fulfill({ status: 503, body: "" }) : route.continue())),
    });
    await page.waitForSelector(".notice-error");
    assert.match(await page.locator("#verdict-body").innerText(), /could not be loaded/);
    await paste(page, "pattern-editor", '{ "source": ["aws.s3"] }');
    broken = false;
    await page.click("text=Try again");
    await page.waitForSelector(".banner-yes");
    assert.deepEqual(page.errors.filter((error) => !error.includes("503")), []);
  });

  test("a quarter of a megabyte stays quick to type in", async () => {
    const page = await site.open();
    const items = Array.from({ length: 3000 }, (_, index) => ({ id: index, sku: `SKU-${index}`, note: "x".repeat(60) }));
    await page.locator(".segment", { hasText: /^Whole event$/ }).click();
    const event = { source: "aws.s3", "detail-type": "Object Created", detail: { bucket: { name: "photo-uploads" }, object: { key: "a.png", size: 5000 }, items } };
    for (const text of [JSON.stringify(event), JSON.stringify(event, null, 2)]) {
      assert.ok(text.length > 250_000);
      await pasteLarge(page, "event-editor", text);
      await paste(page, "pattern-editor", '{ "detail": { "items": { "sku": [{ "prefix": "SKU-" }], "id": [-1, 3] } } }');
      assert.equal(await banner(page), "match");
      assert.match(await page.locator("#payload-facts").innerText(), /^2\d\d\.\d KB, valid JSON$/);
      for (const end of ["ControlOrMeta+Home", "ControlOrMeta+End"]) {
        const longest = await typeAndMeasure(page, "event-editor", end);
        assert.ok(longest < 1500, `the page stood still for ${Math.round(longest)} ms`);
      }
    }
    await page.done();
  });
});

/** Types some keys at the start of an editor and reports the longest time, in ms, for which the page did not draw. */
async function typeAndMeasure(page, id, start) {
  await editor(page, id).focus();
  await page.keyboard.press(start);
  await page.evaluate(() => {
    window.longest = 0;
    let last = performance.now();
    const watch = () => {
      const now = performance.now();
      window.longest = Math.max(window.longest, now - last);
      last = now;
      requestAnimationFrame(watch);
    };
    requestAnimationFrame(watch);
  });
  for (const key of ["Space", "Backspace", "Space", "Backspace"]) await page.keyboard.press(key);
  await page.waitForTimeout(400);
  return page.evaluate(() => window.longest);
}
