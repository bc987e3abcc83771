import { type Decision, FALSE, TRUE } from './decision.js';
import type { Question } from './questions.js';

/** Where an edge leads: to a verdict, or to the node of that number less FIRST. */
export const NO = 1;
export const YES = 2;
export const FIRST = 3;

export interface Node {
  readonly question: number;
  /** [answer, where it leads], answers ascending. */
  readonly edges: readonly (readonly [number, number])[];
}

/** Decision trees with equal parts kept once. An answer that never came has no edge. */
export class Graph {
  readonly nodes: Node[] = [];
  readonly #numbers = new Map<string, number>();

  constructor(readonly questions: readonly Question[]) {}

  /** Where an evaluation begins. */
  root({ question, next }: Decision): number {
    const place = (at: number): number => {
      const asked = question[at]!;
      if (asked === TRUE) return YES;
      // A predicate that was never asked has no node to begin at, and nobody will begin there.
      if (asked === FALSE || asked < 0) return NO;
      const edges = [...next[at]!].sort(([a], [b]) => a - b);
      return this.#node(
        asked,
        edges.map(([answer, to]) => [answer, place(to)] as const),
      );
    };
    return place(0);
  }

  #node(question: number, edges: Node['edges']): number {
    const { column, size } = this.questions[question]!;
    const [first] = edges;
    // Every answer there is leads on alike: the question need not be asked.
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
