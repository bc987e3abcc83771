import { about } from '../../machines/about.js';
import { type Design, networkOf } from '../../machines/design.js';
import type { Scope } from '../../machines/scopes.js';
import type { Switches } from '../../machines/switches.js';
import type { Difference } from '../diff/diff.js';
import { outcomeParts } from '../engine/outcome.js';
import { Reactor } from '../engine/reactor.js';
import { Tables } from '../engine/tables.js';

type Key = keyof Switches;

/** In what two designs differ by themselves. */
export interface Turned {
  readonly name: Key;
  readonly says: string;
  readonly values: readonly [string, string];
}

/** The switches that stand otherwise in the other design. */
export const turnedBetween = (one: Design, other: Design): readonly Turned[] =>
  (Object.keys(about) as Key[])
    .filter((name) => one.switches[name] !== other.switches[name])
    .map((name) => ({
      name,
      says: about[name],
      values: [String(one.switches[name]), String(other.switches[name])],
    }));

/**
 * Which single switches of the other design, turned in the first, make its call end as it ends in
 * the other, after the same story.
 */
export function causesBetween(
  one: Design,
  other: Design,
  scope: Scope,
): (difference: Difference) => readonly Key[] {
  const turned = turnedBetween(one, other).map(({ name }) => ({
    name,
    tables: new Tables(
      networkOf({ ...one, switches: { ...one.switches, [name]: other.switches[name] } }, scope, []),
    ),
  }));
  return ({ way, says, endings }) => {
    const calls = [...way.map((step) => step.says), says];
    const its = endings[1].parts.join('; ');
    return turned.filter(({ tables }) => endOf(tables, calls) === its).map(({ name }) => name);
  };
}

/** The outcome of the last call; undefined where the story cannot be told. */
function endOf(tables: Tables, calls: readonly string[]): string | undefined {
  const { network } = tables;
  const reactor = new Reactor(tables);
  const world = tables.world(reactor.state);
  let outcome: string | undefined;
  for (const says of calls) {
    const stimulus = network.stimuli.findIndex((s) => s.says === says);
    if (stimulus < 0 || reactor.react(stimulus) !== 'silence') return undefined;
    outcome = outcomeParts(network, reactor.words(), world).join('; ');
  }
  return outcome;
}
