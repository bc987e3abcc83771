import { UserError } from '../model/userError.js';
import { isGuard } from './deepFreeze.js';

/** Most levels of nesting. A deeper value grows without bound, or is a linked list that should be an array. */
const DEEPEST = 500;

/**
 * A value as text. Two values have equal texts only if no machine or rule can distinguish them, except by `===` between
 * objects. The text therefore shows the order of keys, `undefined` fields, `-0` and a missing prototype; Map and Set
 * keep their order. Throws RW104 for a value without such a text, an array with holes among them, and RW123 for a value
 * that contains itself or is nested deeper than 500 levels. Both errors name the place.
 */
export function exactText(value: unknown, where: string): string {
  return textOf(value, { where, path: [], above: [] });
}

/** The place of a value: the path to it, and the objects that contain it. */
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
      // Reflect.ownKeys lists indices first, in ascending order.
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

/** Whether a property is one of the throwing functions by which Immer replaces the mutators of a frozen Map or Set. */
const isImmerGuard = (value: object, key: string | symbol, held: unknown): boolean =>
  typeof held === 'function' &&
  (value instanceof Map || value instanceof Set) &&
  ['set', 'add', 'clear', 'delete'].includes(key as string);

/** Names of all properties in order. Throws RW104 for a symbol, an accessor, or a property that is not enumerable. */
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
