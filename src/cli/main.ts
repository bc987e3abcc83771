import { Console } from 'node:console';
import { Command, CommanderError, Option } from 'commander';
import { conclude } from './shared/ending.js';
import { parseCount, parsePort, parseShard, parseSize, parseWorkers } from './shared/parseFlags.js';
import { namesIn } from './shared/plugins.js';
import { version } from './shared/version.js';

// stdout is for results only: console output of user code goes to stderr.
globalThis.console = new Console(process.stderr, process.stderr);

const program = new Command('recwalk')
  .description(
    "Explores every path of ftrace's DIRECT / IPMODIFY sharing rules and replays the paths on a real kernel. It also explores your own networks: recwalk check ./my-network.ts, or ./my-domain.ts#design.",
  )
  .version(version)
  .exitOverride()
  .configureOutput({ outputError: (text, write) => write(`${inOneLine(text)}\n`) })
  .configureHelp({ showGlobalOptions: true })
  .showSuggestionAfterError();

/** Formats commander's message on one line, like every other error. */
function inOneLine(text: string): string {
  const [what, ...guess] = text
    .replace(/^error: /, '')
    .trim()
    .split('\n');
  const emitted = [what, ...guess].join(' ');
  return `recwalk: RW001: ${emitted}${emitted.endsWith('.') ? '' : '; recwalk --help lists commands and options'}`;
}

let code = 70;
const done = (exitCode: number) => {
  code = exitCode;
};

const memory = () =>
  new Option(
    '--memory <size>',
    'memory limit of the process; the search stops before it is exceeded',
  )
    .argParser(parseSize)
    .default(4 * 2 ** 30, '4G');

const limits = (command: Command) =>
  command
    .addOption(
      new Option('--max-states <n>', 'maximum number of states; the search stops there').argParser(
        parseCount,
      ),
    )
    .addOption(memory())
    .addOption(
      new Option(
        '--workers <n>',
        'threads of a search, 1 or 2, default 2 on a machine with two processors',
      ).argParser(parseWorkers),
    )
    .option('--quiet', 'print only errors on stderr');

const scope = [
  '--scope <scope>',
  'size of the model: a name (recwalk list scopes), or for example records=3,ipmodify=2,willing=1',
] as const;

limits(
  program
    .command('check [target...]')
    .description(
      'print the verdict of every rule; targets are designs or files: up to three are printed with their stories, more as a matrix; default all designs',
    )
    .option(...scope)
    .option('--rule <rule...>', 'check only these rules')
    .addOption(
      new Option(
        '--reductions <when>',
        'store one state for several where recwalk verifies that this is sound: auto (from 500,000 states on), on or off',
      )
        .choices(['auto', 'on', 'off'])
        .default('auto'),
    )
    .option(
      '--explain [cell...]',
      'print the shortest story of every broken cell, or only of RULE@DESIGN or RULE',
    )
    .option('--vacuity', 'list everything that the search did not exercise')
    .option('--strict', 'exit with 1 also if the search did not exercise something')
    .option('--json', 'print JSON')
    .option(
      '--checkpoint <file>',
      'save the search of one target to this file at intervals, and resume from the file if it exists',
    ),
).action(async (targets, flags) =>
  done(await (await import('./commands/check.js')).check(targets, flags)),
);

limits(
  program
    .command('paths <target>')
    .description('write test paths of a design or a file that satisfy a coverage criterion')
    .option(...scope)
    .option('--cover <criterion>', namesIn('coverage/criteria').join(', '), 'transitions')
    .option('--to <format>', namesIn('paths/to').join(', '), 'story')
    .option('-o, --output <path>', 'the file to write or the folder to create, default stdout')
    .option(
      '--from <file>',
      'begin with the paths (.json) or stories of this file, and add paths for the goals they leave uncovered',
    )
    .addOption(
      new Option('--longest <n>', 'maximum number of steps of a path')
        .argParser(parseCount)
        .default(200),
    )
    .addOption(
      new Option(
        '--at-most <n>',
        'maximum number of paths; --cover simple (default 10000) writes none if there are more',
      ).argParser(parseCount),
    )
    .addOption(
      new Option('--paths <n>', 'number of paths of --cover random, default 100').argParser(
        parseCount,
      ),
    )
    .addOption(new Option('--seed <n>', 'seed of --cover random, default 1').argParser(parseCount)),
).action(async (design, flags) =>
  done(await (await import('./commands/paths.js')).paths(design, flags)),
);

limits(
  program
    .command('diff <one> <other>')
    .description(
      'compare two designs or files and print the shortest story after which their outcomes differ. Where both sides have an open choice (stimuli of one call), both take the same alternative; a choice that only one side has is compared with every alternative of the other side.',
    )
    .option(...scope)
    .option('--json', 'print JSON'),
).action(async (one, other, flags) =>
  done(await (await import('./commands/diff.js')).diff([one, other], flags)),
);

limits(
  program
    .command('repair <target>')
    .description(
      'find the smallest sets of fixes of a design or a file under which every rule holds',
    )
    .option(...scope)
    .option('--rule <rule...>', 'check only these rules')
    .option('--without <fix...>', 'leave these fixes out of the search')
    .option('--json', 'print JSON'),
).action(async (design, flags) =>
  done(await (await import('./commands/repair.js')).repair(design, flags)),
);

