/** Sequences of words by number: the nodes of a trie; 0 is the empty one. */
export class Sequences {
  /** By node: the node that each next word leads to. */
  readonly next: Map<number, number>[] = [new Map()];

  number(words: Int32Array, count: number): number {
    let node = 0;
    for (let i = 0; i < count; i++) {
      let next = this.next[node]!.get(words[i]!);
      if (next === undefined) {
        next = this.next.length;
        this.next.push(new Map());
        this.next[node]!.set(words[i]!, next);
      }
      node = next;
    }
    return node;
  }
}
