import type { Message } from '../../src/model/network.js';
import { bpf } from './bpf/client.js';
import { fprobe } from './fprobe/client.js';
import type { ClientWorld } from './world.js';

/** Whether this kernel refuses the action always: it has no such program, no fprobes, or ftrace cannot be switched off. */
export function isUnsupported(world: ClientWorld, { type, ...more }: Message): boolean {
  if (type === 'ftrace_enabled') return more.on === false && world.staysOn;
  if (type === 'attach fprobe') return !world.of(fprobe).isBuiltIn;
  const isOfProgram = type === 'attach' || type === 'load program';
  return isOfProgram && !world.of(bpf).knows(more.program as string);
}