program
  .command('bugs [name]')
  .description('find known bugs again: each breaks its rule before the fix, and not after it')
  .option('--json', 'print JSON')
  .action(async (name, flags) =>
    done(await (await import('./commands/bugs.js')).bugs(name, flags)),
  );

program
  .command('replay <target...>')
  .description(
    'run designs, stories or files of paths (.json) on a real kernel in QEMU, and compare every outcome with the model',
  )
  .requiredOption(
    '--kernel <kernel>',
    'a kernel of `list kernels`, for example debian:6.12, or a bzImage',
  )
  .option('--kdir <build>', 'the build folder of a bzImage')
  .option(
    '--beside <kernel>',
    'also play the stories on a second kernel, and report where it behaves differently',
  )
  .option('--beside-kdir <build>', 'the build folder of the second bzImage')
  .option(...scope)
  .addOption(
    new Option('--shard <i/n>', 'run only part i of n parts of the paths').argParser(parseShard),
  )
  .option('--to <format>', 'text, ktap, json or junit', 'text')
  .addOption(
    new Option('--guests <n>', 'number of guests that run in parallel')
      .argParser(parseCount)
      .default(2),
  )
  .option('--stories-only', 'run only the stories of broken rules')
  .addOption(
    new Option(
      '--schedules [n]',
      'in a scope with several callers: run every schedule of each two calls that overlap, from n states',
    )
      .argParser(parseCount)
      .preset(5),
  )
  .option(
    '--seen <file>',
    'record in this file which broken rules the kernel shows, with its log in a file beside it',
  )
  .addOption(
    new Option(
      '--times <n>',
      'play each story of a broken rule n times, each time on a newly booted guest',
    )
      .argParser(parseCount)
      .default(1),
  )
  .addOption(memory())
  .option('--quiet', 'print only errors on stderr')
  .action(async (targets, flags) =>
    done(await (await import('./commands/replay.js')).replay(targets, flags)),
  );

limits(
  program
    .command('export <target>')
    .description(
      'export for other tools: a machine, the life cycle of a record in a design, or all states of a file; FILE#MACHINE is a machine of a file',
    )
    .requiredOption('--to <format>', namesIn('export/to').join(', '))
    .option('-o, --output <path>', 'the file to write, default stdout')
    .option(...scope),
).action(async (target, flags) =>
  done(await (await import('./commands/export.js')).exportAs(target, flags)),
);

limits(
  program
    .command('review [target...]')
    .description(
      'write the review of designs or a file in one file: verdicts, stories, charts and limits',
    )
    .requiredOption('-o, --output <file>', 'the file to write: .html, .md or .txt')
    .option('--finding <cell>', 'write only RULE@DESIGN, as a mail (.txt)')
    .option('--fix', 'also search the fixes of each design; this takes minutes')
    .option(...scope),
).action(async (designs, flags) =>
  done(await (await import('./commands/review.js')).review(designs, flags)),
);

limits(
  program
    .command('explore <target>')
    .description(
      'open a page that steps through a design or a file: served on this machine, or written to a file',
    )
    .option(...scope)
    .option('-o, --output <file>', 'write the page to this file instead of serving it')
    .addOption(
      new Option('--port <n>', 'port on this machine that serves the page')
        .argParser(parsePort)
        .default(0, 'any')
        .conflicts('output'),
    ),
).action(async (design, flags) =>
  done(await (await import('./commands/explore.js')).explore(design, flags)),
);

program
  .command('play <target> <steps>')
  .description(
    'make steps in a design or a file, and print each outcome and each rule that breaks. Steps are typed ("add X 1; register X"), or in a file, or - for stdin, one a line.',
  )
  .option('--scope <scope>', 'size of the model; default: the smallest that has the steps')
  .option(
    '--kernel <kernel>',
    'make the same steps on a kernel of `list kernels`, for example debian:6.12, or on a bzImage',
  )
  .option('--kdir <build>', 'the build folder of a bzImage')
  .option('--json', 'print JSON')
  .option('--quiet', 'print only errors on stderr')
  .action(async (target, steps, flags) =>
    done(await (await import('./commands/play.js')).play(target, steps, flags)),
  );

program
  .command('inspect <story>')
  .description('play a story with live XState actors, for viewers of @statelyai/inspect')
  .option(
    '--on <target>',
    'play the story on this design or file instead of the design that it names',
  )
  .addOption(
    new Option(
      '--to <address>',
      'send the events to a server, for example ws://localhost:8080',
    ).conflicts('port'),
  )
  .addOption(
    new Option('--port <n>', 'port on this machine that sends the events to its clients')
      .argParser(parsePort)
      .default(8080),
  )
  .action(async (story, flags) =>
    done(await (await import('./commands/inspect.js')).inspect(story, flags)),
  );

program
  .command('list [what]')
  .description(
    'list the catalog: designs, rules, machines, scopes, kernels, clients, client-scopes, client-rules',
  )
  .option('--json', 'print JSON')
  .action(async (what, flags) =>
    done(await (await import('./commands/list.js')).list(what, flags)),
  );

await conclude(async () => {
  try {
    await program.parseAsync();
  } catch (error) {
    // commander also throws for --help and --version, with exit code 0.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    throw error;
  }
  return code;
});
