import type { CompiledSystem } from '../../../interpret/compiledSystem.js';
import { outcomeParts } from '../../../interpret/outcomeParts.js';
import { play } from '../../../interpret/play.js';
import type { Look, Step } from '../../../review/step.js';

/**
 * A path as the steps of a review. With `unobservable`, each step has the facts about its call that only the model has.
 * Without `played`, no kernel has these calls, so each step has only its outcome.
 */
export const reviewSteps = (
  compiled: CompiledSystem,
  path: readonly number[],
  unobservable: boolean,
  played = true,
): readonly Step[] =>
  Array.from(play(compiled, path), ({ stimulus, emitted, before, after }) => {
    const { network } = compiled;
    const aside = unobservable ? (network.unobservable?.(emitted) ?? []) : [];
    const call = stimulus.description;
    if (!played) {
      const events = outcomeParts(network, emitted, after);
      return { call, owners: [], events, functions: [], aside };
    }
    const were = looksIn(outcomeParts(network, [], before));
    const [returned = '', ...parts] = outcomeParts(network, emitted, after);
    const looks = looksIn(parts);
    return {
      call,
      returned,
      owners: parts.filter(isOwner),
      events: parts.filter((part) => !isOwner(part) && !FUNCTION.test(part)),
      functions: [...looks].map(([number, now]) => ({
        number,
        now,
        before: were.get(number) ?? now,
      })),
      aside,
    };
  });

/** Parts of an outcome, in the format of outcomeOf() of designs and of clients. */
const FUNCTION = /^(\d+): \((\d+)\) (\S+) (\S+) ran (\S+)$/;
const isOwner = (part: string): boolean => /^\S+ (SELF|PEER|DISABLE)\b/.test(part);

/** The functions of an outcome, by number. */
const looksIn = (parts: readonly string[]): ReadonlyMap<number, Look> =>
  new Map(
    parts.flatMap((part) => {
      const [, number, count = '', flags = '', direct = '', ran = ''] = FUNCTION.exec(part) ?? [];
      return number === undefined ? [] : [[Number(number), { count, flags, direct, ran }]];
    }),
  );
