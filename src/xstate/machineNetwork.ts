import type { AnyStateMachine } from 'xstate';
import * as z from 'zod/mini';
import { FAIL, REJECT, RESOLVE } from '../interpret/actorLogic.js';
import { conforms, list, record, type Shape, text } from '../interpret/schema.js';
import { oneLine } from '../model/controlCharacters.js';
import { counted } from '../model/formatNumber.js';
import type { Json, Network, Rule, Stimulus } from '../model/network.js';
import { type Answers, isSampled, machineStimuli, type StimulusOptions } from './machineStimuli.js';
import { type MachineWorld, machineOutcome, machineWorld } from './machineWorld.js';

/** What recwalk cannot read from a machine. A file exports it beside its machine, under the name `recwalk`. */
export interface MachineOptions extends StimulusOptions {
  /** The input with which the machine starts. */
  readonly input?: Json;
  readonly rules?: readonly Rule<MachineWorld>[];
}

const options = z.strictObject({
  events: z.optional(list),
  actors: z.optional(record),
  timers: z.optional(list),
  input: z.optional(z.unknown()),
  rules: z.optional(list),
} satisfies Shape<MachineOptions>);

const anEvent = z.looseObject({ type: text });
const sampledEvents = z.looseObject({ events: list, seed: z.number() });
const answers = z.strictObject({
  output: z.optional(list),
  error: z.optional(list),
  next: z.optional(list),
} satisfies Shape<Answers>);

/** Of a machine whose actors may fail. XState stops a machine that has no transition for the error of its actor. */
const NO_ERROR: Rule<MachineWorld> = {
  id: 'no-unhandled-error',
  description: 'The machine handles every error of the actors that it starts.',
  source: 'XState stops a machine with an error that it does not handle',
  always: ({ status }) => status !== 'error',
};

/**
 * A network of one machine: what its environment may do are the stimuli, and its snapshot is the world. `name` is the
 * name of the network and of its component, by default the id of the machine. Throws RW210 for options that do not
 * conform to their type, RW114 for a wildcard without events.
 */
export function machineNetwork(
  machine: AnyStateMachine,
  given: MachineOptions = {},
  name = machine.id,
): Network<MachineWorld> {
  const where = `the options of machine ${name}`;
  conforms(options, given, where);
  for (const [i, event] of (given.events ?? []).entries())
    conforms(
      event !== null && typeof event === 'object' && 'events' in event ? sampledEvents : anEvent,
      event,
      `${where}: events[${i}]`,
    );
  for (const [id, one] of Object.entries(given.actors ?? {}))
    conforms(answers, one, `${where}: actors["${id}"]`);
  const { input, rules = [], ...rest } = given;
  const stimuli = machineStimuli(name, machine, rest);
  const mayFail = stimuli.some((one) => [REJECT, FAIL].includes(resultOf(one)?.type as string));
  const scope = assumptions(stimuli, rest);
  return {
    name,
    description: oneLine(machine.config.description ?? '') || `the machine ${name}`,
    components: [{ name, machine, ...(input !== undefined && { input }) }],
    stimuli,
    world: (select) => machineWorld(select, name),
    isTerminal: ({ status }) => status !== 'active',
    outcome: machineOutcome,
    rules: [...(mayFail ? [NO_ERROR] : []), ...rules],
    ...(scope.length > 0 && { scopeText: oneLine(scope.join('; ')) }),
  };
}

/** What the verdicts take for granted about the environment. */
function assumptions(stimuli: readonly Stimulus[], { events = [] }: StimulusOptions): string[] {
  const silent = stimuli.filter((one) => {
    const event = resultOf(one);
    return event?.type === RESOLVE && !('data' in event);
  });
  return [
    ...events
      .filter(isSampled)
      .map((one) => `${counted(one.events.length, 'sampled event')}, seed ${one.seed}`),
    ...silent.map(({ description }) => `${description} with undefined`),
  ];
}

/** The event that an actor receives by a stimulus. */
const resultOf = ({ message }: Stimulus) =>
  message.event as { readonly type: string; readonly data?: Json } | undefined;
