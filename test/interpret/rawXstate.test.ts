import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CompiledSystem } from '../../src/interpret/compiledSystem.js';
import { Interpreter } from '../../src/interpret/interpreter.js';
import type { Network } from '../../src/model/network.js';
import { Live } from '../networks/live.js';
import { randomNetworks } from '../networks/randomNetwork.js';
import dieHardJugs from '../peers/die-hard-jugs.js';
import peterson from '../peers/peterson.js';
import twoPhaseCommit from '../peers/two-phase-commit.js';
import diningPhilosophers from '../toys/dining-philosophers.js';

/** Runs both until a call fails; compares the enabled stimuli, every state and every message. */
function walk(network: Network, compiled: CompiledSystem, picks: readonly number[]): void {
  const interpreter = new Interpreter(compiled);
  const live = new Live(network);
  for (const pick of picks) {
    const before = Int32Array.from(interpreter.state);
    const stimulus = pick % network.stimuli.length;
    const reaction = interpreter.step(stimulus);
    expect(reaction).toBe(live.react(stimulus));
    if (reaction === 'disabled') expect(interpreter.state).toEqual(before);
    if (reaction === 'unhandled') return;
    expect(interpreter.outputs()).toEqual(live.emitted);
    compiled.components.forEach(({ name, snapshots }, i) => {
      const { value, context } = live.actors.get(name)!.getSnapshot();
      expect(snapshots[interpreter.state[i]!]).toEqual({ value, context });
    });
  }
}

const picks = fc.array(fc.nat(1_000), { minLength: 1, maxLength: 60 });

describe('a random walk: tables and live actors agree', () => {
  const toys: readonly Network[] = [twoPhaseCommit, dieHardJugs, diningPhilosophers, peterson];

  test.each(toys.map((toy) => [toy.name, toy] as const))(
    '%s',
    (_name, network) => {
      const compiled = new CompiledSystem(network);
      fc.assert(
        fc.property(picks, (picks) => walk(network, compiled, picks)),
        { numRuns: 50 },
      );
    },
    600_000,
  );

  test('random networks', () => {
    fc.assert(
      fc.property(randomNetworks, picks, (network, picks) =>
        walk(network, new CompiledSystem(network), picks),
      ),
      { numRuns: 200 },
    );
  }, 600_000);
});
