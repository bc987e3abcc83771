import { UserError } from '../../src/model/userError.js';
import { parseNumbers } from '../scopes.js';
import type { Probe } from './types.js';

/** The number of each client: 0 or 1 unless the key allows more. */
export interface ClientScope {
  /** BPF programs on function 1. */
  readonly fentry: number;
  readonly fexit: number;
  /** 1: a livepatch of function 1; 2: of both functions. */
  readonly livepatch: number;
  /** Kprobes on function 1: up to two without a post_handler, up to two with one, one that changes the ip. */
  readonly kprobe: number;
  readonly post: number;
  readonly override: number;
  /** A kprobe with a post_handler on function 2. */
  readonly elsewhere: number;
  /** The function tracer, on both functions. */
  readonly tracer: number;
  /** A module with a direct ops on function 1 and without ops_func. */
  readonly sample: number;
}

const nothing: ClientScope = {
  fentry: 0,
  fexit: 0,
  livepatch: 0,
  kprobe: 0,
  post: 0,
  override: 0,
  elsewhere: 0,
  tracer: 0,
  sample: 0,
};

/** Scopes of clients by name. */
export const clientScopes: Readonly<Record<string, ClientScope>> = {
  default: { ...nothing, fentry: 1, fexit: 1, livepatch: 1, kprobe: 2, post: 2, elsewhere: 1 },
  override: { ...nothing, fentry: 1, fexit: 1, livepatch: 1, kprobe: 1, override: 1, elsewhere: 1 },
  sample: { ...nothing, fentry: 1, livepatch: 1, kprobe: 1, post: 1, elsewhere: 1, sample: 1 },
  both: {
    ...nothing,
    fentry: 1,
    fexit: 1,
    livepatch: 2,
    kprobe: 1,
    post: 1,
    elsewhere: 1,
    tracer: 1,
  },
  small: { ...nothing, fentry: 1, fexit: 1, livepatch: 1, kprobe: 1 },
};

const LIMITS: Readonly<Record<keyof ClientScope, readonly [least: number, most: number]>> = {
  fentry: [0, 1],
  fexit: [0, 1],
  livepatch: [0, 2],
  kprobe: [0, 2],
  post: [0, 2],
  override: [0, 1],
  elsewhere: [0, 1],
  tracer: [0, 1],
  sample: [0, 1],
};

/** Parses a scope of clients from its name or its text. Throws RW010. */
export function parseClientScope(text: string): ClientScope {
  if (Object.hasOwn(clientScopes, text)) return clientScopes[text]!;
  const scope = parseNumbers(text, Object.keys(clientScopes), nothing, LIMITS);
  if (Object.values(scope).every((count) => count === 0))
    throw new UserError(
      'RW010',
      `scope "${text}" has no client, so nothing can happen in it; type for example fentry=1,livepatch=1`,
    );
  return scope;
}

/** The text of a scope of clients for the command line, without zeros. */
export const clientScopeText = (scope: ClientScope): string =>
  Object.entries(scope)
    .filter(([, count]) => count > 0)
    .map(([key, count]) => `${key}=${count}`)
    .join();

/** Both functions. The second one shows the effect of a client elsewhere on the first. */
export const FUNCTIONS = [1, 2] as const;
/** The functions that the livepatch patches. */
export const patchedBy = ({ livepatch }: ClientScope): readonly number[] =>
  FUNCTIONS.slice(0, livepatch);

const probe = (name: string, kind: Partial<Probe> = {}): Probe => ({
  name,
  record: 1,
  postHandler: false,
  override: false,
  ...kind,
});

/** The kprobes of a scope: P, P2 plain, Q, Q2 with a post_handler, O changes the ip, R on function 2. */
export const probesOf = ({ kprobe, post, override, elsewhere }: ClientScope): readonly Probe[] => [
  ...['P', 'P2'].slice(0, kprobe).map((name) => probe(name)),
  ...['Q', 'Q2'].slice(0, post).map((name) => probe(name, { postHandler: true })),
  ...['O'].slice(0, override).map((name) => probe(name, { postHandler: true, override: true })),
  ...['R'].slice(0, elsewhere).map((name) => probe(name, { record: 2, postHandler: true })),
];
