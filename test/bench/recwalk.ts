import { rules } from '../../src/cli/shared/registry.js';
import { main, root } from '../cli/recwalk.js';
import type { Counted } from '../export/spin.js';
import { type Measured, measured } from './measured.js';

/** The flag for reductions. */
const REDUCTIONS = '--reductions';
/** More than any scope here needs, and less than the machines of the benchmark have. */
const MEMORY = '8G';

export interface Run extends Counted {
  readonly seconds: number;
  readonly bytes: number;
}

export function command(args: readonly string[]): Promise<Measured> {
  return measured({
    command: process.execPath,
    args: [main, ...args, '--memory', MEMORY, '--quiet'],
    cwd: root,
  });
}

interface Result {
  readonly complete: boolean;
  readonly states: number;
  readonly transitions: number;
  readonly rules: readonly { readonly id: string; readonly verdict: string }[];
  readonly findings: readonly { readonly kind: string; readonly description: string }[];
}

/** A cold check from the command line: Node starts, compiles the machines to tables, and searches. */
export async function check(design: string, scope: string, reduced: 'on' | 'off'): Promise<Run> {
  const args = ['check', design, '--scope', scope, '--json', REDUCTIONS, reduced];
  const { stdout, seconds, bytes } = await command(args);
  const [result] = (JSON.parse(stdout) as { results: readonly Result[] }).results;
  if (!result!.complete) throw new Error(`recwalk ${args.join(' ')} was stopped`);
  // Spin does not judge properties that are not safety properties.
  const recoverable = (await rules()).filter((rule) => rule.recoverable).map(({ id }) => id);
  return {
    states: result!.states,
    transitions: result!.transitions,
    broken: result!.rules
      .filter(({ id, verdict }) => verdict === 'broken' && !recoverable.includes(id))
      .map(({ id }) => id)
      .sort(),
    findings: result!.findings.map(({ kind, description }) => `${kind}: ${description}`).sort(),
    seconds,
    bytes,
  };
}
