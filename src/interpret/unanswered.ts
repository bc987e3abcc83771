import type { ErrorCode } from '../model/errorCodes.js';
import type { Message } from '../model/network.js';
import { kindOf } from './actorLogic.js';
import { ACTOR, actorsOf, pathsOf, type SystemSnapshot, TIMER } from './systemSnapshot.js';
import { timerName } from './timers.js';

const declare = (options: string) =>
  `beside the machine, export const recwalk = ${options}; in a network, add ...machineStimuli(NAME, machine, ${options}) to the stimuli`;

/** Why a state has a timer that no stimulus fires, or an actor that none answers; undefined if there is none. */
export function unanswered(
  snapshot: SystemSnapshot,
  messages: readonly Message[],
): { readonly code: ErrorCode; readonly what: string } | undefined {
  const { system } = snapshot;
  if (system === undefined) return undefined;
  const running = actorsOf(snapshot);
  const paths = pathsOf(running);
  for (const { source, id, event, delay } of system.timers) {
    const [name, path] = [timerName({ id, event }), paths.get(source)];
    if (
      messages.some(({ type, timer, actor }) => type === TIMER && timer === name && actor === path)
    )
      continue;
    return {
      code: 'RW102',
      what: `delays ${name} by ${delay} ms${path === undefined ? '' : ` in actor ${path}`}, which no stimulus fires; ${declare(`{ timers: ['${name}'] }`)}`,
    };
  }
  for (const { path, actor } of running) {
    const kind = kindOf(actor.logic);
    if (kind === 'machine' || kind === 'transition' || kind === 'callback') continue;
    if (messages.some((message) => message.type === ACTOR && message.actor === path)) continue;
    return {
      code: 'RW101',
      what: `starts the ${kind} ${path}, which no stimulus answers; ${declare(`{ actors: { '${path}': {} } }`)}`,
    };
  }
  return undefined;
}
