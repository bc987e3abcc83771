import type { AnyStateMachine, AnyStateNode } from 'xstate';
import { nodesOf } from '../interpret/eventTypes.js';

// biome-ignore lint/suspicious/noExplicitAny: actions are as different as machines are
type Any = any;

/** What a machine starts or delays, as far as its config shows it. */
export interface Found {
  readonly timers: readonly FoundTimer[];
  readonly actors: readonly FoundActor[];
}

/** A delayed event: the name by which a stimulus fires it, and the text of that stimulus. */
export interface FoundTimer {
  readonly name: string;
  readonly text: string;
}

/** An actor that a machine starts: its id, and its logic if the machine implements it. */
export interface FoundActor {
  readonly id: string;
  readonly src: string;
  readonly logic: Any;
}

/** The timers and the actors that the states and the actions of a machine have. */
export function found(machine: AnyStateMachine): Found {
  const timers = new Map<string, FoundTimer>();
  const actors = new Map<string, FoundActor>();
  const addTimer = (name: string, text = name) => {
    if (!timers.has(name)) timers.set(name, { name, text });
  };
  const addActor = (id: unknown, src: Any) => {
    const logic = typeof src === 'string' ? logicNamed(machine, src) : src;
    if (typeof id === 'string' && !actors.has(id))
      actors.set(id, { id, src: typeof src === 'string' ? src : id, logic });
  };
  const visit = (action: Any): void => {
    const named =
      typeof action === 'function'
        ? action
        : machine.implementations.actions[action?.type ?? action];
    const one = (named ?? {}) as Any;
    const event = one.event?.type as string | undefined;
    if (one.type === 'xstate.spawnChild') addActor(one.id, one.src);
    if (one.type === 'xstate.enqueueActions') for (const inner of enqueued(one)) visit(inner);
    if (one.delay === undefined || !/^xstate\.(raise|sendTo)$/.test(one.type)) return;
    // The time-outs of `after` have their texts already.
    if (!timers.has(one.id) && (one.id ?? event) !== undefined)
      addTimer(one.id ?? event, `${event ?? one.id} after ${delayText(one.delay)}`);
  };
  for (const node of nodesOf(machine.root)) {
    for (const delay of Object.keys(node.config.after ?? {}))
      addTimer(`xstate.after.${delay}.${node.id}`, `after ${delay}${inState(node)}`);
    for (const { id, src } of node.invoke) addActor(id, src);
  }
  for (const node of nodesOf(machine.root)) for (const action of actionsOf(node)) visit(action);
  return { timers: [...timers.values()], actors: [...actors.values()] };
}

const inState = ({ path }: AnyStateNode): string =>
  path.length === 0 ? '' : ` in ${path.join('.')}`;

const delayText = (delay: unknown): string =>
  typeof delay === 'function' ? 'a delay' : String(delay);

/** The logic of an actor that a config names; undefined if the machine does not implement it. */
function logicNamed(machine: AnyStateMachine, src: string): Any {
  const [, index, id] = /^xstate\.invoke\.(\d+)\.(.*)$/.exec(src) ?? [];
  if (index === undefined) return machine.implementations.actors[src];
  return [machine.getStateNodeById(id!).config.invoke].flat()[Number(index)]?.src;
}

const actionsOf = (node: AnyStateNode): readonly Any[] => [
  ...node.entry,
  ...node.exit,
  ...(node.initial?.actions ?? []),
  ...[...[...node.transitions.values()].flat(), ...(node.always ?? [])].flatMap(
    ({ actions }) => actions,
  ),
];

/** The actions that a function of enqueueActions enqueues if its checks are all true, or all false. */
function enqueued({ collect }: Any): readonly Any[] {
  const all: Any[] = [];
  const enqueue = Object.assign((action: Any) => all.push(action), {
    assign: () => {},
    cancel: () => {},
    emit: () => {},
    stopChild: () => {},
    raise: (event: Any, { id, delay }: Any = {}) =>
      all.push(Object.assign(() => {}, { type: 'xstate.raise', event, id, delay })),
    sendTo: (_to: Any, event: Any, { id, delay }: Any = {}) =>
      all.push(Object.assign(() => {}, { type: 'xstate.sendTo', event, id, delay })),
    sendParent: () => {},
    spawnChild: (src: Any, { id }: Any = {}) =>
      all.push(Object.assign(() => {}, { type: 'xstate.spawnChild', src, id })),
  });
  for (const check of [() => true, () => false])
    try {
      collect({ context: {}, event: { type: '' }, enqueue, check, self: {}, system: {} }, {});
    } catch {
      // It reads something that only a state has; what it enqueues then is refused by name when it shows.
    }
  return all;
}
