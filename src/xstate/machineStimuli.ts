import type { AnyEventObject, AnyStateMachine } from 'xstate';
import { descriptorsOf, isOfType } from '../interpret/eventTypes.js';
import { oneLine } from '../model/controlCharacters.js';
import type { Message, Stimulus } from '../model/network.js';
import { UserError } from '../model/userError.js';
import { messageText } from './machineWorld.js';

/** Events that fast-check drew, and the seed that draws the same ones again. `sampled` of recwalk/fast-check makes it. */
export interface SampledEvents {
  readonly events: readonly AnyEventObject[];
  readonly seed: number;
}

/**
 * The events of a machine as stimuli. An event type occurs once for each of the given events that has this type, or
 * once without other fields if there is none. Throws RW114 for a wildcard that matches none of the given events.
 */
export function eventStimuli(
  component: string,
  machine: AnyStateMachine,
  given: readonly AnyEventObject[],
): readonly Stimulus[] {
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
  const all = [...new Set([...events, ...given])];
  const stimuli = all.map(
    (event): Stimulus => ({
      to: component,
      message: event as Message,
      description: oneLine(messageText(event as Message)),
    }),
  );
  return [...new Map(stimuli.map((stimulus) => [stimulus.description, stimulus])).values()];
}
