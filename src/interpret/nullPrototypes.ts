/** First key of a Map that represents an object without a prototype, or a Map that itself begins with this key. */
const MARK = '\0recwalk';

type Entries = readonly (readonly [unknown, unknown])[];

/**
 * Encodes a value for structured cloning, which gives every object a prototype: an object without one becomes a Map
 * that begins with MARK. `unmarked` is the inverse.
 */
export function marked(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const prototype = Object.getPrototypeOf(value);
  const inside = (entries: Entries): [unknown, unknown][] =>
    entries.map(([key, part]) => [marked(key), marked(part)]);
  if (Array.isArray(value)) return value.map(marked);
  if (value instanceof Set) return new Set([...value].map(marked));
  if (value instanceof Map) {
    const entries = inside([...value]);
    return new Map(value.keys().next().value === MARK ? [[MARK, 'Map'], ...entries] : entries);
  }
  if (prototype === null) return new Map([[MARK, 'object'], ...inside(Object.entries(value))]);
  return prototype === Object.prototype ? defineEntries({}, inside(Object.entries(value))) : value;
}

/** The inverse of `marked`. */
export function unmarked(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const inside = (entries: Entries): [unknown, unknown][] =>
    entries.map(([key, part]) => [unmarked(key), unmarked(part)]);
  if (Array.isArray(value)) return value.map(unmarked);
  if (value instanceof Set) return new Set([...value].map(unmarked));
  if (value instanceof Map) {
    const [first, ...rest] = [...value];
    if (first?.[0] !== MARK) return new Map(inside([...value]));
    return first[1] === 'Map'
      ? new Map(inside(rest))
      : defineEntries(Object.create(null), inside(rest));
  }
  const isPlain = Object.getPrototypeOf(value) === Object.prototype;
  return isPlain ? defineEntries({}, inside(Object.entries(value))) : value;
}

/** Defines properties instead of assigning them: an assignment to `__proto__` would set the prototype. */
export function defineEntries(object: object, entries: Entries): object {
  for (const [key, value] of entries)
    Object.defineProperty(object, key as string, {
      value,
      writable: true,
      enumerable: true,
      configurable: true,
    });
  return object;
}
