import type { From } from '../../events.js';
import type { Returns } from '../client.js';
import type { KernelFixes } from '../kernelFixes.js';
import {
  holdsTrampoline,
  type Image,
  ignoresIp,
  imageOf,
  isAttached,
  type Program,
  type ProgramState,
  type ProgramStatus,
  statusAfterToggle,
  type Trampoline,
} from './trampoline.js';

export interface BpfInput
  extends Pick<KernelFixes, 'dropsFunc' | 'oneDirectOps' | 'multiPrograms'> {
  readonly programs: readonly Program[];
  /** Loading and unloading are steps of their own. Otherwise attach and detach include them. */
  readonly loads: boolean;
}

/** The trampoline of one function in an update. */
export interface Part {
  readonly record: number;
  /** The image being built. */
  readonly next: Image | null;
  /** The value of `share` before the update. */
  readonly sharedBefore: boolean;
}

/** One run of bpf_trampoline_update(), or of bpf_trampoline_multi_attach() or _detach() with a part per function. */
export interface Update {
  readonly parts: readonly Part[];
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
/** The functions that a step or a callback is about, or else those being updated. */
const recordsOf = (bpf: Bpf, event: BpfEvent): readonly number[] =>
  'record' in event
    ? [event.record]
    : (programOf(bpf, event)?.records ?? bpf.update!.parts.map(({ record }) => record));
/** The trampoline that a step or a callback is about, or else the one being updated. */
export const trampolineFor = (bpf: Bpf, event: BpfEvent): Trampoline =>
  trampolineOf(bpf, recordsOf(bpf, event)[0]!);

/** The programs attached to a function; of `changing`, whether it will be after its attach or detach. */
export const attachedTo = ({ programs }: Bpf, record: number, changing = '') =>
  programs.filter(
    (one) => one.records.includes(record) && isAttached(one) !== (one.name === changing),
  );

/** Whether the image that SELF asks about calls the function at its fixed address. */
export const askedImageIgnoresIp = (bpf: Bpf, event: BpfEvent): boolean => {
  const { record, image } = trampolineFor(bpf, event);
  const part = bpf.update?.parts.find((one) => one.record === record);
  return ignoresIp(part ? part.next : image);
};

/** The functions of an update by their image: `new` have none yet, `kept` keep having one, `gone` lose it. */
export const recordsIn = (bpf: Bpf, which: 'new' | 'kept' | 'gone'): readonly number[] =>
  bpf
    .update!.parts.filter(({ record, next }) => {
      const isNew = trampolineOf(bpf, record).image === null;
      return which === 'new' ? isNew : !isNew && (next === null) === (which === 'gone');
    })
    .map(({ record }) => record);

const mapTrampolines = (
  bpf: Bpf,
  change: (trampoline: Trampoline) => Partial<Trampoline> | undefined,
) => bpf.trampolines.map((one) => ({ ...one, ...change(one) }));

/** BPF_TRAMP_F_SHARE_IPMODIFY is set or cleared. */
export const withShare = (bpf: Bpf, event: BpfEvent, share: boolean) => {
  const { record } = trampolineFor(bpf, event);
  return {
    trampolines: mapTrampolines(bpf, (one) => (one.record === record ? { share } : undefined)),
  };
};

/** An update begins. A step attaches or detaches its program; a callback keeps all programs. */
export function startUpdate(bpf: Bpf, event: BpfEvent): Pick<Bpf, 'update'> {
  const program = 'program' in event ? event.program : '';
  const parts = recordsOf(bpf, event).map((record) => {
    const { share } = trampolineOf(bpf, record);
    return { record, next: imageOf(attachedTo(bpf, record, program), share), sharedBefore: share };
  });
  return { update: { parts, program, asker: 'from' in event ? event.from : '' } };
}

/** After -EAGAIN bpf_trampoline_update() builds another image, for the flags as they are now. */
export function rebuildImages(bpf: Bpf): Pick<Bpf, 'update'> {
  const update = bpf.update!;
  const parts = update.parts.map((part) => {
    const { share } = trampolineOf(bpf, part.record);
    return { ...part, next: imageOf(attachedTo(bpf, part.record, update.program), share) };
  });
  return { update: { ...update, parts } };
}

/** A step changes a program. bpf_trampoline_put() frees each trampoline that no program or link holds any more. */
export function withStatus(bpf: Bpf, name: string, change: Partial<ProgramState>) {
  const programs = bpf.programs.map((one) => (one.name === name ? { ...one, ...change } : one));
  const isHeld = (record: number) =>
    programs.some((one) => one.records.includes(record) && holdsTrampoline(one));
  return {
    programs,
    trampolines: mapTrampolines(bpf, ({ record }) =>
      isHeld(record) ? undefined : { share: false },
    ),
  };
}

const partOf = (bpf: Bpf, { record }: Trampoline) =>
  bpf.update!.parts.find((part) => part.record === record);

const withProgramToggled = (bpf: Bpf, status: (program: ProgramState) => ProgramStatus) => {
  const one = bpf.programs.find(({ name }) => name === bpf.update!.program);
  return one ? withStatus(bpf, one.name, { status: status(one) }) : bpf;
};

/** The update was accepted: its images are in use. `dangling` are functions that still call the image before. */
export function commitUpdate(bpf: Bpf, dangling: readonly number[] = []) {
  const trampolines = mapTrampolines(bpf, (one) => {
    const part = partOf(bpf, one);
    return part && { image: part.next, dangles: dangling.includes(one.record) };
  });
  return withProgramToggled({ ...bpf, trampolines }, ({ status }) => statusAfterToggle(status));
}

/**
 * The update was refused: flags and images are as before it. A program to be detached is detached all the same, because
 * __bpf_trampoline_unlink_prog() removes it first; in 7.3 bpf_trampoline_skip_prog() also patches it out of the image.
 */
export function rollBack(bpf: Bpf) {
  const trampolines = mapTrampolines(bpf, (one) => {
    const part = partOf(bpf, one);
    return part && { share: part.sharedBefore };
  });
  return withProgramToggled({ ...bpf, trampolines }, (one) =>
    isAttached(one) ? statusAfterToggle(one.status) : one.status,
  );
}
