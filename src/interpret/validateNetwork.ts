import * as z from 'zod/mini';
import { thrown } from '../model/controlCharacters.js';
import type {
  Component,
  Fairness,
  Goal,
  Network,
  Processes,
  Response,
  Rule,
  Stimulus,
  Symmetry,
} from '../model/network.js';
import { UserError } from '../model/userError.js';
import {
  conforms,
  describeValue,
  filled,
  list,
  method,
  nameOf,
  record,
  type Shape,
  text,
  twice,
  unique,
} from './schema.js';

const json = record.check(
  z.refine((value) => whyNotJson(value) === undefined, {
    error: ({ input }) => `must be a value that JSON can hold: ${whyNotJson(input)}`,
  }),
);

const network = z.strictObject({
  name: text,
  description: text,
  components: filled,
  stimuli: list,
  world: method,
  isTerminal: z.optional(method),
  rules: z.optional(list),
  outcome: z.optional(method),
  unobservable: z.optional(method),
  outcomeData: z.optional(method),
  breakClass: z.optional(method),
  scope: z.optional(json),
  scopeText: z.optional(text),
  symmetry: z.optional(record),
  glossary: z.optional(text),
} satisfies Shape<Network>);

const component = z.strictObject({
  name: text,
  // validateMachine checks the machine, with an error that names the component.
  machine: z.optional(z.unknown()),
  input: z.optional(z.unknown()),
} satisfies Shape<Component>);

const stimulus = z.strictObject({
  to: text,
  message: json,
  also: z.optional(list),
  description: text,
  call: z.optional(text),
} satisfies Shape<Stimulus>);

const message = z.looseObject({ type: text, to: z.optional(text) });
const addressed = z.looseObject({ type: text, to: text });

const rule = z.strictObject({
  id: text,
  description: text,
  source: text,
  unobservable: z.optional(text),
  always: z.optional(method),
  each: z.optional(method),
  step: z.optional(method),
  possible: z.optional(filled),
  recoverable: z.optional(method),
  eventually: z.optional(method),
  leadsTo: z.optional(record),
  fair: z.optional(record),
  serializable: z.optional(record),
} satisfies Shape<Rule<unknown>>);

const response = z.strictObject({
  from: method,
  to: method,
} satisfies Shape<Response<unknown>>);

const fairness = z.strictObject({
  weak: z.optional(method),
  strong: z.optional(method),
} satisfies Shape<Fairness>);

const processes = z.strictObject({
  process: method,
  isIdle: method,
  result: z.optional(method),
} satisfies Shape<Processes<unknown>>);

const goal = z.strictObject({
  description: text,
  holds: method,
  inScope: z.optional(method),
} satisfies Shape<Goal<unknown>>);

const symmetry = z.strictObject({
  kinds: list,
  component: method,
  seen: method,
  small: method,
} satisfies Shape<Symmetry>);
const kind = z.strictObject({
  description: text,
  members: z.array(text, 'must be an array of names'),
});

const PREDICATES = [
  'always',
  'step',
  'possible',
  'recoverable',
  'eventually',
  'leadsTo',
  'serializable',
] as const;

/**
 * Rejects a network that does not conform to its type, before anything uses it: a rule without a predicate, for
 * example, would hold. Throws RW201 for two components with one name · RW210 for a property that is missing, unknown
 * or of the wrong type · RW211 for a rule without a predicate or with several · RW212 for two rules, goals, stimuli,
 * kinds or members with one name.
 */
