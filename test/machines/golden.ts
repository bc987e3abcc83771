import { readFileSync } from 'node:fs';

export interface Counted {
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  /** Broken rules with the number of calls of the shortest story; null if there is no story. */
  readonly broken: Readonly<Record<string, number | null>>;
  /** Findings with the number of calls of a shortest path. */
  readonly findings?: Readonly<Record<string, number>>;
}

/** A commit that changes a number must say why the new one is correct. */
export const counts = countsIn('counts.json');
/** The same for clients, by the design whose calls they make. */
export const clientCounts = countsIn('clientCounts.json');

function countsIn(name: string): Record<string, Record<string, Counted>> {
  return JSON.parse(readFileSync(new URL(`../${name}`, import.meta.url), 'utf8'));
}
