/** The progress of a search. */
export interface SearchProgress {
  readonly states: number;
  readonly transitions: number;
  /** Length of the longest shortest path so far. */
  readonly depth: number;
  /** States found and not yet expanded. */
  readonly queue: number;
}

/** The reason why a search is incomplete; `messages`: one call exceeded the limit of messages. */
export type StopReason = 'states' | 'memory' | 'interrupted' | 'broken' | 'messages';
