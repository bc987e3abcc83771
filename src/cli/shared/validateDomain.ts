import * as z from 'zod/mini';
import type { Design, Domain, Fix, Machine } from '../../domain.js';
import {
  conforms,
  filled,
  list,
  method,
  nameOf,
  record,
  type Shape,
  text,
  twice,
  unique,
} from '../../interpret/schema.js';
import { validateRules } from '../../interpret/validateNetwork.js';

const domain = z.strictObject({
  name: text,
  designs: filled,
  rules: list,
  fixes: z.optional(list),
  features: z.optional(record),
  scopes: z.optional(record),
  scopeText: z.optional(method),
  parseScope: z.optional(method),
  scopeOfSteps: z.optional(method),
  machines: z.optional(record),
  network: method,
  divergenceClass: z.optional(method),
  life: z.optional(method),
  display: z.optional(record),
  review: z.optional(record),
  guest: z.optional(method),
} satisfies Shape<Domain>);

const design = z.strictObject({
  name: text,
  date: text,
  description: text,
  source: text,
  features: record,
  breaks: z.array(text, 'must be an array of ids of rules'),
  kernel: z.optional(text),
} satisfies Shape<Design>);

const fix = z.strictObject({
  name: text,
  description: text,
  where: text,
  drawback: text,
  change: record,
  concerns: z.optional(method),
} satisfies Shape<Fix>);

const machine = z.strictObject({
  machine: record,
  description: text,
  input: z.optional(z.unknown()),
} satisfies Shape<Machine>);

/**
 * Rejects a domain that does not conform to its type. Throws RW210 for a property that is missing, unknown or of the
 * wrong type, RW211 for a rule without a predicate or with several, RW212 for two designs, rules or fixes with one
 * name.
 */
export function validateDomain(given: Domain): void {
  const where = `domain ${typeof given.name === 'string' ? given.name : 'without a name'}`;
  conforms(domain, given, where);
  const { designs, rules, fixes = [], machines = {} } = given;
  for (const [i, one] of designs.entries())
    conforms(design, one, `design ${nameOf(one, 'name', i)} of ${where}`);
  for (const [i, one] of fixes.entries())
    conforms(fix, one, `fix ${nameOf(one, 'name', i)} of ${where}`);
  for (const [name, one] of Object.entries(machines))
    conforms(machine, one, `machine ${name} of ${where}`);
  validateRules(rules, where);
  const names = (all: readonly { readonly name: string }[]) => all.map(({ name }) => name);
  unique(names(designs), twice('designs named', where));
  unique(names(fixes), twice('fixes named', where));
}
