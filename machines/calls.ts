import type { Message, Stimulus } from '../src/model/network.js';
import type { Features } from './features.js';
import type { OpsInput } from './ops/context.js';
import { recordsOf, type Scope } from './scopes.js';

/** All calls on one ops in a scope. */
export function callsOn(ops: OpsInput, scope: Scope, features: Features): Stimulus[] {
  const records = recordsOf(scope);
  const calls = features.directHashApi && ops.kind === 'direct' ? tableCalls : filterCalls;
  return [
    ...calls(ops, records, features),
    ...(scope.misuse === 1 ? misuseCalls(ops, features) : []),
    ...(scope.notrace === 1 ? notraceCalls(ops, records) : []),
  ];
}

/** Writes to the sysctl ftrace_enabled. */
export const sysctl: readonly Stimulus[] = [
  { description: 'ftrace_enabled 0', to: 'ftrace', message: { type: 'ftrace_enabled', on: false } },
  { description: 'ftrace_enabled 1', to: 'ftrace', message: { type: 'ftrace_enabled', on: true } },
];

/** An ops is in use from its first record on. */
const inUse = ({ name }: OpsInput) => ({ type: 'use', to: 'caller', ops: name });

function filterCalls(ops: OpsInput, records: readonly number[], features: Features): Stimulus[] {
  const { name: to, kind } = ops;
  const whole = (type: 'register' | 'unregister', asksInOrder: boolean): Stimulus[] =>
    (asksInOrder ? arrangements(records) : subsets(records)).map((order) => ({
      description: `${type} ${to} records ${order.join()}`,
      call: `${type} ${to}`,
      to,
      message: { type, order },
    }));
  return [
    ...records.map((record) => ({
      description: `add ${to} ${record}`,
      to,
      message: { type: 'add', records: [record] },
      also: [inUse(ops)],
    })),
    ...records.map((record) => ({
      description: `remove ${to} ${record}`,
      to,
      message: { type: 'remove', records: [record] },
    })),
    // The kernel calls owners in the order of the filter's hash, or of functions in memory. Neither order is
    // predictable, so each one is a call of its own.
    ...whole('register', kind === 'ipmodify'),
    ...whole('unregister', kind === 'ipmodify' && features.notifiesOnUnregister),
    ...(kind === 'direct'
      ? [{ description: `modify ${to}`, to, message: { type: 'modify', records: [] } }]
      : []),
  ];
}

/** update_ftrace_direct_add(), _del() and _mod(): one call covers several records. */
function tableCalls(ops: OpsInput, records: readonly number[]): Stimulus[] {
  const { name: to } = ops;
  const about = (type: string, some: readonly number[], also?: Stimulus['also']): Stimulus => ({
    description: `${type} ${to} ${some.join()}`,
    to,
    message: { type, records: some },
    ...(also === undefined ? {} : { also }),
  });
  return subsets(records).flatMap((some) => [
    // If the first add fails, the ops is still unused; `report` makes the ops report that.
    about('add', some, [inUse(ops), { type: 'report', to }]),
    about('remove', some),
    about('modify', some),
  ]);
}

/** Calls that only a caller makes that misuses the API. */
function misuseCalls({ name: to, kind }: OpsInput, { directHashApi }: Features): Stimulus[] {
  const call = (description: string, message: Message): Stimulus => ({ description, to, message });
  const isTable = directHashApi && kind === 'direct';
  return [
    ...(isTable
      ? []
      : [
          // With an empty filter. With records, misuse enables the calls of `filterCalls` in more states.
          call(`register ${to}`, { type: 'register', order: [] }),
          call(`unregister ${to}`, { type: 'unregister', order: [] }),
        ]),
    ...(kind === 'direct'
      ? [
          call(`unregister ${to} other`, { type: 'unregister other' }),
          call(`plain register ${to}`, { type: 'plain register' }),
          call(`plain unregister ${to}`, { type: 'plain unregister' }),
        ]
      : []),
  ];
}

function notraceCalls({ name: to }: OpsInput, [first = 0]: readonly number[]): Stimulus[] {
  return [
    { description: `notrace ${to} ${first}`, to, message: { type: 'notrace', records: [first] } },
    { description: `notrace ${to} none`, to, message: { type: 'notrace', records: [] } },
  ];
}

function subsets(records: readonly number[]): number[][] {
  const sets: number[][] = [[]];
  for (const record of records) sets.push(...sets.map((set) => [...set, record]));
  return sets.filter((set) => set.length > 0);
}

function arrangements(records: readonly number[]): number[][] {
  const permute = (set: readonly number[]): number[][] =>
    set.length === 0
      ? [[]]
      : set.flatMap((r) => permute(set.filter((s) => s !== r)).map((rest) => [r, ...rest]));
  return subsets(records).flatMap(permute);
}
