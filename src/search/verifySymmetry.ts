import { CompiledSystem } from '../interpret/compiledSystem.js';
import { guardRules } from '../interpret/guardNetwork.js';
import type { Network, Rule } from '../model/network.js';
import { BEFORE_ANY_CALL } from '../properties/breakClasses.js';
import { MemoizedPredicate } from '../properties/memoizedPredicate.js';
import { PropertyMonitor } from '../properties/propertyMonitor.js';
import { verdictsOn } from '../properties/verdictsOn.js';
import { Permutation, transpositions } from '../reduce/orbits.js';
import type { SymmetryCheck } from '../reduce/symmetryCheck.js';
import { SuccessorGraph } from '../store/successorGraph.js';
import type { VisitedSet } from '../store/visitedSet.js';
import { explore } from './explore.js';
import type { Limits } from './limits.js';
import type { StopReason } from './searchProgress.js';

/** States of the network itself that are compared with their images; in the small network, all states are compared. */
const COMPARED_STATES = 2_000;

/**
 * Compares states with their images under each exchange of two names: all states of the small network, and the first
 * 2,000 of the network itself. Calls must lead to states that are images of each other, end in the same way and violate
 * the same obligations. Each rule must have the same verdict on both states.
 */
export async function verifySymmetry<W>(
  network: Network<W>,
  judged: readonly Rule<W>[],
  { memory, signal }: Limits = {},
): Promise<readonly SymmetryCheck[]> {
  const { kinds, small: make } = network.symmetry!;
  if (kinds.length === 0) return [];
  const refused = (because: string) =>
    kinds.map(({ description }) => ({ kind: description, because }));
  const small = make();
  const unlike = howUnlike(network, judged, small);
  if (unlike !== undefined) return refused(unlike);
  const limits = {
    // The results derived from this search take as much memory again.
    ...(memory && { memory: memory / 2 }),
    ...(signal && { signal }),
  };
  const inSmall = await observe(small, small.rules ?? [], limits);
  if (inSmall.stopped !== undefined)
    return refused(`the search of the small network stopped (${inSmall.stopped})`);
  const reasons = new Map<string, string | undefined>(
    kinds.map(({ description }) => [
      description,
      small.symmetry!.kinds.some(
        (kind) => kind.description === description && kind.members.length > 1,
      )
        ? undefined
        : 'the small network has fewer than two members of this kind',
    ]),
  );
  const compare = (
    of: Network<W>,
    why: (names: ReadonlyMap<string, string>) => string | undefined,
  ) => {
    for (const { kind, names } of transpositions(of.symmetry!))
      if (reasons.get(kind) === undefined) reasons.set(kind, why(names));
  };
  compare(small, (names) => whyUnlike(inSmall, names));
  compare(network, (names) => whyDifferent(network, names));
  if ([...reasons.values()].includes(undefined)) {
    const inLarge = await observe(network, judged, { ...limits, maxStates: COMPARED_STATES });
    compare(network, (names) => whyUnlike(inLarge, names));
  }
  return [...reasons].map(([kind, because]) =>
    because === undefined ? { kind } : { kind, because },
  );
}

/** A searched part of a network, with the data that decides whether names may be exchanged. */
interface Observed {
  readonly network: Network;
  readonly compiled: CompiledSystem;
  readonly visited: VisitedSet;
  /** The reason why the search is incomplete; undefined if it is complete. */
  readonly stopped: StopReason | undefined;
  /** Transitions of the compared states; the label of each encodes the call's result and the obligations it violates. */
  readonly successors: SuccessorGraph;
  /** By compared state: a number for the verdicts of all rules on it. */
  readonly verdicts: readonly number[];
}

/** Searches a network within the limits. Compares only the levels of the search that were expanded in full. */
async function observe<W>(
  network: Network<W>,
  given: readonly Rule<W>[],
  limits: Limits,
): Promise<Observed> {
  const compiled = new CompiledSystem(network);
  const rules = guardRules(given, network);
  const monitor = new PropertyMonitor(rules, compiled, new Int32Array(compiled.components.length));
  const isAboutCalls = monitor.obligations.map(({ rule }) => rules[rule]!.step !== undefined);
  /** Numbers for everything compared in a call but its target: the obligations that it violates, or how it fails. */
  const labels = new Map<string, number>([['', 0]]);
  const labelled = (text: string) => {
    if (!labels.has(text)) labels.set(text, labels.size);
    return labels.get(text)!;
  };
  /** Calls in the order of their states, and the labels of those that violate a rule or fail. */
  const calls: (readonly [from: number, stimulus: number, to: number])[] = [];
  const violations = new Map<string, number>();
  const successors = new SuccessorGraph();
  const { visited, stopped } = await explore(
    compiled,
    monitor,
    {
      // The search reports the violations of a state after all of its calls are settled.
      violated: (obligations, { from, stimulus, breakClass }) => {
        const about = obligations.filter((obligation) => isAboutCalls[obligation]);
        if (stimulus >= 0 && breakClass !== BEFORE_ANY_CALL)
          violations.set(
            `${from} ${stimulus}`,
            labelled(`${about.join()} ${monitor.classes.names[breakClass]}`),
          );
      },
      transition: (from, stimulus, to) => calls.push([from, stimulus, to]),
      wrongCall: (from, stimulus, { how }) => {
        calls.push([from, stimulus, from]);
        violations.set(`${from} ${stimulus}`, labelled(how));
      },
      deadlock() {},
      enough: () => false,
    },
    limits,
  );
  const depths = [0];
  for (let number = 1; number < visited.size; number++)
    depths.push(depths[visited.parent(number)]! + 1);
  /** Number of states whose level was expanded in full. Images have the same distance from the first state. */
  const size =
    stopped === undefined ? visited.size : depths.indexOf(depths[calls.at(-1)?.[0] ?? 0]!);

  for (const [from, stimulus, to] of calls)
    successors.add(from, violations.get(`${from} ${stimulus}`) ?? 0, to);
  const state = new Int32Array(compiled.components.length);
  const goods = rules.flatMap((rule) =>
    rule.recoverable
      ? [new MemoizedPredicate(compiled, (world: W) => rule.recoverable!(world))]
      : [],
  );
  /** By state: a label for the verdicts of all rules on it. */
  const verdicts = Array.from({ length: size }, (_, number) => {
    visited.load(number, state);
    return labelled(verdictsOn(monitor, goods, state));
  });
  return { network, compiled: compiled as CompiledSystem, visited, stopped, successors, verdicts };
}

