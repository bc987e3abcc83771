import type { Checkpointable } from '../store/checkpointable.js';
import type { Checkpoint } from './checkpoint.js';
import type { Discovery } from './discovery.js';
import type { Frontier } from './frontier.js';
import type { SearchParts } from './searchParts.js';

/** Saves a search between two states, and resumes it there; does nothing without a checkpoint. */
export class SavePoint<W> {
  readonly #saved: readonly Checkpointable[];

  constructor(
    readonly parts: SearchParts<W>,
    readonly frontier: Frontier,
    discovery: Discovery<W>,
    readonly checkpoint: Checkpoint | undefined,
  ) {
    const { monitor, cells, budget, reduction, observer } = parts;
    this.#saved = [
      ...[monitor.compiled, monitor, cells.trees, budget, frontier, discovery],
      ...(reduction?.localCycles ? [reduction.localCycles] : []),
      ...(observer.checkpointed ? [observer.checkpointed] : []),
    ];
  }

  /** Resumes a saved search; returns false if there is none. Throws RW030 and RW032. */
  resume(): boolean {
    const { checkpoint, frontier } = this;
    const { budget, cells } = this.parts;
    if (!checkpoint?.restore(this.#saved)) return false;
    checkpoint.schedule(budget.transitions);
    checkpoint.resumed(budget.progress(frontier.next));
    cells.repack();
    return true;
  }

  /** Whether a checkpoint is due. */
  get isDue(): boolean {
    return this.checkpoint?.shouldSave(this.parts.budget.transitions) === true;
  }

  /** Saves the search as it is before state `next` is expanded. Throws RW030. */
  save(next: number): void {
    this.frontier.next = next;
    this.checkpoint?.save(this.#saved);
    this.checkpoint?.schedule(this.parts.budget.transitions);
  }

  /** Saves a long search that expanded all states, because the verdicts may also take long to compute. */
  saveEnd(): void {
    const { checkpoint, frontier } = this;
    const { states, transitions } = this.parts.budget;
    if (checkpoint && transitions >= checkpoint.first && frontier.next < states) this.save(states);
  }
}
