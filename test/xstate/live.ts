import { type AnyActor, type AnyStateMachine, createActor } from 'xstate';
import type { Message } from '../../src/model/network.js';
import { pending } from './randomMachine.js';

// biome-ignore lint/suspicious/noExplicitAny: the fields of actors are as different as their logics
type Any = any;

interface Scheduled {
  readonly source: AnyActor;
  readonly target: Any;
  readonly id: string;
  readonly event: { readonly type: string };
}

/** A machine as XState runs it, with a clock and promises that wait for the test. */
export class LiveMachine {
  readonly actor: AnyActor;
  readonly emitted: unknown[] = [];
  readonly #timeouts = new Map<number, { readonly of: Scheduled; readonly fn: () => void }>();
  readonly #seen = new WeakSet<object>();
  #next = 1;

  constructor(machine: AnyStateMachine) {
    pending.clear();
    const clock = {
      setTimeout: (fn: () => void) => {
        const events: Record<string, Scheduled> = (this.actor.system as Any)._snapshot
          ._scheduledEvents;
        const of = Object.values(events).find((one) => !this.#seen.has(one))!;
        this.#seen.add(of);
        this.#timeouts.set(this.#next, { of, fn });
        return this.#next++;
      },
      clearTimeout: (id: number) => this.#timeouts.delete(id),
    };
    this.actor = createActor(machine, { clock: clock as Any, logger: () => {} });
    this.actor.on('*', (event: unknown) => this.emitted.push(event));
    this.actor.subscribe({ error: () => {} });
    this.actor.start();
  }

  /** Sends an event, fires a timer, or settles a promise, as the message of a stimulus says. */
  async apply({ type, timer, actor, event }: Message): Promise<void> {
    this.emitted.length = 0;
    if (type === 'recwalk.timer') {
      const [id, { fn }] = [...this.#timeouts].find(
        ([, { of }]) =>
          nameOf(of) === timer && isRunning(of) && this.#path(of.source) === (actor ?? ''),
      )!;
      this.#timeouts.delete(id);
      fn();
    } else if (type === 'recwalk.actor') {
      const { type: how, data } = event as Any;
      const { resolve, reject } = pending.get(String(actor).split('.').at(-1)!)!;
      (how === 'xstate.promise.resolve' ? resolve : reject)(data);
      await new Promise(setImmediate);
    } else this.actor.send({ type });
  }

  /** Everything that the checker compares: snapshots, actors and timers. */
  state(): unknown {
    const timers = [...this.#timeouts.values()]
      .filter(({ of }) => isRunning(of))
      .map(({ of }) => `${this.#path(of.source)} ${nameOf(of)}`);
    return { ...stateOf(this.actor.getSnapshot()), timers: timers.sort() };
  }

  #path(actor: AnyActor): string {
    return actor === this.actor
      ? ''
      : [this.#path(actor._parent as AnyActor), actor.id].filter((part) => part !== '').join('.');
  }
}

/** Whether somebody would receive the event. */
const isRunning = ({ target }: Scheduled): boolean => target._processingStatus === 1;

const nameOf = ({ id, event }: Scheduled) => (/^[a-z0-9]{8,}$/.test(id) ? event.type : id);

const stateOf = ({ value, context, status, output, children }: Any): Any => ({
  ...{ value, context, status, output },
  children: Object.fromEntries(
    Object.entries<Any>(children ?? {}).map(([id, actor]) => [
      id,
      actor._processingStatus === 2 ? 'ended' : stateOf(actor.getSnapshot()),
    ]),
  ),
});
