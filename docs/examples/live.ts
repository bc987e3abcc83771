import type { Message, Network, Stimulus } from 'recwalk';
import type { System } from 'recwalk/fast-check';
import { type AnyActor, createActor } from 'xstate';

/** The machines of a network as live actors. A message to another component is forwarded at once. */
export class Live {
  readonly #actors: ReadonlyMap<string, AnyActor>;
  readonly #world: unknown;

  constructor(readonly network: Network) {
    this.#actors = new Map(
      network.components.map(({ name, machine, input }) => [
        name,
        createActor(machine, { input }).start(),
      ]),
    );
    this.#world = network.world((component, read) => {
      const actor = this.#actors.get(component)!;
      return () => (read ? read(actor.getSnapshot()) : actor.getSnapshot());
    });
  }

  /** Makes a call; returns the messages to the world, in order. */
  call({ to, message, also = [] }: Stimulus): Message[] {
    return [...this.#say(to, message), ...also.flatMap((word) => this.#say(word.to, word))];
  }

  /** The outcome of the last call, as the network writes it. */
  outcome(emitted: readonly Message[]): readonly string[] {
    return (
      this.network.outcome?.(emitted, this.#world) ?? emitted.map((word) => JSON.stringify(word))
    );
  }

  #say(to: string, message: Message): Message[] {
    const actor = this.#actors.get(to)!;
    const words: Message[] = [];
    const ear = actor.on('*', (word) => words.push(word as Message));
    actor.send(message);
    ear.unsubscribe();
    return words.flatMap((word) => (word.to === undefined ? [word] : this.#say(word.to, word)));
  }
}

/** A running network as the system under test of its own model. */
export const live = (network: Network): System<Live, readonly Message[]> => ({
  create: () => new Live(network),
  send: (live, call) => live.call(call),
  read: (live, emitted) => live.outcome(emitted),
});
