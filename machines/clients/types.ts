import type { Flags, Kind, OwnerKind } from '../events.js';

const ABOVE = 'clients@';

/** The name of the network of clients above the calls of a design, as `clients@linux-6.12`. */
export const clientsOf = (design: string): string => `${ABOVE}${design}`;
/** Whether the name is that of a network of clients. */
export const areClients = (name: string): boolean => name.startsWith(ABOVE);

/** A client; its machine is the component of that name. */
export type Client = 'bpf' | 'livepatch' | 'kprobes' | 'tracer' | 'sample';

/** A kprobe, as the module that registers it defines it. */
export interface Probe {
  readonly name: string;
  readonly record: number;
  /** The probe has a post_handler; then the core arms it with the ops that has IPMODIFY. */
  readonly postHandler: boolean;
  /** Its pre_handler sets the ip to another function and returns 1. */
  readonly override: boolean;
}

/** A BPF program, by where it is attached. */
export type Program = 'fentry' | 'fexit';

/** An ops, as its client defines it. */
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
/** The livepatch ops of a function: there is one for each patched function. */
export const klpOps = (record: number): string => `klp_ops${record}`;

const none: Flags = { direct: false, ipmodify: false, regs: false };

/** The ops of all clients, with the flags that each client sets. On x86-64 livepatch does not set SAVE_REGS. */
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

/** The return value of a client's call, from its ops or from ftrace on behalf of the ops. */
export type Returns = { type: 'returns'; errno: number };
