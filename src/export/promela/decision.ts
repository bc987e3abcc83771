import { UserError } from '../../model/userError.js';
import type { RecordedReads } from './questions.js';

const UNEXPLORED = -1;
/** Leaves of a Decision, in place of a question. */
export const FALSE = -2;
export const TRUE = -3;

/**
 * The result of a predicate by the values it reads: a tree with questions at its nodes, answers on its edges and
 * verdicts at its leaves.
 */
export class Decision {
  /** By node: the question at it, or FALSE or TRUE at a leaf. */
  readonly question: number[] = [UNEXPLORED];
  /** By node: the target of each answer. */
  readonly next: Map<number, number>[] = [new Map()];

  constructor(readonly name: string) {}

  learn({ reads, verdict }: RecordedReads): void {
    let node = 0;
    for (let i = 0; i < reads.length; i += 2) {
      this.#mark(node, reads[i]!);
      const answers = this.next[node]!;
      let to = answers.get(reads[i + 1]!);
      if (to === undefined) {
        to = this.question.length;
        this.question.push(UNEXPLORED);
        this.next.push(new Map());
        answers.set(reads[i + 1]!, to);
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
        `${this.name} does not depend only on the values it reads: it uses a clock, randomness or memory of its own`,
      );
  }
}
