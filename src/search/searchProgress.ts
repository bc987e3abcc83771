/** How far a search has come. */
export interface SearchProgress {
  readonly states: number;
  readonly transitions: number;
  /** Length of the longest shortest path so far. */
  readonly depth: number;
  /** States found and not yet expanded. */
  readonly queue: number;
}

/** Why a search ended before it was complete; `messages`: one call took so many messages that it was given up. */
export type StopReason = 'states' | 'memory' | 'interrupted' | 'broken' | 'messages';
