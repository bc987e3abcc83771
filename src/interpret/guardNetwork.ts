import { thrown } from '../model/controlCharacters.js';
import type {
  Fairness,
  Goal,
  Json,
  Message,
  Network,
  Rule,
  Select,
  Selector,
  Snapshot,
  Step,
  Stimulus,
} from '../model/network.js';
import { UserError } from '../model/userError.js';
import { deepFreeze, isMutation } from './deepFreeze.js';
import { didYouMean } from './didYouMean.js';
import { Impure, purely, throwUncaught } from './purely.js';
import { RepeatedEvaluation, recordRead } from './repeatedEvaluation.js';
import { describeValue } from './schema.js';
import { strictObject, UnknownName } from './strictObject.js';
import { validateNetwork, validateRules, whyNotJson } from './validateNetwork.js';

/** A step whose `resetAgain` runs before a rule is evaluated a second time, so that `again` starts over. */
export type ResettableStep<W> = Step<W> & { readonly resetAgain?: () => void };

const guarded = new WeakMap<object, object>();

/** Applies `make` once per object and caches the result. A result maps to itself. */
function once<T extends object>(thing: T, make: (thing: T) => T): T {
  const known = guarded.get(thing) as T | undefined;
  if (known !== undefined) return known;
  const made = make(thing);
  guarded.set(thing, made);
  guarded.set(made, made);
  return made;
}

/**
 * The network as the engine uses it. It conforms to its type, and each of its functions returns a value of its
 * declared type or throws a UserError that names the function. Throws the errors of `validateNetwork`. The functions
 * throw RW213 for a result of the wrong type · RW214 for an exception · RW215 for reading a property that the world
 * does not have · RW216 for a world that is built incorrectly · RW120 for reading random numbers or the time · RW121
 * for a different result the second time · RW122 for changing an argument in place.
 */
export function guardNetwork<W>(network: Network<W>): Network<W> {
  return once(network, () => {
    validateNetwork(network);
    const of = `of network ${network.name}`;
    const { isTerminal, outcome, unobservable, outcomeData, breakClass, rules } = network;
    return defined<Network<W>>({
      name: network.name,
      description: network.description,
      components: network.components,
      stimuli: network.stimuli,
      world: (look) => worldOf(network, look),
      isTerminal:
        isTerminal && twice(`isTerminal ${of}`, yesOrNo, (world: W) => network.isTerminal!(world)),
      rules: rules?.map(guardRule),
      outcome:
        outcome && twice(`outcome ${of}`, texts, (...emitted) => network.outcome!(...emitted)),
      unobservable:
        unobservable &&
        twice(`unobservable ${of}`, texts, (emitted) => network.unobservable!(emitted)),
      outcomeData:
        outcomeData &&
        twice(`outcomeData ${of}`, json, (...emitted) => network.outcomeData!(...emitted)),
      breakClass:
        breakClass && twice(`breakClass ${of}`, text, (...call) => network.breakClass!(...call)),
      scope: network.scope,
      scopeText: network.scopeText,
      symmetry: network.symmetry,
      glossary: network.glossary,
    });
  });
}

/** Guards rules that are not part of their network, as `guardNetwork` does. */
export function guardRules<W>(rules: readonly Rule<W>[], network: Network<W>): readonly Rule<W>[] {
  validateRules(rules, `network ${network.name}`);
  return rules.map(guardRule);
}

