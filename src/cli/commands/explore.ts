import { page } from '../../explorer/page.js';
import { number } from '../../model/formatNumber.js';
import { abortOnSignal } from '../shared/abortOnSignal.js';
import { checkTarget } from '../shared/checkTarget.js';
import { explorerGiven } from '../shared/explore/given.js';
import { explorerScript } from '../shared/explore/script.js';
import { serve } from '../shared/explore/serve.js';
import type { LimitFlags } from '../shared/limits.js';
import { progressReporter } from '../shared/progress.js';
import { targetNamed } from '../shared/target.js';
import { assertWritable, writeFileAtomic } from '../shared/writeFileAtomic.js';

/** The options of `explore`. */
export interface ExploreFlags extends LimitFlags {
  readonly scope?: string;
  readonly output?: string;
  /** 0 selects any free port. */
  readonly port: number;
}

/**
 * Runs `recwalk explore`. Exit codes: 0 done; 3 stopped by a limit (the page shows the unexplored part as unknown) or
 * interrupted (there is no page).
 */
export async function explore(name: string, flags: ExploreFlags): Promise<number> {
  const script = explorerScript();
  await assertWritable(flags.output);
  const target = await targetNamed(name, flags.scope, undefined);
  const reporter = progressReporter(flags.quiet);
  const interrupt = abortOnSignal();
  const checked = await checkTarget(target, flags, interrupt.signal, reporter);
  interrupt.release();
  reporter.clear();
  const { complete, stopped, states } = checked.check.exploration;
  if (interrupt.signal.aborted) {
    process.stderr.write(`${name}: stopped (interrupted); there is no page\n`);
    return 3;
  }
  if (!complete && !flags.quiet)
    process.stderr.write(
      `${name}: stopped (${stopped}) after ${number(states)} states; the unexplored part is unknown in the page\n`,
    );
  const html = page({ given: await explorerGiven(target, checked), script });
  const showing = abortOnSignal();
  const isWhole =
    flags.output === undefined
      ? await serve(html, flags.port, showing.signal, (address) =>
          process.stdout.write(`${name}: listening on ${address} (Ctrl-C to stop)\n`),
        )
      : await writeFileAtomic([html], flags.output, showing.signal);
  showing.release();
  return complete && isWhole ? 0 : 3;
}
