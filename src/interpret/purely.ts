import { Actor } from 'xstate';

/** A function was called whose answer depends on more than the state and the message. */
export class Impure extends Error {
  constructor(
    /** As a person writes it: `Math.random()`. */
    readonly call: string,
  ) {
    super(`${call} gives another answer each time, or none that can be trusted`);
  }
}

type Functions = Record<string, (...args: never[]) => unknown>;

/** The object that has a method: the thing itself, or one of its prototypes. */
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
    // A browser has no process, and an insecure page no randomUUID.
    [globalThis.process, 'hrtime', 'process.hrtime()'],
    [globalThis.process, 'uptime', 'process.uptime()'],
    // XState's pure transition gives functions an actor that never leaves the first state.
    [Actor.prototype, 'getSnapshot', 'self.getSnapshot()'],
    [Actor.prototype, 'getPersistedSnapshot', 'self.getPersistedSnapshot()'],
    [Actor.prototype, 'send', 'self.send()'],
    [Actor.prototype, 'subscribe', 'self.subscribe()'],
  ] as const
).flatMap(([thing, name, call]) => {
  if (thing === undefined || !(name in thing)) return [];
  const trap = () => trapped(call);
  // process.hrtime.bigint()
  return { owner: ownerOf(thing, name), name, trap: Object.assign(trap, { bigint: trap }) };
});

let depth = 0;
/** What `insist` threw since the present run of user code began. */
let raised: Error | undefined;

/** Whether user code runs now. */
export const isRunning = (): boolean => depth > 0;

/** Throws an error that user code cannot swallow: it is thrown again when that code has ended. */
export function throwUncaught(error: Error): never {
  if (depth > 0) raised = error;
  throw error;
}

const trapped = (call: string): never => throwUncaught(new Impure(call));

/** What takes the place of Date: dates can be made of numbers and texts, but not of the present. */
const dates: ProxyHandler<DateConstructor> = {
  construct: (date, args, as) =>
    args.length === 0
      ? trapped('new Date()')
      : Reflect.construct(date, args, as === Pure ? date : as),
  apply: () => trapped('Date()'),
  // of a clock that a test has put in its place
  get: (date, key) => (key === 'now' ? () => trapped('Date.now()') : Reflect.get(date, key)),
};
let Pure = Date;

/** What was there before: a test may have put its own in the place of any of them. */
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
 * Runs code of the user's, which must answer the same each time. If it asks for chance or time, Impure is thrown,
 * whatever the code makes of that; so is what else was thrown by `insist`. What runs afterwards, or later, may ask for both.
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