const guardRule = <W>(rule: Rule<W>): Rule<W> =>
  once(rule, () => {
    const who = `rule "${rule.id}"`;
    const { id, description, source, unobservable } = rule;
    const named = { id, description, source, ...(unobservable && { unobservable }) };
    if (rule.possible)
      return { ...rule, ...named, possible: rule.possible.map((goal) => guardGoal(goal, who)) };
    if (rule.step)
      return {
        ...rule,
        ...named,
        step: twice(
          who,
          yesOrNo,
          (step: Step<W>) =>
            withReadableWorlds([step.before, step.after], () => rule.step(strictStep(step))),
          (step: ResettableStep<W>) => step.resetAgain?.(),
        ),
      };
    if (rule.recoverable)
      return {
        ...rule,
        ...named,
        recoverable: twice(who, yesOrNo, (world: W) => rule.recoverable(world)),
      };
    if (rule.eventually)
      return {
        ...rule,
        ...named,
        eventually: twice(who, yesOrNo, (world: W) => rule.eventually(world)),
        ...guardFairness(rule.fair, who),
      };
    if (rule.leadsTo) {
      const { leadsTo } = rule;
      return {
        ...rule,
        ...named,
        leadsTo: {
          from: twice(`from of ${who}`, yesOrNo, (world: W) => leadsTo.from(world)),
          to: twice(`to of ${who}`, yesOrNo, (world: W) => leadsTo.to(world)),
        },
        ...guardFairness(rule.fair, who),
      };
    }
    if (rule.serializable) {
      const { process, isIdle, result } = rule.serializable;
      return {
        ...rule,
        ...named,
        serializable: {
          process: twice(`process of ${who}`, optionalText, (call: Stimulus) =>
            process.call(rule.serializable, strictObject(call, 'a call', CALL)),
          ),
          isIdle: twice(`isIdle of ${who}`, yesOrNo, (world: W, one: string) =>
            isIdle.call(rule.serializable, world, one),
          ),
          ...(result && {
            result: twice(`result of ${who}`, json, (emitted: readonly Message[]) =>
              result.call(rule.serializable, emitted),
            ),
          }),
        },
      };
    }
    const { each } = rule;
    const repeated = new RepeatedEvaluation(`each of ${who}`);
    return {
      ...rule,
      ...named,
      always: twice(who, yesOrNo, (world: W, part?: unknown) => rule.always(world, part)),
      ...(each && {
        // The things can be of any type, so the check compares their number and the reads of both evaluations.
        each: (world: W) => {
          let given: readonly unknown[] = [];
          repeated.evaluate(() => {
            given = withReadableWorlds([world], () => things(who, () => rule.each!(world)));
            return given.length;
          });
          return given;
        },
      }),
    };
  });

const STEP = new Set<string>([
  'before',
  'call',
  'emitted',
  'after',
  'changed',
  'again',
] satisfies (keyof Step<unknown>)[]);
const CALL = new Set<string>([
  'to',
  'message',
  'also',
  'description',
  'call',
] satisfies (keyof Stimulus)[]);
/**
 * A step in which a rule can read only properties that steps and stimuli have. Messages are exempt: their fields vary
 * and may be missing.
 */
const strictStep = <W>(step: Step<W>): Step<W> =>
  strictObject(step, 'a step', STEP, (key, value) =>
    key === 'call' ? strictObject(value as Stimulus, 'a call', CALL) : value,
  );

/** The `fair` property of a rule. */
function guardFairness(fair: Fairness | undefined, rule: string): { readonly fair?: Fairness } {
  if (fair === undefined) return {};
  const guard = (kind: keyof Fairness) =>
    fair[kind] &&
    twice(`${kind} fairness of ${rule}`, optionalText, (call: Stimulus) =>
      fair[kind]!(strictObject(call, 'a call', CALL)),
    );
  return { fair: defined<Fairness>({ weak: guard('weak'), strong: guard('strong') }) };
}

function guardGoal<W>(goal: Goal<W>, rule: string): Goal<W> {
  const who = `goal "${goal.description}" of ${rule}`;
  const { inScope } = goal;
  return defined<Goal<W>>({
    description: goal.description,
    holds: twice(who, yesOrNo, (world: W) => goal.holds(world)),
    inScope: inScope && twice(`inScope of ${who}`, yesOrNo, (world: W) => goal.inScope!(world)),
  });
}

