// Texts coming into the page: pasted, dropped, imported, chosen among the samples; and going out as .jsonl.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { banner, editor, narrow, paste, pasteLarge, playground, selectEvent, settled, textOf, verdicts, violations, wide } from "./playground.mjs";

let site;
before(async () => void (site = await playground()));
after(() => site.close());

const quote = JSON.stringify;
const event = (source, type = "Order Placed") => `{"source": "${source}", "detail-type": "${type}", "detail": {"total": 10.50}}`;
const queue = quote({ Records: [1, 2, 3].map((n) => ({ messageId: String(n), body: event(`shop.${n}`), eventSource: "aws:sqs" })) });
const described = quote({ Name: "big-orders", Arn: "arn:aws:events:eu-west-1:111122223333:rule/big-orders", EventPattern: '{"source":["shop"],"detail":{"total":[{"numeric":[">",10.50]}]}}' });

const names = (page) => page.locator(".event-name").allInnerTexts();
const pattern = (page) => textOf(page, "pattern-editor");
const notice = async (page, words) => {
  await page.locator(".notice-note", { hasText: words }).waitFor();
  await settled(page);
};
const answer = async (page, label) => {
  await page.locator(".notice-note").getByRole("button", { name: label }).click();
  await settled(page);
};

/** Pastes where the cursor is. */
async function pasteHere(page, id, text) {
  await page.evaluate(
    ([host, pasted]) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", pasted);
      document.querySelector(`#${host} .cm-content`).dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    },
    [id, text],
  );
  await settled(page);
}

/** Gives the readers time to say something: they are loaded, and another paste is answered. */
async function nothingMore(page) {
  await page.waitForFunction(() => performance.getEntriesByType("resource").some(({ name }) => /\bapply-/.test(name)));
  await page.evaluate(() => new Promise((done) => setTimeout(() => requestAnimationFrame(() => setTimeout(done)), 50)));
  await settled(page);
}

