import type { From } from '../../events.js';
import type { Returns } from '../client.js';
import type { KernelFixes } from '../kernelFixes.js';
import {
  afterwards,
  holdsTrampoline,
  type Image,
  ignoresIp,
  imageOf,
  isAttached,
  type Program,
  type ProgramState,
  type Trampoline,
} from './trampoline.js';

export interface BpfInput extends Pick<KernelFixes, 'dropsFunc' | 'oneDirectOps'> {
  readonly programs: readonly Program[];
  /** Loading and unloading are steps of their own. Otherwise attach and detach include them. */
  readonly loads: boolean;
}

/** One run of bpf_trampoline_update(). */
export interface Update {
  readonly record: number;
  /** The image being built. */
  readonly next: Image | null;
  /** The value of `share` before the update. */
  readonly sharedBefore: boolean;
  /** The program that is attached or detached; empty if an owner's callback started the update. */
  readonly program: string;
  /** The component that waits for the answer of the callback; empty otherwise. */
  readonly asker: string;
}

export interface Bpf extends Omit<BpfInput, 'programs'> {
  readonly programs: readonly ProgramState[];
  readonly trampolines: readonly Trampoline[];
  readonly update: Update | null;
  readonly errno: number;
}

export type BpfEvent =
  | { type: 'load program' | 'unload program' | 'attach' | 'detach'; program: string }
  | ({ type: 'SELF' | 'PEER' | 'DISABLE'; record: number } & From)
  | Returns;

export const trampolineOf = ({ trampolines }: Bpf, record: number): Trampoline =>
  trampolines.find((one) => one.record === record)!;
/** The program of a step. */
export const programOf = ({ programs }: Bpf, event: BpfEvent): ProgramState | undefined =>
  'program' in event ? programs.find(({ name }) => name === event.program) : undefined;
/** The trampoline that a step or a callback is about, or else the one being updated. */
export const concerned = (bpf: Bpf, event: BpfEvent): Trampoline =>
  trampolineOf(
    bpf,
    'record' in event ? event.record : (programOf(bpf, event)?.record ?? bpf.update!.record),
  );

/** The programs of a function that are attached, as they are or as the step leaves them. */
export const attachedTo = ({ programs }: Bpf, record: number, changing = '') =>
  programs.filter((one) => one.record === record && isAttached(one) !== (one.name === changing));

/** Whether the image that SELF asks about calls the function at its fixed address. */
export const concernedIgnoresIp = (bpf: Bpf, event: BpfEvent): boolean => {
  const { record, image } = concerned(bpf, event);
  return ignoresIp(bpf.update?.record === record ? bpf.update.next : image);
};

const changed = (bpf: Bpf, record: number, change: Partial<Trampoline>) =>
  bpf.trampolines.map((one) => (one.record === record ? { ...one, ...change } : one));

/** BPF_TRAMP_F_SHARE_IPMODIFY is set or cleared. */
export const shared = (bpf: Bpf, event: BpfEvent, share: boolean) => ({
  trampolines: changed(bpf, concerned(bpf, event).record, { share }),
});

/** bpf_trampoline_update() begins, for the programs after a step, or for the same ones during a callback. */
export function begun(bpf: Bpf, event: BpfEvent): Pick<Bpf, 'update'> {
  const { record, share } = concerned(bpf, event);
  const program = 'program' in event ? event.program : '';
  const next = imageOf(attachedTo(bpf, record, program), share);
  const asker = 'from' in event ? event.from : '';
  return { update: { record, next, sharedBefore: share, program, asker } };
}

/** After -EAGAIN it builds another image, for the flags as they are now. */
export function begunAgain(bpf: Bpf): Pick<Bpf, 'update'> {
  const update = bpf.update!;
  const { share } = trampolineOf(bpf, update.record);
  return {
    update: { ...update, next: imageOf(attachedTo(bpf, update.record, update.program), share) },
  };
}

/** A step changes a program. bpf_trampoline_put() frees each trampoline that no program or link holds any more. */
export function stepped(bpf: Bpf, name: string, change: Partial<ProgramState>) {
  const programs = bpf.programs.map((one) => (one.name === name ? { ...one, ...change } : one));
  const isHeld = (record: number) =>
    programs.some((one) => one.record === record && holdsTrampoline(one));
  return {
    programs,
    trampolines: bpf.trampolines.map((one) =>
      isHeld(one.record) ? one : { ...one, share: false },
    ),
  };
}

/** The update was accepted: its image is in use. */
export function accepted(bpf: Bpf) {
  const { record, next, program } = bpf.update!;
  const after = { ...bpf, trampolines: changed(bpf, record, { image: next }) };
  const one = bpf.programs.find(({ name }) => name === program);
  return one ? stepped(after, program, { standing: afterwards(one.standing) }) : after;
}

/**
 * The update was refused: flags and image are as before it. A program to be detached is detached all the same:
 * bpf_trampoline_skip_prog() patches it out of the image.
 */
export function refused(bpf: Bpf) {
  const { record, sharedBefore, program } = bpf.update!;
  const after = { ...bpf, trampolines: changed(bpf, record, { share: sharedBefore }) };
  const one = bpf.programs.find(({ name }) => name === program);
  const standing = one && isAttached(one) ? afterwards(one.standing) : one?.standing;
  return one ? stepped(after, program, { standing: standing! }) : after;
}
