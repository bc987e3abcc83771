import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { assertFresh, replayTarget } from '../src/cli/shared/replay/target.js';
import { targetNamed } from '../src/cli/shared/target.js';
import { parseStories, writeStory } from '../src/paths/storyFormat.js';
import { Lts } from '../src/replay/lts.js';
import { check } from '../src/search/check.js';
import { storyFiles, storyFolder } from './storyFiles.js';

describe.each(storyFiles)('%s', (file) => {
  const path = new URL(file, storyFolder).pathname;
  const text = readFileSync(path, 'utf8');

  test('has the outcomes of the design at every step', { timeout: 600_000 }, async () => {
    const target = replayTarget(path, undefined);
    const { network } = await targetNamed(target.design, target.scope, []);
    const checked = await check(network, { keepTransitions: true });
    const model = new Lts(checked);
    expect(() => assertFresh(target.paths!, model, file)).not.toThrow();
    const [steps] = target.paths!;
    const lied = [...steps!.slice(0, -1), { ...steps!.at(-1)!, outcome: ['-ENOMEM'] }];
    expect(() => assertFresh([lied], model, file)).toThrow(/RW307.*-ENOMEM/);
  });

  test('has the format of writeStory', () => {
    expect(parseStories(text, file).map(writeStory).join('\n')).toBe(text);
  });
});