describe("pasted into the event", () => {
  test("an SQS envelope becomes its events, and Undo brings back what was there", async () => {
    const page = await site.open();
    const before = await textOf(page, "event-editor");
    await pasteLarge(page, "event-editor", queue);
    await notice(page, "Pasted an SQS envelope: 3 events taken out of it.");
    assert.deepEqual(await names(page), ["Order Placed", "Order Placed-2", "Order Placed-3", "tiny icon", "text file"]);
    assert.match(await textOf(page, "event-editor"), /"source": "shop.1"[^]*"total": 10\.50/);
    await answer(page, "Undo");
    assert.deepEqual(await names(page), ["beach photo", "tiny icon", "text file"]);
    assert.equal(await textOf(page, "event-editor"), before);
    await page.done();
  });

  test("what was pasted can be kept as it is", async () => {
    const page = await site.open();
    await pasteLarge(page, "event-editor", queue);
    await notice(page, "Pasted an SQS envelope");
    await answer(page, "Keep as it is");
    assert.deepEqual(await names(page), ["beach photo", "tiny icon", "text file"]);
    assert.equal(await textOf(page, "event-editor"), queue);
    await page.done();
  });

  test("the editor itself undoes to the pasted text, and to the text before", async () => {
    const page = await site.open();
    const before = await textOf(page, "event-editor");
    await pasteLarge(page, "event-editor", queue);
    await notice(page, "Pasted an SQS envelope");
    await editor(page, "event-editor").focus();
    await page.keyboard.press("ControlOrMeta+z");
    assert.equal(await textOf(page, "event-editor"), queue);
    await page.keyboard.press("ControlOrMeta+z");
    assert.equal(await textOf(page, "event-editor"), before);
    await page.done();
  });

  test("one event, or JSON of any other kind, is pasted as ever", async () => {
    const page = await site.open();
    for (const text of [event("plain"), '{"any": ["thing", 1.0]}']) {
      await pasteLarge(page, "event-editor", text);
      await nothingMore(page);
      assert.equal(await textOf(page, "event-editor"), text);
      assert.equal(await page.locator(".notice").count(), 0);
    }
    assert.deepEqual(await names(page), ["beach photo", "tiny icon", "text file"]);
    await page.done();
  });

  test("what put-events sends says what was made up", async () => {
    const page = await site.open();
    await pasteLarge(page, "event-editor", quote({ Entries: [{ Source: "shop", DetailType: "Order Placed", Detail: '{"n": 1.0}' }] }));
    await notice(page, "`id`, `account` and `region`".replaceAll("`", ""));
    const text = await textOf(page, "event-editor");
    assert.match(text, /"detail": \{"n": 1\.0\}/);
    assert.equal(JSON.parse(text).source, "shop");
    await page.done();
  });

  test("a CloudTrail record gets its envelope", async () => {
    const page = await site.open();
    await pasteLarge(page, "event-editor", quote({ Records: [{ eventVersion: "1.08", eventSource: "iam.amazonaws.com", eventName: "CreateUser", eventTime: "2026-01-02T03:04:05Z" }] }));
    await notice(page, "Pasted a CloudTrail record: 1 event");
    assert.deepEqual((await names(page))[0], "CreateUser");
    assert.match(await textOf(page, "event-editor"), /"source": "aws\.iam"/);
    await page.done();
  });

  test("in the middle of an event, a queue is taken out again and its events are added", async () => {
    const page = await site.open();
    const before = await textOf(page, "event-editor");
    await page.locator("#event-editor .cm-line", { hasText: "region" }).click();
    await pasteHere(page, "event-editor", queue);
    await notice(page, "3 events taken out of it");
    assert.deepEqual(await names(page), ["beach photo", "tiny icon", "text file", "Order Placed", "Order Placed-2", "Order Placed-3"]);
    await selectEvent(page, "beach photo");
    assert.equal(await textOf(page, "event-editor"), before);
    await page.done();
  });

  test("in the middle of an event, a piece of JSON is left where it is", async () => {
    const page = await site.open();
    await page.locator("#event-editor .cm-line", { hasText: "version" }).first().click();
    await page.keyboard.press("Home");
    await pasteHere(page, "event-editor", '"more": [{"a": 1}, {"b": 2}],\n');
    await pasteHere(page, "event-editor", '"again": {"source": ["x"], "detail": {"y": ["z"]}},\n');
    await nothingMore(page);
    assert.match(await textOf(page, "event-editor"), /"more": \[\{"a": 1\}, \{"b": 2\}\]/);
    assert.equal(await page.locator(".notice").count(), 0);
    await page.done();
  });

  test("the answer of describe-rule becomes a rule; the event stays as it was", async () => {
    const page = await site.open();
    const before = await textOf(page, "event-editor");
    await pasteLarge(page, "event-editor", described);
    await notice(page, "Pasted the answer of describe-rule: the rule “big-orders” taken out of it.");
    assert.equal(await textOf(page, "event-editor"), before);
    assert.match(await textOf(page, "pattern-editor"), /"numeric": \[">", 10\.50\]/);
    assert.equal(await page.inputValue("#rule-name"), "big-orders");
    assert.equal(await page.locator(".rule-row").count(), 2);
    await answer(page, "Undo");
    assert.match(await textOf(page, "pattern-editor"), /photo-uploads/);
    assert.equal(await page.inputValue("#rule-name"), "picture-uploads");
    await page.done();
  });

  test("the input of test-event-pattern brings both", async () => {
    const page = await site.open();
    await pasteLarge(page, "event-editor", quote({ EventPattern: '{"source":["shop"]}', Event: event("shop") }));
    await notice(page, "1 event");
    assert.equal(await textOf(page, "pattern-editor"), '{"source":["shop"]}');
    assert.equal(await banner(page), "match");
    assert.deepEqual(await verdicts(page), ["match", "no match", "no match"]);
    await page.done();
  });

  test("a pattern is offered the place that it belongs to", async () => {
    const page = await site.open();
    const before = await textOf(page, "event-editor");
    await pasteLarge(page, "event-editor", '{"source": ["shop"], "detail": {"n": [1.0]}}');
    await notice(page, "This is an event pattern");
    await answer(page, "Use it as the pattern");
    assert.equal(await textOf(page, "pattern-editor"), '{"source": ["shop"], "detail": {"n": [1.0]}}');
    assert.equal(await textOf(page, "event-editor"), before);
    await answer(page, "Undo");
    assert.match(await textOf(page, "pattern-editor"), /photo-uploads/);
    await page.done();
  });
});

