// What a pasted text is taken for: a table, in plain Node.
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { load } from "./modules.mjs";

let intake;
before(async () => void (intake = await load("intake/json.ts", "intake/spelling.ts", "intake/recognize.ts", "intake/yaml.ts", "intake/jsonl.ts", "intake/literal.ts")));

const event = (source = "com.example.shop", more = "") => `{"version": "0", "source": "${source}", "detail-type": "Order Placed", "detail": {"total": 10.50, "big": 12345678901234567890${more}}}`;
const trail = '{"eventVersion": "1.08", "eventTime": "2026-03-14T09:26:53Z", "eventSource": "iam.amazonaws.com", "eventName": "CreateUser", "awsRegion": "us-east-1", "recipientAccountId": "444455556666"}';
const base64 = (text) => Buffer.from(text).toString("base64");
const quote = JSON.stringify;
const pattern = '{"source": ["aws.s3"], "detail": {"size": [{"numeric": [">", 1.50]}]}}';
const transformer = { InputPathsMap: { key: "$.detail.key" }, InputTemplate: '"<key>"' };

/** [name, text, what it is, sources of its events, patterns of its rules by name, a piece of the notes] */
const forms = [
  ["one event", event(), "an event", ["com.example.shop"], {}],
  ["a list of events", `[${event("a")}, ${event("b")}]`, "a list", ["a", "b"], {}],
  ["lines of events", `${event("a")}\n${event("b")}\n`, "lines of JSON", ["a", "b"], {}],
  ["events laid out, one after the other", `{\n "source": "a",\n "detail-type": "x"\n}\n{\n "source": "b",\n "detail-type": "x"\n}`, "lines of JSON", ["a", "b"], {}],
  ["lines, one broken", `${event("a")}\n${event("b")}\n${event("c")}\n{"source": "d", nope`, "lines of JSON", ["a", "b", "c", "broken"], {}, "1 of 4 are broken"],
  ["lines of objects that are no events", '{"a": 1}\n{"a": 2}', "lines of JSON", [undefined, undefined], {}],
  ["our own export", `{"name":"x","expected":{"r":"match"},"event":${event("a")}}\n{"name":"y","event":"{ broken"}`, "exported events", ["a", "broken"], {}],
  ["SQS to Lambda", quote({ Records: [{ messageId: "1", body: event("a"), eventSource: "aws:sqs" }, { messageId: "2", body: event("b"), eventSource: "aws:sqs" }] }), "an SQS envelope", ["a", "b"], {}],
  ["SQS with a text that is not JSON", quote({ Records: [{ messageId: "1", body: "hello", eventSource: "aws:sqs" }, { messageId: "2", body: event("b"), eventSource: "aws:sqs" }] }), "an SQS envelope", ["b"], {}, "1 of 2 left out"],
  ["a doubled key: the last one counts", `{"messageId": "1", "body": ${quote(event("a"))}, "body": ${quote(event("b"))}}`, "an SQS envelope", ["b"], {}],
  ["SNS in SQS", quote({ Records: [{ messageId: "1", body: quote({ Type: "Notification", TopicArn: "arn", Message: event("a") }), eventSource: "aws:sqs" }] }), "an SQS envelope", ["a"], {}],
  ["records of a pipe", quote([{ messageId: "1", body: event("a"), eventSource: "aws:sqs" }]), "an SQS envelope", ["a"], {}],
  ["sqs receive-message", quote({ Messages: [{ MessageId: "1", ReceiptHandle: "h", Body: event("a") }] }), "SQS messages", ["a"], {}],
  ["SNS to Lambda", quote({ Records: [{ EventSource: "aws:sns", Sns: { Type: "Notification", Message: event("a") } }] }), "an SNS envelope", ["a"], {}],
  ["an SNS message", quote({ Type: "Notification", MessageId: "1", TopicArn: "arn", Message: event("a") }), "an SNS message", ["a"], {}],
  ["Kinesis to Lambda", quote({ Records: [{ kinesis: { data: base64(event("a", ', "city": "Zürich 🎉"')) }, eventSource: "aws:kinesis" }] }), "a Kinesis envelope", ["a"], {}],
  ["Kinesis with data that is not text", quote({ Records: [{ kinesis: { data: "/////w==" } }, { kinesis: { data: base64(event("b")) } }] }), "a Kinesis envelope", ["b"], {}, "base64"],
  ["kinesis get-records", quote({ Records: [{ SequenceNumber: "1", Data: base64(event("a")) }] }), "Kinesis records", ["a"], {}],
  ["Firehose", quote({ records: [{ recordId: "1", data: base64(event("a")) }] }), "a stream envelope", ["a"], {}],
  ["put-events", quote({ Entries: [{ Source: "a", DetailType: "t", Detail: '{"n": 1.0}' }] }), "entries of `put-events`", ["a"], {}, "made up"],
  ["put-events, entries alone", quote([{ Source: "a", DetailType: "t", Detail: '{"n": 1.0}', Time: 1767225600 }, { Source: "b", DetailType: "t", Detail: "{}", Resources: ["arn:x"] }]), "entries of `put-events`", ["a", "b"], {}, "made up"],
  ["put-events with a detail that is not JSON", quote({ Entries: [{ Source: "a", DetailType: "t", Detail: "hello" }] }), "entries of `put-events`", [], {}, "`Detail` is not"],
  ["put-events in a command", `aws events put-events --entries '[{"Source": "a", "DetailType": "t", "Detail": "{\\"n\\": 1}"}]'`, "entries of `put-events` with text around it", ["a"], {}],
  ["a CloudTrail record", trail, "a CloudTrail record", ["aws.iam"], {}, "made up from the record"],
  ["a CloudTrail log file", `{"Records": [${trail}, ${trail}]}`, "a CloudTrail record", ["aws.iam", "aws.iam"], {}],
  ["cloudtrail lookup-events", quote({ Events: [{ EventId: "1", CloudTrailEvent: trail }] }), "the answer of `cloudtrail lookup-events`", ["aws.iam"], {}],
  ["a line of a log", `2026-03-14T09:26:53.123Z\t8f5e\tINFO\t${event("a")}`, "a log", ["a"], {}],
  ["lines of a log with other words", `START RequestId: 1 [x] {y\n2026 INFO got ${event("a")} done\n2026 INFO got ${event("b")}\nEND`, "a log", ["a", "b"], {}],
  ["a log record in JSON", quote({ timestamp: "2026", level: "INFO", message: JSON.parse(event("a")) }), "JSON with events inside", ["a"], {}],
  ["logs filter-log-events", quote({ events: [{ message: `2026 INFO ${event("a")}` }, { message: "END" }] }), "JSON with events inside", ["a"], {}],
  ["printed by Node.js", "2026 INFO {\n  version: '0',\n  'detail-type': 'Order \\'x\\'',\n  source: 'a',\n  detail: { list: [ 1.50, true, null ], deep: [Object] }\n}", "a printed event", ["a"], {}, "[Object]"],
  ["CSV of CloudWatch Logs", `@timestamp,@message\n2026-11-20 10:00:00.000,"${event("a").replaceAll('"', '""')}"\n2026-11-20 10:00:01.000,"${event("b").replaceAll('"', '""')}"\n`, "a log", ["a", "b"], {}],
  ["curly quotes", event("a").replaceAll('"', "”"), "an event in curly quotes", ["a"], {}],
  ["printed by Python", "{'version': '0', 'detail-type': \"it's\", 'source': 'a', 'detail': {'ok': True, 'none': None}}", "a printed event", ["a"], {}],
  ["escaped", quote(event("a")), "an event in quotes", ["a"], {}],
  ["escaped, without its quotes", quote(event("a")).slice(1, -1), "an event in quotes", ["a"], {}],
  ["an event in YAML", "source: a\ndetail-type: t\ndetail:\n  n: 1.50\n", "an event in YAML", ["a"], {}],

  ["a pattern", pattern, "a pattern", [], { "": pattern }],
  ["a pattern in quotes", quote(pattern), "a pattern in quotes", [], { "": pattern }],
  ["a pattern with words around it", `my pattern: ${pattern} is it right?`, "a pattern with text around it", [], { "": pattern }],
  ["a pattern with $or alone", '{"$or": [{"source": ["a"]}, {"source": ["b"]}]}', "a pattern", [], { "": '{"$or": [{"source": ["a"]}, {"source": ["b"]}]}' }],
  ["describe-rule", quote({ Name: "uploads", Arn: "arn:aws:events:eu-west-1:111122223333:rule/uploads", EventPattern: pattern, State: "ENABLED" }), "the answer of `describe-rule`", [], { uploads: pattern }],
  ["describe-rule of a schedule", quote({ Name: "nightly", Arn: "arn", ScheduleExpression: "rate(1 day)" }), "the definition of a rule", [], {}, "has a schedule"],
  ["list-rules", quote({ Rules: [{ Name: "a", EventPattern: pattern }, { Name: "b", EventPattern: pattern }, { Name: "c", ScheduleExpression: "rate(1 day)" }] }), "the answer of `list-rules`", [], { a: pattern, b: pattern }],
  ["list-targets-by-rule", quote({ Targets: [{ Id: "1", Arn: "arn:x", InputTransformer: transformer }] }), "the answer of `list-targets-by-rule`", [], { "": undefined }],
  ["test-event-pattern", quote({ EventPattern: pattern, Event: event("a") }), "the input of `test-event-pattern`", ["a"], { "": pattern }],
  ["CloudFormation", quote({ Resources: { Uploads: { Type: "AWS::Events::Rule", Properties: { EventPattern: JSON.parse(pattern), Targets: [{ Id: "1", Arn: "x", InputPath: "$.detail" }] } } } }), "a CloudFormation template", [], { Uploads: JSON.stringify(JSON.parse(pattern)) }],
  ["CloudFormation, a reference", '{"Resources": {"R": {"Type": "AWS::Events::Rule", "Properties": {"EventPattern": {"source": [{"Ref": "S"}]}}}}}', "a CloudFormation template", [], { R: '{"source": [{"Ref": "S"}]}' }, "only a deployment"],
  ["SAM", quote({ Transform: "AWS::Serverless-2016-10-31", Resources: { Fn: { Type: "AWS::Serverless::Function", Properties: { Events: { Upload: { Type: "EventBridgeRule", Properties: { Pattern: { source: ["a"] }, InputPath: "$.detail" } } } } } } }), "a SAM template", [], { Upload: '{"source":["a"]}' }],
  ["Serverless Framework", quote({ functions: { resize: { handler: "x", events: [{ eventBridge: { pattern: { source: ["a"] }, inputTransformer: { inputPathsMap: { k: "$.id" }, inputTemplate: "<k>" } } }] } } }), "a `serverless.yml`", [], { resize: '{"source":["a"]}' }],
  ["Terraform JSON", quote({ resource: { aws_cloudwatch_event_rule: { up: { name: "uploads", event_pattern: pattern } } } }), "a Terraform configuration", [], { uploads: pattern }],
  ["CloudFormation YAML", "Resources:\n  Up:\n    Type: AWS::Events::Rule\n    Properties:\n      EventPattern:\n        source: [aws.s3]\n        detail:\n          size:\n            - numeric: ['>', 1.50]\n          bucket: [!Ref Bucket]\n", "a CloudFormation template", [], { Up: '{"source": ["aws.s3"], "detail": {"size": [{"numeric": [">", 1.50]}], "bucket": [{"Ref": "Bucket"}]}}' }, "only a deployment"],
  ["a piece of YAML, copied from the middle of a line", "EventPattern:\n        source:\n          - aws.s3\n      State: ENABLED", "the definition of a rule", [], { "": '{"source": ["aws.s3"]}' }],
  ["serverless.yml", "functions:\n  f:\n    events:\n      - eventBridge:\n          pattern:\n            source:\n              - a\n", "a `serverless.yml`", [], { f: '{"source": ["a"]}' }],
  ["a pattern in YAML", "source:\n  - a\ndetail-type:\n  - b\n", "a pattern in YAML", [], { "": '{"source": ["a"], "detail-type": ["b"]}' }],
  ["Terraform, jsonencode", 'resource "aws_cloudwatch_event_rule" "up" {\n  name = "uploads" # ours\n  event_pattern = jsonencode({\n    source        = ["aws.s3"]\n    "detail-type" = ["Object Created"]\n    detail = { size = [{ numeric = [">", 1.50] }] }\n  })\n}', "a Terraform configuration", [], { uploads: '{"source": ["aws.s3"], "detail-type": ["Object Created"], "detail": {"size": [{"numeric": [">", 1.50]}]}}' }],
  ["Terraform, heredoc", `resource "aws_cloudwatch_event_rule" "up" {\n  event_pattern = <<-EOF\n    ${pattern}\n  EOF\n}`, "a Terraform configuration", [], { up: pattern }],
  ["Terraform, a reference", 'resource "aws_cloudwatch_event_rule" "up" {\n  event_pattern = jsonencode({ detail = { bucket = [aws_s3_bucket.b.id] } })\n}', "a Terraform configuration", [], { up: '{"detail": {"bucket": ["aws_s3_bucket.b.id"]}}' }, "`aws_s3_bucket.b.id`"],
  ["CDK, TypeScript", "new events.Rule(this, 'Uploads', {\n  eventPattern: {\n    source: ['aws.s3'], // ours\n    detailType: [\"Object Created\"],\n    detail: { size: events.Match.greaterThan(1.50), key: Match.anyOf(Match.prefix('a/'), Match.suffix('.b')) },\n  },\n});", "a snippet of code", [], { Uploads: '{"source": ["aws.s3"], "detail-type": ["Object Created"], "detail": {"size": [{"numeric": [">", 1.50]}], "key": [{"prefix": "a/"}, {"suffix": ".b"}]}}' }],
  ["CDK, Python", 'events.Rule(self, "Uploads",\n    event_pattern=events.EventPattern(\n        source=["aws.s3"],\n        detail_type=["Object Created"],\n        detail={"ok": [True], "x": events.Match.exists()},\n    ),\n)', "a snippet of code", [], { Uploads: '{"source": ["aws.s3"], "detail-type": ["Object Created"], "detail": {"ok": [true], "x": [{"exists": true}]}}' }],
  ["boto3", 'client.put_rule(Name="up", EventPattern=json.dumps({"source": ["a"]}))', "a snippet of code", [], { up: '{"source": ["a"]}' }],
  ["SDK v3", "new PutRuleCommand({ Name: 'up', EventPattern: JSON.stringify({ source: ['a'] }) })", "a snippet of code", [], { up: '{"source": ["a"]}' }],
  ["the CLI", `aws events put-rule --name up --event-pattern '{"source": ["a"]}'`, "a snippet of code", [], { up: '{"source": ["a"]}' }],
];

