import { type Exploration, explore, type Limits } from '../../engine/explore.js';
import { Tables } from '../../engine/tables.js';
import type { Network, Rule } from '../../model/network.js';
import { Decision } from './decision.js';
import { Questions } from './questions.js';

/** A predicate of a rule, and the rule's number. */
export interface Claim<W> {
  readonly rule: number;
  readonly decision: Decision<W>;
}

/** Everything about a network that a search of it can come to ask. */
export interface Survey<W> {
  readonly network: Network<W>;
  readonly rules: readonly Rule<W>[];
  readonly tables: Tables<W>;
  readonly questions: Questions<W>;
  readonly exploration: Exploration;
  readonly always: readonly Claim<W>[];
  readonly steps: readonly Claim<W>[];
  readonly goals: readonly (Claim<W> & { readonly says: string })[];
  readonly ends: Decision<W> | undefined;
}

/**
 * Walks every path, so that each cell of each table that occurs is known, and judges every state and
 * every call by every rule, broken or not: another search comes to them in another order.
 */
export async function survey<W>(network: Network<W>, limits: Limits): Promise<Survey<W>> {
  const tables = new Tables(network);
  const questions = new Questions(tables);
  const { before, reactor, worldAfter, step } = questions;
  const rules = network.rules ?? [];
  const claims = (kind: 'always' | 'step', judge: (rule: Rule<W>) => boolean) =>
    rules.flatMap((rule, i) =>
      rule[kind] === undefined
        ? []
        : [{ rule: i, decision: new Decision(questions, `rule ${rule.id}`, () => judge(rule)) }],
    );
  const always = claims('always', (rule) => rule.always!(worldAfter));
  const steps = claims('step', (rule) => rule.step!(step));
  const goals = rules.flatMap(({ id, possible = [] }, i) =>
    possible.map((goal) => ({
      rule: i,
      says: goal.says,
      decision: new Decision(questions, `rule ${id}`, () => goal.holds(worldAfter)),
    })),
  );
  const ends = network.ends && new Decision(questions, 'ends', () => network.ends!(worldAfter));
  const isOver = () => {
    if (ends === undefined) return false;
    reactor.state.set(before);
    return ends.verdict();
  };
  const ofState = [...always, ...goals];
  const exploration = await explore(
    tables,
    before,
    reactor,
    isOver,
    {
      state: () => {
        for (const { decision } of ofState) decision.verdict();
      },
      transition: (_, stimulus) => {
        questions.turn(stimulus);
        for (const { decision } of steps) decision.verdict();
      },
    },
    limits,
  );
  return { network, rules, tables, questions, exploration, always, steps, goals, ends };
}
