/** A rule reads a property that is not there; whoever evaluates the rule says which rule it is. */
export class NoSuchProperty extends Error {
  constructor(
    readonly property: string,
    readonly of: string,
    readonly known: readonly string[],
  ) {
    super(`${of} has no property ${property}`);
  }
}

/** Promises, JSON and test runners look for these in anything. */
const LOOKED_FOR = new Set(['then', 'toJSON', 'asymmetricMatch', '$$typeof', 'nodeType']);

const isMissing = (target: object, key: string | symbol): key is string =>
  typeof key === 'string' && !(key in target) && !LOOKED_FOR.has(key);

const wrapped = new WeakMap<object, object>();

/**
 * The same object for rules: they can read what it has, and nothing else, and write nothing. A misspelt name would
 * read undefined, and a rule about undefined may well hold. Its own code runs on the object itself.
 */
export function strict<T extends object>(object: T, of: string): T {
  let proxy = wrapped.get(object) as T | undefined;
  if (proxy === undefined) {
    proxy = new Proxy(object, {
      get(target, key) {
        if (isMissing(target, key)) throw new NoSuchProperty(key, of, namesIn(target));
        const value = Reflect.get(target, key, target);
        // A method of a class may use its private fields, which only the object itself has.
        return typeof value === 'function' && !Object.hasOwn(target, key)
          ? value.bind(target)
          : value;
      },
      set(_, key) {
        throw new TypeError(`${String(key)} of ${of} can only be read`);
      },
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
      if (isMissing(target, key)) throw new NoSuchProperty(key, of, namesIn(object));
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
