import type { AnyEventObject, AnyStateMachine } from 'xstate';
import * as z from 'zod/mini';
import { conforms, list, type Shape } from '../interpret/schema.js';
import { oneLine } from '../model/controlCharacters.js';
import { counted } from '../model/formatNumber.js';
import type { Json, Network, Rule } from '../model/network.js';
import { eventStimuli, type SampledEvents } from './machineStimuli.js';
import { type MachineWorld, machineOutcome, machineWorld } from './machineWorld.js';

/** What recwalk cannot read from a machine. A file exports it beside its machine, under the name `recwalk`. */
export interface MachineOptions {
  /** Events with their fields. A type without one is sent without other fields; a wildcard needs at least one. */
  readonly events?: readonly (AnyEventObject | SampledEvents)[];
  /** The input with which the machine starts. */
  readonly input?: Json;
  readonly rules?: readonly Rule<MachineWorld>[];
}

const options = z.strictObject({
  events: z.optional(list),
  input: z.optional(z.unknown()),
  rules: z.optional(list),
} satisfies Shape<MachineOptions>);

const isSampled = (one: AnyEventObject | SampledEvents): one is SampledEvents => !('type' in one);

/** Whether a value is an XState 5 machine, of whichever copy of XState. */
export const isMachine = (value: unknown): value is AnyStateMachine =>
  typeof (value as Partial<AnyStateMachine> | null | undefined)?.getTransitionData === 'function';

/**
 * A network of one machine: its events are the stimuli, and its snapshot is the world. `name` is the name of the
 * network and of its component, by default the id of the machine. Throws RW210 for options that do not conform to their
 * type, RW114 for a wildcard without events.
 */
export function machineNetwork(
  machine: AnyStateMachine,
  given: MachineOptions = {},
  name = machine.id,
): Network<MachineWorld> {
  conforms(options, given, `the options of machine ${name}`);
  const { events = [], input, rules } = given;
  const samples = events.filter(isSampled);
  const stimuli = eventStimuli(
    name,
    machine,
    events.flatMap((one): readonly AnyEventObject[] => (isSampled(one) ? one.events : [one])),
  );
  const scope = samples.map(
    (one) => `${counted(one.events.length, 'sampled event')}, seed ${one.seed}`,
  );
  return {
    name,
    description: oneLine(machine.config.description ?? '') || `the machine ${name}`,
    components: [{ name, machine, ...(input !== undefined && { input }) }],
    stimuli,
    world: (select) => machineWorld(select, name),
    isTerminal: ({ status }) => status !== 'active',
    outcome: machineOutcome,
    ...(rules && { rules }),
    ...(scope.length > 0 && { scopeText: scope.join('; ') }),
  };
}
