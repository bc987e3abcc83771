import { Fault } from '../model/fault.js';

/**
 * JSON with sorted keys: equal things have equal text. Throws RW104 for what JSON would lose
 * (Map, Set, functions, NaN, ...), naming the place.
 */
export function canonical(value: unknown, where: string): string {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return JSON.stringify(value);
    case 'number':
      if (Number.isFinite(value)) return String(value);
      throw notJson(String(value), where);
    case 'undefined':
      return 'undefined';
    case 'object': {
      if (value === null) return 'null';
      if (Array.isArray(value))
        return `[${value.map((v, i) => canonical(v, `${where}[${i}]`)).join()}]`;
      const proto = Object.getPrototypeOf(value);
      if (proto !== Object.prototype && proto !== null)
        throw notJson(proto.constructor?.name ?? 'object', where);
      const entries = Object.entries(value)
        .filter(([, v]) => v !== undefined)
        .sort(([a], [b]) => (a < b ? -1 : 1));
      return `{${entries.map(([k, v]) => `${JSON.stringify(k)}:${canonical(v, `${where}.${k}`)}`).join()}}`;
    }
    default:
      throw notJson(typeof value, where);
  }
}

function notJson(what: string, where: string): Fault {
  return new Fault(
    'RW104',
    `${where} holds a ${what}; use plain JSON values, so that equal states are seen to be equal`,
  );
}
