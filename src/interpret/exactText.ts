import { UserError } from '../model/userError.js';
import { isGuard } from './deepFreeze.js';

/** Values may be nested so deep; deeper ones grow for ever, or are a list that should be an array. */
const DEEPEST = 500;

/**
 * A value as text, equal for two values only if nothing that a machine or a rule can do tells them apart, but for `===`
 * between objects: the order of keys counts, and so do `undefined` fields, `-0`, holes and a missing prototype. Map, Set and
 * Date are written in the order that they have. Throws RW104 for what has no such text, and RW123 for a value that holds
 * itself or is nested deeper than 500 levels; both name the place.
 */
export function exactText(value: unknown, where: string): string {
  return textOf(value, { where, path: [], above: [] });
}

/** The place of a value: what leads to it, and the objects that it stands in. */
interface Place {
  readonly where: string;
  readonly path: string[];
  readonly above: object[];
}

function textOf(value: unknown, place: Place): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value);
    case 'number':
      return Object.is(value, -0) ? '-0' : String(value);
    case 'bigint':
      return `${value}n`;
    case 'boolean':
    case 'undefined':
      return String(value);
    case 'object':
      return value === null ? 'null' : textOfObject(value, place);
    default:
      throw refused(`a ${typeof value}`, place);
  }
}

function textOfObject(value: object, place: Place): string {
  const { above } = place;
  if (above.length === DEEPEST || above.includes(value)) throw tooDeep(value, place);
  above.push(value);
  const text = textOfContents(value, place);
  above.pop();
  return text;
}

function textOfContents(value: object, place: Place): string {
  const within = (step: string, part: unknown) => {
    place.path.push(step);
    const text = textOf(part, place);
    place.path.pop();
    return text;
  };
  switch (Object.getPrototypeOf(value)) {
    case Array.prototype: {
      const array = value as readonly unknown[];
      const keys = ownKeys(array, place).filter((key) => key !== 'length');
      // indices come first and ascend
      const isWhole = keys.length === array.length && keys.every((key, i) => key === String(i));
      const extra = keys.find((key) => !/^\d+$/.test(key));
      if (extra !== undefined) throw refused(`an array with the property ${extra}`, place);
      if (!isWhole) throw refused('an array with holes', place);
      return `[${array.map((part, i) => within(`[${i}]`, part)).join()}]`;
    }
    case Object.prototype:
      return `{${fields(value, place, within)}}`;
    case null:
      return `null{${fields(value, place, within)}}`;
    case Date.prototype:
      if (ownKeys(value, place).length > 0) throw refused('a Date with properties', place);
      return `Date(${Date.prototype.getTime.call(value)})`;
    case Set.prototype:
      if (ownKeys(value, place).length > 0) throw refused('a Set with properties', place);
      return `Set(${[...(value as Set<unknown>)].map((part, i) => within(`[${i}]`, part)).join()})`;
    case Map.prototype: {
      if (ownKeys(value, place).length > 0) throw refused('a Map with properties', place);
      const entries = [...(value as Map<unknown, unknown>)].map(([key, part], i) => {
        const name = within(`.keys[${i}]`, key);
        return `${name}:${within(`.get(${name})`, part)}`;
      });
      return `Map(${entries.join()})`;
    }
    default: {
      const { name } = (value as { constructor?: { name?: unknown } }).constructor ?? {};
      throw refused(
        `a ${typeof name === 'string' && name !== '' ? name : 'object of a class'}`,
        place,
      );
    }
  }
}

const fields = (value: object, place: Place, within: (step: string, part: unknown) => string) =>
  ownKeys(value, place)
    .map((key) => `${JSON.stringify(key)}:${within(`.${key}`, value[key as keyof typeof value])}`)
    .join();

/** Immer puts functions that throw in the place of those that change a Map or a Set. */
const isImmerGuard = (value: object, key: string | symbol, held: unknown): boolean =>
  typeof held === 'function' &&
  (value instanceof Map || value instanceof Set) &&
  ['set', 'add', 'clear', 'delete'].includes(key as string);

/** Names of all properties in their order; each must be a plain value under a name, and be listed by `Object.keys`. */
function ownKeys(value: object, place: Place): string[] {
  const names: string[] = [];
  for (const key of Reflect.ownKeys(value)) {
    const { enumerable, get, set, value: held } = Object.getOwnPropertyDescriptor(value, key)!;
    if (isGuard(held) || isImmerGuard(value, key, held)) continue;
    if (typeof key === 'symbol') throw refused(`the key ${String(key)}`, place);
    if (get !== undefined || set !== undefined) throw refused(`the accessor ${key}`, place);
    if (!enumerable && !(key === 'length' && Array.isArray(value)))
      throw refused(`the property ${key}, which is not enumerable`, place);
    names.push(key);
  }
  return names;
}

const placeOf = ({ where, path }: Place) =>
  `${where}${path.length > 20 ? `${path.slice(0, 20).join('')}...` : path.join('')}`;

const refused = (what: string, place: Place): UserError =>
  new UserError(
    'RW104',
    `${placeOf(place)} holds ${what}; use plain values, arrays, Map, Set or Date, so that states can be compared`,
  );

const tooDeep = (value: object, place: Place): UserError =>
  new UserError(
    'RW123',
    place.above.includes(value)
      ? `${placeOf(place)} holds an object that it is part of; use names or numbers instead of references`
      : `${placeOf(place)} is nested deeper than ${DEEPEST} levels; use an array instead of a chain of objects, or bound it`,
  );