describe("pasted into the pattern", () => {
  const sources = {
    "describe-rule": [described, "the rule “big-orders”"],
    "a wrapper": [quote({ EventPattern: { source: ["shop"] } }), "one pattern"],
    "a text in quotes": [quote('{"source":["shop"]}'), "Pasted a pattern in quotes"],
    YAML: ["EventPattern:\n  source:\n    - shop\n", "one pattern"],
    "a SAM template in YAML": ["Transform: AWS::Serverless-2016-10-31\nResources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties:\n      Events:\n        Shop:\n          Type: EventBridgeRule\n          Properties:\n            Pattern:\n              source: [shop]\n", "a SAM template: the rule “Shop”"],
    Terraform: ['resource "aws_cloudwatch_event_rule" "shop" {\n  event_pattern = jsonencode({\n    source = ["shop"]\n  })\n}', "a Terraform configuration: the rule “shop”"],
    CDK: ["new Rule(this, 'Shop', { eventPattern: { source: ['shop'] } });", "a snippet of code: the rule “Shop”"],
  };
  for (const [name, [text, words]] of Object.entries(sources)) {
    test(name, async () => {
      const page = await site.open();
      const before = await textOf(page, "pattern-editor");
      await pasteLarge(page, "pattern-editor", text);
      await notice(page, words);
      assert.deepEqual(JSON.parse(await textOf(page, "pattern-editor")).source, ["shop"]);
      await answer(page, "Undo");
      assert.equal(await textOf(page, "pattern-editor"), before);
      await page.done();
    });
  }

  test("targets become the target", async () => {
    const page = await site.open();
    const before = await textOf(page, "pattern-editor");
    await pasteLarge(page, "pattern-editor", quote({ Targets: [{ Id: "1", Arn: "arn:x", InputTransformer: { InputPathsMap: { file: "$.detail.object.key" }, InputTemplate: '"Look: <file>"' } }] }));
    await notice(page, "the input of a target");
    assert.equal(await textOf(page, "pattern-editor"), before);
    assert.equal(await textOf(page, "payload-editor"), '"Look: 2026/03/beach.jpg"');
    await page.done();
  });

  test("an event can be made a pattern of", async () => {
    const page = await site.open();
    await pasteLarge(page, "pattern-editor", event("shop"));
    await notice(page, "This is an event, not a pattern.");
    assert.equal(await textOf(page, "pattern-editor"), event("shop"), "nothing is done unasked");
    await answer(page, "Make a pattern of it");
    assert.equal(await textOf(page, "pattern-editor"), '{\n  "source": ["shop"],\n  "detail-type": ["Order Placed"]\n}');
    assert.deepEqual(await names(page), ["beach photo", "tiny icon", "text file", "Order Placed"]);
    assert.equal(await banner(page), "match");
    assert.deepEqual(await verdicts(page), ["no match", "no match", "no match", "match"]);
    await answer(page, "Undo");
    assert.match(await textOf(page, "pattern-editor"), /photo-uploads/);
    assert.equal((await names(page)).length, 3);
    await page.done();
  });

  test("a piece of a pattern that is being written is left where it is", async () => {
    const page = await site.open();
    await paste(page, "pattern-editor", '{\n  "detail": {"state": ["x"]},\n');
    await pasteHere(page, "pattern-editor", '"source": ["shop.orders"]');
    await pasteHere(page, "pattern-editor", ', "detail-type": {"source": ["shop.orders"]}');
    await nothingMore(page);
    assert.match(await pattern(page), /"detail": \{"state": \["x"\]\},\n *"source": \["shop.orders"\], "detail-type": \{"source"/);
    assert.equal(await page.locator(".notice").count(), 0);
    await page.done();
  });

  test("a pattern is pasted as ever", async () => {
    const page = await site.open();
    await pasteLarge(page, "pattern-editor", '{"source": ["shop"]}');
    await nothingMore(page);
    assert.equal(await textOf(page, "pattern-editor"), '{"source": ["shop"]}');
    assert.equal(await page.locator(".notice").count(), 0);
    await page.done();
  });
});

const file = (name, text) => ({ name, mimeType: "application/octet-stream", buffer: Buffer.from(text) });

describe("files", () => {
  test("import appends, with Undo", async () => {
    const page = await site.open();
    await page.setInputFiles("#import-files", [file("orders.jsonl", `${event("a")}\n${event("b")}\n`), file("note.txt", "hello")]);
    await notice(page, "Imported 2 files: 3 events taken out of it.");
    assert.deepEqual(await names(page), ["beach photo", "tiny icon", "text file", "Order Placed", "Order Placed-2", "note.txt"]);
    assert.deepEqual((await verdicts(page)).slice(3), ["no match", "no match", "invalid"]);
    await answer(page, "Undo");
    assert.equal((await names(page)).length, 3);
    await page.done();
  });

  test("what is exported comes back: names, broken texts, the spelling of numbers", async () => {
    const page = await site.open();
    await pasteLarge(page, "event-editor", '{"source": "mine", "n": 1.0, "big": 12345678901234567890, "n": 2.50}');
    await selectEvent(page, "tiny icon");
    await pasteLarge(page, "event-editor", '{ "broken": \n nope');
    await page.click("#event-more");
    const [download] = await Promise.all([page.waitForEvent("download"), page.click("text=Export .jsonl")]);
    assert.equal(download.suggestedFilename(), "events.jsonl");
    const text = readFileSync(await download.path(), "utf8");
    const lines = text.trimEnd().split("\n");
    assert.equal(lines.length, 3);
    assert.match(lines[0], /"event":\{"source":"mine","n":1\.0,"big":12345678901234567890,"n":2\.50\}\}$/);
    assert.equal(JSON.parse(lines[1]).event, '{ "broken": \n nope');
    await page.setInputFiles("#import-files", [file("events.jsonl", text)]);
    await notice(page, "Imported events.jsonl: 3 events");
    assert.deepEqual((await names(page)).slice(3), ["beach photo-2", "tiny icon-2", "text file-2"]);
    assert.match(await textOf(page, "event-editor"), /"big": 12345678901234567890/);
    await selectEvent(page, "tiny icon-2");
    assert.equal(await textOf(page, "event-editor"), '{ "broken": \n nope');
    await page.done();
  });

  test("a file can be dropped on the events", async () => {
    const page = await site.open();
    const drop = (type, target, text) =>
      page.evaluate(
        ([kind, selector, content]) => {
          const dataTransfer = new DataTransfer();
          dataTransfer.items.add(new File([content], "dropped.json"));
          document.querySelector(selector).dispatchEvent(new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true }));
        },
        [type, target, text],
      );
    await drop("dragenter", "#event-editor .cm-content", queue);
    assert.equal(await page.locator(".events.drop-here").count(), 1);
    await drop("drop", "#event-editor .cm-content", queue);
    await notice(page, "Imported dropped.json: 3 events");
    assert.equal(await page.locator(".drop-here").count(), 0);
    assert.equal((await names(page)).length, 6);
    await page.done();
  });

  test("a template brings its rules", async () => {
    const page = await site.open();
    await page.setInputFiles("#import-files", [file("template.yaml", "Resources:\n  Up:\n    Type: AWS::Events::Rule\n    Properties:\n      EventPattern:\n        source: [shop]\n")]);
    await notice(page, "Imported template.yaml: the rule “Up”");
    assert.deepEqual(JSON.parse(await textOf(page, "pattern-editor")), { source: ["shop"] });
    assert.equal((await names(page)).length, 3);
    await page.done();
  });

  test("too many events, and too large a file, are said plainly", async () => {
    const page = await site.open();
    await page.setInputFiles("#import-files", [file("many.jsonl", Array.from({ length: 700 }, (_, index) => `{"source": "a", "detail-type": "t${index}"}`).join("\n"))]);
    await notice(page, "so 203 are left out");
    assert.equal((await names(page)).length, 500);
    await page.setInputFiles("#import-files", [file("huge.json", " ".repeat(20_000_001))]);
    await page.locator(".notice-error", { hasText: "more than 20 MB" }).waitFor();
    await page.done();
  });
});

