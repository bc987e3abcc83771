import type { Flags, Kind, OwnerKind } from '../events.js';

const ABOVE = 'clients@';

/** What the clients above the calls of a design are called. */
export const clientsOf = (design: string): string => `${ABOVE}${design}`;
export const areClients = (name: string): boolean => name.startsWith(ABOVE);

/** Whose machine it is: each is a component of that name. */
export type Client = 'bpf' | 'livepatch' | 'kprobes' | 'tracer' | 'sample';

/** A kprobe, as the module that registers it made it. */
export interface Probe {
  readonly name: string;
  readonly record: number;
  /** It has a post_handler; then it is armed with the ops that has IPMODIFY. */
  readonly postHandler: boolean;
  /** Its pre_handler sets the ip to another function and returns 1. */
  readonly override: boolean;
}

/** A BPF program, by where it is attached. */
export type Program = 'fentry' | 'fexit';

/** An ops as its client makes it. */
export interface ClientOps {
  readonly name: string;
  readonly client: Client;
  readonly kind: Kind;
  readonly owner: OwnerKind;
  readonly flags: Flags;
}

export const FOPS = 'fops';
export const PLAIN = 'kprobe_ftrace_ops';
export const IPMODIFY = 'kprobe_ipmodify_ops';
export type SharedOps = typeof PLAIN | typeof IPMODIFY;
export const TRACER_OPS = 'global_ops';
export const SAMPLE_OPS = 'sample_ops';
/** Livepatch has an ops for each function that is patched. */
export const klpOps = (record: number): string => `klp_ops${record}`;

const none: Flags = { direct: false, ipmodify: false, regs: false };

/** What each client sets on its ops; on x86-64 livepatch does without SAVE_REGS. */
export const opsOfClients = (patched: readonly number[]): readonly ClientOps[] => [
  {
    name: FOPS,
    client: 'bpf',
    kind: 'direct',
    owner: 'bpf',
    flags: { ...none, direct: true, regs: true },
  },
  ...patched.map((record) => ({
    name: klpOps(record),
    client: 'livepatch' as const,
    kind: 'ipmodify' as const,
    owner: 'absent' as const,
    flags: { ...none, ipmodify: true },
  })),
  {
    name: PLAIN,
    client: 'kprobes',
    kind: 'regs',
    owner: 'absent',
    flags: { ...none, regs: true },
  },
  {
    name: IPMODIFY,
    client: 'kprobes',
    kind: 'ipmodify',
    owner: 'absent',
    flags: { ...none, ipmodify: true, regs: true },
  },
  { name: TRACER_OPS, client: 'tracer', kind: 'tracer', owner: 'absent', flags: none },
  {
    name: SAMPLE_OPS,
    client: 'sample',
    kind: 'direct',
    owner: 'absent',
    flags: { ...none, direct: true, regs: true },
  },
];

/** What an ops, or ftrace on its behalf, answers to a call of its client. */
export type Returns = { type: 'returns'; errno: number };
