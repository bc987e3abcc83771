/** Where in a value something is read: what stands there, or all of it. One object for each place. */
export class Place {
  readonly #below = new Map<string, Place>();
  #all: Place | undefined;

  constructor(
    readonly path: readonly string[] = [],
    readonly whole = false,
  ) {}

  /** The property of that name. */
  at(key: string): Place {
    let place = this.#below.get(key);
    if (place === undefined) {
      place = new Place([...this.path, key]);
      this.#below.set(key, place);
    }
    return place;
  }

  /** Everything here, not only that something is. */
  get all(): Place {
    this.#all ??= new Place(this.path, true);
    return this.#all;
  }
}

const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What an object is to those who read only what stands in it. */
const OBJECT = Symbol('object');

/** What somebody who reads `place` learns: a JSON value, or that an object is there. */
export function read(value: unknown, { path, whole }: Place): unknown {
  const found = path.reduce<unknown>(
    (at, key) => (isPlain(at) && Object.hasOwn(at, key) ? at[key] : undefined),
    value,
  );
  return !whole && isPlain(found) ? OBJECT : found;
}

export const isObject = (answer: unknown): boolean => answer === OBJECT;

/**
 * `value` for somebody whose reading is written down: each property of an object by its own,
 * arrays as a whole. Equal objects are not identical here; predicates compare what is in them.
 */
export function tracked<T>(value: T, place: Place, note: (place: Place) => void): T {
  if (!isPlain(value)) return value;
  const whole = () => note(place.all);
  // A copy, because a proxy must not stand for a part of what is frozen.
  return new Proxy(
    { ...value },
    {
      get(target, key) {
        if (typeof key === 'symbol') return Reflect.get(target, key);
        // Of a class, which computes it from all that it has.
        if (!Object.hasOwn(target, key) && key in value && !(key in Object.prototype)) {
          whole();
          return Reflect.get(value, key);
        }
        const below = place.at(key);
        note(below);
        return Object.hasOwn(target, key)
          ? tracked(target[key], below, note)
          : Reflect.get(target, key);
      },
      has(target, key) {
        whole();
        return Reflect.has(target, key);
      },
      ownKeys(target) {
        whole();
        return Reflect.ownKeys(target);
      },
      getOwnPropertyDescriptor(target, key) {
        whole();
        return Reflect.getOwnPropertyDescriptor(target, key);
      },
    },
  ) as T;
}
