import type { Step } from './step.js';

/** A design review as plain data, collected once: formats only render it. */
export interface Review {
  /** Version of recwalk. */
  readonly version: string;
  /** The name of the domain. */
  readonly domain: string;
  /** Whether kernels could play the stories. */
  readonly played: boolean;
  readonly question?: Question;
  /** Unset if the domain has no scopes. */
  readonly scope?: ReviewedScope;
  /** The meaning of each sign that occurs in the matrix. */
  readonly signs: readonly Sign[];
  readonly rules: readonly ReviewedRule[];
  readonly designs: readonly ReviewedDesign[];
  /** In the order of the rules, one entry for each way in which a rule breaks. */
  readonly breaks: readonly Break[];
  /** Findings: errors without any rule. */
  readonly findings: readonly ReviewedFinding[];
  /** Aspects that no design here models, one sentence each. */
  readonly limitations: readonly string[];
}

/** The question about a design, and where it was asked. */
export interface Question {
  readonly text: string;
  /** The mail to which rules refer as the RFC mail. */
  readonly source: string;
  /** The design that implements the mail. */
  readonly design: string;
}

/** The scope of a review. */
export interface ReviewedScope {
  /** As typed after --scope. */
  readonly name: string;
  /** The scope written out. */
  readonly description: string;
  /** Actions of callers outside the scope, one sentence each. */
  readonly beyond: readonly string[];
}

/** The content of a cell of the matrix. */
export type Cell = 'holds' | 'starves' | 'seen' | 'broken' | 'unknown' | 'absent';

/** A sign of the matrix and its meaning. */
export interface Sign {
  readonly cell: Cell;
  readonly sign: string;
  readonly means: string;
}

/** A row of the matrix. */
export interface ReviewedRule {
  readonly id: string;
  readonly description: string;
  readonly source: string;
}

/** A design with its verdicts and everything else that a review shows of it. */
export interface ReviewedDesign {
  readonly name: string;
  /** The design as typed on the command line. */
  readonly target: string;
  readonly description: string;
  readonly source: string;
  /** The kernel that should behave like it. */
  readonly kernel?: string;
  /** The exact kernels that played its stories and matched them. */
  readonly playedOn?: readonly string[];
  /** By rule id. */
  readonly cells: Readonly<Record<string, Cell>>;
  readonly coverage: Coverage;
  /** How to read its stories. */
  readonly legend: string;
  /** The life of a part, if the domain has such a view. */
  readonly chart?: Drawing & { readonly part: string };
  /** Otherwise the machine of each component. */
  readonly machines?: readonly (Drawing & { readonly name: string })[];
  readonly since?: Since;
  /** Unset if the domain has no fixes. */
  readonly fixReport?: FixReport;
}

/** A drawing, if the format takes one; otherwise the reason why there is none. */
export interface Drawing {
  readonly svg?: string;
  readonly mermaid?: string;
  readonly because?: string;
}

/** The coverage of one search. */
export interface Coverage {
  /** The reason why the search stopped; set if not every path was explored. */
  readonly stopped?: string;
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  /** With reductions: number of stored states, which represent all states. */
  readonly held?: number;
  /** Reductions that were used, and those that were not with the reason. */
  readonly reductions: readonly string[];
  /** Digest of the model. It changes when any machine's answer to any message changes. */
  readonly machines: string;
}

/** The differences from the previous design. */
export interface Since {
  readonly name: string;
  /** The previous design as typed on the command line. */
  readonly target: string;
  /** The features that differ. */
  readonly turned: readonly {
    readonly name: string;
    readonly from: string;
    readonly to: string;
    readonly description: string;
  }[];
  readonly stopped?: string;
  readonly pairs: number;
  readonly calls: number;
  /** Number of divergence classes. */
  readonly sorts: number;
  /** One difference for each of the first classes, the shortest first. */
  readonly differences: readonly ReviewedDifference[];
}

/** One divergence class, after its shortest story. */
export interface ReviewedDifference {
  readonly sort: string;
  readonly count: number;
  /** The calls before the difference, on which both designs agree. */
  readonly after: readonly string[];
  readonly call: string;
  /** The outcome of the call in the previous design, and in this one. */
  readonly outcomes: readonly [string, string];
  readonly because: readonly string[];
}

/** The fixes for a design, if they were searched for. */
export interface FixReport {
  /** The command that searches for them. */
  readonly command: string;
  /** The smallest sets under which every rule holds. */
  readonly sets?: readonly (readonly string[])[];
  /** The number of sets checked, as text. */
  readonly walked?: string;
  /** Whether a limit stopped the search or one of its checks: sets that were not checked completely may fix it too. */
  readonly stopped?: boolean;
  /** Each change in these sets. */
  readonly changes?: readonly Change[];
}

/** A change to a design that fixes something. */
export interface Change {
  readonly name: string;
  readonly description: string;
  readonly where: string;
  readonly drawback: string;
}

/** One way in which a rule breaks, and the designs that break it that way. */
export interface Break {
  readonly rule: string;
  readonly designs: readonly Witness[];
  /** Goals that were not reached. */
  readonly missed: readonly string[];
  /** Whether nothing leads back from the end of the story. */
  readonly noWayBack: boolean;
  /**
   * For a liveness rule: what never comes true in the story, and how the story goes on. For `serializable`: what the
   * calls of the story do one after the other.
   */
  readonly aboutPath: readonly string[];
  /** A shortest story; undefined if there is none. */
  readonly steps?: readonly Step[];
}

/** A design that breaks a rule, and the evidence of kernels. */
export interface Witness {
  readonly design: string;
  /** Kernels that matched the story at every step, with the number of times if it was played more than once. */
  readonly seen: readonly string[];
  /** Other evidence, for example `model only, because ...`. */
  readonly unobservable: readonly string[];
}

/** A finding in a design, with a shortest story. */
export interface ReviewedFinding {
  readonly design: string;
  readonly kind: string;
  readonly description: string;
  readonly steps: readonly Step[];
}

/** One broken rule of one design, as a report that is ready to send. */
export interface Report {
  readonly version: string;
  /** The name of the domain. */
  readonly domain: string;
  /** Whether kernels could play the story. */
  readonly played: boolean;
  readonly question?: Question;
  readonly rule: ReviewedRule;
  readonly design: Pick<ReviewedDesign, 'name' | 'description' | 'source' | 'legend' | 'coverage'>;
  readonly scope?: Omit<ReviewedScope, 'beyond'>;
  readonly found: Break & { readonly designs: readonly [Witness] };
  readonly kernels: readonly ReportedKernel[];
  /** The command that shows it again in the model. */
  readonly command: string;
  /** The story as `replay` takes it, if a kernel can play it. */
  readonly replay?: Replay;
}

/** A kernel that was seen to break the rule. */
export interface ReportedKernel {
  readonly name: string;
  /** The kernel's origin and how it ran, one line each. */
  readonly description: readonly string[];
  /** Output of its guest: steps with their outcomes, and the kernel's own messages. */
  readonly log: readonly string[];
}

/** The story of a report as a file, and the commands that play it. */
export interface Replay {
  readonly file: string;
  readonly story: string;
  readonly command: string;
  /** A reproducer for readers without recwalk: its description and the command that writes it. */
  readonly alone: {
    readonly description: string;
    readonly command: string;
    /** The files that the command writes, if they are short enough for a mail. */
    readonly files: readonly { readonly name: string; readonly text: string }[];
  };
}
