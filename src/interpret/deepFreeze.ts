const known = new WeakSet<object>();

/** Methods that change their object, by prototype. */
const CHANGING = new Map<object, readonly string[]>([
  [Map.prototype, ['set', 'delete', 'clear']],
  [Set.prototype, ['add', 'delete', 'clear']],
  [Date.prototype, Object.getOwnPropertyNames(Date.prototype).filter((n) => n.startsWith('set'))],
]);

const guards = new Map<string, () => never>();
const guardFunctions = new WeakSet<object>();

/** A function that throws, in place of a method that changes its object. */
function guardNamed(name: string): () => never {
  let guard = guards.get(name);
  if (guard === undefined) {
    guard = () => {
      throw new TypeError(`${name}() would change it in place`);
    };
    guards.set(name, guard);
    guardFunctions.add(guard);
  }
  return guard;
}

/** Whether a property value is a guard that `deepFreeze` installed. */
export const isGuard = (value: unknown): boolean =>
  typeof value === 'function' && guardFunctions.has(value);

/**
 * Freezes a value and its contents in place, and returns it. A later change throws; a copy can be changed. Only plain
 * objects, arrays, Map, Set and Date are frozen.
 */
export function deepFreeze<T>(value: T): T {
  const open: unknown[] = [value];
  while (open.length > 0) {
    const one = open.pop();
    if (typeof one !== 'object' || one === null || known.has(one)) continue;
    const proto = Object.getPrototypeOf(one);
    const changing = CHANGING.get(proto);
    if (
      changing === undefined &&
      proto !== Object.prototype &&
      proto !== null &&
      !Array.isArray(one)
    )
      continue;
    known.add(one);
    for (const name of changing ?? [])
      if (Object.isExtensible(one)) Object.defineProperty(one, name, { value: guardNamed(name) });
    for (const key of Reflect.ownKeys(one))
      open.push(Object.getOwnPropertyDescriptor(one, key)!.value);
    if (one instanceof Map) open.push(...one.keys(), ...one.values());
    else if (one instanceof Set) open.push(...one);
    Object.freeze(one);
  }
  return value;
}

/** Whether an error came from a change to a frozen object. XState wraps errors of guards in its own error. */
export const isMutation = (error: unknown): error is Error =>
  error instanceof Error &&
  (error instanceof TypeError || error.message.startsWith('Unable to evaluate guard')) &&
  /read only property|not extensible|Cannot delete property|Cannot redefine property|would change it in place/.test(
    error.message,
  );
