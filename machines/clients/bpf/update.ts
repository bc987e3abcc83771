import { E2BIG, type From } from '../../events.js';
import type { Returns } from '../client.js';
import type { KernelFixes } from '../kernelFixes.js';
import {
  areAlike,
  holdsTrampoline,
  type Image,
  ignoresIp,
  imageOf,
  isAttached,
  type Program,
  type ProgramState,
  statusAfterToggle,
  type Trampoline,
} from './trampoline.js';

export interface BpfInput
  extends Pick<KernelFixes, 'dropsFunc' | 'oneDirectOps' | 'multiPrograms' | 'maxLinks'> {
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
  /** The links of that program in the new images, and those that its step leaves: 0 also if it undoes an attach. */
  readonly links: number;
  readonly goal: number;
  /** The component that waits for the answer of the callback; empty otherwise. */
  readonly asker: string;
}

export interface Bpf extends Omit<BpfInput, 'programs'> {
  readonly programs: readonly ProgramState[];
  readonly trampolines: readonly Trampoline[];
  /** Names of the attached programs that have others alike, the newest first: __bpf_trampoline_link_prog(). */
  readonly newest: readonly string[];
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

/** Programs in the order in which an image calls alike ones: hlist_add_head() puts the newest first. */
function inOrderOfCalls({ programs, newest }: Bpf): readonly ProgramState[] {
  const first = (one: ProgramState) => programs.findIndex((other) => areAlike(one, other));
  return [...programs].sort(
    (a, b) => first(a) - first(b) || newest.indexOf(a.name) - newest.indexOf(b.name),
  );
}

/** The programs of the links to a function, with those of an update. */
export const linkedTo = (
  bpf: Bpf,
  record: number,
  update: Pick<Update, 'program' | 'links'> | null = bpf.update,
): readonly ProgramState[] =>
  inOrderOfCalls(bpf)
    .filter(({ records }) => records.includes(record))
    .flatMap((one) => {
      const links = isAttached(one) ? one.copies : 0;
      return Array<ProgramState>(one.name === update?.program ? update.links : links).fill(one);
    });

/** Whether a trampoline of the program takes no more links. */
export const isFull = (bpf: Bpf, event: BpfEvent): boolean =>
  recordsOf(bpf, event).some((record) => linkedTo(bpf, record).length >= bpf.maxLinks);

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

const partsOf = (
  bpf: Bpf,
  records: readonly number[],
  update: Pick<Update, 'program' | 'links'>,
): readonly Part[] =>
  records.map((record) => {
    const { share } = trampolineOf(bpf, record);
    return { record, next: imageOf(linkedTo(bpf, record, update), share), sharedBefore: share };
  });

/** An update begins. A step attaches or detaches the first link of its program; a callback keeps all programs. */
export function startUpdate(bpf: Bpf, event: BpfEvent): Pick<Bpf, 'update' | 'newest'> {
  const one = programOf(bpf, event);
  const attaches = one !== undefined && !isAttached(one);
  const copies = one?.copies ?? 0;
  const update = {
    program: one?.name ?? '',
    links: attaches ? 1 : Math.max(copies - 1, 0),
    goal: attaches ? copies : 0,
    asker: 'from' in event ? event.from : '',
  };
  const hasOthers = bpf.programs.some((other) => one && other !== one && areAlike(one, other));
  const newest = attaches && hasOthers ? [one.name, ...bpf.newest] : bpf.newest;
  return {
    newest,
    update: { ...update, parts: partsOf({ ...bpf, newest }, recordsOf(bpf, event), update) },
  };
}

/** The update of the next link, when one is done. */
export function nextLink(bpf: Bpf): Pick<Bpf, 'update'> {
  const { links, goal, parts, ...more } = bpf.update!;
  const next = { ...more, goal, links: links + Math.sign(goal - links) };
  const records = parts.map(({ record }) => record);
  return { update: { ...next, parts: partsOf(bpf, records, next) } };
}

/** After -EAGAIN bpf_trampoline_update() builds another image, for the flags as they are now. */
export function rebuildImages(bpf: Bpf): Pick<Bpf, 'update'> {
  const update = bpf.update!;
  const parts = update.parts.map((part) => {
    const { share } = trampolineOf(bpf, part.record);
    return { ...part, next: imageOf(linkedTo(bpf, part.record), share) };
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

/** The update was accepted: its images are in use. `dangling` are functions that still call the image before. */
export const commitUpdate = (bpf: Bpf, dangling: readonly number[] = []) => ({
  trampolines: mapTrampolines(bpf, (one) => {
    const part = partOf(bpf, one);
    return part && { image: part.next, dangles: dangling.includes(one.record) };
  }),
});

/** A link that the kernel refuses is not made, and the links of the program before it are undone. */
const withoutLink = (update: Update): Update =>
  update.goal === 0 ? update : { ...update, links: update.links - 1, goal: 0 };

/** __bpf_trampoline_link_prog() refuses a link before any update. */
export const refuseLink = (bpf: Bpf): Pick<Bpf, 'update' | 'errno'> => ({
  update: withoutLink(bpf.update!),
  errno: E2BIG,
});

/**
 * The update was refused: flags and images are as before it. A program to be detached is detached all the same, because
 * __bpf_trampoline_unlink_prog() removes it first; in 7.3 bpf_trampoline_skip_prog() also patches it out of the image.
 */
export const rollBack = (bpf: Bpf): Pick<Bpf, 'trampolines' | 'update'> => ({
  trampolines: mapTrampolines(bpf, (one) => {
    const part = partOf(bpf, one);
    return part && { share: part.sharedBefore };
  }),
  update: withoutLink(bpf.update!),
});

/** The step of an update ends. Its program is attached if links of it are left. */
export function endUpdate(bpf: Bpf): Partial<Bpf> {
  const { program, links } = bpf.update!;
  const one = bpf.programs.find(({ name }) => name === program);
  const ended = { update: null, errno: 0 };
  if (!one) return ended;
  const changes = isAttached(one) !== links > 0;
  return {
    ...ended,
    ...withStatus(bpf, program, { status: changes ? statusAfterToggle(one.status) : one.status }),
    newest: links > 0 ? bpf.newest : bpf.newest.filter((name) => name !== program),
  };
}
