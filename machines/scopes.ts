import { UserError } from '../src/model/userError.js';
import type { Kind, OwnerKind } from './events.js';
import type { OpsInput } from './ops/context.js';

/** The bounds of a model; the only place with numbers. */
export interface Scope {
  readonly records: number;
  readonly tracer: number;
  readonly regs: number;
  readonly ipmodify: number;
  /** Direct ops, by kind of owner. */
  readonly willing: number;
  readonly refusing: number;
  readonly bpf: number;
  readonly absent: number;
  readonly positive: number;
  readonly moving: number;
  readonly scripted: number;
  readonly trying: number;
  readonly locking: number;
  /** Maximum number of ops with a filter at the same time. */
  readonly inuse: number;
  /** 1: the filter of a direct ops also changes while the ops is enabled. No caller in these kernels does that. */
  readonly edits: number;
  /** 1: callers also register twice, unregister an idle ops, name a wrong trampoline, and use the plain calls. */
  readonly misuse: number;
  /** 1: notrace entries also exclude the first record. */
  readonly notrace: number;
  /** 1: callers write 0 and 1 to ftrace_enabled. */
  readonly sysctl: number;
  /** Callers that make calls at the same time. */
  readonly callers: number;
  /** 1: every ops begins uninitialized, and callers also write flags, func and trampoline of an idle ops. */
  readonly attributes: number;
}

/** A scope without ops, of one record. */
export const nothing: Scope = {
  records: 1,
  tracer: 0,
  regs: 0,
  ipmodify: 0,
  willing: 0,
  refusing: 0,
  bpf: 0,
  absent: 0,
  positive: 0,
  moving: 0,
  scripted: 0,
  trying: 0,
  locking: 0,
  inuse: 99,
  edits: 0,
  misuse: 0,
  notrace: 0,
  sysctl: 0,
  callers: 1,
  attributes: 0,
};

/** Scopes by name. Any other scope is written as text: `records=3,ipmodify=2,willing=1`. */
export const scopes: Readonly<Record<string, Scope>> = {
  default: { ...nothing, records: 2, ipmodify: 2, bpf: 1, absent: 1, inuse: 3 },
  tracers: { ...nothing, records: 2, ipmodify: 2, bpf: 1, tracer: 1, inuse: 3 },
  wide: {
    ...nothing,
    records: 2,
    ipmodify: 2,
    willing: 1,
    refusing: 1,
    bpf: 1,
    absent: 1,
    tracer: 1,
    inuse: 3,
  },
  edits: { ...nothing, records: 2, ipmodify: 1, willing: 2, tracer: 1, inuse: 3, edits: 1 },
  misuse: { ...nothing, records: 2, ipmodify: 1, willing: 1, inuse: 2, misuse: 1 },
  notrace: { ...nothing, records: 2, ipmodify: 1, willing: 1, tracer: 1, inuse: 2, notrace: 1 },
  sysctl: { ...nothing, records: 2, ipmodify: 1, willing: 1, tracer: 1, inuse: 2, sysctl: 1 },
  attributes: { ...nothing, records: 1, ipmodify: 1, willing: 1, sysctl: 1, attributes: 1 },
  scripts: { ...nothing, records: 2, ipmodify: 1, scripted: 1 },
  odd: { ...nothing, records: 2, ipmodify: 1, positive: 1, moving: 1, inuse: 3 },
  callers: { ...nothing, records: 2, ipmodify: 2, trying: 1, absent: 1, inuse: 3, callers: 2 },
  locking: { ...nothing, records: 2, ipmodify: 1, locking: 1, absent: 1, inuse: 3, callers: 2 },
  small: { ...nothing, records: 2, ipmodify: 1, willing: 1, tracer: 1, inuse: 2 },
};

const LIMITS: Readonly<Record<keyof Scope, readonly [least: number, most: number]>> = {
  records: [1, 8],
  tracer: [0, 4],
  regs: [0, 4],
  ipmodify: [0, 4],
  willing: [0, 4],
  refusing: [0, 4],
  bpf: [0, 4],
  absent: [0, 4],
  positive: [0, 4],
  moving: [0, 4],
  scripted: [0, 4],
  trying: [0, 4],
  locking: [0, 4],
  inuse: [1, 99],
  edits: [0, 1],
  misuse: [0, 1],
  notrace: [0, 1],
  sysctl: [0, 1],
  callers: [1, 3],
  attributes: [0, 1],
};

/**
 * Parses numbers by key from a text like `records=3,ipmodify=2`. Absent keys are as in `nothing`. Throws RW010, which
 * names the wrong part and a correct input.
 */
