import { E2BIG, type From } from '../../events.js';
import type { Returns } from '../client.js';
import type { KernelFixes } from '../kernelFixes.js';
import {
  areAlike,
  areSame,
  hasTarget,
  holdsTrampoline,
  type Image,
  imageOf,
  isAttached,
  type Program,
  type ProgramState,
  statusAfterToggle,
  type Target,
  type Trampoline,
} from './trampoline.js';

export interface BpfInput
  extends Pick<
    KernelFixes,
    'dropsFunc' | 'oneDirectOps' | 'multiPrograms' | 'imagesHoldTrampoline' | 'maxLinks'
  > {
  readonly programs: readonly Program[];
  /** Loading and unloading are steps of their own. Otherwise attach and detach include them. */
  readonly loads: boolean;
}

/** The trampoline of one function in an update. */
export interface Part extends Target {
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
  /** The trampolines in memory that are for one function by two names, the newest first: trampoline_ip_table. */
  readonly byIp: readonly Target[];
  /** Functions whose trampoline is held by an image that a sleeping task is in. */
  readonly inUse: readonly number[];
  readonly update: Update | null;
  readonly errno: number;
}

export type BpfEvent =
  | { type: 'load program' | 'unload program' | 'attach' | 'detach'; program: string }
  | ({ type: 'SELF' | 'PEER' | 'DISABLE'; record: number; ops: string } & From)
  /** A question about the image that a function calls, from a task that is going to sleep in it. */
  | ({ type: 'image?'; record: number } & From)
  /** That task goes on, and leaves the image. */
  | { type: 'left image' }
  | Returns;

/** The direct ops of a trampoline: its own, or the one of all trampolines. */
export const fopsOf = ({ record, alias }: Target, oneDirectOps: boolean): string =>
  oneDirectOps ? 'direct_ops' : `fops${record}${alias ? 'alias' : ''}`;

export const trampolineOf = ({ trampolines }: Bpf, target: Target): Trampoline =>
  trampolines.find((one) => areSame(one, target))!;
/** The trampolines of a function, one for each of its names. */
export const trampolinesOn = ({ trampolines }: Bpf, record: number): readonly Trampoline[] =>
  trampolines.filter((one) => one.record === record);
/** The image that a function calls, built for one of its names; null if it calls none. */
export const imageOn = (bpf: Bpf, record: number): Image | null =>
  trampolinesOn(bpf, record).find(({ image }) => image !== null)?.image ?? null;
/** The program of a step. */
export const programOf = ({ programs }: Bpf, event: BpfEvent): ProgramState | undefined =>
  'program' in event ? programs.find(({ name }) => name === event.program) : undefined;
/** What a program is for, by the names of its functions. */
export const targetsOf = ({ records, alias }: Program): readonly Target[] =>
  records.map((record) => ({ record, alias }));
/**
 * The trampoline that a callback is about. Each ops has one; the ops of all has many, and direct_ops_ip_lookup() takes
 * the first with the function's address.
 */
function trampolineAsked(bpf: Bpf, record: number, ops: string): Target {
  const [first, ...more] = trampolinesOn(bpf, record);
  if (more.length === 0) return first!;
  return bpf.oneDirectOps
    ? bpf.byIp.find((one) => one.record === record)!
    : [first!, ...more].find((one) => fopsOf(one, false) === ops)!;
}
/** What a step or a callback is about, or else what is being updated. */
const targetsFor = (bpf: Bpf, event: BpfEvent): readonly Target[] => {
  if ('ops' in event) return [trampolineAsked(bpf, event.record, event.ops)];
  const program = programOf(bpf, event);
  return program ? targetsOf(program) : bpf.update!.parts;
};
/** The trampoline that a step or a callback is about, or else the one being updated. */
export const trampolineFor = (bpf: Bpf, event: BpfEvent): Trampoline =>
  trampolineOf(bpf, targetsFor(bpf, event)[0]!);

/** Programs in the order in which an image calls alike ones: hlist_add_head() puts the newest first. */
function inOrderOfCalls({ programs, newest }: Bpf): readonly ProgramState[] {
  const first = (one: ProgramState) => programs.findIndex((other) => areAlike(one, other));
  return [...programs].sort(
    (a, b) => first(a) - first(b) || newest.indexOf(a.name) - newest.indexOf(b.name),
  );
}

/** The programs of the links to a trampoline, with those of an update. */
export const linkedTo = (
  bpf: Bpf,
  target: Target,
  update: Pick<Update, 'program' | 'links'> | null = bpf.update,
): readonly ProgramState[] =>
  inOrderOfCalls(bpf)
    .filter((one) => hasTarget(one, target))
    .flatMap((one) => {
      const links = isAttached(one) ? one.copies : 0;
      return Array<ProgramState>(one.name === update?.program ? update.links : links).fill(one);
    });

/** Whether a trampoline of the program takes no more links. */
export const isFull = (bpf: Bpf, event: BpfEvent): boolean =>
  targetsFor(bpf, event).some((target) => linkedTo(bpf, target).length >= bpf.maxLinks);

