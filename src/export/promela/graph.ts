import { type Decision, FALSE, TRUE } from './decision.js';
import type { Question } from './questions.js';

/** Target of an edge: a verdict, NO or YES, or the number of a node plus FIRST. */
export const NO = 1;
export const YES = 2;
export const FIRST = 3;

/** A question, and the target of each answer. */
export interface Node {
  readonly question: number;
  /** [answer, target], answers ascending. */
  readonly edges: readonly (readonly [number, number])[];
}

/** Decision trees as a graph: equal subtrees are stored once. An answer that never occurred has no edge. */
export class Graph {
  readonly nodes: Node[] = [];
  readonly #numbers = new Map<string, number>();

  constructor(readonly questions: readonly Question[]) {}

  /** The target at which the evaluation of a decision begins. */
  root({ question, next }: Decision): number {
    const place = (at: number): number => {
      const label = question[at]!;
      if (label === TRUE) return YES;
      // A predicate that was never evaluated has no node, and no search evaluates it.
      if (label === FALSE || label < 0) return NO;
      const edges = [...next[at]!].sort(([a], [b]) => a - b);
      return this.#node(
        label,
        edges.map(([answer, to]) => [answer, place(to)] as const),
      );
    };
    return place(0);
  }

  #node(question: number, edges: Node['edges']): number {
    const { column, size } = this.questions[question]!;
    const [first] = edges;
    // Every possible answer has the same target, so the question is skipped.
    if (column && edges.length === size && edges.every(([, to]) => to === first![1]))
      return first![1];
    const key = `${question}:${edges.join(';')}`;
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = this.nodes.length;
      this.#numbers.set(key, number);
      this.nodes.push({ question, edges });
    }
    return number + FIRST;
  }
}
