/** Lays JSON out in lines. Works on the text, so that `1.0` stays `1.0` and doubled keys stay doubled. */

/** More text than this becomes a single line no more: short lists and objects stay on one line. */
const WIDTH = 60;

/** The tokens of a text that is JSON. */
export function tokensOf(text: string): string[] {
  return text.match(TOKEN) ?? [];
}

/** The same, and where each begins. */
export function tokensIn(text: string): { 0: string; index: number }[] {
  return [...text.matchAll(TOKEN)];
}

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/** The same JSON with two spaces a level, or nothing if the text is not JSON. */
export function formatJson(text: string): string | undefined {
  try {
    JSON.parse(text);
  } catch {
    return undefined;
  }
  const tokens = tokensOf(text);
  const ends = closings(tokens);
  let out = "";
  let indent = "\n";
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] ?? "";
    const end = ends.get(at);
    const line = end === undefined ? undefined : oneLine(tokens, at, end);
    if (end !== undefined && line !== undefined) {
      out += line;
      at = end;
    } else if (end !== undefined) {
      indent += "  ";
      out += token + indent;
    } else if (token === "}" || token === "]") {
      indent = indent.slice(0, -2);
      out += indent + token;
    } else {
      out += token === "," ? `,${indent}` : token === ":" ? ": " : token;
    }
  }
  return out;
}

/** Where each bracket that opens is closed. */
function closings(tokens: string[]): Map<number, number> {
  const ends = new Map<number, number>();
  const open: number[] = [];
  tokens.forEach((token, at) => {
    if (token === "{" || token === "[") open.push(at);
    if (token === "}" || token === "]") ends.set(open.pop() ?? at, at);
  });
  return ends;
}

/** The tokens on one line if that is short and nothing is nested deeper than one level below. */
function oneLine(tokens: string[], from: number, to: number): string | undefined {
  if (from === 0 || to - from > WIDTH) return undefined;
  const inner = tokens.slice(from + 1, to);
  if (tokens[from] === "{" && inner.some((token) => token === "{")) return undefined;
  const line = inner.map((token) => (token === "," || token === ":" ? `${token} ` : token)).join("");
  const whole = `${tokens[from]}${line}${tokens[to]}`;
  return whole.length <= WIDTH ? whole : undefined;
}
