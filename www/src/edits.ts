/** Edits of a text. */

/** One replacement; all refer to the text as it was. */
export interface Edit {
  from: number;
  to: number;
  newText: string;
}

/** Of several edits the last one is made first: the places of the others stay right. */
export function lastFirst<T extends Edit>(edits: T[]): T[] {
  return [...edits].sort((a, b) => b.from - a.from);
}

export function applied(text: string, edits: Edit[]): string {
  return lastFirst(edits).reduce((result, { from, to, newText }) => result.slice(0, from) + newText + result.slice(to), text);
}
