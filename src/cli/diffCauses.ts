import { about } from '../../machines/about.js';
import { type Design, networkOf, turned } from '../../machines/design.js';
import type { Scope } from '../../machines/scopes.js';
import type { Switches } from '../../machines/switches.js';
import type { Difference } from '../diff/diff.js';
import { CompiledSystem } from '../interpret/compiledSystem.js';
import { outcomeParts } from '../interpret/outcomeParts.js';
import { play } from '../interpret/play.js';

type Key = keyof Switches;

/** In what two designs differ by themselves. */
export interface Turned {
  readonly name: Key;
  readonly description: string;
  readonly values: readonly [string, string];
}

/** The switches that stand otherwise in the other design. */
export const turnedBetween = (one: Design, other: Design): readonly Turned[] =>
  (Object.keys(about) as Key[])
    .filter((name) => one.switches[name] !== other.switches[name])
    .map((name) => ({
      name,
      description: about[name],
      values: [String(one.switches[name]), String(other.switches[name])],
    }));

/**
 * Which of these switches of the other design, turned alone in the first, make its call end as it
 * ends in the other, after the same story.
 */
export function causesBetween(
  one: Design,
  other: Design,
  names: readonly Key[],
  scope: Scope,
): (difference: Difference) => readonly Key[] {
  const tables = new Map(
    names.map((name) => [
      name,
      new CompiledSystem(networkOf(turned(one, { [name]: other.switches[name] }), scope, [])),
    ]),
  );
  return ({ path, description, results }) => {
    const calls = [...path.map((step) => step.description), description];
    const its = results[1].parts.join('; ');
    return names.filter((name) => endOf(tables.get(name)!, calls) === its);
  };
}

/** The outcome of the last call; undefined where the story cannot be told. */
function endOf(tables: CompiledSystem, calls: readonly string[]): string | undefined {
  const { network } = tables;
  const path = calls.map((description) =>
    network.stimuli.findIndex((s) => s.description === description),
  );
  if (path.includes(-1)) return undefined;
  let outcome: string | undefined;
  for (const { reaction, emitted, after } of play(tables, path))
    outcome =
      reaction === 'quiescence' ? outcomeParts(network, emitted, after).join('; ') : undefined;
  return outcome;
}
