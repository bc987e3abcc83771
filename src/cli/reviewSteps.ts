import { outcomeParts } from '../engine/outcome.js';
import { play } from '../engine/story.js';
import type { Tables } from '../engine/tables.js';
import type { Look, Step } from '../review/step.js';

/** A path as a review tells it; with what only the model knows of each call where that is asked for. */
export const reviewSteps = (
  tables: Tables,
  path: readonly number[],
  unseen: boolean,
): readonly Step[] =>
  Array.from(play(tables, path), ({ stimulus, said, before, after }) => {
    const { network } = tables;
    const were = looksIn(outcomeParts(network, [], before));
    const [returned = '', ...parts] = outcomeParts(network, said, after);
    const looks = looksIn(parts);
    return {
      call: stimulus.says,
      returned,
      owners: parts.filter(isOwner),
      events: parts.filter((part) => !isOwner(part) && !FUNCTION.test(part)),
      functions: [...looks].map(([number, now]) => ({
        number,
        now,
        before: were.get(number) ?? now,
      })),
      aside: unseen ? (network.unseen?.(said) ?? []) : [],
    };
  });

/** Parts of an outcome, as outcomeOf() of designs and of clients writes them. */
const FUNCTION = /^(\d+): \((\d+)\) (\S+) (\S+) ran (\S+)$/;
const isOwner = (part: string): boolean => /^\S+ (SELF|PEER|DISABLE)\b/.test(part);

/** How functions look, by their numbers. */
const looksIn = (parts: readonly string[]): ReadonlyMap<number, Look> =>
  new Map(
    parts.flatMap((part) => {
      const [, number, count = '', flags = '', direct = '', ran = ''] = FUNCTION.exec(part) ?? [];
      return number === undefined ? [] : [[Number(number), { count, flags, direct, ran }]];
    }),
  );
