import { bpf } from './bpf/client.js';
import { breakpoint } from './breakpoint/client.js';
import { call } from './call/client.js';
import type { Numbers } from './client.js';
import { fprobe } from './fprobe/client.js';
import { kprobes } from './kprobes/client.js';
import { livepatch } from './livepatch/client.js';
import { module } from './module/client.js';
import { sample } from './sample/client.js';
import { sysctl } from './sysctl/client.js';
import { tracer } from './tracer/client.js';

/** All clients, in the order of their actions. A new client is a folder and an entry here. */
export const clients = [
  bpf,
  livepatch,
  kprobes,
  tracer,
  sample,
  sysctl,
  breakpoint,
  module,
  fprobe,
  call,
] as const;

/** The numbers of programs, probes and modules in a network of clients, by key of its clients' scopes. */
export type ClientScope = Numbers<KeyOf<(typeof clients)[number]>>;

type KeyOf<One> = One extends { readonly scope: infer Scope } ? keyof Scope & string : never;
