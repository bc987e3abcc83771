import { isRunning, throwUncaught } from './purely.js';

/** User code names something that does not exist. `runUserCode` adds whose code it is. */
export class UnknownName extends Error {
  constructor(
    /** RW215 for a property, RW220 for a state, tag or event of a machine. */
    readonly code: 'RW215' | 'RW220',
    /** A sentence without its subject: `reads lite, but the world has no such property`. */
    readonly what: string,
    readonly called: string,
    readonly known: readonly string[],
  ) {
    super(what);
  }
}

/** Promises and JSON read these properties of any object. */
const LOOKED_FOR = new Set(['then', 'toJSON']);

/**
 * Throws UnknownName if user code reads a property that does not exist. Other code, such as a test that prints an
 * object, may read any property.
 */
function checkRead(
  target: object,
  key: string | symbol,
  object: object,
  of: string,
  names?: ReadonlySet<string>,
): void {
  if (typeof key !== 'string' || LOOKED_FOR.has(key) || !isRunning()) return;
  if (names?.has(key) ?? key in target) return;
  const what = `reads ${key}, but ${of} has no such property`;
  throwUncaught(new UnknownName('RW215', what, key, [...(names ?? namesIn(object))]));
}

const wrapped = new WeakMap<object, object>();

/**
 * A read-only proxy for rules, in which only existing properties can be read. Without it a misspelt name would read
 * undefined, and a rule about undefined may hold. The object's own methods and getters run on the object itself.
 * `names` are the readable properties, if they are not those of the object. `inner` maps each value that is read.
 */
export function strictObject<T extends object>(
  object: T,
  of: string,
  names?: ReadonlySet<string>,
  inner: (key: string | symbol, value: unknown) => unknown = (_, value) => value,
): T {
  let proxy = wrapped.get(object) as T | undefined;
  if (proxy === undefined) {
    const refuse = (key: string | symbol): never =>
      throwUncaught(new TypeError(`${String(key)} of ${of} can only be read`));
    proxy = new Proxy(object, {
      get(target, key) {
        checkRead(target, key, target, of, names);
        const value = inner(key, Reflect.get(target, key, target));
        // A method of a class may use private fields, which the proxy does not have.
        return typeof value === 'function' && !Object.hasOwn(target, key)
          ? value.bind(target)
          : value;
      },
      has(target, key) {
        checkRead(target, key, target, of, names);
        return key in target;
      },
      set: (_, key) => refuse(key),
      // Code other than the user's may freeze the object.
      defineProperty: (target, key, property) =>
        isRunning() ? refuse(key) : Reflect.defineProperty(target, key, property),
      deleteProperty: (_, key) => refuse(key),
      setPrototypeOf: () => refuse('the prototype'),
    });
    wrapped.set(object, proxy);
    wrapped.set(proxy, proxy);
  }
  return proxy;
}

/** Last prototype of a chain: it makes objects of a class strict, without a proxy for each and as fast as others. */
export const strictPrototype = (of: string): object =>
  new Proxy(Object.prototype, {
    get(target, key, object) {
      checkRead(target, key, object, of);
      return Reflect.get(target, key, object);
    },
  });

/** Names of all readable properties of an object, without those that every object has. */
function namesIn(object: object): string[] {
  const names = new Set<string>();
  for (let at = object; at !== null; at = Object.getPrototypeOf(at))
    for (const name of Object.getOwnPropertyNames(at))
      if (!(name in Object.prototype)) names.add(name);
  return [...names];
}
