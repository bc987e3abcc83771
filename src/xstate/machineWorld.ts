import { valueText } from '../interpret/valueText.js';
import type { Message, Select, Snapshot } from '../model/network.js';

/** What rules about one machine read: the fields of its XState snapshot. */
export type MachineWorld = Required<Snapshot>;

/** The world of a network of one machine: its present snapshot. */
export function machineWorld(select: Select, component: string): MachineWorld {
  const now = select(component);
  return {
    get value() {
      return now().value;
    },
    get context() {
      return now().context;
    },
    get status() {
      return now().status;
    },
    get output() {
      return now().output;
    },
    get tags() {
      return now().tags;
    },
    get actors() {
      return now().actors ?? {};
    },
    get timers() {
      return now().timers ?? [];
    },
    get matches() {
      return now().matches;
    },
    get hasTag() {
      return now().hasTag;
    },
    get can() {
      return now().can;
    },
  };
}

/** The outcome of an event: what the machine emits, the state with its tags, and the end of a machine that is done. */
export function machineOutcome(
  emitted: readonly Message[],
  { value, tags, status, output }: MachineWorld,
): readonly string[] {
  const marks = tags.size > 0 ? ` (${[...tags].join(', ')})` : '';
  return [
    ...emitted.map(messageText),
    ...(valueText(value) === '' ? [] : [`in ${valueText(value)}${marks}`]),
    ...(status === 'active' ? [] : [status]),
    ...(output === undefined ? [] : [`output ${JSON.stringify(output)}`]),
  ];
}

/** An event as text: its type, then its other fields as JSON. */
export function messageText({ type, ...fields }: Message): string {
  return Object.keys(fields).length === 0 ? type : `${type} ${JSON.stringify(fields)}`;
}
