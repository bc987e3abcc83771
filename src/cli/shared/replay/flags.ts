/** The options of `replay`. */
export interface ReplayFlags {
  readonly kernel: string;
  readonly kdir?: string;
  /** A second kernel to compare with the first. */
  readonly beside?: string;
  readonly besideKdir?: string;
  readonly scope?: string;
  readonly shard?: Shard;
  readonly to: string;
  readonly guests: number;
  readonly seen?: string;
  /** Number of times that each story of a broken rule is played. */
  readonly times: number;
  readonly storiesOnly?: boolean;
  /** Number of states from which all schedules of each pair of calls are played; paths are played if unset. */
  readonly schedules?: number;
  readonly memory: number;
  readonly quiet?: boolean;
}

/** Part `part` of `of` parts, both from 1. */
export interface Shard {
  readonly part: number;
  readonly of: number;
}
