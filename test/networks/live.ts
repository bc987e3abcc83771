import { type AnyActor, createActor } from 'xstate';
import type { Message, Network } from '../../src/model/network.js';

/** The machines as a user runs them: live actors, whose messages are delivered while they handle an event. */
export class Live {
  readonly actors: ReadonlyMap<string, AnyActor>;
  emitted: Message[] = [];

  constructor(readonly network: Network) {
    this.actors = new Map(
      network.components.map(({ name, machine, input }) => [
        name,
        createActor(machine, { input }).start(),
      ]),
    );
  }

  react(stimulus: number): 'quiescence' | 'disabled' | 'unhandled' {
    const { to, message, also = [] } = this.network.stimuli[stimulus]!;
    const words = [{ to, message }, ...also.map((word) => ({ to: word.to, message: word }))];
    this.emitted = [];
    if (!words.every((word) => this.#hears(word.to, word.message))) return 'disabled';
    return words.every((word) => this.#deliver(word.to, word.message)) ? 'quiescence' : 'unhandled';
  }

  #hears(to: string, message: Message): boolean {
    const snapshot = this.actors.get(to)!.getSnapshot();
    return (
      snapshot.status === 'active' &&
      snapshot.machine.getTransitionData(snapshot, message).length > 0
    );
  }

  #deliver(to: string, message: Message): boolean {
    if (!this.#hears(to, message)) return false;
    const actor = this.actors.get(to)!;
    const words: Message[] = [];
    const ear = actor.on('*', (word) => words.push(word as Message));
    actor.send(message);
    ear.unsubscribe();
    return words.every((word) => {
      if (word.to !== undefined) return this.#deliver(word.to, word);
      this.emitted.push(word);
      return true;
    });
  }
}