function worldOf<W>(network: Network<W>, look: Select): W {
  const who = `the world of network ${network.name}`;
  const token = {};
  let isMade = false;
  let isBound = false;
  let looks = 1;
  const world = runUserCode(who, () =>
    network.world(<V = Snapshot>(component: string, read?: (seen: Snapshot) => V): Selector<V> => {
      if (isMade)
        throw new UserError(
          'RW216',
          `${who} binds a selector to ${component} too late; call select while world() runs, and in getters only the selectors it returned`,
        );
      isBound = true;
      const present = look(component, read);
      const number = looks++;
      return () => {
        recordRead(number);
        if (isMade && mayRead(token)) return present();
        if (isMade)
          throw throwUncaught(
            new UserError(
              'RW216',
              `${who} reads ${component} through a selector of another world: keep the selectors inside of world(), not in a variable outside`,
            ),
          );
        throw new UserError(
          'RW216',
          `${who} reads ${component} while world() runs, so the value would never change; read it in a getter: { get lit() { return lamp().value === 'on'; } }`,
        );
      };
    }),
  );
  isMade = true;
  // world() of a network without observations may return nothing.
  const object = world ?? ({} as W & object);
  if (typeof object !== 'object' && typeof object !== 'function')
    throw new UserError(
      'RW216',
      `${who} is ${describeValue(object)}; give an object whose getters read the present state`,
    );
  if (isBound && worlds.has(object))
    throw new UserError(
      'RW216',
      `${who} is the same object as before, so the states before and after a call would be the same; return a new object each time`,
    );
  worlds.add(object);
  // A getter is evaluated at each read. A plain value must be frozen, or a rule could change it.
  for (const { value } of Object.values(Object.getOwnPropertyDescriptors(object)))
    deepFreeze(value);
  const guarded = strictObject(object, who);
  tokens.set(guarded, token);
  return guarded;
}

const worlds = new WeakSet<object>();

/** By world: the token that its selectors carry. */
const tokens = new WeakMap<object, object>();
/** Tokens of the worlds passed to the functions that run now. */
const readable: object[] = [];

/**
 * Whether the selectors of a world may be read now. A function of the network may read the worlds passed to it; code
 * outside of these functions may read any world.
 */
const mayRead = (token: object): boolean => readable.length === 0 || readable.includes(token);

/** Runs `work` with these arguments of a user function. `work` may read the selectors of the worlds among them. */
export function withReadableWorlds<T>(given: readonly unknown[], work: () => T): T {
  const { length } = readable;
  for (let i = 0; i < given.length; i++) {
    const token = tokens.get(given[i] as object);
    if (token !== undefined) readable.push(token);
  }
  try {
    return work();
  } finally {
    readable.length = length;
  }
}

/**
 * Wraps a user function: `kind` checks the type of each result, and a RepeatedEvaluation evaluates it a second time, at
 * the rate stated there. `reset` prepares the arguments for the second evaluation.
 */
function twice<A extends readonly unknown[], T, U>(
  who: string,
  kind: (who: string, work: () => U) => T,
  evaluate: (...given: A) => U,
  reset: (...given: A) => void = () => {},
): (...given: A) => T {
  const repeated = new RepeatedEvaluation(who);
  return (...given) =>
    withReadableWorlds(given, () =>
      repeated.evaluate(
        () => kind(who, () => evaluate(...given)),
        () => reset(...given),
      ),
    );
}

/**
 * Runs a user function. An error that it throws becomes a UserError that names `who`. Throws RW213 if the function
 * returns a promise.
 */
export function runUserCode<T>(who: string, work: () => T): T {
  let answer: T;
  try {
    answer = purely(work);
  } catch (error) {
    throw throwUncaught(faultOf(who, error));
  }
  if (!isPromise(answer)) return answer;
  // The promise is dropped. The handler prevents an unhandled rejection.
  answer.then(undefined, () => {});
  throw new UserError(
    'RW213',
    `${who} returns a promise; it must return its result synchronously: remove async and await`,
  );
}

