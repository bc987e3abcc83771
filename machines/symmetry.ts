import type { Network, SnapshotData, Symmetry } from '../src/model/network.js';
import { type Answer, directEntryOf, ownerOf } from './events.js';
import type { Ops } from './ops/context.js';
import { opsOf, recordsOf, type Scope } from './scopes.js';
import type { World } from './world.js';

type Named = (name: string) => string;

/** Permutes a set of records. The machines keep such sets ordered by number, so the result is sorted. */
const numbers = (records: readonly number[], named: Named): number[] =>
  records.map((record) => Number(named(String(record)))).sort((a, b) => a - b);

/** Permutes the ops in the name of a trampoline, as `W.a`. Text that calls no trampoline is `nop` or `call`. */
const callee = (site: string | null, named: Named): string | null =>
  site === null ? null : site.replace(/^[^.]+(?=\.)/, named);

/** An answer of a scripted owner, with the records of its own call exchanged. */
const actedOn = (answer: Answer, named: Named): Answer =>
  answer.does === undefined || answer.does.type === 'modify'
    ? answer
    : { ...answer, does: { ...answer.does, records: numbers(answer.does.records, named) } };

/**
 * The symmetry of a scope: records are interchangeable, and so are ops of one kind with owners of one kind. The search
 * checks whether a design respects it.
 */
export function symmetryOf(
  scope: Scope,
  networkIn: (scope: Scope) => Network<World>,
): Symmetry<World> {
  const ops = opsOf(scope);
  const kinds = new Map<string, string[]>();
  if (scope.notrace === 0) kinds.set('records', recordsOf(scope).map(String));
  for (const { name, kind, owner } of ops) {
    const description = kind === 'direct' ? `${owner} direct ops` : `${kind} ops`;
    kinds.set(description, [...(kinds.get(description) ?? []), name]);
  }
  const order = ops.map(({ name }) => name);
  const isRecord = (name: string) => recordsOf(scope).some((r) => String(r) === name);
  return {
    kinds: [...kinds]
      .map(([description, members]) => ({ description, members }))
      .filter(({ members }) => members.length > 1),
    component: (name, named) => {
      const [first = '', part, record] = name.split('.');
      if (part === undefined) return named(first);
      if (part === 'slot') return directEntryOf(named(first));
      return ownerOf(named(first), record === undefined ? undefined : Number(named(record)));
    },
    seen: (component, { value, context }, named): SnapshotData => {
      if (isRecord(component))
        return {
          value,
          context: {
            ...context,
            number: Number(named(component)),
            site: callee(context.site, named),
          },
        };
      if (component.endsWith('.slot'))
        return {
          value,
          context: {
            record: Number(named(String(context.record))),
            callees: context.callees.map((one: string) => callee(one, named)),
          },
        };
      if (component === 'list')
        return { value, context: { ...context, order: context.order.map(named) } };
      if (component === 'caller') {
        const inUse = context.inUse.map(named);
        return {
          value,
          context: { ...context, inUse: order.filter((name) => inUse.includes(name)) },
        };
      }
      if (context.script !== undefined)
        return {
          value,
          context: { script: context.script.map((answer: Answer) => actedOn(answer, named)) },
        };
      if (order.includes(component)) {
        const { name, filter, notrace, onSecond }: Ops = context;
        return {
          value,
          context: {
            ...context,
            name: named(name),
            filter: numbers(filter, named),
            notrace: numbers(notrace, named),
            onSecond: numbers(onSecond, named),
          },
        };
      }
      return { value, context };
    },
    small: () => networkIn(small(scope)),
  };
}

/** The scope with at most two of each kind, and at most three ops in use. */
const small = (scope: Scope): Scope => ({
  ...(Object.fromEntries(
    Object.entries(scope).map(([key, value]) => [key, Math.min(value, 2)]),
  ) as unknown as Scope),
  inuse: Math.min(scope.inuse, 3),
});
