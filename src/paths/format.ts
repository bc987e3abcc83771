import type { Json, Stimulus } from '../model/network.js';
import type { PathStep } from './pathsJson.js';

/** Where paths come from. */
export interface PathsHead {
  readonly tool: 'recwalk';
  readonly version: string;
  readonly design: string;
  /** Of a design; a network of one's own has none. */
  readonly scope?: string;
  readonly cover: string;
  /** Of paths at random. */
  readonly seed?: number;
}

/** One call of a path with its outcome, for people and for programs. */
export interface TraceStep extends PathStep {
  readonly stimulus: Stimulus;
  /** The outcome as `Network.report` has it. */
  readonly report: Json;
}

export interface TracePath {
  /** What it is for: `path 3`, or what a criterion calls it. */
  readonly description: string;
  /** What the file is called that it comes from. */
  readonly name?: string;
  readonly steps: readonly TraceStep[];
}

/** What the paths written so far take of what is to be covered. */
export interface CoverageStats {
  readonly taken: number;
  readonly of: number;
  readonly steps: number;
  readonly paths: number;
  /** Steps that no paths which take all within reach can do without; only where it is known. */
  readonly lowerBound?: number;
  /** What no path of the scope takes, in words; only where there is any. */
  readonly never?: readonly string[];
  /** Calls that go wrong, and so are in no path, with how many transitions that is; only where there is any. */
  readonly wrong?: readonly {
    readonly call: string;
    readonly description: string;
    readonly transitions: number;
  }[];
}

/** One format of paths. Paths come one by one and are written as they come; exactly one of the two is given. */
export interface PathsFormat {
  /** One text, in pieces; `taken` is whole after the last path. */
  text?(
    head: PathsHead,
    paths: AsyncIterable<TracePath>,
    taken: () => CoverageStats,
  ): AsyncIterable<string>;
  /** Files of a folder, which `-o` names; a file's name may hold folders. */
  files?(
    head: PathsHead,
    paths: AsyncIterable<TracePath>,
    taken: () => CoverageStats,
  ): AsyncIterable<{ readonly name: string; readonly text: string }>;
}
