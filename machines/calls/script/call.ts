import { type Answer, EAGAIN, EBUSY, errnoName, ownerOf } from '../../events.js';
import { recordsOf } from '../../scopes.js';
import type { CallType } from '../call.js';

const acting = (does: NonNullable<Answer['does']>): Answer => ({ errno: 0, does });

/** One answer as stories and the guest write it: an errno, or the owner's own call before it answers 0. */
const answerText = ({ errno, does }: Answer): string =>
  does === undefined
    ? errnoName(errno)
    : [does.type.replace('own ', ''), ...does.records].join(' ');

/** An answer in the array of a reproducer's owner (src/paths/reproducer/actors.ts). */
const inC = (answer: Answer | undefined): string =>
  answer?.does === undefined
    ? errnoName(answer?.errno ?? 0)
    : `${answer.does.type === 'own add' ? 'ADD' : 'REMOVE'} + ${answer.does.records[0]}`;

/** `0,-EBUSY`: the answers to the next commands, in order. */
const scriptText = (script: readonly Answer[]): string => script.map(answerText).join();

/**
 * The caller tells the owner of a direct ops how to answer its next commands: the first one, or the one after that. It
 * is a step of its own, so that a kernel's owner can be told before the kernel calls it.
 */
export const script: CallType = {
  description: 'tells a scripted owner how to answer its next commands',
  isFor: ({ owner }) => owner === 'scripted',
  stimuli({ name }, scope, { ipmodifyMeetsDirect, askGranularity }) {
    const records = recordsOf(scope);
    // An owner that is sent PEER under ftrace_lock can make no call.
    const mayAct = ipmodifyMeetsDirect === 'before';
    const others: readonly Answer[] = [
      ...[EAGAIN, EBUSY, 1].map((errno) => ({ errno })),
      ...(mayAct
        ? [
            ...records.map((record) => acting({ type: 'own add', records: [record] })),
            ...records.map((record) => acting({ type: 'own remove', records: [record] })),
            acting({ type: 'modify', records: [] }),
          ]
        : []),
    ];
    return (askGranularity === 'record' ? records : [undefined]).flatMap((record) =>
      others
        // An owner of one record seldom gets two commands in one call.
        .flatMap((answer) => [[answer], ...(record === undefined ? [[{ errno: 0 }, answer]] : [])])
        .map((script) => ({
          description: `script ${name}${record === undefined ? '' : ` ${record}`} ${scriptText(script)}`,
          to: name,
          message: { type: 'script', script },
          also: [{ type: 'script', to: ownerOf(name, record), script }],
        })),
    );
  },
  withoutRequest: ['script'],
  reproducer: {
    c({ ops: { name }, message }) {
      const [first, second] = message.script as unknown as readonly Answer[];
      return `(${name}_script[0] = ${inC(first)}, ${name}_script[1] = ${inC(second)}, 0)`;
    },
    notInShell: () => 'tracefs has no direct ops',
  },
};