describe("hostile texts", () => {
  test("markup stays text, names of prototypes are names", async () => {
    const page = await site.open();
    const markup = "<img src=x onerror=alert(1)>";
    await page.setInputFiles("#import-files", [file(`${markup}.jsonl`, `{"name": ${quote(markup)}, "expected": {"__proto__": "match"}, "event": {"source": "a", "__proto__": {"x": 1}}}\n{"name": "constructor", "event": {}}`)]);
    await notice(page, `Imported ${markup}.jsonl: 2 events`);
    assert.deepEqual((await names(page)).slice(3), [markup, "constructor"]);
    assert.equal(await page.locator("img:not(.cm-widgetBuffer)").count(), 0);
    await page.done();
  });

  test("a megabyte in a queue, depth without end and half characters leave the page alive", async () => {
    const page = await site.open();
    const large = event("large", "x".repeat(1_000_000));
    for (const text of [`${"[".repeat(100_000)}`, `{"source": "a", "detail-type": "b", "detail": ${'{"a":'.repeat(3000)}1${"}".repeat(3000)}}`, `{"\ud800": "\udc00"} {"x"`, quote({ Records: [{ messageId: "1", body: large }] })]) await pasteLarge(page, "event-editor", text);
    await notice(page, "Pasted an SQS envelope: 1 event");
    await selectEvent(page, "text file");
    assert.equal(await banner(page), "no match");
    await page.done();
  });
});

