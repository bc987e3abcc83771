/** Numbers sequences of messages: the nodes of a trie; 0 is the empty sequence. */
export class Sequences {
  /** By node: the node that each next message leads to. */
  readonly next: Map<number, number>[] = [new Map()];

  number(words: readonly number[]): number {
    let node = 0;
    for (const word of words) {
      let next = this.next[node]!.get(word);
      if (next === undefined) {
        next = this.next.length;
        this.next.push(new Map());
        this.next[node]!.set(word, next);
      }
      node = next;
    }
    return node;
  }
}
