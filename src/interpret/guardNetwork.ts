import { thrown } from '../model/controlCharacters.js';
import type {
  Goal,
  Json,
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
import { strictObject, UnknownName } from './strictObject.js';
import { describeValue, validateNetwork, validateRules, whyNotJson } from './validateNetwork.js';

/** A step that readies itself before a rule is evaluated of it, so that `again` begins anew. */
export type ResettableStep<W> = Step<W> & { readonly resetAgain?: () => void };

const guarded = new WeakMap<object, object>();

/** What `make` makes of a thing, once; what it made is itself. */
function once<T extends object>(thing: T, make: (thing: T) => T): T {
  const known = guarded.get(thing) as T | undefined;
  if (known !== undefined) return known;
  const made = make(thing);
  guarded.set(thing, made);
  guarded.set(made, made);
  return made;
}

/**
 * The network as the engine uses it: it is what its type says, and each of its functions answers what its type says or
 * throws a Fault that names it. Throws what `validateNetwork` throws, and later RW213 an answer of the wrong kind · RW214 a
 * function that throws · RW215 a property that the world does not have · RW216 a world that is not made as it must be ·
 * RW120 a function that asks for chance or time · RW121 one that answers otherwise the second time · RW122 one that
 * changes in place what it is given.
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

/** The same for rules that do not come with their network. */
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
    const { each } = rule;
    const asked = new RepeatedEvaluation(`each of ${who}`);
    return {
      ...rule,
      ...named,
      always: twice(who, yesOrNo, (world: W, part?: unknown) => rule.always(world, part)),
      ...(each && {
        // Things may be anything, so what was read tells whether it gives the same the second time.
        each: (world: W) => {
          let given: readonly unknown[] = [];
          asked.evaluate(() => {
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
/** A step of which a rule reads only what steps and stimuli have. Fields of messages differ, and may be missing. */
const strictStep = <W>(step: Step<W>): Step<W> =>
  strictObject(step, 'a step', STEP, (key, value) =>
    key === 'call' ? strictObject(value as Stimulus, 'a call', CALL) : value,
  );

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
          `${who} binds a look to ${component} too late; call look while world() runs, and in getters only what it gave`,
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
              `${who} reads ${component} through a look of another world: keep what look gave inside of world(), and not in a variable outside`,
            ),
          );
        throw new UserError(
          'RW216',
          `${who} reads ${component} while it is made, so it would show that one state for ever; read it in a getter: { get lit() { return lamp().value === 'on'; } }`,
        );
      };
    }),
  );
  isMade = true;
  // Of a network that shows nothing.
  const object = world ?? ({} as W & object);
  if (typeof object !== 'object' && typeof object !== 'function')
    throw new UserError(
      'RW216',
      `${who} is ${describeValue(object)}; give an object whose getters read the present state`,
    );
  if (isBound && worlds.has(object))
    throw new UserError(
      'RW216',
      `${who} is the same object as before, so the states before and after a call would be one; make a new object each time`,
    );
  worlds.add(object);
  // What getters give is read anew each time; what it holds must not be changed by a rule.
  for (const { value } of Object.values(Object.getOwnPropertyDescriptors(object)))
    deepFreeze(value);
  const guarded = strictObject(object, who);
  tokens.set(guarded, token);
  return guarded;
}

const worlds = new WeakSet<object>();

/** By world: what its looks know it by. */
const tokens = new WeakMap<object, object>();
/** The tokens of the worlds that the functions were given which run now. */
const readable: object[] = [];

/** Whether looks of a world may be read now: by a function that was given this world, and by whoever is no function of the network. */
const mayRead = (token: object): boolean => readable.length === 0 || readable.includes(token);

/** Runs a function that is given these things: of worlds among them it may read the looks. */
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

/** The function, its answers seen to be of a kind, and most of them twice. `reset` readies what it is given for being asked again. */
function twice<A extends readonly unknown[], T, U>(
  who: string,
  kind: (who: string, work: () => U) => T,
  ask: (...given: A) => U,
  reset: (...given: A) => void = () => {},
): (...given: A) => T {
  const asked = new RepeatedEvaluation(who);
  return (...given) =>
    withReadableWorlds(given, () =>
      asked.evaluate(
        () => kind(who, () => ask(...given)),
        () => reset(...given),
      ),
    );
}

/** Runs a function of the user's; what it throws becomes a Fault that says whose it was. */
export function runUserCode<T>(who: string, work: () => T): T {
  let answer: T;
  try {
    answer = purely(work);
  } catch (error) {
    throw throwUncaught(faultOf(who, error));
  }
  if (!isPromise(answer)) return answer;
  // What it comes to later is of no interest, nor that it fails.
  answer.then(undefined, () => {});
  throw new UserError(
    'RW213',
    `${who} answers with a promise; it must answer at once: take async and await out`,
  );
}

function faultOf(who: string, error: unknown): UserError {
  if (error instanceof UserError) return error;
  if (error instanceof Impure)
    return new UserError(
      'RW120',
      `${who} calls ${error.call}${placeOf(error)}; it must answer the same of the same state each time`,
    );
  if (isMutation(error))
    return new UserError(
      'RW122',
      `${who} changes what it was given in place: ${thrown(error)}${placeOf(error)}; change a copy instead: structuredClone(), toSorted(), { ...object }`,
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
    `${who} answers ${describeValue(answer)}; it must answer true or false`,
  );
}

/** What `each` may give. */
const MOST_THINGS = 65_536;

function things(who: string, each: () => unknown): readonly unknown[] {
  const answer = runUserCode(`each of ${who}`, each);
  if (Array.isArray(answer) && answer.length <= MOST_THINGS) return answer;
  if (Array.isArray(answer))
    throw new UserError(
      'RW213',
      `each of ${who} gives ${answer.length} things; it may give at most ${MOST_THINGS}`,
    );
  throw new UserError(
    'RW213',
    `each of ${who} answers ${describeValue(answer)}; it must give an array`,
  );
}

function texts(who: string, work: () => unknown): readonly string[] {
  const answer = runUserCode(who, work);
  if (Array.isArray(answer) && answer.every((part) => typeof part === 'string')) return answer;
  throw new UserError(
    'RW213',
    `${who} answers ${describeValue(answer)}; it must give an array of texts`,
  );
}

function text(who: string, work: () => unknown): string {
  const answer = runUserCode(who, work);
  if (typeof answer === 'string') return answer;
  throw new UserError('RW213', `${who} answers ${describeValue(answer)}; it must give a text`);
}

function json(who: string, work: () => unknown): Json {
  const answer = runUserCode(who, work);
  const why = whyNotJson(answer);
  if (why === undefined) return answer as Json;
  throw new UserError('RW213', `${who} answers what JSON cannot hold: ${why}`);
}

const isPromise = (answer: unknown): answer is PromiseLike<unknown> =>
  typeof (answer as Partial<PromiseLike<unknown>> | null | undefined)?.then === 'function';

/** The folder of recwalk's own code; undefined in a bundle. */
const ownFolder = (): string | undefined =>
  import.meta.url === undefined ? undefined : decodeURI(new URL('../', import.meta.url).pathname);

/** Where in the user's code something was thrown, if that can be told. */
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

/** Every property of a type is written down, so that the compiler sees which is forgotten; those without a value go. */
function defined<T>(all: { readonly [K in keyof T]-?: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as T;
}
