import type { Machine } from '../src/domain.js';
import { caller } from './caller.js';
import { bpf as trampoline } from './clients/bpf/machine.js';
import { breakpoint } from './clients/breakpoint/machine.js';
import { fprobe } from './clients/fprobe/machine.js';
import { kprobes } from './clients/kprobes/machine.js';
import { livepatch } from './clients/livepatch/machine.js';
import { sample } from './clients/sample/machine.js';
import { tracer } from './clients/tracer/machine.js';
import { inDesign } from './design.js';
import { design } from './designs/linux-6.12.js';
import { directEntry } from './directEntry.js';
import { ftrace } from './ftrace.js';
import { ops } from './ops.js';
import { opsList } from './opsList.js';
import { bpf } from './owners/bpf.js';
import { bpfByIp } from './owners/bpf-by-ip.js';
import { locking } from './owners/locking.js';
import { moving } from './owners/moving.js';
import { positive } from './owners/positive.js';
import { refusing } from './owners/refusing.js';
import { scripted } from './owners/scripted.js';
import { trying } from './owners/trying.js';
import { willing } from './owners/willing.js';
import { record } from './record.js';
import { opsOf, recordsOf, scopes } from './scopes.js';

const { features } = design;
const { small } = scopes;
const all = opsOf(small!);
const names = all.map(({ name }) => name);
const direct = all.find(({ kind }) => kind === 'direct')!;

/**
 * The machines that make up designs and the networks of bugs, by name. An input that depends on a design is that of
 * linux-6.12 in the scope small.
 */
export const machines: Readonly<Record<string, Machine>> = {
  record: {
    machine: record,
    description: 'one function: free, direct, ipmodify, direct+ipmodify; its count, REGS and text',
    input: { number: 1 },
  },
  ops: {
    machine: ops,
    description: 'one ftrace_ops: idle or enabled, and its filter',
    input: { ...inDesign(direct, small!, features) },
  },
  ftrace: {
    machine: ftrace,
    description: 'executes one call after the other, under the locks of ftrace',
    input: {
      name: 'ftrace',
      others: [],
      ownersLock: false,
      features: { ...features },
      records: recordsOf(small!),
      ops: names,
    },
  },
  list: {
    machine: opsList,
    description: 'ftrace_ops_list, as far as its order has an effect',
    input: { ordersAll: false },
  },
  slot: {
    machine: directEntry,
    description: "a function's entry in the table of direct functions",
    input: { record: 1 },
  },
  willing: { machine: willing, description: 'an owner that always agrees' },
  refusing: { machine: refusing, description: 'an owner that always refuses' },
  bpf: { machine: bpf, description: 'an owner like the BPF trampoline: -EAGAIN once, then 0' },
  'bpf-by-ip': {
    machine: bpfByIp,
    description: 'the owner of one function of the direct ops of BPF trampolines, from 7.0 on',
  },
  positive: {
    machine: positive,
    description: 'an owner that returns 1 to every command',
  },
  moving: {
    machine: moving,
    description: 'an owner that changes the filter of its own ops during a callback',
  },
  scripted: {
    machine: scripted,
    description: 'an owner that answers its next commands as its script says',
  },
  trying: {
    machine: trying,
    description: 'an owner with a lock, which refuses while a caller of its own holds it',
  },
  locking: {
    machine: locking,
    description:
      'an owner with a lock, for which a callback waits while a caller of its own holds it',
  },
  kprobes: {
    machine: kprobes,
    description:
      'the kprobe core, which arms and disarms the probes of a function with one of two ops',
    input: { functions: [1, 2], alwaysIpmodify: false, clearsPostHandler: false, ordered: false },
  },
  trampoline: {
    machine: trampoline,
    description: 'the BPF trampoline of a function: its image, its programs and its answers',
    input: { dropsFunc: false },
  },
  livepatch: {
    machine: livepatch,
    description: 'livepatches of one function or of several',
    input: { patches: [{ name: 'livepatch', functions: [1, 2], replace: false }] },
  },
  tracer: {
    machine: tracer,
    description: 'the tracers of tracefs',
    input: { fillsFreedCode: false },
  },
  breakpoint: { machine: breakpoint, description: 'a kprobe in the middle of a function' },
  fprobe: {
    machine: fprobe,
    description: 'a BPF program on a function by a kprobe_multi link',
    input: { fprobes: 'regs' },
  },
  sample: { machine: sample, description: 'a module with a direct ops that has no owner' },
  caller: {
    machine: caller,
    description: 'the single caller, which keeps a limited number of ops in use at the same time',
    input: { ops: names, limit: small!.inuse },
  },
};