/** Layout aside: numbers and keys as they are spelled. */
const squeezed = (text) => intake.oneLine(text) ?? text;
const read = (text) => intake.recognize(text) ?? (intake.looksLikeYaml(text) ? intake.recognizeYaml(intake.yamlToJson(text) ?? "") : undefined);

describe("recognized", () => {
  for (const [name, text, what, sources, patterns, note] of forms) {
    test(name, () => {
      const found = read(text);
      assert.ok(found, "it is recognized");
      assert.equal(found.what, what);
      assert.deepEqual(found.events.map((each) => (intake.readJson(each.text) ? JSON.parse(each.text).source : "broken")), sources);
      const expected = Object.entries(patterns).map(([rule, its]) => [rule, its && squeezed(its)]);
      assert.deepEqual(found.rules.map((rule) => [rule.name, rule.pattern && squeezed(rule.pattern)]), expected);
      if (note) assert.ok(found.notes.join(" ").includes(note), `${note} is not in ${found.notes.join(" ")}`);
    });
  }

  const nothing = { nothing: "", space: " \n", "a word": "hello", "a number": "12", "an object": '{"a": 1}', "an empty list": "[]", "a list of numbers": "[1, 2]", "half an event": '{"source": "a", "detail-type": "b", ', brackets: "{{{[[[", "a broken pattern with objects in it": '{"source": ["a"], "detail": {"detail": ["x"]},}', "mostly broken lines": '{"a": 1}\n{"b": 2}\n{c\n{d\n{e', "a text about rules": "The event pattern: see the manual", "prose with a colon": "source: the manual says so" };
  for (const [name, text] of Object.entries(nothing)) test(`nothing: ${name}`, () => assert.equal(read(text), undefined));
});

