/** Stacks of the AWS CDK. `CfnRule` takes the pattern as CloudFormation does; `Rule` would know only a part of it. */

import { inputNotes, textNote } from "./cloudformation.js";
import { ABOUT_PERMISSION, type Exported, type NamedRule, type Order, REPLACE_ARN, TARGET_ARN, TARGET_ID, busOf, comments, named } from "./order.js";
import { javaScript, literal, python } from "./script.js";
import { type Tree, type Value, Word, members, obstacle, patternText, readJson } from "./value.js";

/** A rule whose pattern is a map, or a text that is put into the template past the CDK, which takes only maps. */
interface Prepared {
  rule: NamedRule;
  map?: Value;
  text?: string;
}

/** What both languages write, and what the CDK cannot carry. */
function prepared(order: Order, changedBy: (tree: Tree) => string | undefined = renamed): { rules: Prepared[]; notes: string[]; stack: string } {
  const { rules, notes } = named(order.rules);
  notes.push(...inputNotes(rules));
  const all = rules.map((rule): Prepared => {
    const tree = readJson(rule.pattern);
    const reason = obstacle(tree) ?? changedBy(tree);
    if (reason) notes.push(textNote(rule, reason));
    if (Object.hasOwn(rule.input.InputTransformer?.InputPathsMap ?? {}, "__proto__")) notes.push("The CDK loses the variable `__proto__`; give it another name.");
    return reason ? { rule, text: patternText(rule.pattern) } : { rule, map: tree.value };
  });
  return { rules: all, notes, stack: `${rules.length === 1 ? (rules[0]?.pascal ?? "") : "Rules"}Stack` };
}

function renamed({ value }: Tree): string | undefined {
  return value instanceof Map && value.has("detailType") ? "the CDK would rename the key `detailType`" : undefined;
}

function renamedOrDropped(tree: Tree): string | undefined {
  return renamed(tree) ?? (holdsNull(tree.value) ? "the CDK for Python would drop `null`" : undefined);
}

function holdsNull(value: Value): boolean {
  if (value instanceof Word) return value.text === "null";
  const inner = value instanceof Map ? [...value.values()] : Array.isArray(value) ? value : [];
  return inner.some(holdsNull);
}

function pathsOf(rule: NamedRule): Value | undefined {
  const paths = Object.entries(rule.input.InputTransformer?.InputPathsMap ?? {});
  return paths.length > 0 ? new Map(paths) : undefined;
}

export function cdkTypeScript(order: Order): Exported {
  const { rules, notes, stack } = prepared(order);
  const constructs = rules.map(({ rule, map, text }) => {
    const { Input, InputPath, InputTransformer } = rule.input;
    const transformer = InputTransformer && members(["inputPathsMap", pathsOf(rule)], ["inputTemplate", InputTransformer.InputTemplate]);
    const target = members(["id", TARGET_ID], ["arn", new Word("targetArn")], ["input", Input], ["inputPath", InputPath], ["inputTransformer", transformer]);
    const properties = members(["name", rule.ruleName], ["eventBusName", busOf(order)], ["eventPattern", map], ["targets", [target]]);
    const name = `${rule.pascal.slice(0, 1).toLowerCase()}${rule.pascal.slice(1)}Rule`;
    return `
    const ${name} = new CfnRule(this, "${rule.pascal}Rule", ${literal(properties, javaScript, "    ")});
${text === undefined ? "" : `    ${name}.addPropertyOverride("EventPattern", ${literal(text, javaScript, "    ")});\n`}    // ${ABOUT_PERMISSION}
    new CfnPermission(this, "${rule.pascal}Permission", {
      action: "lambda:InvokeFunction",
      functionName: targetArn,
      principal: "events.amazonaws.com",
      sourceArn: ${name}.attrArn,
    });
`;
  });
  const file = `${comments("//", notes)}import { Stack, type StackProps } from "aws-cdk-lib";
import { CfnRule } from "aws-cdk-lib/aws-events";
import { CfnPermission } from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";

// ${REPLACE_ARN}
const targetArn = "${TARGET_ARN}";

export class ${stack} extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
${constructs.join("")}  }
}
`;
  return { text: file, notes };
}

export function cdkPython(order: Order): Exported {
  const { rules, notes, stack } = prepared(order, renamedOrDropped);
  const constructs = rules.map(({ rule, map, text }) => {
    const { Input, InputPath, InputTransformer } = rule.input;
    const template = InputTransformer && call("CfnRule.InputTransformerProperty", [["input_paths_map", pathsOf(rule)], ["input_template", InputTransformer.InputTemplate]], 20);
    const target = call("CfnRule.TargetProperty", [["id", TARGET_ID], ["arn", new Word("TARGET_ARN")], ["input", Input], ["input_path", InputPath], ["input_transformer", template && new Word(template)]], 16);
    const targets = new Word(`[\n                ${target},\n            ]`);
    const name = `${rule.snake}_rule`;
    const created = call("CfnRule", [["name", rule.ruleName], ["event_bus_name", busOf(order)], ["event_pattern", map], ["targets", targets]], 8, ["self", `"${rule.pascal}Rule"`]);
    return `
        ${name} = ${created}
${text === undefined ? "" : `        ${name}.add_property_override("EventPattern", ${literal(text, python, "        ")})\n`}        # ${ABOUT_PERMISSION}
        CfnPermission(
            self,
            "${rule.pascal}Permission",
            action="lambda:InvokeFunction",
            function_name=TARGET_ARN,
            principal="events.amazonaws.com",
            source_arn=${name}.attr_arn,
        )
`;
  });
  const file = `${comments("#", notes)}from aws_cdk import Stack
from aws_cdk.aws_events import CfnRule
from aws_cdk.aws_lambda import CfnPermission
from constructs import Construct

# ${REPLACE_ARN}
TARGET_ARN = "${TARGET_ARN}"


class ${stack}(Stack):
    def __init__(self, scope: Construct, construct_id: str, **kwargs) -> None:
        super().__init__(scope, construct_id, **kwargs)
${constructs.join("")}`;
  return { text: file, notes };
}

/** A call with one argument a line; it stands at this indentation. */
function call(name: string, given: [string, Value | undefined][], indentation: number, first: string[] = []): string {
  const indent = " ".repeat(indentation);
  const lines = given.flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${literal(value, python, `${indent}    `)}`]));
  return `${name}(\n${[...first, ...lines].map((line) => `${indent}    ${line},\n`).join("")}${indent})`;
}
