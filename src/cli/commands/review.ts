import { counted } from '../../model/formatNumber.js';
import { UserError } from '../../model/userError.js';
import type { EmbeddedExplorer } from '../../review/html/page.js';
import type { Review, ReviewedDesign } from '../../review/review.js';
import { tally } from '../../review/sentences.js';
import { report } from '../../review/text/report.js';
import { abortOnSignal } from '../shared/abortOnSignal.js';
import { explorerScript } from '../shared/explore/script.js';
import { progressReporter } from '../shared/progress.js';
import { designs } from '../shared/registry.js';
import type { Draws } from '../shared/review/chart.js';
import { type CollectFlags, collect } from '../shared/review/collect.js';
import { reviewExplorer } from '../shared/review/explorer.js';
import { reportOf } from '../shared/review/finding.js';
import { designsOf, type Target, targetNamed } from '../shared/target.js';
import { assertWritable, writeFileAtomic } from '../shared/writeFileAtomic.js';

/** The options of `review`. */
export interface ReviewFlags extends CollectFlags {
  readonly output: string;
  /** One cell, RULE@DESIGN, to write as a report that is ready to send. */
  readonly finding?: string;
}

interface Format {
  readonly draws: Draws;
  /** Whether the output can embed the explorer. */
  readonly explores?: boolean;
  /** Imports the writer on demand. */
  write(): Promise<(review: Review, explorer?: EmbeddedExplorer) => string>;
}

/** Formats by file extension. */
const formats: Readonly<Record<string, Format>> = {
  html: {
    draws: 'svg',
    explores: true,
    write: async () => (await import('../../review/html/page.js')).page,
  },
  md: {
    draws: 'mermaid',
    write: async () => (await import('../../review/markdown/page.js')).markdown,
  },
  txt: { draws: 'nothing', write: async () => (await import('../../review/text/page.js')).text },
};

/**
 * Runs `recwalk review`. Exit codes: 0 complete; 3 stopped. After a limit the partial review is written, after Ctrl-C
 * nothing is.
 */
export async function review(names: readonly string[], flags: ReviewFlags): Promise<number> {
  const { output, quiet } = flags;
  const [, end = ''] = /\.([^./]+)$/.exec(output) ?? [];
  if (!Object.hasOwn(formats, end))
    throw new UserError(
      'RW041',
      `-o ${output}: the end of the name selects the format; end it in ${Object.keys(formats)
        .map((f) => `.${f}`)
        .join(', ')}`,
    );
  await assertWritable(output);
  if (flags.finding !== undefined) return reviewFinding(flags.finding, names, end, flags);
  const { draws, explores, write } = formats[end]!;
  const script = explores ? explorerScript() : undefined;
  const targets = await targetsNamed(names, flags.scope);
  const reporter = progressReporter(quiet);
  const interrupt = abortOnSignal();
  const { review: collected, checks } = await collect(
    targets,
    flags,
    draws,
    interrupt.signal,
    reporter,
  );
  const explorer = script === undefined ? undefined : await reviewExplorer(targets, checks, script);
  const text = (await write())(collected, explorer);
  const isWritten =
    !interrupt.signal.aborted && (await writeFileAtomic([text], output, interrupt.signal));
  interrupt.release();
  if (!isWritten) {
    process.stderr.write(`${output}: stopped (interrupted); nothing is written\n`);
    return 3;
  }
  if (!quiet) process.stderr.write(`${output}: ${summary(collected)}\n`);
  return collected.designs.some(isStopped) ? 3 : 0;
}

const isStopped = ({ coverage, since, fixReport }: ReviewedDesign): boolean =>
  coverage.stopped !== undefined || since?.stopped !== undefined || fixReport?.stopped === true;

async function reviewFinding(
  cell: string,
  names: readonly string[],
  end: string,
  flags: ReviewFlags,
): Promise<number> {
  if (names.length > 0)
    throw new UserError(
      'RW042',
      `--finding ${cell} already selects the design; omit ${names.join(', ')}`,
    );
  if (flags.fix)
    throw new UserError(
      'RW042',
      `--finding ${cell} is for one rule, and --fix for a whole design; omit one of them`,
    );
  if (end !== 'txt')
    throw new UserError(
      'RW042',
      `--finding writes a mail, and -o ${flags.output} does not end in .txt; give a name that does`,
    );
  const reporter = progressReporter(flags.quiet);
  const interrupt = abortOnSignal();
  const found = await reportOf(cell, flags, interrupt.signal, reporter);
  const isWritten =
    found !== undefined && (await writeFileAtomic([report(found)], flags.output, interrupt.signal));
  interrupt.release();
  if (!isWritten) {
    process.stderr.write(`${cell}: stopped before the verdict was known; nothing is written\n`);
    return 3;
  }
  if (!flags.quiet) process.stderr.write(`${flags.output}: ${cell}\n`);
  return 0;
}

/** The targets of a review; without names, every built-in design. Throws RW064 for designs of several domains. */
async function targetsNamed(
  names: readonly string[],
  scope: string | undefined,
): Promise<readonly [Target, ...Target[]]> {
  const all =
    names.length === 0
      ? (await designs()).map(({ name }) => name)
      : (await Promise.all(names.map(designsOf))).flat();
  const [first, ...others] = await Promise.all(
    [...new Set(all)].map((name) => targetNamed(name, scope, undefined)),
  );
  for (const { name, domain } of others)
    if (domain !== first!.domain)
      throw new UserError(
        'RW064',
        `a review is of one domain, but ${first!.name} is of ${first!.domain.name} and ${name} of ${domain.name}; write a review of each`,
      );
  return [first!, ...others];
}

function summary({ designs, played }: Review): string {
  const tallies = designs.map(tally);
  const sum = (of: (t: (typeof tallies)[number]) => number) =>
    tallies.reduce((all, t) => all + of(t), 0);
  const parts = [
    counted(designs.length, 'design'),
    `${sum((t) => t.broken.length)} broken`,
    ...(played ? [`${sum((t) => t.seen.length)} of them seen on a kernel`] : []),
  ];
  return parts.join(', ');
}
