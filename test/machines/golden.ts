import { readFileSync } from 'node:fs';

export interface Counted {
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  /** Rules that break, with the calls of the shortest story; null where there is none to tell. */
  readonly broken: Readonly<Record<string, number | null>>;
  /** What is wrong without any rule, with the calls of a shortest way to it. */
  readonly findings?: Readonly<Record<string, number>>;
}

/** A changed number wants a sentence in the commit that changes it: why it is right. */
export const counts = countsIn('counts.json');
/** The same of clients, by the design whose calls they make. */
export const clientCounts = countsIn('clientCounts.json');

function countsIn(name: string): Record<string, Record<string, Counted>> {
  return JSON.parse(readFileSync(new URL(`../${name}`, import.meta.url), 'utf8'));
}
