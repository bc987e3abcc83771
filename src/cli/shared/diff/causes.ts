import { type Design, flipped, networkOf } from '../../../../machines/design.js';
import { divergenceClassIn } from '../../../../machines/divergenceClass.js';
import { featureDocs } from '../../../../machines/featureDocs.js';
import type { Features } from '../../../../machines/features.js';
import { parseScope, type Scope } from '../../../../machines/scopes.js';
import type { Diff, Difference } from '../../../diff/diff.js';
import type { ClassOf } from '../../../diff/mismatch.js';
import { CompiledSystem } from '../../../interpret/compiledSystem.js';
import { outcomeParts } from '../../../interpret/outcomeParts.js';
import { play } from '../../../interpret/play.js';

type Key = keyof Features;

/** A feature that differs between two designs, with both values. */
export interface Turned {
  readonly name: Key;
  readonly description: string;
  readonly values: readonly [string, string];
}

/** The features that differ between two designs. */
const turnedBetween = (one: Design, other: Design): readonly Turned[] =>
  (Object.keys(featureDocs) as Key[])
    .filter((name) => one.features[name] !== other.features[name])
    .map((name) => ({
      name,
      description: featureDocs[name],
      values: [String(one.features[name]), String(other.features[name])],
    }));

/**
 * Returns a function that lists the features which alone cause a difference: with only that feature set to its value in
 * `other`, the call ends in `one` as it does in `other`, after the same story.
 */
function causesBetween(
  one: Design,
  other: Design,
  names: readonly Key[],
  scope: Scope,
): (difference: Difference) => readonly Key[] {
  const compiled = new Map(
    names.map((name) => [
      name,
      new CompiledSystem(networkOf(flipped(one, { [name]: other.features[name] }), scope, [])),
    ]),
  );
  return ({ path, description, results }) => {
    const calls = [...path.map((step) => step.description), description];
    const its = results[1].parts.join('; ');
    return names.filter((name) => endOf(compiled.get(name)!, calls) === its);
  };
}

/** The outcome of the last call; undefined if the story cannot be played. */
function endOf(compiled: CompiledSystem, calls: readonly string[]): string | undefined {
  const { network } = compiled;
  const path = calls.map((description) =>
    network.stimuli.findIndex((s) => s.description === description),
  );
  if (path.includes(-1)) return undefined;
  let outcome: string | undefined;
  for (const { reaction, emitted, after } of play(compiled, path))
    outcome =
      reaction === 'quiescence' ? outcomeParts(network, emitted, after).join('; ') : undefined;
  return outcome;
}

/** The features that differ between two designs, and which of them alone cause each difference. */
export interface Because {
  readonly turned: readonly Turned[];
  readonly causes: ReadonlyMap<Difference, readonly string[]>;
}

/** Compares the features of two designs and attributes each difference to them. */
export function becauseOf(
  one: Design,
  other: Design,
  scope: string | undefined,
  diff: Diff,
): Because {
  const turned = turnedBetween(one, other);
  const names = turned.map(({ name }) => name);
  const causesOf = causesBetween(one, other, names, parseScope(scope ?? 'default'));
  return {
    turned,
    causes: new Map(diff.differences.map((d) => [d, causesOf(d)])),
  };
}

/** The divergence classes of two designs. */
export function divergenceClassesOf(scope: string | undefined): ClassOf {
  const sort = divergenceClassIn(parseScope(scope ?? 'default'));
  return ({ stimulus, results }) => sort(stimulus, results);
}
