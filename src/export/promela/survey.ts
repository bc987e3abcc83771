import { guardNetwork, withReadableWorlds } from '../../interpret/guardNetwork.js';
import { goalsOf } from '../../model/goals.js';
import type { Network, Rule, Step } from '../../model/network.js';
import { PropertyMonitor } from '../../properties/propertyMonitor.js';
import { type Exploration, explore } from '../../search/explore.js';
import type { Limits } from '../../search/limits.js';
import type { Observer } from '../../search/observer.js';
import { Decision } from './decision.js';
import { Questions, type RecordingWorld } from './questions.js';

/** A predicate of a rule, and the rule's number. */
export interface Claim {
  readonly rule: number;
  readonly decision: Decision;
}

/** All facts about a network that any search of it may need. */
export interface Survey<W> {
  readonly network: Network<W>;
  readonly rules: readonly Rule<W>[];
  readonly questions: Questions<W>;
  readonly exploration: Exploration;
  readonly always: readonly Claim[];
  readonly steps: readonly Claim[];
  readonly goals: readonly (Claim & { readonly description: string })[];
  readonly terminal: Decision | undefined;
  /** Of each liveness rule: `from`, if it has one, then the predicate that must come true. */
  readonly liveness: readonly Claim[];
  /** The number of the first of these claims; they follow all others. */
  readonly firstPath: number;
  /** Maximum number of messages that a call emits. */
  readonly mostEmitted: number;
}

const QUIET: Observer = {
  violated() {},
  wrongCall() {},
  deadlock() {},
  enough: () => false,
};

/**
 * Explores every path with rules that always hold and record the reads of the network's own rules. So every rule is
 * evaluated everywhere, as a search in another order needs. The engine evaluates a rule only where the rule's reads are
 * not yet known, and only there can it record new reads.
 */
export async function survey<W>(given: Network<W>, limits: Limits): Promise<Survey<W>> {
  const network = guardNetwork(given);
  const questions = new Questions(network);
  const { compiled } = questions;
  const rules = network.rules ?? [];
  const learning: Rule<RecordingWorld<W>>[] = [];
  const ofState = (name: string, predicate: (world: RecordingWorld<W>) => boolean): Decision => {
    const decision = new Decision(name);
    learning.push({
      ...{ id: name, description: '', source: '' },
      always: (world) => {
        decision.learn(withReadableWorlds([world], () => questions.ofState(world, predicate)));
        return true;
      },
    });
    return decision;
  };
  const ofCall = (name: string, predicate: (step: Step<W>) => boolean): Decision => {
    const decision = new Decision(name);
    learning.push({
      ...{ id: name, description: '', source: '' },
      step: (step) => {
        const { before, after } = step;
        decision.learn(
          withReadableWorlds([before, after], () => questions.ofCall(step, predicate)),
        );
        return true;
      },
    });
    return decision;
  };
  const { world: first } = compiled.world(compiled.first);
  const always = rules.flatMap((rule, i) => {
    if (rule.always === undefined) return [];
    const parts = rule.each === undefined ? [undefined] : [...rule.each(first).keys()];
    return parts.map((part) => ({
      rule: i,
      decision: ofState(`rule ${rule.id}`, ({ world }) =>
        part === undefined ? rule.always!(world) : rule.always!(world, rule.each!(world)[part]),
      ),
    }));
  });
  const steps = rules.flatMap((rule, i) =>
    rule.step === undefined
      ? []
      : [{ rule: i, decision: ofCall(`rule ${rule.id}`, (step) => rule.step!(step)) }],
  );
  const goals = rules.flatMap((rule, i) =>
    goalsOf(rule, first).map((goal) => ({
      rule: i,
      description: goal.description,
      decision: ofState(`rule ${rule.id}`, ({ world }) => goal.holds(world)),
    })),
  );
  const terminal = compiled.canTerminate
    ? ofState('ends', ({ world, isTerminated }) => network.isTerminal?.(world) || isTerminated())
    : undefined;
  const liveness = rules.flatMap((rule, i) =>
    pathPredicates(rule).map((predicate) => ({
      rule: i,
      decision: ofState(`rule ${rule.id}`, ({ world }) => predicate(world)),
    })),
  );
  const monitor = new PropertyMonitor(
    learning,
    compiled,
    new Int32Array(compiled.components.length),
  );
  questions.follow(monitor);
  const exploration = await explore(compiled, monitor, QUIET, limits);
  const mostEmitted = monitor.mostEmitted;
  const firstPath = steps.length + always.length + goals.length + (terminal ? 1 : 0);
  return {
    ...{ network, rules, questions, exploration, mostEmitted },
    ...{ always, steps, goals, terminal, liveness, firstPath },
  };
}

/** The predicates of a liveness rule. */
function pathPredicates<W>({ eventually, leadsTo }: Rule<W>): ((world: W) => boolean)[] {
  if (leadsTo) return [(world) => leadsTo.from(world), (world) => leadsTo.to(world)];
  return eventually ? [(world) => eventually(world)] : [];
}
