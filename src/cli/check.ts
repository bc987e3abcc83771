import type { Check } from '../engine/check.js';
import { check as checkNetwork } from '../engine/check.js';
import { designs } from './catalogue.js';
import { interruptible } from './interrupt.js';
import { type ReportedResult, report, reportResult } from './report.js';
import { seenOnKernels } from './seen.js';
import { number, searchProgress, talk } from './talk.js';
import { networkFor } from './target.js';
import { brokenText, tableText } from './verdicts.js';

export interface CheckFlags {
  readonly scope?: string;
  readonly rule?: readonly string[];
  readonly json?: boolean;
  readonly maxStates?: number;
  readonly memory: number;
  readonly quiet?: boolean;
}

/** 0 all hold · 1 broken · 3 stopped by a limit before anything broken was found */
export async function check(targets: readonly string[], flags: CheckFlags): Promise<number> {
  const names = targets.length > 0 ? targets : (await designs()).map((design) => design.name);
  const networks = await Promise.all(
    names.map((name) => networkFor(name, flags.scope, flags.rule)),
  );
  const say = await talk(flags.quiet);
  const interrupt = interruptible();
  const checks: Check[] = [];
  const results: ReportedResult[] = [];
  for (const network of networks) {
    const begun = performance.now();
    const done = await checkNetwork(network, {
      memory: flags.memory,
      ...(flags.maxStates === undefined ? {} : { maxStates: flags.maxStates }),
      signal: interrupt.signal,
      progress: searchProgress(network.name, say),
    });
    say.clear();
    checks.push(done);
    results.push(reportResult(done, Math.round(performance.now() - begun) / 1000));
    if (interrupt.signal.aborted) break;
  }
  interrupt.release();
  if (flags.json) process.stdout.write(`${JSON.stringify(report(results), null, 2)}\n`);
  else process.stdout.write(`${tableText(checks)}\n${brokenText(checks, seenOnKernels())}`);
  for (const { design, stopped, states, transitions, depth } of results)
    if (stopped !== undefined && !flags.quiet)
      process.stderr.write(
        `${design}: stopped (${stopped}) after ${number(states)} states, ${number(transitions)} transitions, depth ${depth}; what was not seen may break any rule\n`,
      );
  if (
    results.some((r) => r.findings.length > 0 || r.rules.some((rule) => rule.verdict === 'broken'))
  )
    return 1;
  return results.every((r) => r.complete) && results.length === networks.length ? 0 : 3;
}