/** The reason why a compared state differs from its image under these names; undefined if all agree. */
function whyUnlike(
  { network, compiled, visited, successors, verdicts }: Observed,
  names: ReadonlyMap<string, string>,
): string | undefined {
  const image = Permutation.of(compiled, network.symmetry!, names);
  const state = new Int32Array(compiled.components.length);
  const other = new Int32Array(compiled.components.length);
  const numberOfImage = (number: number) => {
    visited.load(number, state);
    image.write(state, other);
    return visited.numberOf(other);
  };
  const twins = Int32Array.from({ length: verdicts.length }, (_, number) => {
    const twin = numberOfImage(number);
    return twin < verdicts.length ? twin : -1;
  });
  /** The results of all calls from a state as text; with `isImage`, the images of their targets. */
  const calls = (number: number, isImage: boolean): string => {
    const all: string[] = [];
    const imageOf = isImage ? numberOfImage : (to: number) => to;
    const end = successors.rowStart(number + 1);
    for (let entry = successors.rowStart(number); entry < end; entry++) {
      const to = successors.to(entry);
      all.push(`${imageOf(to)} ${successors.stimulus(entry)}`);
    }
    return all.sort().join();
  };
  const exchanged = `${[...names.keys()].join(' and ')} exchanged`;
  const story = (number: number) =>
    visited
      .path(number)
      .map((s) => network.stimuli[s]!.description)
      .join('; ') || 'no call';
  // A rule with different verdicts on states also makes their calls differ; report the rule, which is the cause.
  for (const [number, twin] of twins.entries())
    if (twin >= 0 && verdicts[number] !== verdicts[twin])
      return `${exchanged}, a rule distinguishes the state after "${story(number)}" from its image`;
  for (const [number, twin] of twins.entries()) {
    if (twin < 0)
      return `${exchanged}, the state after "${story(number)}" has an image that is never reached`;
    if (calls(number, true) !== calls(twin, false))
      return `${exchanged}, the calls after "${story(number)}" have other results`;
  }
  return undefined;
}

/** The reason why the small network is no instance of the network; undefined if it is one. */
function howUnlike<W>(
  network: Network<W>,
  judged: readonly Rule<W>[],
  { rules = [], isTerminal, symmetry }: Network<W>,
): string | undefined {
  if (symmetry === undefined) return 'the small network declares no symmetry';
  const texts = new Set(rules.map(textOf));
  const other = judged.find((rule) => !texts.has(textOf(rule)));
  if (other !== undefined) return `the small network does not have the rule ${other.id}`;
  if (String(isTerminal) !== String(network.isTerminal))
    return 'the small network has another isTerminal';
  return undefined;
}

/** The text of a rule, for comparison with other rules. */
const textOf = ({ id, always, each, step, possible, recoverable }: Rule<never>): string =>
  [id, always, each, step, recoverable, ...(possible ?? []).map(({ holds }) => holds)].join('\n');

/** The first difference, found without a search, between a component and its image; undefined if they agree. */
function whyDifferent<W>(
  { components, stimuli, symmetry }: Network<W>,
  names: ReadonlyMap<string, string>,
): string | undefined {
  const machines = new Map(components.map(({ name, machine }) => [name, machine]));
  const typesFor = (name: string) =>
    stimuli
      .flatMap(({ to, message, also = [] }) => [{ to, type: message.type }, ...also])
      .flatMap(({ to, type }) => (to === name ? [type] : []))
      .sort()
      .join();
  for (const { name } of components) {
    const other = symmetry!.component(name, (one) => names.get(one) ?? one);
    if (machines.get(name) !== machines.get(other))
      return `${name} and ${other} have different machines`;
    if (typesFor(name) !== typesFor(other)) return `${name} and ${other} receive different stimuli`;
  }
  return undefined;
}
