/** Numbers sequences of messages: the nodes of a trie; 0 is the empty sequence. */
export class Sequences {
  /** By node: the node that each next message leads to. */
  readonly next: Map<number, number>[] = [new Map()];

  number(messages: readonly number[]): number {
    let node = 0;
    for (const message of messages) {
      let next = this.next[node]!.get(message);
      if (next === undefined) {
        next = this.next.length;
        this.next.push(new Map());
        this.next[node]!.set(message, next);
      }
      node = next;
    }
    return node;
  }
}
