import { type TransitionTable, UNHANDLED } from '../interpret/transitionTable.js';
import type { MemoizedPredicate } from '../properties/memoizedPredicate.js';
import { messageOf, type PropertyMonitor } from '../properties/propertyMonitor.js';
import type { Checkpointable, Reader, Writer } from '../store/checkpointable.js';
import type { WriteSets } from '../store/writeSets.js';

/** The reads of calls that decide their effect. */
interface CallReads {
  /** Whether a call has the same effect in states that differ only in these digits of a component. */
  areAlike(stimulus: number, component: number, digits: readonly number[]): boolean;
}

/**
 * Merges states of one component that local calls connect in a cycle, like the tau-SCC reduction of mCRL2. A call is
 * local if no other component takes part in it. If one of these states can be reached, all can, so the search holds one
 * state for all of them and counts the rest.
 *
 * The call itself shows whether it is local. Whether a rule or another call distinguishes the merged states is checked
 * at the end of the search, against everything that was read (`findUnsoundness`).
 */
export class LocalCycles<W> implements Checkpointable {
  /** By component and digit: the digits of its local cycle; the first digit represents all. */
  readonly #members: (readonly number[] | undefined)[][];
  /** By component and digit: the targets of its local calls, by stimulus. */
  readonly #local: (Map<number, number> | undefined)[][];
  /** Components that received messages in local calls, which is allowed if they never change. */
  readonly #receivers = new Set<number>();
  /** By component: the stimuli whose first event goes there. */
  readonly #stimuli: readonly (readonly number[])[];
  readonly #context: Int32Array;
  /** Components with a merged digit in a terminal state: the search may not reach the other states of the cycle. */
  readonly #terminalComponents = new Set<number>();

