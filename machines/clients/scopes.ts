import { UserError } from '../../src/model/userError.js';
import { parseNumbers } from '../scopes.js';
import { type ClientScope, clients } from './clients.js';

const keys = Object.assign({}, ...clients.map(({ scope }) => scope)) as Readonly<
  Record<keyof ClientScope, { readonly most: number }>
>;
const byKey = <V>(value: (key: keyof ClientScope) => V) =>
  Object.fromEntries(
    (Object.keys(keys) as (keyof ClientScope)[]).map((key) => [key, value(key)]),
  ) as Record<keyof ClientScope, V>;

/** A scope without clients. */
export const emptyScope: ClientScope = byKey(() => 0);

/** Scopes of clients by name. */
export const clientScopes: Readonly<Record<string, ClientScope>> = {
  default: { ...emptyScope, fentry: 1, fexit: 1, livepatch: 1, kprobe: 2, post: 2, elsewhere: 1 },
  override: {
    ...emptyScope,
    fentry: 1,
    fexit: 1,
    livepatch: 1,
    kprobe: 1,
    override: 1,
    elsewhere: 1,
  },
  sample: { ...emptyScope, fentry: 1, livepatch: 1, kprobe: 1, post: 1, elsewhere: 1, sample: 1 },
  samples: {
    ...emptyScope,
    fentry: 1,
    kprobe: 1,
    post: 1,
    elsewhere: 1,
    sample: 2,
    rival: 1,
    replacement: 1,
  },
  both: {
    ...emptyScope,
    fentry: 1,
    fexit: 1,
    livepatch: 2,
    kprobe: 1,
    post: 1,
    elsewhere: 1,
    tracer: 1,
  },
  sysctl: {
    ...emptyScope,
    fexit: 1,
    livepatch: 1,
    kprobe: 1,
    elsewhere: 1,
    tracer: 1,
    sysctl: 1,
  },
  livepatches: {
    ...emptyScope,
    fexit: 1,
    livepatch: 2,
    second: 1,
    replacement: 1,
    elsewhere: 1,
    sysctl: 1,
  },
  transitions: {
    ...emptyScope,
    fexit: 1,
    livepatch: 1,
    second: 1,
    replacement: 1,
    post: 1,
    transition: 1,
  },
  probes: {
    ...emptyScope,
    livepatch: 1,
    kprobe: 1,
    post: 1,
    elsewhere: 1,
    event: 1,
    kretprobe: 1,
    toggle: 1,
  },
  tracers: {
    ...emptyScope,
    fentry: 1,
    fexit: 1,
    livepatch: 1,
    kretprobe: 1,
    tracer: 1,
    graph: 1,
    instance: 1,
  },
  middle: { ...emptyScope, fexit: 1, livepatch: 1, override: 1, breakpoint: 1 },
  programs: { ...emptyScope, fentry: 1, fexit: 1, load: 1, livepatch: 1, post: 1, elsewhere: 1 },
  functions: { ...emptyScope, fentry: 2, fexit: 2, livepatch: 1, post: 1, elsewhere: 1 },
  bpf: { ...emptyScope, fentry: 1, fexit: 1, pair: 2, livepatch: 1 },
  full: { ...emptyScope, fentry: 1, fexit: 1, pair: 1, many: 1, livepatch: 1 },
  fprobe: {
    ...emptyScope,
    fentry: 1,
    fexit: 1,
    livepatch: 1,
    post: 1,
    tracer: 1,
    fprobe: 1,
  },
  multi: { ...emptyScope, fexit: 1, multi: 2, livepatch: 1, post: 1, elsewhere: 1 },
  modules: {
    ...emptyScope,
    module: 1,
    livepatch3: 1,
    kprobe3: 1,
    post3: 1,
    event3: 1,
    elsewhere: 1,
  },
  names: { ...emptyScope, alias: 2, load: 1, livepatch4: 1 },
  calls: { ...emptyScope, fentry: 1, fexit: 1, livepatch: 1, kprobe: 1, call: 1 },
  loading: { ...emptyScope, module: 1, livepatch3: 1, tracer3: 1, sysctl: 1 },
  everyday: {
    ...emptyScope,
    fentry: 1,
    fexit: 1,
    livepatch: 1,
    kprobe: 1,
    post: 1,
    event: 1,
    kretprobe: 1,
    tracer: 1,
    sample: 1,
  },
  small: { ...emptyScope, fentry: 1, fexit: 1, livepatch: 1, kprobe: 1 },
};

/** Parses a scope of clients from its name or its text. Throws RW010. */
export function parseClientScope(text: string): ClientScope {
  if (Object.hasOwn(clientScopes, text)) return clientScopes[text]!;
  const limits = byKey((key) => [0, keys[key].most] as const);
  const scope = parseNumbers(text, Object.keys(clientScopes), emptyScope, limits);
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
