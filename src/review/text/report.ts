import { counted } from '../../model/formatNumber.js';
import type { Report } from '../review.js';
import { notes, walked } from '../sentences.js';
import { command, filled } from './filled.js';
import { longStory } from './story.js';

/** One broken rule as a plain mail, for a person to check and send. */
export function report(finding: Report): string {
  const { rule, design, found, kernels, domain, played } = finding;
  const { steps } = found;
  const whose =
    !played || found.designs[0].seen.length > 0 ? design.name : `a model of ${design.name}`;
  const parts = [
    [
      filled(
        `Subject: ${played ? 'ftrace' : domain}: ${rule.id} does not hold in ${whose}`,
        '',
        ' ',
      ),
    ],
    ['What', ...what(finding)],
    ...(played ? [['Where it was seen', ...where(finding)]] : []),
    ...(kernels.length === 0
      ? []
      : [
          [
            'Kernel and config',
            ...kernels.flatMap(({ name, description }) => [
              filled(name, '  '),
              ...description.map((line) => filled(line, '    ')),
            ]),
          ],
        ]),
    ...(design.legend === '' ? [] : [['Names', filled(design.legend, '  ')]]),
    ...(steps === undefined || steps.length === 0
      ? []
      : [['Steps', ...longStory(steps, rule.description)]]),
    ['Reproducer', ...reproducer(finding)],
    ...kernels.flatMap(({ name, log }) =>
      log.length === 0 ? [] : [[`Log of ${name}`, ...log.map((line) => `  ${line}`)]],
    ),
    ['How it was found', ...how(finding)],
    [
      'Tags',
      filled(
        'None. The sender adds Reported-by:, and Fixes: if they know the commit; recwalk does not search for one.',
        '  ',
      ),
    ],
  ];
  return `${parts.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function what({ question, rule, design, found }: Report): readonly string[] {
  const { steps } = found;
  const enough =
    steps === undefined || steps.length === 0
      ? ''
      : ` ${counted(steps.length, 'call')} ${steps.length === 1 ? 'suffices' : 'suffice'}; no shorter story was found.`;
  return [
    filled(`Rule: ${rule.description}`, '  ', '    '),
    filled(`Source: ${rule.source}`, '  ', '    '),
    ...(question !== undefined && /\bRFC mail\b/.test(rule.source)
      ? [filled(`The RFC mail: ${question.source}`, '  ', '    ')]
      : []),
    filled(`It does not hold in ${design.name} (${design.description}).${enough}`, '  '),
    ...notes(found).map((note) => filled(note, '  ')),
  ];
}

/** The wording for a kernel's evidence always differs from the wording for the model only. */
function where({ found }: Report): readonly string[] {
  const [{ seen, unobservable }] = found.designs;
  if (seen.length === 0)
    return [
      filled('On no kernel. This is a claim about a model:', '  '),
      ...unobservable.map((why) => filled(`${why}.`, '  ')),
    ];
  return [
    filled(
      `On ${seen.join(' and ')}: it executed these calls, and every step had the outcome given below.`,
      '  ',
    ),
    ...unobservable.map((why) => filled(`Also: ${why}.`, '  ')),
  ];
}

function reproducer({ replay, command: typed }: Report): readonly string[] {
  const again = [filled('To print the story from the model again:', '  '), command(typed, '    ')];
  if (replay === undefined) return again;
  return [
    filled(`On a kernel, with the text between the two lines below saved as ${replay.file}:`, '  '),
    command(replay.command, '    '),
    filled(`${replay.alone.description}, for readers without recwalk:`, '  '),
    command(replay.alone.command, '    '),
    ...again,
    '',
    ...enclosed(replay.file, replay.story),
    ...replay.alone.files.flatMap(({ name, text }) => ['', ...enclosed(name, text)]),
  ];
}

const enclosed = (name: string, text: string) => [`--- ${name}`, text.trimEnd(), '--- end'];

function how({ version, design, scope }: Report): readonly string[] {
  const { coverage, name } = design;
  return [
    filled(
      `By recwalk ${version}, which explores a model of these calls${scope === undefined ? '' : `, in the scope ${scope.description.replaceAll(',', ', ')}`}. ${name}: ${walked(coverage)}. It claims nothing outside of this ${scope === undefined ? 'model' : 'scope'}.`,
      '  ',
    ),
    ...coverage.reductions.map((line) => filled(line, '  ')),
    filled(`Digest of the machines: ${coverage.machines}.`, '  '),
  ];
}
