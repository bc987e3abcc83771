import { defineEntries } from './nullPrototypes.js';

/**
 * A deep copy that can be changed in place. It copies plain objects, arrays, Map, Set and Date with their contents, and
 * keeps shared references shared. Values of other types are returned as they are.
 */
export function thawed<T>(value: T): T {
  const copies = new Map<object, unknown>();
  const copyOf = (one: unknown): unknown => {
    if (typeof one !== 'object' || one === null) return one;
    if (copies.has(one)) return copies.get(one);
    const keep = <C extends object>(copy: C, fill: (copy: C) => void): C => {
      copies.set(one, copy);
      fill(copy);
      return copy;
    };
    const prototype = Object.getPrototypeOf(one);
    if (Array.isArray(one)) return keep([] as unknown[], (copy) => copy.push(...one.map(copyOf)));
    if (prototype === Map.prototype)
      return keep(new Map(), (copy) => {
        for (const [key, part] of one as Map<unknown, unknown>) copy.set(copyOf(key), copyOf(part));
      });
    if (prototype === Set.prototype)
      return keep(new Set(), (copy) => {
        for (const part of one as Set<unknown>) copy.add(copyOf(part));
      });
    if (prototype === Date.prototype) return new Date((one as Date).getTime());
    if (prototype !== Object.prototype && prototype !== null) return one;
    return keep(Object.create(prototype), (copy) =>
      defineEntries(
        copy,
        Object.entries(one).map(([key, part]) => [key, copyOf(part)]),
      ),
    );
  };
  return copyOf(value) as T;
}
