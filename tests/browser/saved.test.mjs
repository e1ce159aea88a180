// What the browser keeps between visits, what a link does to it, and how it is forgotten.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { deflateRawSync } from "node:zlib";
import { openExample, paste, pasteLarge, playground, settled, textOf, violations } from "./playground.mjs";

let site;
before(async () => void (site = await playground()));
after(() => site.close());

const linkOf = (state) => `#v2.${Buffer.from(deflateRawSync(JSON.stringify(state))).toString("base64url")}`;
const other = { version: 2, events: [{ name: "theirs", text: '{"source":"b"}' }], rules: [{ name: "theirs", pattern: '{"source":["b"]}' }] };
const kept = (page) => page.waitForFunction(() => /kept in this browser/.test(document.querySelector("#kept").textContent));

/** The page again, as someone finds it who types its address. */
async function visit(page, hash = "") {
  await page.goto("about:blank");
  await page.goto(site.url + hash);
  await page.waitForSelector(".banner-yes, .banner-no");
}

test("work is there again at the next visit, with several rules and expectations", async () => {
  const page = await site.open();
  await page.click("#rule-duplicate");
  await page.fill("#rule-name", "second");
  await paste(page, "pattern-editor", '{ "source": ["mine"] }');
  await kept(page);
  await visit(page);
  assert.equal(await textOf(page, "pattern-editor"), '{ "source": ["mine"] }');
  assert.equal(await page.inputValue("#rule-name"), "second");
  await page.waitForSelector(".grid-here");
  assert.equal(await page.locator("#table-note").innerText(), "5 of 6 as expected, 1 missed expectation");
  assert.equal(new URL(page.url()).hash, "", "the address stays clean until something changes");
  await page.done();
});

test("a page that is closed right after a key has kept it", async () => {
  const page = await site.open();
  await paste(page, "pattern-editor", '{ "source": ["last words"] }');
  await visit(page);
  assert.equal(await textOf(page, "pattern-editor"), '{ "source": ["last words"] }');
  await page.done();
});

test("a link wins over the work, says so, and leads back to it", async () => {
  const page = await site.open();
  await paste(page, "pattern-editor", '{ "source": ["mine"] }');
  await kept(page);
  await visit(page, linkOf(other));
  await page.waitForSelector(".notice-note");
  assert.match(await page.locator(".notice-note").innerText(), /Opened the link; your earlier work is kept\./);
  assert.equal(await page.inputValue("#rule-name"), "theirs");
  await visit(page);
  assert.equal(await textOf(page, "pattern-editor"), '{ "source": ["mine"] }', "looking at a link changes nothing");

  await visit(page, linkOf(other));
  await page.click(".notice-note >> text=Back to it");
  await settled(page);
  assert.equal(await textOf(page, "pattern-editor"), '{ "source": ["mine"] }');
  await page.done();
});

test("also after the linked page was edited: in the menu", async () => {
  const page = await site.open();
  await paste(page, "pattern-editor", '{ "source": ["mine"] }');
  await kept(page);
  await visit(page, linkOf(other));
  await paste(page, "pattern-editor", '{ "source": ["edited"] }');
  await kept(page);
  await visit(page);
  assert.equal(await textOf(page, "pattern-editor"), '{ "source": ["edited"] }');
  await openExample(page, "picture-uploads");
  assert.equal(await textOf(page, "pattern-editor"), '{ "source": ["mine"] }');
  await openExample(page, "theirs");
  assert.equal(await textOf(page, "pattern-editor"), '{ "source": ["edited"] }', "and what was there meanwhile");
  await page.done();
});

const earlierRows = (page) => page.locator("#examples .menu-row .menu-item strong").allInnerTexts();

test("the last five earlier works are kept, with their times, and each can be forgotten", async () => {
  const page = await site.open();
  for (let work = 1; work <= 7; work++) {
    await page.fill("#rule-name", `work-${work}`);
    await page.waitForFunction((name) => localStorage["eventbridge-rules.work"]?.includes(name), `work-${work}`);
    await visit(page, linkOf(other));
    await visit(page, linkOf(other));
  }
  await page.click("#examples-button");
  await page.waitForFunction(() => document.activeElement.matches("#examples .menu-item"));
  assert.deepEqual(await earlierRows(page), ["work-7", "work-6", "work-5", "work-4", "work-3"], "each once, the newest first");
  assert.match(await page.locator("#examples .menu-row span").first().innerText(), /\b20\d\d\b.*\d:\d\d.*, 1 event$/);
  assert.deepEqual(await violations(page), []);
  await page.keyboard.press("ArrowDown");
  assert.match(await page.evaluate(() => document.activeElement.ariaLabel), /^Forget work-7, /);
  await page.keyboard.press("Enter");
  assert.deepEqual(await earlierRows(page), ["work-6", "work-5", "work-4", "work-3"]);
  assert.ok(await page.evaluate(() => document.activeElement.matches(".menu-item")), "the focus stays in the menu");
  await page.locator("#examples .menu-row .menu-item").nth(1).click();
  await settled(page);
  assert.equal(await page.inputValue("#rule-name"), "work-5");
  await page.waitForFunction(() => localStorage["eventbridge-rules.work"]?.includes("work-5"));
  await page.click("#clear");
  assert.equal(await page.evaluate(() => localStorage.length), 0);
  await page.click(".notice-note >> text=Undo");
  const atOnce = await page.evaluate(() => {
    document.querySelector("#examples-button").click();
    return [...document.querySelectorAll("#examples .menu-row .menu-item strong")].map((row) => row.textContent);
  });
  assert.deepEqual(atOnce, ["work-7", "work-6", "work-5", "work-4", "work-3"], "undone; work 7 was what the browser kept, and is there as soon as the menu is");
  await page.done();
});

