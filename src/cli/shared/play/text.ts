import type { Walk } from '../../../explorer/walk.js';
import type { Json } from '../../../model/network.js';
import { changedParts } from '../../../paths/changedParts.js';
import { numberedLine } from '../render/storyLines.js';
import { wrapped } from '../render/wrap.js';
import type { Target } from '../target.js';
import type { StepBesideKernel } from './kernelSteps.js';
import type { PlayedStep } from './playSteps.js';

type Made = PlayedStep & Partial<StepBesideKernel>;

/** Columns of a call; a longer one moves its outcome to the right. */
const CALL = 24;
const INDENT = '     ';
const indented = (text: string) => wrapped(text, INDENT);

/** The first line: the design, its scope, and the kernel beside it. */
export const playHead = ({ name, scope }: Target, kernel: string | undefined): string =>
  `${[name, ...(scope === undefined ? [] : [`scope ${scope.name ?? scope.text}`]), ...(kernel === undefined ? [] : [`beside ${kernel}`])].join(', ')}\n`;

/** The lines of the last step: its outcome, other choices of the system, the kernel where it differs, broken rules. */
export function playLine(made: readonly Made[], { rules }: Pick<Walk<unknown>, 'rules'>): string {
  const { step, alternatives, broken, kernel, agrees = true } = made.at(-1)!;
  const known = made.at(-2)?.step.outcome ?? step.outcome;
  const outcome = changedParts(step.outcome, known).join('; ');
  const others = alternatives.filter((one) => one !== step);
  return [
    numberedLine(made.length, step.call.padEnd(CALL), outcome),
    ...others
      .filter((one) => one.outcome.join() !== step.outcome.join())
      .map((one) => indented(`or ${one.call}: ${one.outcome.join('; ')}`)),
    ...(agrees || kernel === undefined ? [] : [indented(`the kernel differs: ${kernel}`)]),
    ...broken.map((id) => {
      const { description } = rules.find((rule) => rule.id === id)!;
      return indented(`breaks ${id}: ${description}`);
    }),
  ]
    .map((line) => `${line}\n`)
    .join('');
}

/** The story as JSON. */
export const playReport = (
  { name, scope }: Target,
  made: readonly Made[],
  kernel: string | undefined,
): Json => ({
  target: name,
  scope: scope?.text ?? null,
  kernel: kernel ?? null,
  steps: made.map(({ step, alternatives, broken, kernel: got, agrees = true }) => ({
    call: step.call,
    outcome: step.outcome,
    alternatives: alternatives.map(({ call }) => call).filter((call) => call !== step.call),
    broken,
    ...(got === undefined ? {} : { kernel: got, agrees }),
  })),
});