export function parseNumbers<S extends { readonly [K in keyof S]: number }>(
  text: string,
  names: readonly string[],
  nothing: S,
  limits: Readonly<Record<keyof S, readonly [least: number, most: number]>>,
): S {
  const scope: Record<string, number> = { ...nothing };
  const given = new Set<string>();
  for (const part of text.split(',')) {
    const [key, value, ...rest] = part.split('=');
    if (key === undefined || !Object.hasOwn(limits, key) || value === undefined || rest.length > 0)
      throw new UserError(
        'RW010',
        `scope "${text}": "${part}" is neither a scope (${names.join(', ')}) nor KEY=NUMBER; keys are ${Object.keys(limits).join(', ')}`,
      );
    if (given.has(key))
      throw new UserError('RW010', `scope "${text}" gives ${key} twice; give it once`);
    given.add(key);
    const [least, most] = limits[key as keyof S];
    const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
    if (!(number >= least && number <= most))
      throw new UserError(
        'RW010',
        `scope "${text}": ${key}=${value} must be ${least === most ? least : `a whole number from ${least} to ${most}`}; type for example ${key}=${Math.min(Math.max(least, 2), most)}`,
      );
    scope[key] = number;
  }
  return scope as unknown as S;
}

/**
 * Parses a scope from its name or its text. The number of ops in use is unlimited unless the text has `inuse`.
 * Throws RW010.
 */
export function parseScope(text: string): Scope {
  if (Object.hasOwn(scopes, text)) return scopes[text]!;
  const scope = parseNumbers(text, Object.keys(scopes), nothing, LIMITS);
  if (opsOf(scope).length === 0)
    throw new UserError(
      'RW010',
      `scope "${text}" has no ops, so nothing can happen in it; type for example ${text},ipmodify=1,willing=1`,
    );
  if (scope.attributes > 0 && scope.misuse > 0)
    throw new UserError(
      'RW010',
      `scope "${text}": attributes=1 and misuse=1 exclude each other; type one of them`,
    );
  return scope;
}

/** The text of a scope for the command line, without keys that are zero or unlimited. */
export function scopeText(scope: Scope): string {
  return Object.entries(scope)
    .filter(([key, value]) => value !== nothing[key as keyof Scope] || key === 'records')
    .map(([key, value]) => `${key}=${value}`)
    .join();
}

const NAMES: readonly (readonly [keyof Scope, Kind, OwnerKind, readonly string[]])[] = [
  ['ipmodify', 'ipmodify', 'absent', ['X', 'Y', 'Z', 'X4']],
  ['willing', 'direct', 'willing', ['W', 'W2', 'W3', 'W4']],
  ['refusing', 'direct', 'refusing', ['R', 'R2', 'R3', 'R4']],
  ['bpf', 'direct', 'bpf', ['B', 'B2', 'B3', 'B4']],
  ['absent', 'direct', 'absent', ['A', 'A2', 'A3', 'A4']],
  ['positive', 'direct', 'positive', ['P', 'P2', 'P3', 'P4']],
  ['moving', 'direct', 'moving', ['M', 'M2', 'M3', 'M4']],
  ['scripted', 'direct', 'scripted', ['Q', 'Q2', 'Q3', 'Q4']],
  ['trying', 'direct', 'trying', ['L', 'L2', 'L3', 'L4']],
  ['locking', 'direct', 'locking', ['K', 'K2', 'K3', 'K4']],
  ['tracer', 'tracer', 'absent', ['T', 'T2', 'T3', 'T4']],
  ['regs', 'regs', 'absent', ['S', 'S2', 'S3', 'S4']],
];

/**
 * The ops of a scope: X, Y ipmodify, W willing, R refusing, B bpf, A absent, P positive, M moving, Q scripted, L trying,
 * K locking, T tracer, S regs.
 */
export function opsOf(scope: Scope): readonly OpsInput[] {
  return NAMES.flatMap(([key, kind, owner, names]) =>
    names.slice(0, scope[key]).map((name) => ({ name, kind, owner })),
  );
}

/** The keys of a scope that count ops, with the names of those ops. */
export const opsNames: readonly (readonly [key: keyof Scope, names: readonly string[]])[] =
  NAMES.map(([key, , , names]) => [key, names]);

/** The record numbers of a scope, from 1. */
export const recordsOf = (scope: Scope): readonly number[] =>
  Array.from({ length: scope.records }, (_, i) => i + 1);

/** Component names of the machines that execute calls: one for each caller. */
export const executorsOf = ({ callers }: Scope): readonly string[] =>
  callers === 1 ? ['ftrace'] : Array.from({ length: callers }, (_, i) => `ftrace ${i + 1}`);