function faultOf(who: string, error: unknown): UserError {
  if (error instanceof UserError) return error;
  if (error instanceof Impure)
    return new UserError(
      'RW120',
      `${who} calls ${error.call}${placeOf(error)}; it must return the same result for the same state each time`,
    );
  if (isMutation(error))
    return new UserError(
      'RW122',
      `${who} changes its arguments in place: ${thrown(error)}${placeOf(error)}; change a copy instead: structuredClone(), toSorted(), { ...object }`,
    );
  if (error instanceof UnknownName)
    return new UserError(
      error.code,
      `${who} ${error.what}; ${didYouMean(error.called, error.known)}`,
    );
  return new UserError('RW214', `${who} fails: ${thrown(error)}${placeOf(error)}`);
}

function yesOrNo(who: string, predicate: () => unknown): boolean {
  const answer = runUserCode(who, predicate);
  if (typeof answer === 'boolean') return answer;
  throw new UserError(
    'RW213',
    `${who} returns ${describeValue(answer)}; it must return true or false`,
  );
}

/** Most things that `each` may return. */
const MOST_THINGS = 65_536;

function things(who: string, each: () => unknown): readonly unknown[] {
  const answer = runUserCode(`each of ${who}`, each);
  if (Array.isArray(answer) && answer.length <= MOST_THINGS) return answer;
  if (Array.isArray(answer))
    throw new UserError(
      'RW213',
      `each of ${who} returns ${answer.length} things; it may return at most ${MOST_THINGS}`,
    );
  throw new UserError(
    'RW213',
    `each of ${who} returns ${describeValue(answer)}; it must return an array`,
  );
}

function texts(who: string, work: () => unknown): readonly string[] {
  const answer = runUserCode(who, work);
  if (Array.isArray(answer) && answer.every((part) => typeof part === 'string')) return answer;
  throw new UserError(
    'RW213',
    `${who} returns ${describeValue(answer)}; it must return an array of strings`,
  );
}

function text(who: string, work: () => unknown): string {
  const answer = runUserCode(who, work);
  if (typeof answer === 'string') return answer;
  throw new UserError('RW213', `${who} returns ${describeValue(answer)}; it must return a string`);
}

function optionalText(who: string, work: () => unknown): string | undefined {
  const answer = runUserCode(who, work);
  if (typeof answer === 'string' || answer === undefined) return answer;
  throw new UserError(
    'RW213',
    `${who} returns ${describeValue(answer)}; it must return a string or undefined`,
  );
}

function json(who: string, work: () => unknown): Json {
  const answer = runUserCode(who, work);
  const why = whyNotJson(answer);
  if (why === undefined) return answer as Json;
  throw new UserError('RW213', `${who} returns a value that JSON cannot hold: ${why}`);
}

const isPromise = (answer: unknown): answer is PromiseLike<unknown> =>
  typeof (answer as Partial<PromiseLike<unknown>> | null | undefined)?.then === 'function';

/** The folder of recwalk's own code; undefined in a bundle. */
const ownFolder = (): string | undefined =>
  import.meta.url === undefined ? undefined : decodeURI(new URL('../', import.meta.url).pathname);

/** The place in user code where an error was thrown, as ` (file:line:column)`; empty if the stack does not show it. */
function placeOf(error: unknown): string {
  const own = ownFolder();
  const stack = error instanceof Error ? String(error.stack) : '';
  const frame = stack
    .split('\n')
    .filter((line) => /^\s*at /.test(line) && !/node:|node_modules/.test(line))
    .filter((line) => own === undefined || !line.includes(own))
    .map((line) => /(?:file:\/\/)?(\/[^\s()]+:\d+:\d+)\)?$/.exec(line)?.[1])
    .find((place) => place !== undefined);
  return frame === undefined ? '' : ` (${frame})`;
}

/** Removes undefined properties. The type requires every property, so the compiler reports one that is missing. */
function defined<T>(all: { readonly [K in keyof T]-?: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as T;
}