test("what earlier works hold may be damaged, of a version before, or too large", async () => {
  const kept = (text) => site.open({ prepare: (opened) => opened.addInitScript((value) => localStorage.setItem("eventbridge-rules.earlier", value), text) });
  for (const text of ["", "nope", "[]", "[1, null, {}]", '[{"at":1,"text":"nope"}]', '{"version":99}']) {
    const page = await kept(text);
    await page.click("#examples-button");
    await page.waitForSelector("#examples .menu-item");
    assert.deepEqual(await earlierRows(page), [], text);
    await page.done();
  }
  const before = await kept(JSON.stringify(other));
  await before.click("#examples-button");
  await before.waitForSelector("#examples .menu-row");
  assert.deepEqual(await earlierRows(before), ["theirs"]);
  await before.done();
  const large = (name) => ({ at: 1, text: JSON.stringify({ ...other, rules: [{ name, pattern: "x".repeat(800_000) }] }) });
  const page = await kept(JSON.stringify([large("one"), large("two")]));
  await page.fill("#rule-name", "mine");
  await page.waitForFunction(() => localStorage["eventbridge-rules.work"]?.includes("mine"));
  await page.evaluate((hash) => void (location.hash = hash), linkOf(other));
  await page.waitForSelector(".notice-note");
  await page.click("#examples-button");
  await page.waitForSelector("#examples .menu-row");
  assert.deepEqual(await earlierRows(page), ["mine", "one"], "the oldest has no room");
  await page.done();
});

test("a link that is opened while the page writes its own is not written over", async () => {
  const page = await site.open();
  // As late as can be: the page has made its link and is about to put it into the address bar.
  await page.evaluate((link) => {
    const { URL } = window;
    window.URL = class extends URL {
      constructor(...given) {
        super(...given);
        if (!String(given[0]).startsWith("#")) return;
        window.URL = URL;
        location.hash = link;
      }
    };
  }, linkOf(other));
  await page.fill("#rule-name", "mine");
  await page.waitForSelector(".notice-note");
  assert.equal(await page.inputValue("#rule-name"), "theirs");
  await page.click("#examples-button");
  await page.waitForSelector("#examples .menu-row");
  assert.deepEqual(await earlierRows(page), ["mine"]);
  await page.keyboard.press("Escape");
  assert.equal(await page.evaluate(() => location.hash), linkOf(other));
  // And it goes on: what is written now is in the link.
  await page.fill("#rule-name", "mine again");
  await page.waitForFunction((link) => location.hash.length > 1 && location.hash !== link, linkOf(other));
  await page.done();
});

test("two tabs: what one of them writes last does not cost the work of the other", async () => {
  const one = await site.open();
  const other = await one.context().newPage();
  await other.goto(site.url);
  await other.waitForSelector(".banner-yes");
  const writes = async (page, name) => {
    await page.fill("#rule-name", name);
    await page.waitForFunction((wanted) => localStorage["eventbridge-rules.work"]?.includes(wanted), name);
  };
  await writes(one, "one");
  await writes(other, "other");
  await writes(one, "one-more");
  await writes(other, "other-more");
  await one.goto("about:blank");
  await other.click("#examples-button");
  await other.waitForSelector("#examples .menu-row");
  assert.deepEqual(await earlierRows(other), ["one-more"], "once, as it was last");
  await other.goto("about:blank");
  await one.goto(site.url);
  await one.waitForSelector(".banner-yes");
  assert.equal(await one.inputValue("#rule-name"), "other-more", "closing a page that has nothing new writes nothing");
  await one.done();
});

