import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { callsOf } from '../src/cli/shared/replay/target.js';
import { targetNamed } from '../src/cli/shared/target.js';
import { Lts } from '../src/replay/lts.js';
import { check } from '../src/search/check.js';
import { EVERYWHERE, everywhere } from './everywhere.js';
import { storyFiles } from './storyFiles.js';

const VERSIONS = ['6.1', '6.12', '7.2', '7.3'];

/** The outcomes of calls in a model, up to the first call that is not enabled there. */
function outcomesOf(calls: readonly string[], model: Lts): string[] {
  const outcomes: string[] = [];
  let state = 0;
  for (const call of calls) {
    const group = model.callOf(call);
    const moves = group === undefined ? [] : model.moves(state, group);
    const move = moves.find(({ description }) => description === call);
    if (move === undefined) break;
    outcomes.push(move.outcome);
    state = move.to;
  }
  return outcomes;
}

/** From 7.0 on a function may jump to its trampoline, with the same effect as a call. */
const withoutJumps = (outcome: string | undefined) => outcome?.replaceAll('bpf(jmp)', 'bpf');

describe.each(everywhere)('$name', ({ scope, paths, differsOn }) => {
  const where = differsOn.length > 0 ? `every kernel but ${differsOn.join()}` : 'every kernel';
  test(`has the same outcomes on ${where}`, async () => {
    const differs: string[] = [];
    for (const version of VERSIONS) {
      const { network } = await targetNamed(`clients@linux-${version}`, scope, []);
      const model = new Lts(await check(network, { keepTransitions: true }));
      const isSame = paths.every((steps) => {
        const outcomes = outcomesOf(callsOf(steps), model);
        return steps.every(({ outcome }, i) => withoutJumps(outcomes[i]) === outcome.join('; '));
      });
      if (!isSame) differs.push(version);
    }
    expect(differs).toEqual(differsOn);
  });
});

test.each(EVERYWHERE)('$page names every story of $folder', ({ folder, page }) => {
  const text = readFileSync(new URL(`../${page}`, import.meta.url), 'utf8');
  const named = [...text.matchAll(new RegExp(`\`(${folder}[\\w.-]+)\``, 'g'))].map(
    ([, name]) => `${name}.story`,
  );
  const files = storyFiles.filter((file) => file.startsWith(folder));
  expect(named.filter((name) => !storyFiles.includes(name))).toEqual([]);
  expect(files.filter((file) => !named.includes(file))).toEqual([]);
});
