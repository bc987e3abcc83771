import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AnyActor, AnyStateMachine } from 'xstate';
import { ActorSystem } from '../../src/interpret/actorSystem.js';
import { InstrumentedMachine } from '../../src/interpret/instrumentedMachine.js';
import { actorsOf, type SystemSnapshot } from '../../src/interpret/systemSnapshot.js';
import { timerName } from '../../src/interpret/timers.js';
import { UserError } from '../../src/model/userError.js';
import { machineStimuli } from '../../src/xstate/machineStimuli.js';
import { LiveMachine } from './live.js';
import { machines } from './randomMachine.js';

// biome-ignore lint/suspicious/noExplicitAny: snapshots are as different as logics are
type Any = any;

/** The same view of a state as that of a live machine. */
function stateOf(snapshot: SystemSnapshot): unknown {
  const running = new Map(actorsOf(snapshot).map((one) => [one.actor, one]));
  const of = ({ value, context, status, output, children }: Any): Any => ({
    ...{ value, context, status, output },
    children: Object.fromEntries(
      Object.entries<AnyActor>(children ?? {}).map(([id, actor]) => [
        id,
        running.has(actor) ? of(running.get(actor)!.snapshot) : 'ended',
      ]),
    ),
  });
  const timers = (snapshot.system?.timers ?? []).map(
    (timer) => `${running.get(timer.source)?.path ?? ''} ${timerName(timer)}`,
  );
  return { ...of(snapshot), timers: timers.sort() };
}

/** A machine that fast-check prints as its config. */
const shown = (machine: AnyStateMachine) => ({
  machine,
  [fc.toStringMethod]: () => JSON.stringify(machine.config),
});

const SEED = 20_261_201;
let steps = 0;
const taken = new Set<string>();

async function walk(machine: AnyStateMachine, picks: readonly number[]): Promise<void> {
  const system = new ActorSystem(InstrumentedMachine.of(machine), 'machine');
  const stimuli = machineStimuli('m', machine, {
    actors: { job: { output: [1, 2], error: ['no'] }, inner: { output: [1], error: ['no'] } },
  });
  try {
    let [snapshot] = system.start(undefined);
    const live = new LiveMachine(machine);
    expect(stateOf(snapshot)).toEqual(live.state());
    for (const pick of picks) {
      if (snapshot.status !== 'active') return;
      const enabled = stimuli.filter(({ message }) => system.select(snapshot, message).length > 0);
      if (enabled.length === 0) return;
      const { message, description } = enabled[pick % enabled.length]!;
      const [next, actions] = system.transition(snapshot, message);
      await live.apply(message);
      expect([description, stateOf(next)]).toEqual([description, live.state()]);
      const emitted = actions.filter(({ type }) => type === 'xstate.emit');
      expect(emitted.map(({ params }) => params!.event)).toEqual(live.emitted);
      snapshot = next;
      steps++;
      taken.add(description);
    }
  } catch (error) {
    // A call without end, or two actors or timers of one name, which a stimulus could not tell apart.
    if (String(error).includes('Infinite loop')) return;
    if (!(error instanceof UserError) || !['RW102', 'RW103'].includes(error.code)) throw error;
  }
}

test('random machines: a live actor reaches the same snapshots, actors and timers', async () => {
  const picks = fc.array(fc.nat(1_000), { minLength: 5, maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(machines.map(shown), picks, ({ machine }, all) => walk(machine, all)),
    { numRuns: 300, seed: SEED },
  );
  expect(steps).toBeGreaterThan(1_000);
  for (const kind of ['after 300 in c.y', 'e2 after 150', 'job resolves 1', 'job rejects "no"'])
    expect(taken).toContain(kind);
  for (const kind of ['kid: after 100 in b', 'kid: e2 after 130', 'kid.inner resolves 1'])
    expect(taken).toContain(kind);
}, 600_000);
