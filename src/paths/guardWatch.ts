import { type AnyStateMachine, and } from 'xstate';
import type { Network } from '../model/network.js';

/** Whether it was asked and what it answered: a guard of a machine. */
export interface Guard {
  readonly machine: string;
  readonly name: string;
}

// biome-ignore lint/suspicious/noExplicitAny: guards are as different as machines are
type Any = any;

/** A network whose guards tell what they answer. Components of one machine have the same guards. */
export class GuardWatch {
  readonly guards: Guard[] = [];
  readonly network: Network;
  #heard: ((guard: number, answer: boolean) => void) | undefined;

  constructor(network: Network) {
    const watched = new Map<AnyStateMachine, AnyStateMachine>();
    const components = network.components.map((component) => {
      const { name, machine } = component;
      if (!watched.has(machine)) watched.set(machine, this.#watched(machine, name));
      return { ...component, machine: watched.get(machine)! };
    });
    this.network = { ...network, components };
  }

  /** What the guards answer during `work`. */
  during(work: () => void): (readonly [guard: number, answer: boolean])[] {
    const answers: (readonly [number, boolean])[] = [];
    this.#heard = (guard, answer) => answers.push([guard, answer]);
    work();
    this.#heard = undefined;
    return answers;
  }

  #watched(machine: AnyStateMachine, component: string): AnyStateMachine {
    const { guards } = machine.implementations;
    const of = machine.config.id ?? component;
    const isKnown = this.guards.some((guard) => guard.machine === of);
    const watched = [...guardNames(machine)].map((name) => {
      const number = this.guards.length;
      this.guards.push({ machine: isKnown ? component : of, name });
      return [name, this.#watching(number, guards[name])] as const;
    });
    return machine.provide({ guards: Object.fromEntries(watched) as Any });
  }

  #watching(number: number, guard: Any) {
    const told = (answer: boolean) => {
      this.#heard?.(number, answer);
      return answer;
    };
    if (typeof guard === 'function' && guard.check === undefined)
      return (...args: readonly Any[]) => told(guard(...args));
    // Made of others, or another's name: XState asks it as it asks and(), with its snapshot.
    const made = typeof guard === 'function' ? guard : and([guard]);
    const watching = () => false;
    watching.check = (...[snapshot, args]: readonly Any[]) =>
      told(made.check(snapshot, args, made));
    return watching;
  }
}

/** Names of the guards that a machine asks, those within others too. */
function guardNames(machine: AnyStateMachine): Set<string> {
  const { guards } = machine.implementations as Any;
  const names = new Set<string>();
  const note = (guard: Any) => {
    for (const part of guard?.guards ?? []) note(part);
    const name: string | undefined = typeof guard === 'object' ? guard?.type : guard;
    if (typeof name !== 'string' || names.has(name) || guards[name] === undefined) return;
    names.add(name);
    note(guards[name]);
  };
  const visit = (node: AnyStateMachine['root']) => {
    for (const transitions of [node.always ?? [], ...node.transitions.values()])
      for (const { guard } of transitions) note(guard);
    for (const child of Object.values(node.states)) visit(child);
  };
  visit(machine.root);
  return names;
}
