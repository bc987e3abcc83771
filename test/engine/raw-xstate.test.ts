import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AnyActor, createActor } from 'xstate';
import { Reactor } from '../../src/engine/reactor.js';
import { Tables } from '../../src/engine/tables.js';
import type { Message, Network } from '../../src/model/network.js';
import dieHardJugs from '../peers/die-hard-jugs.js';
import peterson from '../peers/peterson.js';
import twoPhaseCommit from '../peers/two-phase-commit.js';
import diningPhilosophers from '../toys/dining-philosophers.js';
import { randomNetworks } from './random-network.js';

/** The machines as their user runs them: live actors, which say what they say while they are sent to. */
class Live {
  readonly actors: ReadonlyMap<string, AnyActor>;
  said: Message[] = [];

  constructor(readonly network: Network) {
    this.actors = new Map(
      network.components.map(({ name, machine, input }) => [
        name,
        createActor(machine, { input }).start(),
      ]),
    );
  }

  react(stimulus: number): 'silence' | 'refused' | 'unheard' {
    const { to, message, also = [] } = this.network.stimuli[stimulus]!;
    const words = [{ to, message }, ...also.map((word) => ({ to: word.to, message: word }))];
    this.said = [];
    if (!words.every((word) => this.#hears(word.to, word.message))) return 'refused';
    return words.every((word) => this.#deliver(word.to, word.message)) ? 'silence' : 'unheard';
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
      this.said.push(word);
      return true;
    });
  }
}

/** Walks both side by side until a call goes wrong; compares what was offered, every state, every word. */
function walk(network: Network, tables: Tables, picks: readonly number[]): void {
  const reactor = new Reactor(tables);
  const live = new Live(network);
  for (const pick of picks) {
    const before = Int32Array.from(reactor.state);
    const stimulus = pick % network.stimuli.length;
    const reaction = reactor.react(stimulus);
    expect(reaction).toBe(live.react(stimulus));
    if (reaction === 'refused') expect(reactor.state).toEqual(before);
    if (reaction === 'unheard') return;
    expect(reactor.words()).toEqual(live.said);
    tables.all.forEach(({ name, seen }, i) => {
      const { value, context } = live.actors.get(name)!.getSnapshot();
      expect(seen[reactor.state[i]!]).toEqual({ value, context });
    });
  }
}

const picks = fc.array(fc.nat(1_000), { minLength: 1, maxLength: 60 });

describe('a random walk: tables and live actors agree', () => {
  const toys: readonly Network[] = [twoPhaseCommit, dieHardJugs, diningPhilosophers, peterson];

  test.each(toys.map((toy) => [toy.name, toy] as const))(
    '%s',
    (_name, network) => {
      const tables = new Tables(network);
      fc.assert(
        fc.property(picks, (picks) => walk(network, tables, picks)),
        { numRuns: 50 },
      );
    },
    60_000,
  );

  test('networks drawn at random', () => {
    fc.assert(
      fc.property(randomNetworks, picks, (network, picks) =>
        walk(network, new Tables(network), picks),
      ),
      { numRuns: 200 },
    );
  }, 60_000);
});
