import type { CompiledSystem } from '../../../interpret/compiledSystem.js';
import type { GuestKind } from '../../../kernel/guestSources.js';
import { settingOf } from '../../../kernel/setting.js';
import { UserError } from '../../../model/userError.js';
import { writeStory } from '../../../paths/storyFormat.js';
import { format as sh } from '../../../paths/to/sh.js';
import type { Report } from '../../../review/review.js';
import type { Checked } from '../checkResult.js';
import { checkTarget } from '../checkTarget.js';
import { keptTranscript } from '../observations.js';
import type { ProgressReporter } from '../progress.js';
import { storySteps } from '../render/storyLines.js';
import type { TypedScope } from '../scope.js';
import { guestOf, type Target, targetNamed } from '../target.js';
import { traceCalls } from '../traceSteps.js';
import { version } from '../version.js';
import { type CollectFlags, described, reviewedScope } from './collect.js';
import { breakOf } from './counterexamples.js';
import { scopeFlag } from './fixes.js';

/**
 * The report of one broken cell, RULE@DESIGN; undefined if the search stopped before the verdict was known. Throws
 * RW043 if there is no such cell, RW044 if the rule is not broken.
 */
export async function reportOf(
  cell: string,
  flags: CollectFlags,
  signal: AbortSignal,
  reporter: ProgressReporter,
): Promise<Report | undefined> {
  const [, id, name] = /^([^@]+)@(.+)$/.exec(cell) ?? [];
  if (id === undefined || name === undefined)
    throw new UserError('RW043', `--finding "${cell}" is not a cell; type RULE@DESIGN`);
  const target = await targetNamed(name, flags.scope, [id]);
  const { domain, scope } = target;
  const rule = target.network.rules![0]!;
  const checked = await checkTarget(target, flags, signal, reporter);
  reporter.clear();
  const [judged] = checked.check.rules;
  if (judged!.verdict === 'unknown') return undefined;
  if (judged!.verdict !== 'broken')
    throw new UserError(
      'RW044',
      `--finding ${cell}: the rule ${judged!.verdict === 'holds' ? 'holds on every path of' : 'has no goal in'} this scope, so there is nothing to report; recwalk check lists the broken rules`,
    );
  const found = breakOf(checked, judged!);
  const kernels = (checked.evidence.get(id)?.[0] ?? []).flatMap(({ seen, kernel }) =>
    seen && kernel !== undefined ? [kernel] : [],
  );
  const calls = (found.steps ?? []).map(({ call }) => call);
  const typed = `recwalk check --explain ${cell}${scopeFlag(flags)}`;
  const replay = checked.played ? await replayOf(checked, judged!.path, target, flags) : undefined;
  return {
    version,
    domain: domain.name,
    played: checked.played,
    ...(domain.review && { question: domain.review.question }),
    rule: { id, description: rule.description, source: rule.source },
    design: described(checked, target),
    ...(scope && { scope: reviewedScope(scope) }),
    found,
    kernels: kernels.map((kernel) => ({
      name: kernel,
      description: settingOf(kernel, guestOf(target).kind),
      log: keptTranscript(name, id, kernel, calls),
    })),
    command: typed,
    ...(replay === undefined ? {} : { replay }),
  };
}

/** The format of `paths` that turns a story into a reproducer which needs no recwalk. */
const REPRODUCERS: Readonly<
  Record<GuestKind, { readonly description: string; readonly to: string }>
> = {
  calls: { description: 'As the source of a kernel module', to: 'c' },
  clients: { description: 'As a shell script of ordinary commands, with a small module', to: 'sh' },
};

/** The story as a file for `replay`; undefined if no kernel should behave like the design. */
async function replayOf(
  { check: { rules, compiled } }: Checked,
  path: readonly number[] | undefined,
  target: Target,
  flags: CollectFlags,
): Promise<Report['replay']> {
  const { name, scope } = target;
  const { kernel } = target.design;
  const guest = guestOf(target);
  if (scope === undefined || path === undefined || path.length === 0 || kernel === undefined)
    return undefined;
  const file = `${rules[0]!.rule.id}.story`;
  const notes = [`design ${name}`, `scope ${reviewedScope(scope).name}`];
  const { description, to } = REPRODUCERS[guest.kind];
  return {
    file,
    story: writeStory({ notes, steps: storySteps(compiled, path) }),
    command: `recwalk replay ${file} --kernel ${kernel}`,
    alone: {
      description,
      command: `recwalk paths ${name}${scopeFlag(flags)} --from ${file} --cover given --to ${to} -o reproducer`,
      files: guest.kind === 'clients' ? await scriptOf(compiled, path, name, scope) : [],
    },
  };
}

/** A story of clients as a script, with the other files that it needs. */
async function scriptOf(
  compiled: CompiledSystem,
  path: readonly number[],
  design: string,
  scope: TypedScope,
) {
  const head = {
    tool: 'recwalk',
    version,
    design,
    scope: scope.text,
    cover: 'given',
  } as const;
  const trace = {
    description: `A story of ${design}`,
    name: 'story',
    steps: traceCalls(compiled, path),
  };
  const files: { readonly name: string; readonly text: string }[] = [];
  for await (const file of sh.files!(
    head,
    (async function* () {
      yield trace;
    })(),
    () => ({ taken: 1, of: 1, steps: path.length, paths: 1 }),
  ))
    if (file.name !== 'README.md') files.push(file);
  return files;
}
