import { describe, expect, test } from 'vitest';
import { assign, emit, setup } from 'xstate';
import { Live, WORLD } from '../../src/inspect/live.js';
import { CompiledSystem } from '../../src/interpret/compiledSystem.js';
import { Interpreter } from '../../src/interpret/interpreter.js';
import type { Message, Network } from '../../src/model/network.js';
import { networkIn } from '../explorer/designs.js';
import { lone } from '../networks/lone.js';

interface Line {
  readonly type: string;
  readonly sessionId: string;
  readonly sourceId?: string;
  readonly parentId?: string;
  readonly rootId: string;
  readonly name?: string;
  readonly definition: string;
  readonly event?: Message;
  readonly snapshot: {
    readonly status: string;
    readonly value?: unknown;
    readonly context?: unknown;
  };
  readonly createdAt: string;
}

function linesOf(network: Network, calls: readonly string[]): readonly Line[] {
  const lines: Line[] = [];
  const live = new Live(network, (line) => lines.push(JSON.parse(line)));
  for (const call of calls)
    live.call(network.stimuli.findIndex(({ description }) => description === call));
  return lines;
}

/**
 * The messages that the engine delivers in each call, in order; the messages to the world, in order; and the last
 * state.
 */
function engine(network: Network, calls: readonly string[]) {
  const compiled = new CompiledSystem(network);
  let received: (readonly [string, Message])[] = [];
  const delivered: (readonly [string, Message])[] = [];
  const emitted: Message[] = [];
  const interpreter = new Interpreter(compiled, (component, message) => {
    const { name, messages } = compiled.components[component]!;
    received.push([name, messages[message]!]);
  });
  for (const call of calls) {
    const stimulus = network.stimuli.findIndex(({ description }) => description === call);
    received = [];
    expect(interpreter.step(stimulus)).toBe('quiescence');
    // The messages of the call itself are tested first.
    delivered.push(...received.slice(1 + (network.stimuli[stimulus]!.also?.length ?? 0)));
    emitted.push(...interpreter.outputs());
  }
  const ends = compiled.components.map(
    ({ name, snapshots }, i) => [name, snapshots[interpreter.state[i]!]!] as const,
  );
  return { delivered, emitted, ends };
}

const CALLS = ['add W 1', 'register W records 1', 'add X 1', 'register X records 1', 'modify W'];

describe('the inspection events of a story', async () => {
  const network = await networkIn('linux-6.12', 'small');
  const lines = linesOf(network, CALLS);
  const { delivered, emitted, ends } = engine(network, CALLS);
  const events = lines.filter((l) => l.type === '@xstate.event' && l.event!.type !== 'xstate.init');

  test('make each component an actor under its name, with the world as parent', () => {
    const actors = lines.filter(({ type }) => type === '@xstate.actor');
    expect(actors.map(({ name }) => name)).toEqual([
      WORLD,
      ...network.components.map(({ name }) => name),
    ]);
    for (const { name, sessionId, rootId, parentId } of actors)
      expect([sessionId, rootId, parentId]).toEqual([
        name,
        WORLD,
        name === WORLD ? undefined : WORLD,
      ]);
    const record = actors.find(({ name }) => name === '1')!;
    expect(Object.keys(JSON.parse(record.definition).states)).toEqual([
      'free',
      'direct',
      'ipmodify',
      'direct+ipmodify',
    ]);
    expect(record.snapshot).toMatchObject({ status: 'active', value: 'free' });
  });

  test('deliver the same messages to components as the engine, in its order', () => {
    expect(delivered.length).toBeGreaterThan(40);
    expect(events.filter((l) => l.sessionId !== WORLD).map((l) => [l.sessionId, l.event])).toEqual(
      delivered,
    );
  });

  test('deliver the messages to the world, in order', () => {
    expect(emitted.filter(({ type }) => type === 'returns')).toHaveLength(CALLS.length);
    expect(events.filter((l) => l.sessionId === WORLD).map(({ event }) => event)).toEqual(emitted);
  });

  test('have each state after its event, and the same last states as the engine', () => {
    for (const [i, line] of lines.entries())
      if (line.type === '@xstate.event')
        expect(lines[i + 1]).toMatchObject({
          type: '@xstate.snapshot',
          sessionId: line.sessionId,
          event: line.event,
        });
    for (const [name, { value, context }] of ends)
      expect(
        lines.findLast((l) => l.type === '@xstate.snapshot' && l.sessionId === name)!.snapshot,
      ).toMatchObject({ value, context });
  });

  test('name the source: the world for calls, and the component for its messages', () => {
    const calls = events.filter(({ sourceId }) => sourceId === WORLD);
    expect(calls.map(({ sessionId, event }) => `${event!.type} ${sessionId}`)).toEqual([
      'add W',
      'use caller',
      'register W',
      'add X',
      'use caller',
      'register X',
      'modify W',
    ]);
    const owner = events.findIndex(({ sessionId }) => sessionId === 'W.owner');
    expect(events[owner]!.sourceId).toBe('W');
    expect(events.every(({ sourceId }) => sourceId !== undefined)).toBe(true);
  });

  test('are the same text each time', () => {
    expect(linesOf(network, CALLS)).toEqual(lines);
    expect(lines.map(({ createdAt }) => createdAt)).toEqual(lines.map((_, i) => String(i)));
  });
});

test('a message is handled completely before the next message of its sender', () => {
  const words = ['one', 'two'].map((type) => emit({ type, to: 'b' }));
  const received = assign({ received: ({ context, event }) => [...context.received, event.type] });
  const listener = (actions: object[]) =>
    setup({ types: { context: {} as { received: string[] } } }).createMachine({
      context: { received: [] },
      on: { '*': { actions: [received, ...actions] as never } },
    });
  const network: Network = {
    ...lone(listener([]), []),
    components: [
      { name: 'a', machine: setup({}).createMachine({ on: { go: { actions: words }, back: {} } }) },
      { name: 'b', machine: listener([emit({ type: 'back', to: 'a' })]) },
    ],
    stimuli: [{ to: 'a', message: { type: 'go' }, description: 'go' }],
    world: () => undefined,
  };
  const order = linesOf(network, ['go'])
    .filter(({ type, event }) => type === '@xstate.event' && event!.type !== 'xstate.init')
    .map(({ event, sessionId }) => `${event!.type} ${sessionId}`);
  expect(order).toEqual(['go a', 'one b', 'back a', 'two b', 'back a']);
});