export function validateNetwork<W>(given: Network<W>): void {
  const where = isNamed(given) ? `network ${given.name}` : 'a network without a name';
  conforms(network, given, where);
  const { components, stimuli, rules = [], symmetry: alike } = given;
  for (const [i, one] of components.entries())
    conforms(component, one, `component ${nameOf(one, 'name', i)} of ${where}`);
  unique(
    components.map(({ name }) => name),
    (name) =>
      new UserError(
        'RW201',
        `${where} has two components named ${name}; names are addresses, give each its own`,
      ),
  );
  for (const [i, one] of stimuli.entries()) {
    const at = `stimulus ${nameOf(one, 'description', i)} of ${where}`;
    conforms(stimulus, one, at);
    conforms(message, one.message, `the message of ${at}`);
    if ((one.message.to ?? one.to) !== one.to)
      throw new UserError(
        'RW210',
        `${at} is for ${one.to}, but its message is addressed to ${one.message.to}; omit to in the message`,
      );
    for (const [j, word] of (one.also ?? []).entries())
      conforms(addressed, word, `also[${j}] of ${at}`);
  }
  unique(
    stimuli.map(({ description }) => description),
    twice('stimuli with the description', where),
  );
  validateRules(rules, where);
  if (alike === undefined) return;
  conforms(symmetry, alike, `the symmetry of ${where}`);
  for (const [i, one] of alike.kinds.entries())
    conforms(kind, one, `kind ${nameOf(one, 'description', i)} of the symmetry of ${where}`);
  unique(
    alike.kinds.map(({ description }) => description),
    twice('kinds with the description', `the symmetry of ${where}`),
  );
  unique(
    alike.kinds.flatMap(({ members }) => members),
    twice('members named', `the symmetry of ${where}`),
  );
}

/** Validates rules, also those that are not part of their network. Throws RW210, RW211 and RW212. */
export function validateRules<W>(rules: readonly Rule<W>[], where: string): void {
  for (const [i, one] of rules.entries()) {
    const at = `rule ${nameOf(one, 'id', i)} of ${where}`;
    conforms(rule, one, at);
    const given = PREDICATES.filter((predicate) => one[predicate] !== undefined);
    if (given.length !== 1)
      throw new UserError(
        'RW211',
        `${at} has ${given.length === 0 ? 'no predicate, so it claims nothing' : given.join(' and ')}; give exactly one of ${PREDICATES.join(', ')}`,
      );
    if (one.each !== undefined && one.always === undefined)
      throw new UserError(
        'RW211',
        `${at} has each without always; each lists the things that always makes a claim about`,
      );
    if (one.leadsTo !== undefined) conforms(response, one.leadsTo, `leadsTo of ${at}`);
    if (one.fair !== undefined) validateFairness(one, at);
    if (one.serializable !== undefined)
      conforms(processes, one.serializable, `serializable of ${at}`);
    const { possible = [] } = one;
    for (const [j, single] of possible.entries())
      conforms(goal, single, `goal ${nameOf(single, 'description', j)} of ${at}`);
    unique(
      possible.map(({ description }) => description),
      twice('goals with the description', at),
    );
  }
  unique(
    rules.map(({ id }) => id),
    twice('rules with the id', where),
  );
}

/** Throws RW211 for fairness of a rule that is not about whole paths, or that groups no stimuli. */
function validateFairness<W>({ fair, eventually, leadsTo }: Rule<W>, at: string): void {
  if (eventually === undefined && leadsTo === undefined)
    throw new UserError(
      'RW211',
      `${at} has fair without eventually or leadsTo; only these are about whole paths`,
    );
  conforms(fairness, fair, `fair of ${at}`);
  if (fair!.weak === undefined && fair!.strong === undefined)
    throw new UserError(
      'RW211',
      `fair of ${at} has neither weak nor strong; without fair every path counts`,
    );
}

const isNamed = (network: unknown): boolean =>
  typeof (network as Partial<Network> | null | undefined)?.name === 'string';

/** Why JSON cannot represent a value, such as a bigint or a cycle; undefined if it can. */
export function whyNotJson(value: unknown): string | undefined {
  try {
    return JSON.stringify(value) === undefined ? `it is ${describeValue(value)}` : undefined;
  } catch (error) {
    return thrown(error);
  }
}