describe("samples", () => {
  test("from the keyboard: search, choose, and it is in the list", async () => {
    const page = await site.open();
    await page.focus("#event-more");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.activeElement.matches("#event-menu .menu-item"));
    await page.keyboard.press("Enter");
    await page.waitForSelector(".dialog[open]");
    assert.match(await page.locator(".dialog .hint").innerText(), /^\d{2,} events/);
    await page.keyboard.type("guardduty");
    await page.keyboard.press("ArrowDown");
    assert.equal(await page.evaluate(() => document.activeElement.querySelector("strong").textContent), "GuardDuty Finding");
    await page.keyboard.press("Enter");
    await notice(page, "Added “GuardDuty Finding”.");
    assert.deepEqual((await names(page)).slice(3), ["GuardDuty Finding"]);
    assert.match(await textOf(page, "event-editor"), /"source": "aws\.guardduty"/);
    assert.equal(await page.evaluate(() => document.activeElement.id), "event-more", "the focus comes back");
    await answer(page, "Undo");
    assert.equal((await names(page)).length, 3);
    await page.done();
  });

  test("Escape closes the dialog and changes nothing", async () => {
    const page = await site.open();
    await page.click("#event-more");
    await page.click("text=AWS sample event");
    await page.fill(".dialog input", "no such thing");
    assert.match(await page.locator(".dialog .hint").innerText(), /No sample has these words/);
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    await page.locator(".dialog").waitFor({ state: "detached" });
    assert.equal((await names(page)).length, 3);
    await page.done();
  });

  test("each sample is an event without problems", async () => {
    const page = await site.open();
    await page.click("#event-more");
    await page.click("text=AWS sample event");
    await page.locator(".sample").first().waitFor();
    const count = await page.locator(".sample").count();
    assert.ok(count >= 60);
    for (let index = 0; index < count; index += 9) {
      if (index > 0) {
        await page.click("#event-more");
        await page.click("text=AWS sample event");
      }
      await page.locator(".sample").nth(index).click();
      await settled(page);
      assert.equal(await page.locator("#event-problems .problem").count(), 0, await page.inputValue("#event-name"));
    }
    await page.done();
  });

  for (const [size, viewport] of Object.entries({ wide, narrow })) {
    for (const colorScheme of ["light", "dark"]) {
      test(`axe finds nothing with menu, dialog and notice: ${size}, ${colorScheme}`, async () => {
        const page = await site.open({ viewport, colorScheme, reducedMotion: "reduce" });
        await page.click("#event-more");
        assert.deepEqual(await violations(page), [], "menu");
        await page.click("text=AWS sample event");
        await page.waitForSelector(".dialog[open]");
        assert.deepEqual(await violations(page), [], "dialog");
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
        await page.keyboard.press("Escape");
        await pasteLarge(page, "event-editor", queue);
        await notice(page, "Pasted");
        assert.deepEqual(await violations(page), [], "notice");
        await page.done();
      });
    }
  }
});

test("nothing of this is loaded before it is needed", async () => {
  const page = await site.open();
  const loaded = () => page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name.split("/").at(-1)).filter((name) => /\b(apply|dialog|panel|yaml|export)-/.test(name)));
  assert.deepEqual(await loaded(), []);
  await pasteLarge(page, "event-editor", queue);
  await notice(page, "Pasted");
  assert.equal((await loaded()).length, 1, "no YAML and no samples for a paste");
  await page.done();
});
