/** The variables that an InputTemplate may use. */

export interface VariableSuggestion {
  name: string;
  shown: string;
  detail: string;
  insert: string;
}

/** What EventBridge itself puts in. */
const RESERVED: [name: string, says: string][] = [
  ["aws.events.event", "the event without its detail"],
  ["aws.events.event.json", "the whole event"],
  ["aws.events.event.ingestion-time", "when it arrived"],
  ["aws.events.rule-name", "the name of the rule"],
  ["aws.events.rule-arn", "the ARN of the rule"],
];

/** The names that can stand at a place of the template, and where the name begins. Without a `<` before the place the suggestions bring their own. */
export function suggestVariables(template: string, offset: number, paths: [name: string, path: string][]): { from: number; options: VariableSuggestion[] } | undefined {
  const typed = /<([\w.-]*)$/.exec(template.slice(Math.max(0, offset - 300), offset));
  const from = offset - (typed?.[1]?.length ?? 0);
  const closed = /^[\w.-]*>/.test(template.slice(offset, offset + 300));
  // Inside of a name that is closed, only the part before the cursor is replaced with the same behind it: nothing good can come of it.
  if (closed && template.charAt(offset) !== ">") return undefined;
  const known = paths.filter(([name], index) => name !== "" && paths.findLastIndex(([other]) => other === name) === index);
  const option = (name: string, detail: string): VariableSuggestion => ({ name, shown: `<${name}>`, detail, insert: `${typed ? "" : "<"}${name}${closed ? "" : ">"}` });
  return { from, options: [...known, ...RESERVED].map(([name, detail]) => option(name, detail)) };
}