/** The image that tr->flags of the trampoline describe, which a callback looks at. */
export const askedImage = (bpf: Bpf, event: BpfEvent): Image | null => {
  const { image, left, ...target } = trampolineFor(bpf, event);
  const part = bpf.update?.parts.find((one) => areSame(one, target));
  return part ? part.next : (image ?? left);
};

/** The functions of an update by their image: `new` have none yet, `kept` keep having one, `gone` lose it. */
export const recordsIn = (bpf: Bpf, which: 'new' | 'kept' | 'gone'): readonly number[] =>
  bpf
    .update!.parts.filter(({ next, ...target }) => {
      const isNew = trampolineOf(bpf, target).image === null;
      return which === 'new' ? isNew : !isNew && (next === null) === (which === 'gone');
    })
    .map(({ record }) => record);

const mapTrampolines = (
  bpf: Bpf,
  change: (trampoline: Trampoline) => Partial<Trampoline> | undefined,
) => bpf.trampolines.map((one) => ({ ...one, ...change(one) }));

/** BPF_TRAMP_F_SHARE_IPMODIFY is set or cleared. */
export const withShare = (bpf: Bpf, event: BpfEvent, share: boolean) => {
  const target = trampolineFor(bpf, event);
  return {
    trampolines: mapTrampolines(bpf, (one) => (areSame(one, target) ? { share } : undefined)),
  };
};

const partsOf = (
  bpf: Bpf,
  targets: readonly Target[],
  update: Pick<Update, 'program' | 'links'>,
): readonly Part[] =>
  targets.map((target) => {
    const { record, alias, share } = trampolineOf(bpf, target);
    const next = imageOf(linkedTo(bpf, target, update), share);
    return { record, alias, next, sharedBefore: share };
  });

/** An update begins. A step attaches or detaches the first link of its program; a callback keeps all programs. */
export function startUpdate(bpf: Bpf, event: BpfEvent): Pick<Bpf, 'update' | 'newest' | 'byIp'> {
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
  const targets = targetsFor(bpf, event);
  return {
    newest,
    // bpf_tracing_prog_attach() makes the trampoline before the update.
    byIp: attaches ? byIpWith(bpf, targets) : bpf.byIp,
    update: { ...update, parts: partsOf({ ...bpf, newest }, targets, update) },
  };
}

/** The update of the next link, when one is done. */
export function nextLink(bpf: Bpf): Pick<Bpf, 'update'> {
  const { links, goal, parts, ...more } = bpf.update!;
  const next = { ...more, goal, links: links + Math.sign(goal - links) };
  return { update: { ...next, parts: partsOf(bpf, parts, next) } };
}

/** After -EAGAIN bpf_trampoline_update() builds another image, for the flags as they are now. */
export function rebuildImages(bpf: Bpf): Pick<Bpf, 'update'> {
  const update = bpf.update!;
  const parts = update.parts.map((part) => {
    const { share } = trampolineOf(bpf, part);
    return { ...part, next: imageOf(linkedTo(bpf, part), share) };
  });
  return { update: { ...update, parts } };
}

/** bpf_trampoline_lookup() puts a new trampoline before the others with its address. */
const byIpWith = (bpf: Bpf, targets: readonly Target[]): readonly Target[] => [
  ...targets
    .filter((target) => trampolinesOn(bpf, target.record).length > 1)
    .filter((target) => !bpf.byIp.some((one) => areSame(one, target)))
    .map(({ record, alias }) => ({ record, alias })),
  ...bpf.byIp,
];

/** A step changes a program. bpf_trampoline_put() frees each trampoline that no program or link holds any more. */
export function withStatus(bpf: Bpf, name: string, change: Partial<ProgramState>) {
  const programs = bpf.programs.map((one) => (one.name === name ? { ...one, ...change } : one));
  return { programs, ...withHeld({ ...bpf, programs }) };
}

/** The trampolines after those that nothing holds any more are freed. */
export function withHeld(bpf: Bpf) {
  const isHeld = (target: Target) =>
    bpf.inUse.includes(target.record) ||
    bpf.programs.some((one) => hasTarget(one, target) && holdsTrampoline(one));
  return {
    trampolines: mapTrampolines(bpf, (one) =>
      isHeld(one) ? undefined : { share: false, left: null },
    ),
    byIp: byIpWith(bpf, bpf.trampolines.filter(isHeld)).filter(isHeld),
  };
}

const partOf = (bpf: Bpf, trampoline: Trampoline) =>
  bpf.update!.parts.find((part) => areSame(part, trampoline));

/** The update was accepted: its images are in use. `dangling` are functions that still call the image before. */
export const commitUpdate = (bpf: Bpf, dangling: readonly number[] = []) => ({
  trampolines: mapTrampolines(bpf, (one) => {
    const part = partOf(bpf, one);
    if (part === undefined) return undefined;
    const isLast = part.next === null && trampolinesOn(bpf, one.record).length > 1;
    return {
      image: part.next,
      dangles: dangling.includes(one.record),
      left: isLast ? one.image : null,
    };
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
