import { type AnyActor, createActor, fromTransition, type InspectionEvent } from 'xstate';
import type { Message, Network } from '../model/network.js';
import { plain, type WireEvent, wireLine } from './wire.js';

/** Id of the actor that makes the calls, and receives the messages for no component. */
export const WORLD = 'the world';

/**
 * Runs a network's machines as live XState actors. Every inspection event goes to `send` as a line of JSON. Messages
 * are delivered depth-first, as in every search.
 */
export class Live {
  readonly #actors = new Map<string, AnyActor>();
  readonly #send: (line: string) => void;
  #events = 0;
  /** Id of the sender of the current message. */
  #source: string | undefined;

  constructor(
    readonly network: Network,
    send: (line: string) => void,
  ) {
    this.#send = send;
    const last = fromTransition((_: Message | null, event: Message) => event, null);
    this.#begin(WORLD, (inspect) => createActor(last, { id: WORLD, inspect }));
    for (const { name, machine, input } of network.components)
      this.#begin(name, (inspect) => createActor(machine, { id: name, input, inspect }));
  }

  /** Makes a call. The call must be enabled and reach quiescence, as a play of the story has shown. */
  call(stimulus: number): void {
    const { to, message, also = [] } = this.network.stimuli[stimulus]!;
    this.#deliver(to, message, WORLD);
    for (const word of also) this.#deliver(word.to, word, WORLD);
  }

  #begin(name: string, make: (inspect: (event: InspectionEvent) => void) => AnyActor): void {
    const actor = make((event) => this.#inspected(name, event));
    const { config } = actor.logic as { config?: object };
    this.#sendEvent(name, {
      type: '@xstate.actor',
      definition: JSON.stringify(plain({ ...config, id: name })),
      snapshot: plain(actor.getSnapshot()),
    });
    this.#actors.set(name, actor);
    actor.start();
  }

  #deliver(to: string, message: Message, source: string): void {
    const actor = this.#actors.get(to)!;
    const words: Message[] = [];
    const ear = actor.on('*', (word) => words.push(word as Message));
    this.#source = source;
    actor.send(message);
    this.#source = undefined;
    ear.unsubscribe();
    for (const word of words) this.#deliver(word.to ?? WORLD, word, to);
  }

  #inspected(name: string, inspected: InspectionEvent): void {
    if (inspected.type === '@xstate.event') {
      const from = this.#source === undefined ? {} : { sourceId: this.#source };
      this.#sendEvent(name, { type: inspected.type, event: plain(inspected.event), ...from });
    } else if (inspected.type === '@xstate.snapshot') {
      const { type, event, snapshot } = inspected;
      this.#sendEvent(name, { type, event: plain(event), snapshot: plain(snapshot) });
    }
  }

  #sendEvent(name: string, event: WireEvent): void {
    this.#send(wireLine(event, { name, root: WORLD }, this.#events++));
  }
}
