import type { Report, Review } from '../../src/review/review.js';
import type { Step } from '../../src/review/step.js';

/** A text with characters that some format could interpret. */
export const ODD = `it's "odd": <b onclick='x'> & | *c* \`d\` [e](f) _g_ $h$ ~i~ </script> # 50%`;

const look = { count: '1', flags: 'RI.', direct: '-', ran: ODD };
const nothing = { count: '0', flags: '...', direct: '-', ran: '-' };

const steps: readonly Step[] = [
  {
    call: ODD,
    returned: '0',
    owners: [],
    events: [],
    functions: [{ number: 1, now: look, before: nothing }],
    aside: [],
  },
  {
    call: 'another call',
    returned: '-EBUSY',
    owners: [ODD],
    events: ['WARN'],
    functions: [{ number: 1, now: look, before: look }],
    aside: [ODD],
  },
  { call: 'the last', returned: '0', owners: [], events: ['DEAD'], functions: [], aside: [] },
];

/** A review of two designs, the second of which breaks both rules; it has odd texts wherever users write texts. */
export const sample = {
  version: '0.0.0',
  domain: 'ftrace',
  played: true,
  question: { text: ODD, source: ODD, design: 'second' },
  scope: { name: 'tiny', description: 'records=1,ipmodify=1', beyond: [ODD] },
  signs: [
    { cell: 'holds', sign: '.', means: 'holds' },
    { cell: 'seen', sign: '!', means: 'seen' },
    { cell: 'broken', sign: 'x', means: ODD },
    { cell: 'unknown', sign: '?', means: 'unknown' },
  ],
  rules: [
    { id: 'first-rule', description: ODD, source: ODD },
    { id: 'second-rule', description: 'It says so.', source: 'a test' },
  ],
  designs: [
    {
      name: 'first',
      target: 'first',
      description: ODD,
      source: ODD,
      kernel: ODD,
      cells: { 'first-rule': 'holds', 'second-rule': 'unknown' },
      coverage: {
        stopped: 'states',
        states: 1234,
        transitions: 5678,
        depth: 9,
        held: 12,
        reductions: [ODD],
        machines: '0123456789ab',
      },
      legend: ODD,
      chart: { part: 'record', because: 'the search was stopped' },
      fixReport: { command: 'recwalk repair first' },
    },
    {
      name: 'second',
      target: 'second',
      description: 'The second.',
      source: 'a test',
      cells: { 'first-rule': 'seen', 'second-rule': 'broken' },
      coverage: { states: 1, transitions: 1, depth: 1, reductions: [], machines: 'ba9876543210' },
      legend: 'Read it from above.',
      chart: {
        part: 'record',
        svg: '<svg id="chart-2"><title>a chart</title></svg>',
        mermaid: 'stateDiagram-v2\n  [*] --> a\n',
      },
      since: {
        name: 'first',
        target: 'first',
        turned: [{ name: ODD, from: ODD, to: ODD, description: ODD }],
        pairs: 3,
        calls: 4,
        sorts: 2,
        differences: [
          {
            sort: ODD,
            count: 2,
            after: [ODD, ODD],
            call: ODD,
            outcomes: [`0; ${ODD}`, '-EBUSY'],
            because: [ODD],
          },
        ],
      },
      fixReport: {
        command: 'recwalk repair second',
        sets: [['some-change', 'another']],
        walked: '4 of 4 sets of 2 fixes explored, the smallest first',
        changes: [
          { name: 'some-change', description: ODD, where: ODD, drawback: ODD },
          { name: 'another', description: 'b', where: 'c', drawback: 'd' },
        ],
      },
    },
  ],
  breaks: [
    {
      rule: 'first-rule',
      designs: [{ design: 'second', seen: [ODD], unobservable: [] }],
      missed: [],
      noWayBack: false,
      aboutPath: [],
      steps,
    },
    {
      rule: 'second-rule',
      designs: [{ design: 'second', seen: [], unobservable: ['model only, because it is so'] }],
      missed: [ODD],
      noWayBack: true,
      aboutPath: [],
    },
  ],
  findings: [{ design: 'first', kind: 'deadlock', description: ODD, steps }],
  limitations: [ODD],
} satisfies Review;

/** The report of its first broken rule. */
export const sampleReport: Report = {
  version: '0.0.0',
  domain: 'ftrace',
  played: true,
  question: sample.question,
  rule: sample.rules[0]!,
  design: sample.designs[1]!,
  scope: sample.scope,
  found: {
    ...sample.breaks[0]!,
    designs: [{ design: 'second', seen: ['Debian 1'], unobservable: [] }],
  },
  kernels: [
    {
      name: 'Debian 1',
      description: ['as Debian ships it'],
      log: ['register W: -EBUSY', '  [ 1.0] oops'],
    },
  ],
  command: 'recwalk check --explain first-rule@second --scope tiny',
  replay: {
    file: 'first-rule.story',
    story: '# design second\nadd X 1\n  0\n',
    command: 'recwalk replay first-rule.story --kernel debian:1',
    alone: {
      description: 'As the source of a kernel module',
      command: 'recwalk paths second --from first-rule.story --cover given --to c -o reproducer',
      files: [{ name: 'story.c', text: 'int x;\n' }],
    },
  },
};

/** The report of the second one, which no kernel showed. */
export const sampleGuess: Report = {
  version: '0.0.0',
  domain: 'ftrace',
  played: true,
  question: sample.question,
  rule: sample.rules[1]!,
  design: sample.designs[1]!,
  scope: sample.scope,
  found: {
    ...sample.breaks[1]!,
    designs: [{ design: 'second', seen: [], unobservable: ['model only, because it is so'] }],
  },
  kernels: [],
  command: 'recwalk check --explain second-rule@second --scope tiny',
};
