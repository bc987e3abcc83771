import { UserError } from '../../model/userError.js';
import type { Watched } from './questions.js';

const UNEXPLORED = -1;
export const FALSE = -2;
export const TRUE = -3;

/**
 * What a predicate says, by what it reads: a tree of questions, whose edges are answers and whose
 * leaves are verdicts.
 */
export class Decision {
  /** By node: the question asked there, or FALSE or TRUE at a leaf. */
  readonly question: number[] = [UNEXPLORED];
  /** By node: the node that each answer leads to. */
  readonly next: Map<number, number>[] = [new Map()];

  constructor(readonly name: string) {}

  learn({ asked, verdict }: Watched): void {
    let node = 0;
    for (let i = 0; i < asked.length; i += 2) {
      this.#mark(node, asked[i]!);
      const answers = this.next[node]!;
      let to = answers.get(asked[i + 1]!);
      if (to === undefined) {
        to = this.question.length;
        this.question.push(UNEXPLORED);
        this.next.push(new Map());
        answers.set(asked[i + 1]!, to);
      }
      node = to;
    }
    this.#mark(node, verdict ? TRUE : FALSE);
  }

  #mark(node: number, question: number): void {
    if (this.question[node] === UNEXPLORED) this.question[node] = question;
    else if (this.question[node] !== question)
      throw new UserError(
        'RW203',
        `${this.name} does not answer by what it reads alone: a clock, randomness or a memory of its own is in it`,
      );
  }
}
