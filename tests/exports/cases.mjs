// Rules that are hard to write in another format: each must come out of every format as it went in.

const path = { InputPath: "$.detail" };
const transformer = (InputTemplate, InputPathsMap) => ({ InputTransformer: { ...(InputPathsMap && { InputPathsMap }), InputTemplate } });
const pattern = (value) => JSON.stringify(value, null, 2);

/** Numbers that some reader would spell in another way. */
const oddNumbers = ["1.0", "1e3", "1E+3", "1.50", "12345678901234567890", "9007199254740993", "0.1234567890123456789", "-0", "1e-7", "0.0000001", "1e21"];

/** `{ name, pattern, input }`: pattern text and the settings of the target. `text`: no map can hold the pattern, so CloudFormation gets it as text. */
export const cases = [
  ...oddNumbers.map((number) => ({ name: `number ${number}`, pattern: `{"detail": {"n": [${number}]}}`, input: {}, text: true })),
  { name: "plain", pattern: pattern({ source: ["aws.s3"], "detail-type": ["Object Created"], detail: { object: { size: [{ numeric: [">", 1024] }] } } }), input: {} },
  {
    name: "quotes",
    pattern: pattern({ source: [`it's "so" \`said\``, "'", '"', "''", '""', "'''", '"""'], detail: { [`a'b"c`]: ["x"] } }),
    input: transformer(`{"text": "<who> said \\"it's\\" \`so\`"}`, { who: "$.detail.who" }),
  },
  {
    name: "variables of other languages",
    pattern: pattern({ source: ["${x}", "$${x}", "$$${x}", "%{if}", "%%{if}", "#{x}", "$x", "$(x)", "{{x}}", "<%= x %>", "\\${x}", "\\\\${x}", "${self:service}", "${AWS::Region}", "$\\${x}", "a\\$${self:service}"], detail: { "${self:service}": ["x"], "$${x}": ["x"] } }),
    input: transformer('{"a": "${AWS::Region} %{ if } \\\\${self:service} $(date) `date` #{x} {x}", "b": <b>}', { b: "$.detail.b" }),
  },
  { name: "two dollars", pattern: pattern({ source: ["x"] }), input: transformer('{"a": "$${AWS::Region} $$${x} %%{if} \\\\$${x}", "b": <b>}', { b: "$.detail.b" }) },
  {
    name: "several lines",
    pattern: pattern({ source: ["a\nb", "a\r\nb", "\n", " \n ", "a\n"] }),
    input: transformer('{\n  "a": <a>,\n\n  "b": {\n    "c": "<aws.events.rule-name>"\n  }\n}', { a: "$.detail.a" }),
  },
  { name: "ends with a line", pattern: pattern({ source: ["x"] }), input: transformer('"one <a>"\n"two <a>"\n', { a: "$.detail.a" }) },
  { name: "ends with lines and spaces", pattern: pattern({ source: ["x "] }), input: transformer('  \n\t"one <a>"  \n"two"\n\n \n', { a: "$.detail.a" }) },
  { name: "marker of a heredoc", pattern: pattern({ source: ["JSON", "JSON_"] }), input: transformer('"one"\nJSON\n  JSON_\n"<a>"', { a: "$.detail.a" }) },
  { name: "begins with spaces", pattern: pattern({ source: ["x"] }), input: transformer('  {\n "a":\n <a>}', { a: "$.detail.a" }) },
  { name: "ends with two lines", pattern: pattern({ source: ["x"] }), input: transformer('"one <a>"\n"two"\n"three"\n\n', { a: "$.detail.a" }) },
  { name: "backslashes", pattern: pattern({ source: ["\\", "\\\\", "\\n", "\\u0041", "C:\\new\\table", "a\\"], detail: { "a\\b": ["x"] } }), input: { Input: '{"path":"C:\\\\new\\\\table\\\\","u":"\\u0041"}' } },
  { name: "emoji", pattern: pattern({ source: ["🦀", "👩‍👩‍👧", "ü", "\u2028", "\u2029", "\u0085", "\ufeff", "\u00a0", "日本"], detail: { "🦀": ["x"] } }), input: transformer('{"🦀": "<a> ü 日本"}', { a: "$.detail.a" }) },
  { name: "accents apart", pattern: pattern({ source: ["e\u0301", "\u212b", "\u1e9b\u0323"], detail: { "e\u0301": ["x"] } }), input: path },
  { name: "control characters", pattern: pattern({ source: ["\u0000", "\u0001", "\u001b[0m", "\u007f", "\u009f", "\t", "\b\f"] }), input: path },
  { name: "half a pair", pattern: '{"source": ["\\ud83e", "\\udd80\\ud83e"]}', input: path, text: true },
  { name: "numbers", pattern: '{"detail": {"a": [1, -1, 1.5, 0, 123456789012, 0.001, {"numeric": [">=", -4.25, "<", 5000000000]}]}}', input: path },
  { name: "numbers in operators and constants", pattern: '{"detail": {"n": [{"numeric": ["=", 3.0e2]}]}}', input: { Input: '{"n": [1.0, 1e3, 12345678901234567890]}' }, text: true },
  { name: "words", pattern: pattern({ source: ["yes", "No", "on", "OFF", "y", "n", "null", "Null", "~", "true", "", " ", "0123", "0x1F", "0o17", "1e3", "1_000", "12:30:45", "2026-01-01", "2026-01-01T00:00:00Z", ".5", "+1", ".inf", ".nan", "=", "<<", "-", "?", ":", "#", "a: b", "a #b", "!x", "&x", "*x", "@x", "%x", "|", ">", "[", "{", "- a", "---", "..."], detail: { yes: [true], on: [false], null: [null], "~": ["x"], "<<": ["x"], "1e3": ["x"], "=": ["x"], "2026-01-01": ["x"], "-": ["x"], "?": ["x"] } }), input: { Input: '"yes"' } },
  { name: "keys", pattern: pattern({ detail: { "a.b": ["x"], "a-b": ["x"], "a b": ["x"], "a/b": ["x"], "a:b": ["x"], " a": ["x"], "a ": ["x"], "": ["x"], constructor: ["x"], toString: ["x"], class: ["x"], ["k".repeat(1100)]: ["x"] } }), input: {} },
  { name: "keys of CloudFormation", pattern: pattern({ detail: { Ref: ["x"], nested: { "Fn::Sub": ["x"] }, more: { Condition: ["x"] } } }), input: path, text: true },
  { name: "references of CloudFormation", pattern: pattern({ source: ["{{resolve:ssm:/secret}}", "{{resolve"], detail: { "{{resolve:ssm:/key}}": ["x"] } }), input: path, text: true },
  { name: "a key that would end a comment", pattern: pattern({ detail: { "Fn::a\u0085b: c\nd: e\u2028f": ["x"] }, "g\u0085h: i\nj: k": ["x"] }), input: path, text: true },
  { name: "prototype", pattern: '{"detail": {"__proto__": ["x"], "constructor": {"prototype": ["y"]}}}', input: transformer('{"a": <a>}', { a: "$.detail.__proto__" }), text: true },
  { name: "keys named twice", pattern: '{"detail": {"a": ["x"], "a": ["y"]}}', input: path, text: true },
  { name: "a key of one's own at the top", pattern: pattern({ source: ["x"], mine: ["y"] }), input: path },
  { name: "a key that the CDK renames", pattern: pattern({ detailType: ["x"], "detail-type": ["y"] }), input: path },
  { name: "a bare dollar", pattern: pattern({ source: ["$", "$$", "{", "}", "a$", "$ {"] }), input: { InputPath: "$.detail['a']".slice(0, 8) } },
  {
    name: "deep alternatives",
    pattern: pattern({ $or: [{ source: ["a"] }, { detail: { $or: [{ state: [{ "anything-but": { prefix: "r" } }] }, { $or: [{ size: [{ numeric: [">", 0, "<=", 5] }] }, { name: [{ exists: false }, { wildcard: "*.jp*g" }, { "equals-ignore-case": "YES" }, { cidr: "10.0.0.0/24" }, { suffix: { "equals-ignore-case": ".PNG" } }] }] }] } }] }),
    input: transformer("<aws.events.event.json>"),
  },
  { name: "very deep", pattern: `${'{"detail":'.repeat(300)}["x"]${"}".repeat(300)}`, input: {}, text: true },
  { name: "reserved variables", pattern: pattern({ source: ["x"] }), input: transformer('{"event": <aws.events.event.json>, "rule": <aws.events.rule-arn>, "at": <aws.events.event.ingestion-time>}') },
  { name: "text template", pattern: pattern({ source: ["x"] }), input: transformer('"Instance <instance> is in <state> - 100% sure, costs $5"', { instance: "$.detail.instance-id", state: "$.detail.state" }) },
  { name: "constant object", pattern: pattern({ source: ["x"] }), input: { Input: '{"yes":"no","n":5,"list":[1.5,null,true],"deep":{"a":"${x}"}}' } },
  { name: "constant with spaces", pattern: pattern({ source: ["x"] }), input: { Input: '{\n  "a": 1,\n  "b": "<x>"\n}\n' } },
  { name: "a list", pattern: pattern({ source: ["x"] }), input: { Input: "[1, 2]" } },
  { name: "unusual paths", pattern: pattern({ source: ["x"] }), input: transformer('{"a": <a-b>, "b": <B_2>, "c": <yes>, "d": <on>, "e": <1>}', { "a-b": "$.detail.a-b", B_2: "$.detail.list[0].x", yes: "$.detail.yes", on: "$.time", 1: "$.account" }) },
  { name: "-leading-dash", pattern: pattern({ source: ["-x"] }), input: path },
  { name: "", pattern: pattern({ source: ["no name"] }), input: path },
  { name: "Größe <b>'; rm -rf /", pattern: pattern({ source: ["odd name"] }), input: path },
  { name: "x".repeat(80), pattern: pattern({ source: ["long name"] }), input: path },
];
