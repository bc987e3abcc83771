import { Fault } from '../../model/fault.js';
import type { Questions } from './questions.js';

const UNEXPLORED = -1;
export const FALSE = -2;
export const TRUE = -3;

/**
 * What a predicate says, by what it reads: a tree of questions, whose edges are answers and whose
 * leaves are verdicts. The predicate itself runs once for each way through the tree.
 */
export class Decision<W> {
  /** By node: the question asked there, or FALSE or TRUE at a leaf. */
  readonly question: number[] = [UNEXPLORED];
  /** By node: the node that each answer leads to. */
  readonly next: number[][] = [[]];

  constructor(
    readonly questions: Questions<W>,
    readonly name: string,
    readonly predicate: () => boolean,
  ) {}

  /** The verdict on what the questions are about now. */
  verdict(): boolean {
    const { question, next, questions } = this;
    questions.begin();
    for (let node = 0; ; ) {
      const asked = question[node]!;
      if (asked === TRUE) return true;
      if (asked === FALSE) return false;
      const to = asked === UNEXPLORED ? undefined : next[node]![questions.all[asked]!.answer()];
      if (to === undefined) return this.#learn();
      node = to;
    }
  }

  #learn(): boolean {
    const { asked, answers, verdict } = this.questions.watch(this.predicate);
    let node = 0;
    for (const question of asked) {
      this.#mark(node, question);
      const answer = answers.get(question)!;
      let to = this.next[node]![answer];
      if (to === undefined) {
        to = this.question.length;
        this.question.push(UNEXPLORED);
        this.next.push([]);
        this.next[node]![answer] = to;
      }
      node = to;
    }
    this.#mark(node, verdict ? TRUE : FALSE);
    return verdict;
  }

  #mark(node: number, question: number): void {
    if (this.question[node] === UNEXPLORED) this.question[node] = question;
    else if (this.question[node] !== question)
      throw new Fault(
        'RW203',
        `${this.name} does not answer by what it reads alone: a clock, randomness or a memory of its own is in it`,
      );
  }
}
