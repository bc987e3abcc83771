import { isRunning, throwUncaught } from './purely.js';

/** User code names something that is not there; `ran` says whose code it is. */
export class UnknownName extends Error {
  constructor(
    /** RW215 a property, RW220 something of a machine. */
    readonly code: 'RW215' | 'RW220',
    /** As a sentence without its subject: `reads lite, but the world has no such property`. */
    readonly what: string,
    readonly called: string,
    readonly known: readonly string[],
  ) {
    super(what);
  }
}

/** Promises and JSON look for these in anything. */
const LOOKED_FOR = new Set(['then', 'toJSON']);

/** Throws NoSuch if user code reads a property that is not there; others, as tests that print an object, may look for any. */
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
 * The same object for rules: they can read what it has, and nothing else, and write nothing. A misspelt name would
 * read undefined, and a rule about undefined may well hold. Its own code runs on the object itself. `names`: what can be
 * read, where that is not what the object has; `inner`: gives what is read in place of a value.
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
        // A method of a class may use its private fields, which only the object itself has.
        return typeof value === 'function' && !Object.hasOwn(target, key)
          ? value.bind(target)
          : value;
      },
      has(target, key) {
        checkRead(target, key, target, of, names);
        return key in target;
      },
      set: (_, key) => refuse(key),
      // what is not the user's may freeze it
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

/** The end of a chain of prototypes: objects of a class whose prototype has it are as strict, and as fast as others. */
export const strictPrototype = (of: string): object =>
  new Proxy(Object.prototype, {
    get(target, key, object) {
      checkRead(target, key, object, of);
      return Reflect.get(target, key, object);
    },
  });

/** Everything that can be read of an object by name, beside what every object has. */
function namesIn(object: object): string[] {
  const names = new Set<string>();
  for (let at = object; at !== null; at = Object.getPrototypeOf(at))
    for (const name of Object.getOwnPropertyNames(at))
      if (!(name in Object.prototype)) names.add(name);
  return [...names];
}
