/** The AWS CLI and the AWS SDK. */

import { type Exported, type NamedRule, type Order, REPLACE_ARN, TARGET_ARN, TARGET_ID, busOf, comments, named } from "./order.js";
import { javaScript, literal } from "./script.js";
import { type Value, Word, members } from "./value.js";

export function awsCli(order: Order): Exported {
  const { rules, notes } = named(order.rules);
  const bus = busOf(order);
  const commands = rules.map((rule) => {
    const flag = (name: string, value: string | undefined): string => (value === undefined ? "" : ` --${name}${value.startsWith("-") ? "=" : " "}${shell(value)}`);
    const onBus = flag("event-bus-name", bus);
    return `
rule_arn=$(aws events put-rule${flag("name", rule.ruleName)}${onBus} --query RuleArn --output text --event-pattern ${shell(rule.pattern.trim())})
aws events put-targets${flag("rule", rule.ruleName)}${onBus} --targets ${targets(rule)}
# The target must allow it: this is how a Lambda function does. A queue or a topic needs a policy of its own, other targets a role.
aws lambda add-permission --function-name "$target_arn" --statement-id ${rule.pascal}Rule --action lambda:InvokeFunction --principal events.amazonaws.com --source-arn "$rule_arn"
`;
  });
  const text = `${comments("#", ["For sh, bash and zsh.", ...notes])}
# ${REPLACE_ARN}
target_arn=${TARGET_ARN}
${commands.join("")}`;
  return { text, notes: ["For sh, bash and zsh: other shells quote in another way.", ...notes] };
}

/** JSON in quotes, with the variable of the ARN between them. */
function targets(rule: NamedRule): string {
  const json = JSON.stringify([{ Id: TARGET_ID, Arn: "", ...rule.input }], null, 2);
  return shell(json).replace('"Arn": ""', () => `"Arn": "'"$target_arn"'"`);
}

/** One word of a POSIX shell: in single quotes only a single quote is special. */
function shell(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

export function sdk(order: Order): Exported {
  const { rules, notes } = named(order.rules);
  if (rules.some((rule) => Object.hasOwn(rule.input.InputTransformer?.InputPathsMap ?? {}, "__proto__"))) notes.push("The SDK loses the variable `__proto__`; give it another name.");
  const permission = "The target must allow it: a Lambda function, a queue or a topic by a policy of its own, other targets by a role.";
  const calls = rules.map((rule) => {
    const put = members(["Name", rule.ruleName], ["EventBusName", busOf(order)], ["EventPattern", rule.pattern.trim()]);
    const targets = members(["Rule", rule.ruleName], ["EventBusName", busOf(order)], ["Targets", [targetOf(rule)]]);
    return `
await client.send(
  new PutRuleCommand(${literal(put, javaScript, "  ")}),
);
await putTargets(${literal(targets, javaScript, "")});
`;
  });
  const text = `${comments("//", [...notes, permission])}import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";

// ${REPLACE_ARN}
const targetArn = "${TARGET_ARN}";

const client = new EventBridgeClient({});

/** EventBridge answers without an error even when it refuses a target. */
async function putTargets(input) {
  const { FailedEntryCount, FailedEntries } = await client.send(new PutTargetsCommand(input));
  if (FailedEntryCount) throw new Error(JSON.stringify(FailedEntries));
}
${calls.join("")}`;
  return { text, notes: [...notes, permission] };
}

function targetOf({ input }: NamedRule): Value {
  const { Input, InputPath, InputTransformer } = input;
  const paths = Object.entries(InputTransformer?.InputPathsMap ?? {});
  const transformer = InputTransformer && members(["InputPathsMap", paths.length > 0 ? new Map(paths) : undefined], ["InputTemplate", InputTransformer.InputTemplate]);
  return members(["Id", TARGET_ID], ["Arn", new Word("targetArn")], ["Input", Input], ["InputPath", InputPath], ["InputTransformer", transformer]);
}
