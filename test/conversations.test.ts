import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { play } from './conversations/play.js';
import { type Conversation, kernels, readConversations } from './conversations/read.js';

const folder = new URL('conversations/', import.meta.url);
const files = readdirSync(folder).filter((file) => file.endsWith('.txt'));
const conversations = (file: string) =>
  readConversations(readFileSync(new URL(file, folder), 'utf8'));

/** The number of conversations and of compared answers by file, so that none is lost by mistake. */
const COUNTS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'empty-and-absent': { conversations: 8, '6.1': 43, '6.12': 43 },
  'ftrace-enabled': { conversations: 30, '6.1': 294, '6.12': 294 },
  'idle-and-live': { conversations: 13, '6.1': 133, '6.12': 133 },
  'moving-owner': { conversations: 12, '6.1': 115, '6.12': 115 },
  notrace: { conversations: 28, '6.1': 219, '6.12': 219 },
  'other-trampoline': { conversations: 10, '6.1': 101, '6.12': 101 },
  'plain-calls': { conversations: 32, '6.1': 249, '6.12': 237 },
  'positive-owner': { conversations: 11, '6.1': 108, '6.12': 108 },
};

test('every file has its number of conversations', () => {
  expect(files.map((file) => file.replace('.txt', ''))).toEqual(Object.keys(COUNTS));
});

describe.each(files)('%s', (file) => {
  const recorded = conversations(file);

  test.each(kernels)(
    'the model allows every answer of Linux %s',
    { timeout: 600_000 },
    async (kernel) => {
      const played = [];
      for (const conversation of recorded) played.push(await play(conversation, kernel));
      expect(played.flatMap(({ disagreement }) => disagreement ?? [])).toEqual([]);
      const steps = played.reduce((sum, { steps }) => sum + steps, 0);
      const { conversations, [kernel]: answers } = COUNTS[file.replace('.txt', '')]!;
      expect({ conversations: recorded.length, answers: steps }).toEqual({
        conversations,
        answers,
      });
    },
  );

  test.each(kernels)('detects a last answer that is made up, Linux %s', async (kernel) => {
    for (const conversation of recorded.filter(({ exchanges }) => exchanges.length > 0)) {
      const { disagreement } = await play(withLie(conversation), kernel);
      expect(disagreement, conversation.title).toMatch(/kernel {2}-ENOMEM/);
    }
  });
});

/** The same conversation with a last answer that no call has, for each kernel. */
function withLie(conversation: Conversation): Conversation {
  const exchanges = conversation.exchanges.map(({ call, answers }, i, all) => {
    const lasts = [...answers].filter(([kernel]) => !all[i + 1]?.answers.has(kernel));
    return { call, answers: new Map([...answers, ...lasts.map(([k]) => [k, '-ENOMEM'] as const)]) };
  });
  return { ...conversation, exchanges };
}

describe('a conversation', () => {
  const read =
    (...lines: string[]) =>
    () =>
      readConversations(['# title', 'setup records=1 T:tracer', ...lines].join('\n'));

  test('continues while a kernel answers', () => {
    expect(read('add T 1 => 0; DEAD', 'add T 1 => 0; DEAD')).toThrow(/Linux 6\.1 must answer/);
    expect(read('add T 1', '  6.1 => 0')).toThrow(/Linux 6\.12 must answer/);
    expect(
      read('add T 1', '  6.1 => 0', '  6.12 => lost: oops', 'add T 1', '  6.1 => 0'),
    ).not.toThrow();
  });

  test('has nothing after its end', () => {
    expect(read('add T 1 => 0', 'not offered: add T 1', 'add T 1 => 0')).toThrow(/after its end/);
  });

  test('does not end at a call that the model enables', async () => {
    const [ends] = read('add T 1 => 0; 1: (0) ... - ran -', 'not offered: remove T 1')();
    expect((await play(ends!, '6.1')).disagreement).toMatch(/ends at remove T 1, but/);
  });
});
