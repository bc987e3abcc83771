import type { GuestKind } from './guestSources.js';
import { kernels } from './kernels.js';

/** The caller of each kind's steps. */
const CALLERS: Readonly<Record<GuestKind, string>> = {
  calls:
    'the calls were made by a module, owners are an ops_func of that module, and what BPF or livepatch would do on top of these calls is not claimed',
  clients:
    'with the real clients: BPF programs loaded by libbpf, a livepatch module, kprobes of a module, the function tracer of tracefs',
};

/** Describes the environment of a replay, for readers of its observations: packages, machine, caller of the steps. */
export function settingOf(kernel: string, kind: GuestKind): readonly string[] {
  const [, version] = /^Debian (\S+)/.exec(kernel) ?? [];
  const known = kernels.find(({ name }) => version?.startsWith(`${name.split(':')[1]}.`));
  return [
    known === undefined
      ? 'kernel config unknown (custom build)'
      : `${known.description}, configured as Debian ships it, x86-64`,
    `in QEMU, under software emulation; ${CALLERS[kind]}`,
  ];
}
