import type { AnyEventObject, AnyStateMachine } from 'xstate';
import {
  COMPLETE,
  FAIL,
  isMachine,
  kindOf,
  NEXT,
  REJECT,
  RESOLVE,
} from '../interpret/actorLogic.js';
import { descriptorsOf, isOfType } from '../interpret/eventTypes.js';
import { ACTOR, TIMER } from '../interpret/systemSnapshot.js';
import { oneLine } from '../model/controlCharacters.js';
import type { Json, Message, Stimulus } from '../model/network.js';
import { UserError } from '../model/userError.js';
import { type FoundActor, found } from './delays.js';
import { messageText } from './machineWorld.js';

/** Events that fast-check drew, and the seed that draws the same ones again: `sampled` of recwalk/fast-check. */
export interface SampledEvents {
  readonly events: readonly AnyEventObject[];
  readonly seed: number;
}

/** What an actor may answer. Default: a promise resolves with undefined or rejects, an observable completes or fails. */
export interface Answers {
  /** The outputs of a promise, one for each way in which it may resolve. */
  readonly output?: readonly Json[];
  /** The errors with which it may reject or fail; none: it does not fail. */
  readonly error?: readonly Json[];
  /** The values of an observable; the events of a callback or an event observable of a started machine. */
  readonly next?: readonly Json[];
}

/** What a machine does not say about its stimuli. */
export interface StimulusOptions {
  /** Events with their fields. A type without one is sent without other fields; a wildcard needs at least one. */
  readonly events?: readonly (AnyEventObject | SampledEvents)[];
  /** The answers of the actors that the machine starts, by id or by the name of their logic. */
  readonly actors?: Readonly<Record<string, Answers>>;
  /** Names of delayed events that only a run of the machine shows: their ids, or the types of their events. */
  readonly timers?: readonly string[];
}

export const isSampled = (one: AnyEventObject | SampledEvents): one is SampledEvents =>
  !('type' in one);

/** The error of an actor for which none is given: code often reads its message. */
const defaultError = (name: string): Json => ({ name: 'Error', message: `${name} fails` });

/**
 * Everything that the environment of a machine may do, as stimuli for the component of this name: its events, its
 * time-outs, and the answers of the actors that it starts. Throws RW114 for a wildcard that matches no given event.
 */
export function machineStimuli(
  component: string,
  machine: AnyStateMachine,
  { events = [], actors = {}, timers = [] }: StimulusOptions = {},
): readonly Stimulus[] {
  const given = events.flatMap((one): readonly AnyEventObject[] =>
    isSampled(one) ? one.events : [one],
  );
  const stimuli = [
    ...eventsOf(component, machine, given).map((event) => [event, messageText(event)] as const),
    ...timers.map((timer) => [{ type: TIMER, timer }, `${timer} fires`] as const),
    ...systemEvents(machine, actors, '', [machine]),
    ...undeclared(machine, actors),
  ].map(([message, text]): Stimulus => ({ to: component, message, description: oneLine(text) }));
  return [...new Map(stimuli.map((stimulus) => [stimulus.description, stimulus])).values()];
}

function eventsOf(
  component: string,
  machine: AnyStateMachine,
  given: readonly AnyEventObject[],
): readonly Message[] {
  const events = descriptorsOf(machine).flatMap((descriptor): readonly AnyEventObject[] => {
    const matching = given.filter(({ type }) => isOfType(type, descriptor));
    if (matching.length > 0 || !descriptor.endsWith('*'))
      return matching.length > 0 ? matching : [{ type: descriptor }];
    throw new UserError(
      'RW114',
      `machine ${component} has a transition for "${descriptor}", which names no event; declare events that it matches: export const recwalk = { events: [{ type: '${descriptor.replace('*', 'anything')}' }] }`,
    );
  });
  // An event that matches nothing is kept: the network refuses it by name (RW218).
  return [...new Set([...events, ...given])] as Message[];
}

type Sent = readonly [message: Message, text: string];

/** The stimuli of a machine's actor system. `path` is that of the machine's actor, with a dot at its end. */
function systemEvents(
  machine: AnyStateMachine,
  answers: Readonly<Record<string, Answers>>,
  path: string,
  above: readonly AnyStateMachine[],
): readonly Sent[] {
  const { timers, actors } = found(machine);
  const where = path === '' ? {} : { actor: path.slice(0, -1) };
  const prefix = path === '' ? '' : `${path.slice(0, -1)}: `;
  return [
    ...timers.map(
      ({ name, text }): Sent => [{ type: TIMER, timer: name, ...where }, `${prefix}${text}`],
    ),
    ...actors.flatMap((actor) => {
      const { id, src, logic } = actor;
      if (isMachine(logic))
        return above.includes(logic)
          ? []
          : systemEvents(logic, answers, `${path}${id}.`, [...above, logic]);
      return answersOf(actor, answers[`${path}${id}`] ?? answers[id] ?? answers[src] ?? {}, path);
    }),
  ];
}

/** The answers of actors that the config does not show, such as those that an assigner spawns. */
function undeclared(
  machine: AnyStateMachine,
  answers: Readonly<Record<string, Answers>>,
): readonly Sent[] {
  const known = actorNames(machine, '', [machine]);
  return Object.entries(answers)
    .filter(([name]) => !known.includes(name))
    .flatMap(([id, one]) => answersOf({ id, src: id, logic: undefined }, one, ''));
}

/** The names by which the answers of the actors of a config can be given. */
function actorNames(
  machine: AnyStateMachine,
  path: string,
  above: readonly AnyStateMachine[],
): readonly string[] {
  return found(machine).actors.flatMap(({ id, src, logic }) => [
    ...[`${path}${id}`, id, src],
    ...(isMachine(logic) && !above.includes(logic)
      ? actorNames(logic, `${path}${id}.`, [...above, logic])
      : []),
  ]);
}

/** The answers of an actor. A callback of the machine itself sends only events that are stimuli anyway. */
function answersOf(
  { id, src, logic }: FoundActor,
  { output = [undefined as never], error, next = [] }: Answers,
  path: string,
): readonly Sent[] {
  const actor = `${path}${id}`;
  const kind = logic === undefined ? 'promise' : kindOf(logic);
  const name = `${path}${/^\d+\./.test(id) ? src : id}`;
  const sent = (type: string, data: Json | undefined, does: string): Sent => [
    { type: ACTOR, actor, event: { type, ...(data !== undefined && { data }) } },
    `${name} ${does}${data === undefined ? '' : ` ${JSON.stringify(data)}`}`,
  ];
  const failures = (type: string, does: string): readonly Sent[] =>
    error?.map((one) => sent(type, one, does)) ?? [
      [{ type: ACTOR, actor, event: { type, data: defaultError(src) } }, `${name} ${does}`],
    ];
  const events = (): readonly Sent[] =>
    next.map((event) => [
      { type: ACTOR, actor, event },
      `${name} sends ${messageText(event as unknown as Message)}`,
    ]);
  switch (kind) {
    case 'promise':
      return [
        ...output.map((value) => sent(RESOLVE, value, 'resolves')),
        ...failures(REJECT, 'rejects'),
      ];
    case 'observable':
      return [
        ...next.map((value) => sent(NEXT, value, 'gives')),
        ...[sent(COMPLETE, undefined, 'completes'), ...failures(FAIL, 'fails')],
      ];
    case 'event observable':
      return [...events(), ...[sent(COMPLETE, undefined, 'completes'), ...failures(FAIL, 'fails')]];
    case 'callback':
      return events();
    default:
      return [];
  }
}
