import { counted } from '../../../model/formatNumber.js';
import { pc } from '../render/color.js';
import { ruleStory } from '../render/counterexamples.js';
import { labelled } from '../render/label.js';
import { numberedLines, storySteps } from '../render/storyLines.js';
import { table } from '../render/table.js';
import { wrapped } from '../render/wrap.js';
import { aftermath } from './aftermath.js';
import { type Found, isFound, isGone, judgedOf } from './reproduceBug.js';

/** One line per bug. The time comes last because it differs from run to run. */
export function bugTable(found: readonly Found[]): string {
  const rows = found.map((one) => [
    pc.bold(one.bug.name),
    one.bug.fixedBy,
    one.bug.release,
    judgedOf(one.before).rule.id,
    isFound(one) ? pc.red(storyLength(one)) : pc.yellow('not found'),
    isGone(one) ? pc.green(`holds, ${states(one)}`) : pc.yellow('does not hold'),
    `${Math.round(one.before.seconds * 1000)} ms`,
  ]);
  const head = ['bug', 'fixed by', 'Linux', 'rule', 'story', 'after the fix', 'found in'];
  const columns = table([head, ...rows], [{}, {}, {}, {}, {}, {}, { align: 'right' }]);
  return `${columns}\n\nstory and report of a bug: recwalk bugs NAME\n`;
}

/** A bug in full: description, report, story, and the result after its fix. */
export function bugStory(one: Found): string {
  const { bug, before, after } = one;
  const part = (label: string, text: string) => labelled(label, text, '  ');
  const { glossary } = bug.before;
  const gone = isGone(one)
    ? `${pc.green('holds')} in ${pc.bold(bug.after.name)}: all paths explored, ${states(one)}`
    : `${pc.yellow('does not hold')} in ${pc.bold(bug.after.name)}, ${states(one)}`;
  return [
    pc.bold(bug.name),
    wrapped(bug.description, '  '),
    part('reported', bug.report),
    part('source', bug.source),
    part('fixed', `by ${bug.fixedBy}, Linux ${bug.release}`),
    ...(glossary === undefined ? [] : ['', wrapped(glossary)]),
    '',
    isFound(one)
      ? ruleStory(before.checked, judgedOf(before)).trimEnd()
      : `${pc.yellow('not found')} in ${pc.bold(bug.before.name)}: ${judgedOf(before).rule.id}`,
    ...afterwards(one),
    '',
    gone,
    ...(bug.after.scopeText === undefined ? [] : [`  ${bug.after.scopeText}`]),
    `  explored in ${Math.round(before.seconds * 1000)} ms before the fix, ${Math.round(after.seconds * 1000)} ms after it`,
    '',
  ].join('\n');
}

/** Continues the story with the calls that show the consequences of the bug. */
function afterwards({ bug, before }: Found): readonly string[] {
  const { compiled } = before.checked.check;
  const story = judgedOf(before).path ?? [];
  const lines = numberedLines(storySteps(compiled, [...story, ...aftermath(bug)]));
  const more = lines.slice(story.length);
  return more.length === 0 ? [] : [story.length > 0 ? '  consequence:' : '  for example:', ...more];
}

function storyLength({ before }: Found): string {
  const { path } = judgedOf(before);
  return path === undefined ? 'no path' : counted(path.length, 'call');
}

const states = ({ after }: Found): string =>
  counted(after.checked.check.exploration.states, 'state');
