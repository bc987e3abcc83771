import type { CompiledSystem } from '../interpret/compiledSystem.js';
import type { ExercisedItems } from '../interpret/exercisedItems.js';
import type { CoverageItem } from '../interpret/instrumentedMachine.js';
import { UNHANDLED } from '../interpret/transitionTable.js';
import type { Rule } from '../model/network.js';
import type { PropertyMonitor } from '../properties/propertyMonitor.js';
import type { BackwardReach } from './backwardReach.js';
import type { PendingStates } from './pendingStates.js';

/** A transition of a machine that no call took. */
export type UntakenTransition = Omit<Extract<CoverageItem, { kind: 'transition' }>, 'kind'>;

/** A guard that never had both values. */
export interface OneSidedGuard {
  readonly name: string;
  /** The only value that the guard had; undefined if it was never evaluated. */
  readonly only?: boolean;
}

/** The parts of a machine that none of its components exercised. */
export interface Unexercised {
  /** The components that run this machine. */
  readonly components: readonly string[];
  readonly transitions: readonly UntakenTransition[];
  readonly states: readonly string[];
  readonly guards: readonly OneSidedGuard[];
}

/** The parts of a network that have no effect on the verdicts of a complete search. */
export interface Vacuity {
  /** Stimuli that no state enables. */
  readonly stimuli: readonly string[];
  /** Components that no message reaches. */
  readonly components: readonly string[];
  readonly machines: readonly Unexercised[];
  /** Ids of rules that hold and read nothing that ever changes. */
  readonly rules: readonly string[];
  /** Ids of other `leadsTo` rules that hold and whose `from` is never true; unset if there are none. */
  readonly neverFrom?: readonly string[];
  /** Ids of `serializable` rules in whose networks no calls overlap; unset if there are none. */
  readonly neverOverlap?: readonly string[];
}

/**
 * Lists everything that a complete search did not exercise. `withoutOverlaps`: the rules for which no calls overlap;
 * `holding`: numbers of the rules that hold.
 */
export function vacuityOf<W>(
  monitor: PropertyMonitor<W>,
  backwardReaches: readonly BackwardReach<W>[],
  pending: readonly PendingStates<W>[],
  withoutOverlaps: Iterable<Rule<W>>,
  holding: readonly number[],
): Vacuity {
  const { compiled, rules, exercised } = monitor;
  const { network, components } = compiled;
  const machines = new Map<(typeof components)[number]['machine'], number[]>();
  for (const [c, { machine }] of components.entries())
    machines.set(machine, [...(machines.get(machine) ?? []), c]);
  const isBlindRule = (rule: number) =>
    rules[rule]!.serializable === undefined && isBlind(monitor, backwardReaches, pending, rule);
  const untriggered = pending.filter(({ isTriggered }) => !isTriggered).map(({ rule }) => rule);
  const neverFrom = holding
    .filter((rule) => untriggered.some((one) => one === rules[rule]) && !isBlindRule(rule))
    .map((rule) => rules[rule]!.id);
  const neverOverlap = [...withoutOverlaps].map(({ id }) => id);
  return {
    stimuli: network.stimuli
      .filter((_, s) => exercised.stimuli[s] !== true)
      .map((s) => s.description),
    components: components
      .filter((_, c) => exercised.answers[c]!.length === 0)
      .map(({ name }) => name),
    machines: [...machines.values()]
      .map((components) => unexercised(compiled as CompiledSystem, exercised, components))
      .filter((m) => m.transitions.length + m.states.length + m.guards.length > 0),
    rules: holding.filter(isBlindRule).map((rule) => rules[rule]!.id),
    ...(neverFrom.length > 0 && { neverFrom }),
    ...(neverOverlap.length > 0 && { neverOverlap }),
  };
}

/** Number of items listed. */
export const sizeOf = ({
  stimuli,
  components,
  machines,
  rules,
  neverFrom = [],
  neverOverlap = [],
}: Vacuity): number =>
  neverOverlap.length +
  stimuli.length +
  components.length +
  rules.length +
  neverFrom.length +
  machines.reduce((sum, m) => sum + m.transitions.length + m.states.length + m.guards.length, 0);

function unexercised(
  compiled: CompiledSystem,
  exercised: ExercisedItems,
  components: number[],
): Unexercised {
  const { machine } = compiled.components[components[0]!]!;
  const items = new Set<number>();
  const add = (numbers: readonly number[]) => {
    for (const number of numbers) items.add(number);
  };
  for (const c of components) {
    const table = compiled.components[c]!;
    add(table.startExercises);
    exercised.answers[c]!.forEach((_, answer) => {
      add(table.exercises[answer]!);
    });
    for (const unhandled of exercised.unhandled[c]!.values()) add(table.tried(...unhandled));
  }
  // Whether a stimulus is enabled is evaluated in every state. If it is disabled, that exercises guards, too.
  if (machine.items.some(({ kind }, item) => kind === 'guard' && !items.has(item)))
    for (const c of components)
      for (const message of messagesTo(compiled, c))
        exercised.rests[c]!.forEach((_, state) => {
          const answer = compiled.components[c]!.known(state, message) ?? UNHANDLED;
          if (exercised.answers[c]![answer] !== true)
            add(compiled.components[c]!.tried(state, message));
        });
  const transitions: UntakenTransition[] = [];
  const states: string[] = [];
  const guards: OneSidedGuard[] = [];
  for (const [i, item] of machine.items.entries()) {
    if (item.kind === 'guard') {
      // The items of a guard's two answers are neighbours, `false` first.
      if (item.answer) continue;
      const [no, yes] = [items.has(i), items.has(i + 1)];
      const isUsed = no || yes || machine.guards.has(item.guard);
      if (isUsed && !(no && yes))
        guards.push({ name: item.guard, ...(no || yes ? { only: yes } : {}) });
    } else if (!items.has(i)) {
      if (item.kind === 'state') states.push(item.state);
      else {
        const { kind, ...transition } = item;
        transitions.push(transition);
      }
    }
  }
  return {
    components: components.map((c) => compiled.components[c]!.name),
    transitions,
    states,
    guards,
  };
}

/** Numbers of the messages of stimuli to a component. */
function messagesTo({ stimuli }: CompiledSystem, component: number): Set<number> {
  const messages = new Set<number>();
  for (const words of stimuli)
    for (let i = 0; i < words.length; i += 2)
      if (words[i] === component) messages.add(words[i + 1]!);
  return messages;
}

/** Whether everything that a rule reads is the same in every state and call. */
function isBlind<W>(
  monitor: PropertyMonitor<W>,
  backwardReaches: readonly BackwardReach<W>[],
  pending: readonly PendingStates<W>[],
  rule: number,
): boolean {
  const { compiled, exercised, rules } = monitor;
  const reads = monitor.reads(rule);
  if (reads.varies) return false;
  const isOf = (one: { readonly rule: Rule<W> }) => one.rule === rules[rule];
  const memos = [
    ...backwardReaches.filter(isOf).map(({ isGood }) => isGood),
    ...pending.filter(isOf).flatMap((one) => one.memos),
  ];
  const all = [...reads.states(), ...memos.flatMap((memo) => [...memo.reads()])];
  return all.every(([component, projection]) => {
    const states = exercised.rests[component]!.flatMap((rests, state) => (rests ? [state] : []));
    return states.every((state) => !compiled.differ(projection, states[0]!, state));
  });
}