test("an example puts own work aside, and nothing that was only looked at", async () => {
  const page = await site.open();
  await openExample(page, "IP filter");
  await openExample(page, "Empty page");
  assert.equal(await page.locator(".notice-note p").innerText(), "Empty page opened.");
  assert.deepEqual(await page.locator(".event-row").count(), 1);
  await page.fill("#rule-name", "mine");
  await kept(page);
  await openExample(page, "IP filter");
  assert.equal(await page.locator(".notice-note p").innerText(), "Example “IP filter” opened. Your work is kept in this menu.");
  await page.locator(".event-row").nth(1).click();
  await openExample(page, "Input transformer");
  await page.click("#examples-button");
  await page.waitForSelector("#examples .menu-row");
  assert.deepEqual(await earlierRows(page), ["mine"]);
  await page.locator("#examples .menu-row .menu-item").click();
  await settled(page);
  assert.equal(await page.inputValue("#rule-name"), "mine");
  await page.done();
});

test("work that neither the browser nor a link can hold is not called kept, and is asked about", async () => {
  const page = await site.open({ permissions: ["clipboard-read", "clipboard-write"] });
  await page.evaluate(() => navigator.clipboard.writeText("before"));
  await pasteLarge(page, "event-editor", `{"source": "${"x".repeat(9_000_000)}"}`);
  await page.waitForFunction(() => /it ends with this page/.test(document.querySelector("#kept").textContent));
  assert.equal(await page.locator("#link-size").innerText(), "too large");
  assert.equal(new URL(page.url()).hash, "");
  await page.click("#copy-link");
  await page.waitForSelector(".notice-error:has-text('No link can hold this page')");
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), "before");
  const asked = page.waitForEvent("dialog");
  const closing = page.close({ runBeforeUnload: true });
  const dialog = await asked;
  assert.equal(dialog.type(), "beforeunload");
  await dialog.dismiss();
  await closing;
  await paste(page, "event-editor", '{"source": "small"}');
  await kept(page);
  await page.click("#clear");
  await page.waitForFunction(() => document.querySelector("#kept").textContent === "");
  await page.done();
});

test("more paths than EventBridge allows are there again", async () => {
  const paths = Array.from({ length: 120 }, (_, at) => [`p${at}`, "$.detail"]);
  const page = await site.open({ hash: linkOf({ ...other, rules: [{ ...other.rules[0], target: { kind: "transformer", paths, template: "<p0>" } }] }) });
  await page.fill("#rule-name", "many");
  await kept(page);
  await visit(page);
  assert.equal(await page.locator(".path-row").count(), 120);
  await page.done();
});

test("the own link opens again without a word", async () => {
  const page = await site.open();
  await paste(page, "pattern-editor", '{ "source": ["mine"] }');
  await page.waitForFunction(() => location.hash.length > 10);
  await visit(page, new URL(page.url()).hash);
  assert.equal(await page.locator(".notice").count(), 0);
  assert.equal(await textOf(page, "pattern-editor"), '{ "source": ["mine"] }');
  await page.done();
});

test("clear everything empties page, address and storage, and can be undone", async () => {
  const page = await site.open();
  await openExample(page, "IP filter");
  await kept(page);
  await page.waitForFunction(() => location.hash.length > 10);
  await page.click("#clear");
  await settled(page);
  assert.equal(await page.evaluate(() => localStorage.length), 0);
  assert.equal(new URL(page.url()).hash, "");
  assert.equal(await page.locator(".event-row").count(), 1);
  assert.equal(await page.locator(".problem").count(), 0, "nothing is wrong with what is left");
  assert.equal(await page.locator(".banner-yes").count(), 1);
  await page.click(".notice-note >> text=Undo");
  await settled(page);
  assert.match(await textOf(page, "pattern-editor"), /cidr/);
  await page.waitForFunction(() => location.hash.length > 10 && localStorage.length === 1);
  await page.click("#clear");
  await page.reload();
  await page.waitForSelector(".banner-yes");
  assert.equal(await page.inputValue("#rule-name"), "picture-uploads", "the next visit is a first visit");
  await page.done();
});

test("what the storage holds may be damaged, full or forbidden", async () => {
  for (const text of ["", "nope", "[]", '{"version":2}', '{"version":99}']) {
    const page = await site.open({ prepare: (opened) => opened.addInitScript((kept) => localStorage.setItem("eventbridge-rules.work", kept), text) });
    assert.equal(await page.inputValue("#rule-name"), "picture-uploads", text);
    await page.done();
  }
  const page = await site.open({
    prepare: (opened) =>
      opened.addInitScript(() => {
        Storage.prototype.setItem = () => {
          throw new DOMException("full", "QuotaExceededError");
        };
        Storage.prototype.getItem = () => {
          throw new DOMException("forbidden", "SecurityError");
        };
      }),
  });
  await paste(page, "pattern-editor", '{ "source": ["mine"] }');
  await page.waitForFunction(() => /does not keep your work/.test(document.querySelector("#kept").textContent));
  await page.done();
});