describe("what was found is whole", () => {
  test("numbers keep their spelling through every envelope", () => {
    for (const text of [quote({ Records: [{ messageId: "1", body: event() }] }), `[${event()}]`, quote({ Entries: [{ Source: "a", DetailType: "b", Detail: '{"total": 10.50, "big": 12345678901234567890}' }] })]) {
      assert.match(read(text).events[0].text, /"total": ?10\.50, *\s*"big": ?12345678901234567890/);
    }
  });

  test("what `put-events` sends arrives as EventBridge would deliver it", () => {
    const [first, second] = read(quote([{ Source: "a\"b", DetailType: "t", Detail: '{\n "n": 1\n}', Time: 1767225600 }, { Source: "b", DetailType: "t", Detail: "{}", Time: "2026-05-05T05:05:05Z", Resources: ["arn:x"] }])).events.map(({ text }) => JSON.parse(text));
    assert.deepEqual(first, { version: "0", id: "00000000-0000-4000-8000-000000000000", "detail-type": "t", source: 'a"b', account: "111122223333", time: "2026-01-01T00:00:00Z", region: "us-east-1", resources: [], detail: { n: 1 } });
    assert.deepEqual([second.time, second.resources], ["2026-05-05T05:05:05Z", ["arn:x"]]);
  });

  test("a CloudTrail record is the detail of an event with its own account, region and time", () => {
    const [wrapped] = read(trail).events;
    const { detail, ...envelope } = JSON.parse(wrapped.text);
    assert.deepEqual(detail, JSON.parse(trail));
    assert.deepEqual([envelope["detail-type"], envelope.source, envelope.account, envelope.region, envelope.time], ["AWS API Call via CloudTrail", "aws.iam", "444455556666", "us-east-1", "2026-03-14T09:26:53Z"]);
    assert.equal(wrapped.name, "CreateUser");
    const signIn = read(trail.replace("iam.amazonaws", "signin.amazonaws").replace("{", '{"eventType": "AwsConsoleSignIn", '));
    assert.equal(JSON.parse(signIn.events[0].text)["detail-type"], "AWS Console Sign In via CloudTrail");
  });

  test("targets become the form of the target", () => {
    const target = (text) => read(text).rules[0].target;
    assert.deepEqual(target(quote({ Targets: [{ Id: "1", Arn: "x" }, { Id: "2", Arn: "y", InputTransformer: transformer }] })), { kind: "transformer", paths: [["key", "$.detail.key"]], template: '"<key>"' });
    assert.deepEqual(target(quote({ Rule: "r", Targets: [{ Id: "1", Arn: "x", Input: '{"n": 1.0}' }] })), { kind: "input", input: '{"n": 1.0}' });
    assert.deepEqual(target(quote({ Targets: [{ Id: "1", Arn: "x" }] })), { kind: "event" });
    assert.deepEqual(target(quote({ Name: "r", Arn: "arn:aws:events:eu-west-1:111122223333:rule/r", EventPattern: pattern })), { ruleArn: "arn:aws:events:eu-west-1:111122223333:rule/r" });
    const hcl = `resource "aws_cloudwatch_event_rule" "a" {\n  name = "x"\n  event_pattern = jsonencode({ source = ["a"] })\n}\nresource "aws_cloudwatch_event_rule" "b" {\n  event_pattern = jsonencode({ source = ["b"] })\n}\nresource "aws_cloudwatch_event_target" "t" {\n  rule = aws_cloudwatch_event_rule.b.name\n  arn  = aws_sqs_queue.q.arn\n  input_transformer {\n    input_paths = {\n      id = "$.id",\n    }\n    input_template = <<EOF\n{"id": <id>}\nEOF\n  }\n}\n`;
    assert.deepEqual(read(hcl).rules.map((rule) => rule.target), [undefined, { kind: "transformer", paths: [["id", "$.id"]], template: '{"id": <id>}\n' }]);
  });

  test("an export is imported as it was", () => {
    const target = {};
    const rules = [{ name: "r", pattern: "{}", target }, { name: "__proto__", pattern: "{}", target }];
    const texts = [event(), "{ broken", '"a text"', "", '{"half": "\ud83d", "n": 1.0, "n": 2.0, "__proto__": {"x": 1}}', '{\n  "source": "é 🎉 \\u2028"\n}'];
    const events = texts.map((text, index) => ({ name: `event ${index}`, text, expected: [["match", "no-match"], ["", "match"], ["", ""]][index % 3] }));
    const lines = intake.toJsonLines({ events, rules });
    assert.equal(lines.split("\n").length, texts.length + 1, "a line for each");
    assert.equal(lines, Buffer.from(lines, "utf8").toString("utf8"), "nothing is lost in UTF-8");
    const back = read(lines).events;
    assert.deepEqual(back.map(({ name }) => name), events.map(({ name }) => name));
    assert.deepEqual(back.map(({ text }) => squeezed(text).replaceAll("\\ud83d", "\ud83d")), texts.map((text) => (text.startsWith("{") ? (intake.readJson(text) ? squeezed(text).replaceAll("\\ud83d", "\ud83d") : text) : text)));
    assert.deepEqual(back[0].expected, Object.fromEntries([["r", "match"], ["__proto__", "no-match"]]));
    assert.equal(back[2].expected, undefined);
  });
});

