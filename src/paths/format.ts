import type { Json, Stimulus } from '../model/network.js';
import type { PathStep } from './pathsJson.js';

/** The origin of the paths. */
export interface PathsHead {
  readonly tool: 'recwalk';
  readonly version: string;
  readonly design: string;
  /** The scope of a design; a user's own network has none. */
  readonly scope?: string;
  readonly cover: string;
  /** The seed of random paths. */
  readonly seed?: number;
}

/** One call of a path, with its outcome as text and as data. */
export interface TraceStep extends PathStep {
  readonly stimulus: Stimulus;
  /** The outcome as `Network.outcomeData` gives it. */
  readonly report: Json;
}

export interface TracePath {
  /** The purpose of the path: `path 3`, or the name that a criterion gives it. */
  readonly description: string;
  /** The name of the file that it comes from. */
  readonly name?: string;
  readonly steps: readonly TraceStep[];
}

/** The coverage of the paths written so far. */
export interface CoverageStats {
  readonly taken: number;
  readonly of: number;
  readonly steps: number;
  readonly paths: number;
  /** A lower bound on the steps of paths that cover everything within reach; absent if unknown. */
  readonly lowerBound?: number;
  /** Descriptions of the goals that no path of the scope covers; absent if there are none. */
  readonly never?: readonly string[];
  /**
   * Calls that end in an unhandled event or a livelock, and so are in no path, with the number of their transitions;
   * absent if there are none.
   */
  readonly wrong?: readonly {
    readonly call: string;
    readonly description: string;
    readonly transitions: number;
  }[];
}

/** One format of paths. It writes each path as it arrives. Exactly one of `text` and `files` is defined. */
export interface PathsFormat {
  /** One text, in chunks; `taken` is complete after the last path. */
  text?(
    head: PathsHead,
    paths: AsyncIterable<TracePath>,
    taken: () => CoverageStats,
  ): AsyncIterable<string>;
  /** Files of the folder that `-o` names; the name of a file may contain folders. */
  files?(
    head: PathsHead,
    paths: AsyncIterable<TracePath>,
    taken: () => CoverageStats,
  ): AsyncIterable<{ readonly name: string; readonly text: string }>;
}
