import { networkOf } from '../../machines/design.js';
import { parseScope } from '../../machines/scopes.js';
import { designNamed } from '../../src/cli/shared/registry.js';
import type { StepResult } from '../../src/kernel/guest.js';
import { isRecord, OverlappingCalls } from '../../src/replay/callPairs.js';
import { Lts, type Transition } from '../../src/replay/lts.js';
import { type Replayed, type ReplayOptions, replay } from '../../src/replay/replay.js';
import type { SystemUnderTest } from '../../src/replay/runTrace.js';
import { check } from '../../src/search/check.js';

export async function modelOf(design: string, scope: string): Promise<Lts> {
  const network = networkOf(await designNamed(design), parseScope(scope), []);
  return new Lts(await check(network, { keepTransitions: true }));
}

/** The choice of a call where the design leaves it open. */
export type Choose = (moves: readonly Transition[], setup: string) => Transition;

/** A fixed order of a hash: `register X records 1,2` and never `2,1`, or the reverse. */
export const ascending: Choose = (moves) => moves[0]!;
export const descending: Choose = (moves) => moves.at(-1)!;

/** A guest whose kernel is a design. It does not get the expected outcomes. */
export class Simulated implements SystemUnderTest {
  #state: number | undefined;
  #setup = '';
  resets = 0;

  constructor(
    readonly kernel: Lts,
    readonly choose: Choose = ascending,
    /** Calls at which the guest is lost. */
    readonly deadly: (call: string) => boolean = () => false,
  ) {}

  async reset(): Promise<void> {
    this.resets++;
    this.#state = 0;
    this.#setup = '';
  }

  async step(command: string, allowed?: readonly string[]): Promise<StepResult> {
    if (this.#state === undefined) throw new Error('this guest was lost: reset() it first');
    if (this.deadly(command)) {
      this.#state = undefined;
      return { kind: 'lost', how: 'oops', log: ['BUG: unable to handle page fault'] };
    }
    if (this.#setup === '') {
      this.#setup = command;
      return { kind: 'answered', outcome: '0', ok: true, warnings: [] };
    }
    const moves = this.kernel.moves(this.#state, command);
    if (moves.length === 0) throw new Error(`this kernel cannot be asked to ${command} now`);
    const { outcome, to } = this.choose(moves, this.#setup);
    this.#state = to;
    return { kind: 'answered', outcome, ok: allowed?.includes(outcome) ?? true, warnings: [] };
  }
}

/** Two callers of a kernel that is a design, which stop where the model lets them stop. */
export class SimulatedCallers implements SystemUnderTest {
  #state = 0;
  /** Callbacks of each caller's call so far. */
  readonly #callbacks = new Map<string, string[]>();
  readonly #overlapping: OverlappingCalls;

  constructor(
    readonly kernel: Lts,
    readonly choose: Choose = ascending,
  ) {
    this.#overlapping = new OverlappingCalls(kernel);
  }

  async reset(): Promise<void> {
    this.#state = 0;
  }

  async step(command: string): Promise<StepResult> {
    const answered = (outcome: string): StepResult => ({
      kind: 'answered',
      outcome,
      ok: true,
      warnings: [],
    });
    if (command.startsWith('setup')) return answered('0');
    const [, verb, caller, call] = /^(start|step) (\d) ?(.*)$/.exec(command) ?? [];
    if (verb === undefined) {
      const [whole] = this.#overlapping.alone(this.#state).filter((one) => one.call === command);
      this.#state = whole!.to;
      return answered(whole!.outcome);
    }
    const segment = verb === 'start' ? `${caller}: ${call}` : `${caller} goes on`;
    const moves = this.kernel.moves(this.#state, segment);
    if (moves.length === 0)
      return answered(`blocked at a_lock in f, held by ${3 - Number(caller)}`);
    const move = this.choose(moves, '');
    this.#state = move.to;
    const [first, ...rest] = move.outcome.split('; ');
    const callbacks = verb === 'start' ? [] : this.#callbacks.get(caller!)!;
    callbacks.push(...rest.filter((part) => !isRecord(part)));
    this.#callbacks.set(caller!, callbacks);
    const stop = first!.replace(/^stopped .*/, '$& in f');
    return answered([stop, ...callbacks, ...rest.filter(isRecord)].join('; '));
  }
}

/** A replay without end is a failure, not a hanging test. */
const ENDLESS = 20_000;

export function replayed(
  model: Lts,
  options: Partial<ReplayOptions> & Pick<ReplayOptions, 'machines' | 'paths'>,
): Promise<Replayed> {
  return replay(model, {
    setups: ['setup records=2'],
    untilCovered: true,
    signal: new AbortController().signal,
    ...options,
    walked: (number, walked, progress) => {
      if (number > ENDLESS) throw new Error('the replay does not end');
      options.walked?.(number, walked, progress);
    },
  });
}
