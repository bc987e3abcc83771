import type { AnyMachineSnapshot } from 'xstate';
import { Fault } from '../model/fault.js';

/**
 * All of a snapshot that its future depends on, as text: value, context, history. Equal things have equal
 * text, and others do not: Map, Set and Date are written out, where JSON writes `{}` or a string.
 * Throws RW104 for what has no text (functions, actors, classes of one's own).
 */
export function identityOf({ value, context, historyValue }: AnyMachineSnapshot): string {
  // the order of remembered nodes is that of entering them, and XState enters them in document order again
  const history = Object.entries(historyValue).map(([id, nodes]) => [
    id,
    nodes.map((node) => node.id).sort(),
  ]);
  return textOf([value, context, Object.fromEntries(history)], 'its state');
}

/** Any plain value, Map, Set or Date as text, equal where the values are. Throws RW104 naming the place. */
export function textOf(value: unknown, where: string): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (Object.is(value, -0)) return '-0';
  if (value === null || !['object', 'function', 'symbol'].includes(typeof value))
    return String(value);
  if (Array.isArray(value)) return `[${value.map((v, i) => textOf(v, `${where}[${i}]`)).join()}]`;
  if (value instanceof Date) return `Date(${value.getTime()})`;
  if (value instanceof Set) return `Set(${[...value].map((v) => textOf(v, where)).sort()})`;
  if (value instanceof Map) {
    const entries = [...value].map(([k, v]) => {
      const key = textOf(k, where);
      return `${key}:${textOf(v, `${where}.${key}`)}`;
    });
    return `Map(${entries.sort()})`;
  }
  const proto = Object.getPrototypeOf(value);
  if (typeof value !== 'object' || (proto !== Object.prototype && proto !== null))
    throw new Fault(
      'RW104',
      `${where} holds a ${proto?.constructor?.name ?? typeof value}; use plain values, Map, Set or Date, so that equal states are seen to be equal`,
    );
  const entries = Object.entries(value)
    .filter(([, v]) => v !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([k, v]) => `${JSON.stringify(k)}:${textOf(v, `${where}.${k}`)}`).join()}}`;
}
