import type { AnyStateMachine, EventObject, Snapshot } from 'xstate';
import type { PathGenerator, StatePath } from 'xstate/graph';
import { transitionTour } from '../coverage/transitionTour.js';
import { UserError } from '../model/userError.js';
import { type GraphOptions, type StateGraph, stateGraph } from './stateGraph.js';

export interface AllTransitionsOptions {
  /** Maximum number of steps in a path. Default 200. */
  readonly longest?: number;
}

/**
 * A path generator for XState's own test models. It returns few paths that cover every transition of a machine, from
 * each of its states (value, context, history) by each event that has a transition there.
 *
 *     createTestModel(machine).getPaths(allTransitions())
 *
 * Throws RW111 for anything but an XState 5 machine, RW321 if `toState` is given, RW322 if a transition is further
 * than `longest` steps from the start, and the errors of `stateGraph`.
 */
export function allTransitions<
  TSnapshot extends Snapshot<unknown>,
  TEvent extends EventObject,
  TInput,
>({ longest = 200 }: AllTransitionsOptions = {}): PathGenerator<TSnapshot, TEvent, TInput> {
  return (logic, options) => {
    if (options.toState !== undefined)
      throw new UserError(
        'RW321',
        'allTransitions() covers every transition, not the paths to a toState; omit toState, or use getShortestPaths({ toState })',
      );
    // The logic is only known to be a machine with these snapshots.
    const graph = stateGraph(machineOf(logic), options as unknown as GraphOptions);
    return [...walks(graph, longest)] as unknown as StatePath<TSnapshot, TEvent>[];
  };
}

function machineOf(logic: object): AnyStateMachine {
  if ('getStateNodeById' in logic) return logic as AnyStateMachine;
  throw new UserError(
    'RW111',
    'allTransitions() takes XState 5 machines; create one with setup({...}).createMachine({...}), and give it to createTestModel',
  );
}

function* walks({ snapshots, events, successors }: StateGraph, longest: number) {
  const start = { state: snapshots[0]!, event: { type: 'xstate.init' } };
  const taken = new Set<number>();
  for (const entries of transitionTour(successors, snapshots.length, longest)) {
    for (const entry of entries) taken.add(entry);
    const steps = entries.map((entry) => ({
      state: snapshots[successors.to(entry)]!,
      event: events[successors.stimulus(entry)]!,
    }));
    yield { state: steps.at(-1)!.state, steps: [start, ...steps], weight: steps.length };
  }
  if (taken.size < successors.size)
    throw new UserError(
      'RW322',
      `${successors.size - taken.size} of ${successors.size} transitions are further than ${longest} steps from the start; give allTransitions() a greater longest`,
    );
  // A machine without transitions gets a path that has only its first state.
  if (successors.size === 0) yield { state: start.state, steps: [start], weight: 0 };
}
