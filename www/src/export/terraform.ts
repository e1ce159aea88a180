/** Terraform's language. */

import { ABOUT_PERMISSION, type Exported, type NamedRule, type Order, REPLACE_ARN, TARGET_ARN, TARGET_ID, busOf, comments, named } from "./order.js";

export function terraform(order: Order): Exported {
  const { rules, notes } = named(order.rules);
  const parts = rules.map((rule) => resourcesOf(rule, busOf(order)));
  for (const rule of rules) {
    const texts = [rule.input.Input ?? "", rule.input.InputTransformer?.InputTemplate ?? ""];
    if (texts.some((text) => text !== text.normalize("NFC"))) notes.push(`Terraform composes the accents in the target input of \`${rule.ruleName}\` (Unicode NFC).`);
  }
  const variable = `# ${REPLACE_ARN}
variable "target_arn" {
  type    = string
  default = "${TARGET_ARN}"
}
`;
  return { text: [comments("#", notes) + variable, ...parts].join("\n"), notes };
}

function resourcesOf(rule: NamedRule, bus: string | undefined): string {
  const reference = `aws_cloudwatch_event_rule.${rule.snake}`;
  return `resource "aws_cloudwatch_event_rule" "${rule.snake}" {
${attributes("  ", [["name", quoted(rule.ruleName)], ["event_bus_name", bus && quoted(bus)], ["event_pattern", patternText(rule.pattern)]])}}

resource "aws_cloudwatch_event_target" "${rule.snake}" {
${attributes("  ", [["rule", `${reference}.name`], ["event_bus_name", bus && `${reference}.event_bus_name`], ["target_id", `"${TARGET_ID}"`], ["arn", "var.target_arn"], ...inputOf(rule)])}${transformerOf(rule)}}

# ${ABOUT_PERMISSION}
resource "aws_lambda_permission" "${rule.snake}" {
${attributes("  ", [["action", '"lambda:InvokeFunction"'], ["function_name", "var.target_arn"], ["principal", '"events.amazonaws.com"'], ["source_arn", `${reference}.arn`]])}}
`;
}

type Attribute = [name: string, value: string | undefined];

/** Lines as `terraform fmt` lays them out: equals signs stand below one another, and a value with lines stands apart. */
function attributes(indent: string, all: Attribute[]): string {
  const given = all.filter((attribute): attribute is [string, string] => attribute[1] !== undefined);
  const [long, short] = [given.filter(([, value]) => value.includes("\n")), given.filter(([, value]) => !value.includes("\n"))];
  const width = Math.max(0, ...short.map(([name]) => name.length));
  const lines = short.map(([name, value]) => `${indent}${name.padEnd(width)} = ${value}\n`).join("");
  return [...(lines ? [lines] : []), ...long.map(([name, value]) => `${indent}${name} = ${value}\n`)].join("\n");
}

function inputOf({ input }: NamedRule): Attribute[] {
  return [
    ["input_path", input.InputPath === undefined ? undefined : quoted(input.InputPath)],
    ["input", input.Input === undefined ? undefined : exactText(input.Input, "  ")],
  ];
}

function transformerOf({ input }: NamedRule): string {
  if (!input.InputTransformer) return "";
  const paths = Object.entries(input.InputTransformer.InputPathsMap ?? {}).map(([name, path]): Attribute => [quoted(name), quoted(path)]);
  const map = paths.length > 0 ? `{\n${attributes("      ", paths)}    }` : undefined;
  const template = exactText(input.InputTransformer.InputTemplate, "    ");
  return `\n  input_transformer {\n${attributes("    ", [["input_paths", map], ["input_template", template]])}  }\n`;
}

/**
 * The text of a pattern keeps its spelling; what stands around it does not count in JSON. Where Terraform would change the
 * text, JSON can tell a character by its number: Terraform composes accents.
 */
function patternText(pattern: string): string {
  const stable = pattern === pattern.normalize("NFC") ? pattern : pattern.replace(/[^\0-\x7f]/g, byNumber);
  const clear = stable.trim().replace(/\r\n?/g, "\n").replace(DOUBTFUL, (_, before: string, last: string) => `${before}${byNumber(last)}{`);
  const lines = clear.split("\n").map((line) => `    ${line}\n`);
  return `<<-${MARKER}\n${literal(lines.join(""))}  ${MARKER}`;
}

/** No line of JSON is a bare word. */
const MARKER = "JSON";

/** A text as it is. The heredoc would add an end of line, and knows no escapes. */
function exactText(text: string, indent: string): string {
  const fits = /["\n]/.test(text) && !text.endsWith("\n") && !/[\0-\x08\x0b-\x1f\x7f]/.test(text) && text.search(DOUBTFUL) < 0;
  return fits ? `chomp(${heredoc(text)}\n${indent})` : quoted(text);
}

function heredoc(text: string): string {
  let marker = MARKER;
  while (text.includes(marker)) marker += "_";
  return `<<${marker}\n${literal(text)}\n${marker}`;
}

function quoted(text: string): string {
  const known = text.replace(/["\\]/g, "\\$&").replaceAll("\n", "\\n").replaceAll("\t", "\\t").replaceAll("\r", "\\r");
  const clear = known.replace(DOUBTFUL, (_, before: string, last: string) => `${before}${byNumber(last)}{`);
  return `"${literal(clear).replace(/[\0-\x1f\x7f]/g, byNumber)}"`;
}

/** `${` and `%{` would begin a part that is evaluated; doubled they are text. */
const literal = (text: string): string => text.replace(/[$%](?=\{)/g, "$&$&");

/** After another such sign the doubled one could be read in two ways. */
const DOUBTFUL = /([$%])([$%])\{/g;

const byNumber = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
