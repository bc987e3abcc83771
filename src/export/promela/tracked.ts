/**
 * A place in a value that is read: the value at a path, or with `whole` everything below it. There is one object per
 * place.
 */
export class Place {
  readonly #below = new Map<string, Place>();
  #all: Place | undefined;

  constructor(
    readonly path: readonly string[] = [],
    readonly whole = false,
  ) {}

  /** The place of a property. */
  at(key: string): Place {
    let place = this.#below.get(key);
    if (place === undefined) {
      place = new Place([...this.path, key]);
      this.#below.set(key, place);
    }
    return place;
  }

  /** The place of everything here, not only of the kind of value. */
  get all(): Place {
    this.#all ??= new Place(this.path, true);
    return this.#all;
  }
}

const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The answer for an object of which only properties are read. */
const OBJECT = Symbol('object');

/** The value that a read of `place` returns: a JSON value, or OBJECT for an object whose content is not read. */
export function read(value: unknown, { path, whole }: Place): unknown {
  const found = path.reduce<unknown>(
    (at, key) => (isPlain(at) && Object.hasOwn(at, key) ? at[key] : undefined),
    value,
  );
  return !whole && isPlain(found) ? OBJECT : found;
}

/** Whether an answer is OBJECT. */
export const isObject = (answer: unknown): boolean => answer === OBJECT;

/**
 * A view of `value` that passes each read to `note`: each property of an object separately, an array as a whole. Equal
 * objects are not identical in the view; predicates must compare their content.
 */
export function tracked<T>(value: T, place: Place, note: (place: Place) => void): T {
  if (!isPlain(value)) return value;
  const whole = () => note(place.all);
  // A copy: a proxy must return the actual value of a frozen property, and could not return a view of it.
  return new Proxy(
    { ...value },
    {
      get(target, key) {
        if (typeof key === 'symbol') return Reflect.get(target, key);
        // A getter of the class may compute its result from all properties.
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
