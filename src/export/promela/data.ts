import { UNHANDLED } from '../../interpret/transitionTable.js';
import { Arrays } from './c.js';
import { FIRST, Graph, NO, YES } from './graph.js';
import { packed } from './packed.js';
import type { Survey } from './survey.js';

/** The start of each list; the next entry is its end. */
function starts(lengths: readonly number[]): number[] {
  const at = [0];
  for (const length of lengths) at.push(at.at(-1)! + length);
  return at;
}

const flat = <T>(lists: readonly (readonly T[])[]): T[] => lists.flat();

/** All data that the C code of interpreter.ts reads, and its named constants. */
export function data<W>(survey: Survey<W>): string {
  const { questions, rules, goals, steps, always, terminal, mostEmitted } = survey;
  const { components, stimuli } = questions.compiled;
  const report = reportLinesOf(survey);
  const claims = [...steps, ...always, ...goals];
  const names: Readonly<Record<string, number>> = {
    COMPONENTS: components.length,
    STIMULI: stimuli.length,
    MAX_EMITTED: mostEmitted,
    UNHANDLED: 1,
    RULES: rules.length,
    GOALS: goals.length,
    STEPS: 0,
    ALWAYS: steps.length,
    REACHED: steps.length + always.length,
    CLAIMS: claims.length,
    ...(terminal && { ENDS: claims.length }),
    LIVELOCK: report.livelock,
    DEADLOCK: report.deadlock,
    LINES: report.lines.length,
    NO,
    YES,
    FIRST,
    OF_CALL: 2 * components.length,
    OF_EMITTED: 2 * components.length + 1,
    OF_AGAIN: 2 * components.length + 2,
    OF_CHANGED: 2 * components.length + 3,
  };
  const arrays = new Arrays();
  mealy(survey, arrays);
  arrays.add('unhandled_lines', flat(report.numbers));
  arrays.add('unhandled_lines_at', starts(report.numbers.map((numbers) => numbers.length)));
  arrays.strings('lines', report.lines);
  arrays.add(
    'rules',
    claims.map((claim, i) =>
      i < steps.length + always.length
        ? claim.rule + 1
        : rules.length + 1 + i - steps.length - always.length,
    ),
  );
  arrays.add(
    'goal_rules',
    goals.map(({ rule }) => rule + 1),
  );
  decisions(survey, arrays);
  const defines = Object.entries(names).map(([name, value]) => `\\#define ${name} ${value}`);
  const over = terminal === undefined ? '0' : 'now.over';
  return `c_code {\n${defines.join('\n')}\n\\#define OVER ${over}\n}\n${arrays}`;
}

/** The machines as Mealy tables, and the stimuli: (state, message) -> answer; answer -> next state and messages. */
function mealy<W>({ questions }: Survey<W>, arrays: Arrays): void {
  const { components, stimuli } = questions.compiled;
  const cells: number[] = [];
  const cellsAt: number[] = [];
  // Cell 0 was never computed, 1 is unhandled. The answers of all components are numbered consecutively from 2.
  const next: number[] = [0, 0];
  const emitted: number[][] = [[], []];
  for (const table of components) {
    const first = next.length - 1;
    cellsAt.push(cells.length);
    for (let state = 0; state < table.snapshots.length; state++)
      for (let message = 0; message < table.messages.length; message++) {
        const answer = table.known(state, message);
        cells.push(answer === undefined ? 0 : answer === UNHANDLED ? 1 : first + answer);
      }
    for (let answer = 1; answer < table.next.length; answer++) {
      next.push(table.next[answer]!);
      emitted.push(Array.from(table.emitted[answer]!, (n) => (n < 0 ? components.length : n)));
    }
  }
  arrays.add('cells', cells);
  arrays.add('cells_at', cellsAt);
  arrays.add(
    'messages',
    components.map((table) => table.messages.length),
  );
  arrays.add('next', next);
  arrays.add('outputs', flat(emitted));
  arrays.add('outputs_at', starts(emitted.map((messages) => messages.length)));
  arrays.add('stimuli', flat(stimuli.map((messages) => [...messages])));
  arrays.add('stimuli_at', starts(stimuli.map((messages) => messages.length)));
}

/**
 * The lines that the verifier can print (rules, goals, findings), and the number of the line for each unhandled event.
 */
function reportLinesOf<W>({ questions, rules, goals }: Survey<W>) {
  const lines = [
    '',
    ...rules.map(({ id }) => `broken ${id}`),
    ...goals.map(({ rule, description }) => `${rules[rule]!.id}: ${description}`),
  ];
  const deadlock = lines.push('finding deadlock: no stimulus is enabled') - 1;
  const livelock = lines.push('finding livelock: a call that never reaches quiescence') - 1;
  const numbers = questions.compiled.components.map(({ name, messages }) =>
    messages.map(({ type }) => {
      const line = `finding unhandled: ${name} has no transition for ${type} in this state`;
      const known = lines.indexOf(line);
      return known < 0 ? lines.push(line) - 1 : known;
    }),
  );
  return { lines, deadlock, livelock, numbers };
}

function decisions<W>(
  { questions, steps, always, goals, terminal, liveness }: Survey<W>,
  arrays: Arrays,
): void {
  const { all, sequences, compiled } = questions;
  const count = compiled.components.length;
  // First: this numbers every answer of each question, and the graph needs their count.
  const columns = all.map(({ column }) => column?.numbers ?? []);
  const graph = new Graph(all);
  const roots = [...steps, ...always, ...goals].map(({ decision }) => graph.root(decision));
  if (terminal !== undefined) roots.push(graph.root(terminal));
  roots.push(...liveness.map(({ decision }) => graph.root(decision)));
  arrays.add('roots', roots);
  arrays.add('columns', flat(columns));
  arrays.add('columns_at', starts(columns.map((numbers) => numbers.length)));
  arrays.add(
    'subjects',
    all.map(({ subject }) => {
      if (subject.of === 'after') return subject.component;
      if (subject.of === 'before') return count + subject.component;
      if (subject.of === 'changed') return 2 * count + 3 + subject.component;
      return 2 * count + ['call', 'emitted', 'again'].indexOf(subject.of);
    }),
  );
  const { base, entries } = packed(
    graph.nodes.map((node) => node.edges),
    all.reduce((most, { size }) => Math.max(most, size), 1),
  );
  arrays.add('nodes', flat(graph.nodes.map(({ question }, i) => [question, base[i]!])));
  arrays.add('edges', entries);
  const messages = packed(
    sequences.next.map((next) => [...next].sort(([a], [b]) => a - b)),
    Math.max(1, compiled.outputs.length),
  );
  arrays.add('sequences', messages.entries);
  arrays.add('sequences_at', messages.base);
}