  constructor(readonly monitor: PropertyMonitor<W>) {
    const { components, stimuli } = monitor.compiled;
    this.#members = components.map(() => []);
    this.#local = components.map(() => []);
    this.#stimuli = components.map((_, c) =>
      [...stimuli.keys()].filter((s) => stimuli[s]![0] === c),
    );
    this.#context = new Int32Array(components.length);
  }

  /** The digits in the local cycle of a representative digit. */
  members(component: number, digit: number): readonly number[] {
    return this.#members[component]![digit]!;
  }

  /** Whether a stimulus stays in the local cycle of its component's digit. */
  isLocal(stimulus: number, component: number, digit: number): boolean {
    const to = this.#local[component]![digit]?.get(stimulus);
    return to !== undefined && this.#members[component]![digit]!.includes(to);
  }

  /** Replaces one digit by the representative of its local cycle. */
  representDigit(state: Int32Array, component: number): void {
    state[component] = (this.#members[component]![state[component]!] ??
      this.#gather(component, state))[0]!;
  }

  /** Number of states that a state of representative digits represents. */
  size(state: Int32Array): number {
    let size = 1;
    for (let c = 0; c < state.length; c++) size *= this.#members[c]![state[c]!]!.length;
    return size;
  }

  /** Adopts a local cycle that was found in another component; returns the representative of `digit`. */
  adopt(component: number, digit: number, members: () => readonly number[]): number {
    const all = this.#members[component]!;
    if (all[digit] === undefined) {
      const cycle = members();
      for (const one of cycle) all[one] = cycle;
    }
    return all[digit]![0]!;
  }

  /**
   * Records the terminal state that a call leads to. No local call leaves it, so the search may not reach all merged
   * states of a component that the call addressed or changed.
   */
  addTerminal(stimulus: number, before: Int32Array, changes: WriteSets, cell: number): void {
    const called = this.monitor.compiled.stimuli[stimulus]![0]!;
    let digit = before[called]!;
    const note = (c: number, digit: number) => {
      if (this.members(c, digit).length > 1) this.#terminalComponents.add(c);
    };
    for (let i = changes.begin(cell); i < changes.end(cell); i += 3) {
      if (changes.triples[i] === called) digit = changes.triples[i + 2]!;
      else note(changes.triples[i]!, changes.triples[i + 2]!);
    }
    note(called, digit);
  }

  /** Records a terminal first state. */
  addTerminalFirst(first: Int32Array): void {
    for (let c = 0; c < first.length; c++)
      if (this.members(c, first[c]!).length > 1) this.#terminalComponents.add(c);
  }

  /** Saves the cycles: a resumed search might find other ones, because it no longer evaluates the broken rules. */
  save(to: Writer): void {
    to.plain({
      members: this.#members,
      local: this.#local,
      still: this.#receivers,
      ended: this.#terminalComponents,
    });
  }

  restore(from: Reader): boolean {
    const saved = from.plain<{
      members: (readonly number[] | undefined)[][];
      local: (Map<number, number> | undefined)[][];
      still: Set<number>;
      ended: Set<number>;
    }>();
    Object.assign(this.#members, saved.members);
    Object.assign(this.#local, saved.local);
    for (const component of saved.still) this.#receivers.add(component);
    for (const component of saved.ended) this.#terminalComponents.add(component);
    return true;
  }

  /** The reason why a rule or a call may distinguish merged states; undefined if none does. */
  findUnsoundness(trees: CallReads, memos: readonly MemoizedPredicate<W>[]): string | undefined {
    const { compiled } = this.monitor;
    for (const c of this.#terminalComponents)
      return `the story ends in a state of ${compiled.components[c]!.name}`;
    for (const c of this.#receivers)
      if (compiled.components[c]!.snapshots.length > 1)
        return `${compiled.components[c]!.name} receives a message and changes`;
    for (const [c, all] of this.#members.entries())
      for (const cycle of new Set(all)) {
        if (cycle === undefined || cycle.length === 1) continue;
        const { name } = compiled.components[c]!;
        for (const memo of memos)
          if (!memo.isBlindTo(c, cycle))
            return `a rule reads a difference that is local to ${name}`;
        for (const stimulus of compiled.stimuli.keys())
          if (compiled.stimuli[stimulus]![0] !== c && !trees.areAlike(stimulus, c, cycle))
            return `${compiled.network.stimuli[stimulus]!.description} reads a difference that is local to ${name}`;
      }
    return undefined;
  }

  /** Finds the local cycles of a component's digit in `state`, and of all digits that local calls reach from it. */
  #gather(component: number, state: Int32Array): readonly number[] {
    this.#context.set(state);
    const was = Int32Array.from(this.monitor.before);
    const all = this.#members[component]!;
    const successors = (digit: number) =>
      [...this.#localCalls(component, digit).values()].filter((to) => all[to] === undefined);
    for (const cycle of components(state[component]!, successors)) {
      cycle.sort((a, b) => a - b);
      for (const one of cycle) all[one] = cycle;
    }
    this.monitor.before.set(was);
    return all[state[component]!]!;
  }

  #localCalls(component: number, digit: number): Map<number, number> {
    const known = this.#local[component]![digit];
    if (known !== undefined) return known;
    const calls = new Map<number, number>();
    const { monitor } = this;
    const { interpreter, touches, before, compiled } = monitor;
    // A path may end in this state without any of its calls, so they must not count as exercised.
    const { exercised } = interpreter;
    interpreter.exercised = undefined;
    before.set(this.#context);
    before[component] = digit;
    // A terminal state has no calls.
    const isOver = compiled.canTerminate && monitor.isOver(monitor.label(before));
    for (const stimulus of isOver ? [] : this.#stimuli[component]!) {
      before.set(this.#context);
      before[component] = digit;
      interpreter.state.set(before);
      touches.length = 0;
      if (interpreter.step(stimulus) !== 'quiescence' || monitor.step(stimulus).length > 0)
        continue;
      const others: number[] = [];
      let affectsOthers = false;
      for (let i = 0; i < touches.length; i += 2) {
        const c = touches[i]!;
        if (c === component) continue;
        others.push(c);
        affectsOthers ||= !isIgnored(compiled.components[c]!, before[c]!, touches[i + 1]!);
      }
      if (affectsOthers) continue;
      for (const c of others) this.#receivers.add(c);
      calls.set(stimulus, interpreter.state[component]!);
    }
    touches.length = 0;
    interpreter.exercised = exercised;
    this.#local[component]![digit] = calls;
    return calls;
  }
}

/** The strongly connected components that can be reached from a digit (Tarjan 1972, without recursion). */
function components(first: number, successors: (digit: number) => readonly number[]): number[][] {
  const found: number[][] = [];
  const order = new Map<number, number>();
  const low = new Map<number, number>();
  const open: number[] = [];
  const isOpen = new Set<number>();
  const path: { readonly digit: number; readonly to: readonly number[]; next: number }[] = [];
  const enter = (digit: number) => {
    order.set(digit, order.size);
    low.set(digit, order.get(digit)!);
    open.push(digit);
    isOpen.add(digit);
    path.push({ digit, to: successors(digit), next: 0 });
  };
  const lower = (digit: number, to: number) => low.set(digit, Math.min(low.get(digit)!, to));
  enter(first);
  while (path.length > 0) {
    const top = path.at(-1)!;
    const { digit } = top;
    const to = top.to[top.next++];
    if (to !== undefined) {
      if (!order.has(to)) enter(to);
      else if (isOpen.has(to)) lower(digit, order.get(to)!);
      continue;
    }
    path.pop();
    if (path.length > 0) lower(path.at(-1)!.digit, low.get(digit)!);
    if (low.get(digit) !== order.get(digit)) continue;
    const cycle = open.splice(open.lastIndexOf(digit));
    for (const one of cycle) isOpen.delete(one);
    found.push(cycle);
  }
  return found;
}

/** Whether this mark is a message that a component with a single state handles without emitting anything. */
function isIgnored(table: TransitionTable, digit: number, mark: number): boolean {
  const message = messageOf(mark);
  if (table.snapshots.length > 1 || message === undefined) return false;
  const answer = table.answer(digit, message);
  return (
    answer !== UNHANDLED && table.next[answer] === digit && table.emitted[answer]!.length === 0
  );
}
