/**
 * In place of `objects.ts` where events come as texts (the page, www/tasks/pack.mjs): every parsed event is asked about as
 * text, which gives the same answer in fewer bytes.
 */
export class ObjectDoor {
  slots: undefined;
  ask(): number {
    return -1;
  }
  changed(): void {}
}
