import { counted, number } from '../../../model/formatNumber.js';
import type { PlayedSchedule } from '../../../replay/allSchedules.js';
import type { PairResult } from '../../../replay/playPair.js';
import { commandOf } from '../../../replay/schedule.js';
import type { StartStates } from '../../../replay/startStates.js';
import { pc } from '../render/color.js';
import { numberedLines } from '../render/storyLines.js';

interface Replayed {
  readonly design: string;
  readonly scope: string;
  readonly kernel: string;
  readonly chosen: StartStates;
  /** Number of pairs to play. `results` has fewer after an interrupt. */
  readonly pairs: number;
  readonly results: readonly PairResult[];
}

const print = (line: string) => process.stdout.write(`${line}\n`);

/** The parts of a story up to an overlap, and the two calls. */
const before = ({ way, pair }: PairResult): string[] => [
  ...numberedLines(way.map(({ call, outcome }) => ({ call, outcome: outcome.split('; ') }))),
  `  then ${pair.calls[0]}, and at the same time ${pair.calls[1]}`,
];

const scheduleSteps = ({ steps }: PlayedSchedule) =>
  steps.map(({ step, answer }) => {
    const call = commandOf(step);
    if (answer.kind === 'lost') return { call, outcome: [`lost: ${answer.how}`] };
    const first =
      answer.kind === 'returned'
        ? answer.returned
        : `${answer.kind} at ${answer.lock}${answer.kind === 'blocked' ? `, held by ${answer.holder}` : ''}`;
    return { call, outcome: [first, ...answer.observed] };
  });

function text({ design, scope, kernel, chosen, pairs, results }: Replayed): void {
  const sum = (of: (one: PairResult) => number) =>
    results.reduce((total, one) => total + of(one), 0);
  const differences = sum((one) => one.differences.length);
  const allowed = sum((one) => one.allowed.length);
  const shown = allowed - sum((one) => one.missing.length);
  const other = sum((one) => one.missing.filter((end) => end.needsOtherChoice).length);
  print(`${pc.bold(design)} beside ${kernel}, scope ${scope}: all schedules of two calls`);
  print(
    `  ${counted(chosen.starts.length, 'start state')} with ${chosen.kinds} of ${chosen.ofKinds} kinds of pairs that can end in several ways`,
  );
  print(
    `  ${counted(
      sum((one) => one.schedules),
      'schedule',
    )} of ${results.length === pairs ? '' : `${number(results.length)} of `}${counted(pairs, 'pair')} of calls`,
  );
  print(
    `  ${differences === 0 ? pc.green('0 ends that the model does not allow') : pc.red(`${counted(differences, 'end')} that the model does not allow`)}; ${number(shown)} of the ${number(allowed)} ends that it allows${other === 0 ? '' : `; ${number(other)} ${other === 1 ? 'needs' : 'need'} another order of the kernel's hashes`}`,
  );
  for (const one of results) {
    if (one.astray !== undefined) {
      const { call, expected, got, isAllowed } = one.astray;
      print(
        `\nnot played, because ${isAllowed ? "the kernel's hashes have another order" : pc.red('the kernel differs before')}:`,
      );
      for (const line of before(one)) print(line);
      print(`  ${call}: ${expected} in the model, ${got} on the kernel`);
    }
    for (const { end, shortest, count } of one.differences) {
      print(`\n${pc.red('not allowed')} (${counted(count, 'schedule')}):`);
      for (const line of before(one)) print(line);
      for (const line of numberedLines(scheduleSteps(shortest))) print(line);
      print(`  kernel: ${end}`);
      for (const allowed of one.allowed) print(`  model:  ${allowed}`);
    }
    const missing = one.missing.filter((end) => !end.needsOtherChoice);
    if (missing.length === 0 || one.astray !== undefined) continue;
    print('\nallowed, and not shown:');
    for (const line of before(one)) print(line);
    for (const { end } of missing) print(`  model:  ${end}`);
  }
}

function json({ chosen, results, ...about }: Replayed): void {
  const { kinds, ofKinds, starts } = chosen;
  print(
    JSON.stringify(
      {
        tool: 'recwalk',
        ...about,
        starts: starts.length,
        kinds,
        ofKinds,
        results: results.map(({ way, pair, differences, ...result }) => ({
          way: way.map(({ call }) => call),
          calls: pair.calls,
          ...result,
          differences: differences.map(({ end, shortest, count }) => ({
            end,
            count,
            steps: scheduleSteps(shortest),
          })),
        })),
      },
      null,
      2,
    ),
  );
}

/** The formats by their names in --to. */
export const scheduleReports: Readonly<Record<string, (replayed: Replayed) => void>> = {
  text,
  json,
};
