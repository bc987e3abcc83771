import { readFileSync } from 'node:fs';
import { isExhaustive } from '../effort.js';

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

/** Transitions that a search explores in a second or two; most scopes have at most as many. */
const FEW = 20_000;

/** The designs and scopes with few transitions; all of them in `npm run test:all`. */
export const counted = (all: Readonly<Record<string, Readonly<Record<string, Counted>>>>) =>
  Object.entries(all).flatMap(([design, scopes]) =>
    Object.entries(scopes)
      .filter(([, { transitions }]) => isExhaustive || transitions <= FEW)
      .map(([scope]) => ({ design, scope })),
  );

function countsIn(name: string): Record<string, Record<string, Counted>> {
  return JSON.parse(readFileSync(new URL(`../${name}`, import.meta.url), 'utf8'));
}