describe("hostile texts", () => {
  test("deep nesting, a megabyte, names of prototypes and halves of characters break nothing", () => {
    const deep = "[".repeat(200_000);
    const laughs = "abcdefghi".split("").map((name, index) => `${name}: &${name} [${Array(9).fill(index ? `*${"abcdefghi"[index - 1]}` : "x").join(", ")}]`).join("\n");
    const hostile = [`${laughs}\nsource: *i\n`, `${"[".repeat(400)}${"1,".repeat(500_000)}`, deep, `${deep}${"]".repeat(200_000)}`, '{"a":'.repeat(100_000), `{"source": "a", "detail-type": "b", "detail": ${'{"a":'.repeat(400)}1${"}".repeat(400)}}`, '{"__proto__": {"source": "x"}}', `{"Records": [${'{"body": "x", "messageId": "1"},'.repeat(20_000)}{}]}`, "\ud800{\udfff", "{".repeat(100_000), `event_pattern = ${"{a = ".repeat(50_000)}`, `source: ${"[".repeat(5_000)}`, `source: ${"[".repeat(5_000)}${"]".repeat(5_000)}`, `source:\n  ${"- ".repeat(5_000)}a`, Array.from({ length: 3_000 }, (_, depth) => `${" ".repeat(depth)}source:`).join("\n"), `a: &a [x]\nsource: [${"*a,".repeat(30)}]`, "&".repeat(1000), `"detail-type": ${"'".repeat(10_000)}`, "{'detail-type': ".repeat(3000), `"${"\\\\".repeat(500_000)}"`, " ".repeat(1_000_000)];
    for (const text of hostile) {
      // The time of this process alone: others may be busy.
      const start = process.cpuUsage();
      read(text);
      const spent = process.cpuUsage(start).user / 1000;
      assert.ok(spent < 2500, `${text.slice(0, 30)}… took ${spent} ms`);
    }
    assert.equal({}.source, undefined);
  });

  test("our reader takes what JSON.parse takes, and nothing else", () => {
    const texts = ["{}", "[]", "1", "-0", "01", "1.", ".5", "1e5", "1e+", "-", "true", "truex", "nul", '"a"', '"\\x"', '"\\u12g4"', '"\\ud800"', '"\t"', '"\u007f"', '{"a":1,}', "[1,]", "[,1]", "[1 2]", '{"a" 1}', "{a:1}", "{1:1}", '{"a":1', "[1", '"a', "", " ", "1 1", "[[]]]", '{"a":{"b":[{"c":null}]}}', "\u00a01", "\ufeff1", '{"":0}', '{"a":1,"a":2}', "[1e400]", "[-]", "[\n]", "{\r\n\t}", '"\\/"', "+1", "Infinity", "'a'"];
    for (const text of texts) {
      let parsed = true;
      try {
        JSON.parse(text);
      } catch {
        parsed = false;
      }
      assert.equal(intake.readJson(text) !== undefined, parsed, text);
      if (parsed) assert.deepEqual(JSON.parse(intake.oneLine(text)), JSON.parse(text));
    }
  });
});
