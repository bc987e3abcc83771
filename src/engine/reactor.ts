import type { Message } from '../model/network.js';
import { UNHEARD } from './table.js';
import type { Tables } from './tables.js';

/** What one stimulus came to. `unheard` and `babble` are findings; `refused` means not offered here. */
export type Reaction = 'silence' | 'refused' | 'unheard' | 'babble';

/** Who could not hear which message, both by number. */
export interface Lost {
  readonly component: number;
  readonly message: number;
}

/** One stimulus may not cause more words than this, nor nest them deeper: it would never fall silent. */
export const WORD_LIMIT = 100_000;
export const NESTING_LIMIT = 3_000;

/**
 * Delivers messages depth-first, like function calls: what A says to B is answered before A's
 * next word. `state` is changed in place; after anything but `silence` it is rubbish.
 */
export class Reactor {
  readonly state: Int32Array;
  /** Words said to the world by the last stimulus: numbers into `tables.words`, `saidCount` of them. */
  readonly said = new Int32Array(4096);
  saidCount = 0;
  /** Set after `unheard`. */
  lost: Lost | undefined;
  #words = 0;

  /** `heard` is told of every message before it is answered, and of those that are tried first. */
  constructor(
    readonly tables: Tables,
    readonly heard?: (component: number, message: number) => void,
  ) {
    this.state = Int32Array.from(tables.first);
  }

  react(stimulus: number): Reaction {
    const words = this.tables.stimuli[stimulus]!;
    this.saidCount = 0;
    this.#words = 0;
    this.lost = undefined;
    for (let i = 0; i < words.length; i += 2) {
      this.heard?.(words[i]!, words[i + 1]!);
      if (this.tables.all[words[i]!]!.answer(this.state[words[i]!]!, words[i + 1]!) === UNHEARD)
        return 'refused';
    }
    let quiet = true;
    for (let i = 0; i < words.length && quiet; i += 2)
      quiet = this.#deliver(words[i]!, words[i + 1]!, 0);
    if (quiet) return 'silence';
    return this.lost === undefined ? 'babble' : 'unheard';
  }

  /** What the last stimulus said to the world. */
  words(): readonly Message[] {
    const words: Message[] = [];
    for (let i = 0; i < this.saidCount; i++) words.push(this.tables.words[this.said[i]!]!);
    return words;
  }

  #deliver(component: number, message: number, depth: number): boolean {
    this.heard?.(component, message);
    const table = this.tables.all[component]!;
    const answer = table.answer(this.state[component]!, message);
    if (answer === UNHEARD) {
      this.lost = { component, message };
      return false;
    }
    if (++this.#words > WORD_LIMIT || depth > NESTING_LIMIT) return false;
    this.state[component] = table.next[answer]!;
    const said = table.said[answer]!;
    for (let i = 0; i < said.length; i += 2) {
      const to = said[i]!;
      if (to >= 0) {
        if (!this.#deliver(to, said[i + 1]!, depth + 1)) return false;
      } else {
        if (this.saidCount === this.said.length) return false;
        this.said[this.saidCount++] = said[i + 1]!;
      }
    }
    return true;
  }
}
