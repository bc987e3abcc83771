import type { Step } from './step.js';

/** All that a design review tells, gathered once and plain data: what writes it searches for nothing. */
export interface Review {
  /** Of recwalk. */
  readonly version: string;
  readonly question: Question;
  readonly scope: ReviewedScope;
  /** What a sign of the matrix means, for those that stand in it. */
  readonly signs: readonly Sign[];
  readonly rules: readonly ReviewedRule[];
  readonly designs: readonly ReviewedDesign[];
  /** In the order of the rules; a rule has one for each way in which it breaks. */
  readonly breaks: readonly Break[];
  /** What is wrong without any rule. */
  readonly faults: readonly ReviewedFault[];
  /** What no design here holds, a sentence each. */
  readonly limitations: readonly string[];
}

/** What is asked of a design, and by whom. */
export interface Question {
  readonly text: string;
  /** The mail that rules call the seed mail. */
  readonly source: string;
  /** The design that is what the mail says. */
  readonly design: string;
}

export interface ReviewedScope {
  /** As one types it. */
  readonly name: string;
  /** The same written out. */
  readonly description: string;
  /** What callers could do beyond it, a sentence each. */
  readonly beyond: readonly string[];
}

/** What a cell of the matrix can be. */
export type Cell = 'holds' | 'seen' | 'broken' | 'unknown' | 'absent';

export interface Sign {
  readonly cell: Cell;
  readonly sign: string;
  readonly means: string;
}

export interface ReviewedRule {
  readonly id: string;
  readonly description: string;
  readonly source: string;
}

export interface ReviewedDesign {
  readonly name: string;
  readonly description: string;
  readonly source: string;
  /** The kernel that ought to behave like it. */
  readonly kernel?: string;
  /** By the rule. */
  readonly cells: Readonly<Record<string, Cell>>;
  readonly coverage: Coverage;
  /** How to read its stories. */
  readonly legend: string;
  /** Drawings of a record's life, as far as the format takes them. */
  readonly chart: { readonly svg?: string; readonly mermaid?: string; readonly because?: string };
  readonly since?: Since;
  readonly fixReport: FixReport;
}

export interface Coverage {
  /** Set where not every path was walked. */
  readonly stopped?: string;
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  /** With reductions: states held for all. */
  readonly held?: number;
  /** Those that were used, or were not, because. */
  readonly reductions: readonly string[];
  /** Changes when any machine answers anything differently. */
  readonly machines: string;
}

/** The design beside the one before it. */
export interface Since {
  readonly name: string;
  /** In what the two differ by themselves. */
  readonly turned: readonly {
    readonly name: string;
    readonly from: string;
    readonly to: string;
    readonly description: string;
  }[];
  readonly stopped?: string;
  readonly pairs: number;
  readonly calls: number;
  /** How many sorts of differences there are. */
  readonly sorts: number;
  /** One of each of the first sorts, the shortest first. */
  readonly differences: readonly ReviewedDifference[];
}

export interface ReviewedDifference {
  readonly sort: string;
  readonly count: number;
  /** The calls that lead there; both agree on them. */
  readonly after: readonly string[];
  readonly call: string;
  /** What the design before, and this one, make of the call. */
  readonly outcomes: readonly [string, string];
  readonly because: readonly string[];
}

/** What would fix a design, if that was searched for. */
export interface FixReport {
  /** What to type for it. */
  readonly command: string;
  /** The smallest sets under which every rule holds. */
  readonly sets?: readonly (readonly string[])[];
  /** What was walked for it, in words. */
  readonly walked?: string;
  /** A limit ended the search, or a walk of it: sets that were not walked to their end may fix, too. */
  readonly stopped?: boolean;
  /** Each change of these sets. */
  readonly changes?: readonly Change[];
}

export interface Change {
  readonly name: string;
  readonly description: string;
  readonly where: string;
  readonly drawback: string;
}

/** One way in which a rule breaks, and the designs that break it so. */
export interface Break {
  readonly rule: string;
  readonly designs: readonly Witness[];
  /** What could not be reached. */
  readonly missed: readonly string[];
  /** Nothing leads back from where the story ends. */
  readonly noWayBack: boolean;
  /** A shortest story; undefined where there is none to tell. */
  readonly steps?: readonly Step[];
}

/** A design that breaks a rule, and what kernels showed of that. */
export interface Witness {
  readonly design: string;
  /** Kernels that did at every step what the story says, with how often where it was played more than once. */
  readonly seen: readonly string[];
  /** Whose word it is beside them: `model only, because ...`. */
  readonly unobservable: readonly string[];
}

export interface ReviewedFault {
  readonly design: string;
  readonly kind: string;
  readonly description: string;
  readonly steps: readonly Step[];
}

/** One broken rule of one design, to be sent. */
export interface Report {
  readonly version: string;
  readonly question: Question;
  readonly rule: ReviewedRule;
  readonly design: Pick<ReviewedDesign, 'name' | 'description' | 'source' | 'legend' | 'coverage'>;
  readonly scope: Omit<ReviewedScope, 'beyond'>;
  readonly found: Break & { readonly designs: readonly [Witness] };
  readonly kernels: readonly ReportedKernel[];
  /** What to type to see it again in the model. */
  readonly command: string;
  /** The story as `replay` takes it, where there is one that a kernel can play. */
  readonly replay?: Replay;
}

/** A kernel that was seen to do it. */
export interface ReportedKernel {
  readonly name: string;
  /** Where it comes from and how it ran, a line each. */
  readonly description: readonly string[];
  /** What its guest said: steps with their outcomes, and the kernel's own messages. */
  readonly log: readonly string[];
}

export interface Replay {
  readonly file: string;
  readonly story: string;
  readonly command: string;
  /** What makes something of it for those who have no recwalk, and what that is. */
  readonly alone: {
    readonly description: string;
    readonly command: string;
    /** What the command writes, where that is short enough for a mail. */
    readonly files: readonly { readonly name: string; readonly text: string }[];
  };
}
