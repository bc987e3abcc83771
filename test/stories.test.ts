import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { assertFresh, type ReplayTarget, replayTarget } from '../src/cli/shared/replay/target.js';
import { targetNamed } from '../src/cli/shared/target.js';
import { parseStories, writeStory } from '../src/paths/storyFormat.js';
import { Lts } from '../src/replay/lts.js';
import { check } from '../src/search/check.js';
import { storyFiles, storyFolder } from './storyFiles.js';

const pathOf = (file: string) => new URL(file, storyFolder).pathname;

/** Stories of one design in one scope follow each other, so that each network is searched once. */
const inOrder = storyFiles
  .map((file) => ({ file, target: replayTarget(pathOf(file), undefined) }))
  .sort((a, b) => modelName(a.target).localeCompare(modelName(b.target)));

function modelName({ design, scope }: ReplayTarget): string {
  return `${design} ${scope}`;
}

let last: { readonly name: string; readonly model: Lts } | undefined;

async function modelOf(target: ReplayTarget): Promise<Lts> {
  const name = modelName(target);
  if (last?.name !== name) {
    const { network } = await targetNamed(target.design, target.scope, []);
    last = { name, model: new Lts(await check(network, { keepTransitions: true })) };
  }
  return last.model;
}

describe.each(inOrder)('$file', ({ file, target }) => {
  const text = readFileSync(pathOf(file), 'utf8');

  test('has the outcomes of the design at every step', { timeout: 600_000 }, async () => {
    const model = await modelOf(target);
    expect(() => assertFresh(target.paths!, model, file)).not.toThrow();
    const [steps] = target.paths!;
    const lied = [...steps!.slice(0, -1), { ...steps!.at(-1)!, outcome: ['-ENOMEM'] }];
    expect(() => assertFresh([lied], model, file)).toThrow(/RW307.*-ENOMEM/);
  });

  test('has the format of writeStory', () => {
    expect(parseStories(text, file).map(writeStory).join('\n')).toBe(text);
  });
});
