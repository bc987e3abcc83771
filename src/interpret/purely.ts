import { Actor } from 'xstate';

/** User code called a function whose result depends on more than the state and the message. */
export class Impure extends Error {
  constructor(
    /** The call in source form: `Math.random()`. */
    readonly call: string,
  ) {
    super(`${call} gives another answer each time, or none that can be trusted`);
  }
}

type Functions = Record<string, (...args: never[]) => unknown>;

/** The object that owns a method: `thing` itself, or one of its prototypes. */
function ownerOf(thing: object, name: string): Functions {
  let at: object = thing;
  while (!Object.hasOwn(at, name)) at = Object.getPrototypeOf(at);
  return at as Functions;
}

const SOURCES = (
  [
    [Math, 'random', 'Math.random()'],
    [Date, 'now', 'Date.now()'],
    [globalThis.performance, 'now', 'performance.now()'],
    [globalThis.crypto, 'getRandomValues', 'crypto.getRandomValues()'],
    [globalThis.crypto, 'randomUUID', 'crypto.randomUUID()'],
    // A browser has no process, and an insecure page has no crypto.randomUUID.
    [globalThis.process, 'hrtime', 'process.hrtime()'],
    [globalThis.process, 'uptime', 'process.uptime()'],
    // XState's pure transition passes user code an actor that stays in the first state for ever.
    [Actor.prototype, 'getSnapshot', 'self.getSnapshot()'],
    [Actor.prototype, 'getPersistedSnapshot', 'self.getPersistedSnapshot()'],
    [Actor.prototype, 'send', 'self.send()'],
    [Actor.prototype, 'subscribe', 'self.subscribe()'],
  ] as const
).flatMap(([thing, name, call]) => {
  if (thing === undefined || !(name in thing)) return [];
  const trap = () => trapped(call);
  // The property is for process.hrtime.bigint().
  return { owner: ownerOf(thing, name), name, trap: Object.assign(trap, { bigint: trap }) };
});

let depth = 0;
/** The error that `throwUncaught` threw during the current run of user code. */
let raised: Error | undefined;

/** Whether user code is running. */
export const isRunning = (): boolean => depth > 0;

/** Throws an error that user code cannot suppress: `purely` throws it again after the code has returned. */
export function throwUncaught(error: Error): never {
  if (depth > 0) raised = error;
  throw error;
}

const trapped = (call: string): never => throwUncaught(new Impure(call));

/** Handler of the proxy that replaces Date. It makes dates from numbers and strings, but not from the current time. */
const dates: ProxyHandler<DateConstructor> = {
  construct: (date, args, as) =>
    args.length === 0
      ? trapped('new Date()')
      : Reflect.construct(date, args, as === Pure ? date : as),
  apply: () => trapped('Date()'),
  // Date may be the fake clock of a test, with a now() that SOURCES does not replace.
  get: (date, key) => (key === 'now' ? () => trapped('Date.now()') : Reflect.get(date, key)),
};
let Pure = Date;

/** The replaced functions and Date, to restore. They are read at each run, since a test may have installed fakes. */
const before: ((...args: never[]) => unknown)[] = [];
let dateBefore = Date;

function set(): void {
  for (let i = 0; i < SOURCES.length; i++) {
    const { owner, name, trap } = SOURCES[i]!;
    before[i] = owner[name]!;
    owner[name] = trap;
  }
  if (Date !== dateBefore || Pure === Date) {
    dateBefore = Date;
    Pure = new Proxy(Date, dates);
  }
  globalThis.Date = Pure;
  dateBefore.prototype.constructor = Pure;
}

function release(): void {
  for (let i = 0; i < SOURCES.length; i++) {
    const { owner, name } = SOURCES[i]!;
    owner[name] = before[i]!;
  }
  globalThis.Date = dateBefore;
  dateBefore.prototype.constructor = dateBefore;
}

/**
 * Runs user code that must be deterministic. Throws Impure if it reads random numbers or the time, even if the code
 * catches that error; the same holds for any error from `throwUncaught`. Code that runs after it, or asynchronously
 * later, may read both.
 */
export function purely<T>(work: () => T): T {
  const outer = raised;
  raised = undefined;
  if (depth++ === 0) set();
  let failure: { readonly error: unknown } | undefined;
  let answer: T | undefined;
  try {
    answer = work();
  } catch (error) {
    failure = { error };
  }
  if (--depth === 0) release();
  const found = raised;
  raised = depth > 0 ? (outer ?? found) : undefined;
  if (found !== undefined) throw found;
  if (failure !== undefined) throw failure.error;
  return answer as T;
}
