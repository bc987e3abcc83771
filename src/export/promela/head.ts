import { oneLine } from '../../model/controlCharacters.js';
import type { Survey } from './survey.js';

/** The comment at the head of the file: its content, how to run it, and what it leaves out. */
export function head<W>(
  { network, rules, exploration }: Survey<W>,
  without: readonly string[],
): string {
  const { name, description, scopeText, scope } = network;
  const bounds = scopeText ?? (scope && JSON.stringify(scope));
  const numbered = rules.flatMap(({ id, always, step }, i) =>
    always || step ? [`  -DSTOP=${String(i + 1).padEnd(4)} ${oneLine(id)}`] : [],
  );
  const lines = [
    oneLine(`${name}: ${description}`),
    ...(bounds === undefined ? [] : [oneLine(bounds)]),
    '',
    `Written by recwalk, which found ${exploration.states} states and ${exploration.transitions} transitions.`,
    'Spin finds as many, and counts one transition more, into the first state.',
    '',
    'Each call of the environment is one transition. The tables come from the machines, the verdicts of',
    'the rules from what they read; delivery, search and counting are done anew, in C and by Spin.',
    '',
    'With this file as model.pml:',
    '  spin -a model.pml && gcc -O3 -DSAFETY -DNOREDUCE -o pan pan.c && ./pan -m1000000',
    'searches depth-first. Other searches, by what gcc is given besides:',
    '  -DBFS                breadth-first, ./pan without -m',
    '  -DBFS_PAR            breadth-first on two cores: ./pan -u2; it keeps hashes only',
    '  -DBFS_PAR -DNO_HC    the same with whole states',
    '  -DNCORE=2            depth-first on two cores',
    '  -DCOLLAPSE           less memory, with any of these',
    'and a swarm: spin -run -swarm4,1 model.pml, which says nothing about what it did not see, and takes',
    'pan.c away: spin -a makes a new one.',
    '',
    'A rule is told at its first break: "recwalk: broken RULE"; so is a finding. To have a trail of one',
    'instead, compile with',
    ...numbered,
    '  -DSTOP=0    any finding',
    'and replay its calls with ./pan -r -S. With -DBFS the trail is a shortest one.',
    ...(without.length === 0
      ? []
      : ['', `Left out, since no single path can break it: ${oneLine(without.join(', '))}`]),
  ];
  return `/*\n${lines.map((line) => ` * ${line.replaceAll('*/', '* /')}`.trimEnd()).join('\n')}\n */`;
}
