import type { Diff, Difference } from '../../../diff/diff.js';
import type { ClassOf } from '../../../diff/mismatch.js';
import { type Design, flipped, isSame } from '../../../domain.js';
import { CompiledSystem } from '../../../interpret/compiledSystem.js';
import { outcomeParts } from '../../../interpret/outcomeParts.js';
import { play } from '../../../interpret/play.js';
import { networkOf, type Target } from '../target.js';

/** A feature that differs between two designs, with both values. */
export interface Turned {
  readonly name: string;
  readonly description: string;
  readonly values: readonly [string, string];
}

type Values = Readonly<Record<string, unknown>>;

const valuesOf = ({ features }: Design): Values => features as Values;

const text = (value: unknown): string =>
  typeof value === 'object' ? JSON.stringify(value) : String(value);

/** The features that differ between two designs, of those that the domain describes. */
function turnedBetween(one: Target, other: Target): readonly Turned[] {
  const [mine, its] = [valuesOf(one.design), valuesOf(other.design)];
  return Object.entries(one.domain.features ?? {})
    .filter(([name]) => !isSame(mine[name], its[name]))
    .map(([name, description]) => ({
      name,
      description: String(description),
      values: [text(mine[name]), text(its[name])],
    }));
}

/**
 * Returns a function that lists the features which alone cause a difference: with only that feature set to its value in
 * `other`, the call ends in `one` as it does in `other`, after the same story.
 */
function causesBetween(
  one: Target,
  other: Target,
  names: readonly string[],
): (difference: Difference) => readonly string[] {
  const compiled = new Map(
    names.map((name) => {
      const design = flipped(one.design, { [name]: valuesOf(other.design)[name] });
      return [name, new CompiledSystem(networkOf(one, [], design))];
    }),
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

/**
 * Compares the features of two designs of one domain and attributes each difference to them; undefined if there is no
 * such domain, or if it does not describe its features.
 */
export function becauseOf(one: Target, other: Target, diff: Diff): Because | undefined {
  if (!areAkin(one, other) || one.domain.features === undefined) return undefined;
  const turned = turnedBetween(one, other);
  const causesOf = causesBetween(
    one,
    other,
    turned.map(({ name }) => name),
  );
  return { turned, causes: new Map(diff.differences.map((d) => [d, causesOf(d)])) };
}

/** The divergence classes of two designs of one domain, as an option of `diff`. */
export function divergenceClassesOf(one: Target, other: Target): { readonly classOf?: ClassOf } {
  if (!areAkin(one, other)) return {};
  const classOf = one.domain.divergenceClass?.(one.scope?.value);
  return classOf === undefined
    ? {}
    : { classOf: ({ stimulus, results }) => classOf(stimulus, results) };
}

const areAkin = (one: Target, other: Target): boolean => one.domain === other.domain;
