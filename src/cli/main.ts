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
    "Walks every path of ftrace's DIRECT / IPMODIFY sharing rules and replays them on a real kernel; walks networks of your own, too: recwalk check ./my-network.ts.",
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
  return `recwalk: RW001: ${emitted}${emitted.endsWith('.') ? '' : '; recwalk --help shows what there is'}`;
}

let code = 70;
const done = (exitCode: number) => {
  code = exitCode;
};

const memory = () =>
  new Option('--memory <size>', 'stop before the process holds more')
    .argParser(parseSize)
    .default(4 * 2 ** 30, '4G');

const limits = (command: Command) =>
  command
    .addOption(new Option('--max-states <n>', 'stop at so many states').argParser(parseCount))
    .addOption(memory())
    .addOption(
      new Option(
        '--workers <n>',
        'threads of a search, default 2 where there are two processors',
      ).argParser(parseWorkers),
    )
    .option('--quiet', 'nothing on stderr but faults');

const scope = [
  '--scope <scope>',
  'a name (recwalk list scopes) or for example records=3,ipmodify=2,willing=1',
] as const;

limits(
  program
    .command('check [target...]')
    .description(
      'verdict of every rule; targets are designs or files, up to three with their stories, default all designs as a matrix',
    )
    .option(...scope)
    .option('--rule <rule...>', 'only these rules')
    .addOption(
      new Option(
        '--reductions <when>',
        'one state may stand for others, where that is checked: auto (once 500,000 states are held), on or off',
      )
        .choices(['auto', 'on', 'off'])
        .default('auto'),
    )
    .option(
      '--explain [cell...]',
      'the shortest story of every broken cell, or only of RULE@DESIGN or RULE',
    )
    .option('--vacuity', 'list everything that the search did not exercise')
    .option('--strict', 'exit with 1 if anything was not exercised')
    .option('--json', 'for programs')
    .option(
      '--checkpoint <file>',
      'keep the search of one target in this file now and then, and go on from there if it is there',
    ),
).action(async (targets, flags) =>
  done(await (await import('./commands/check.js')).check(targets, flags)),
);

limits(
  program
    .command('paths <target>')
    .description('test paths of a design or a file, by what they are to cover')
    .option(...scope)
    .option('--cover <what>', namesIn('coverage/criteria').join(', '), 'transitions')
    .option('--to <format>', namesIn('paths/to').join(', '), 'story')
    .option('-o, --output <path>', 'the file to write, or the folder to make, default stdout')
    .option('--from <file>', 'paths (.json) or stories to begin with; what they leave is added')
    .addOption(
      new Option('--longest <n>', 'steps that a path may have').argParser(parseCount).default(200),
    )
    .addOption(
      new Option(
        '--at-most <n>',
        'paths to be written; for simple, default 10000, none is if there are more',
      ).argParser(parseCount),
    )
    .addOption(
      new Option('--paths <n>', 'for random: paths to be written, default 100').argParser(
        parseCount,
      ),
    )
    .addOption(new Option('--seed <n>', 'for random, default 1').argParser(parseCount)),
).action(async (design, flags) =>
  done(await (await import('./commands/paths.js')).paths(design, flags)),
);

limits(
  program
    .command('diff <one> <other>')
    .description(
      "two designs or files side by side: the shortest story after which their outcomes differ. Where both sides have an open choice (stimuli of one call) it is made alike on both; a choice that one side alone has is compared with every one of the other's.",
    )
    .option(...scope)
    .option('--json', 'for programs'),
).action(async (one, other, flags) =>
  done(await (await import('./commands/diff.js')).diff([one, other], flags)),
);

limits(
  program
    .command('repair <design>')
    .description('the smallest sets of changes to a design under which every rule holds')
    .option(...scope)
    .option('--rule <rule...>', 'only these rules')
    .option('--without <change...>', 'changes that are not to be tried')
    .option('--json', 'for programs'),
).action(async (design, flags) =>
  done(await (await import('./commands/repair.js')).repair(design, flags)),
);

program
  .command('bugs [name]')
  .description('known bugs found again: each is there before its fix, and gone after it')
  .option('--json', 'for programs')
  .action(async (name, flags) =>
    done(await (await import('./commands/bugs.js')).bugs(name, flags)),
  );

program
  .command('replay <target>')
  .description(
    'a design, a story or a file of paths (.json) on a real kernel in QEMU, outcome against outcome',
  )
  .requiredOption('--kernel <kernel>', 'debian:6.1, debian:6.12 or a bzImage')
  .option('--kdir <build>', 'the folder that a bzImage was built in')
  .option(
    '--beside <kernel>',
    'play the stories on a second kernel, too, and tell where it does otherwise',
  )
  .option('--beside-kdir <build>', 'the folder that the second bzImage was built in')
  .option(...scope)
  .addOption(
    new Option('--shard <i/n>', 'only part i of n parts of the paths').argParser(parseShard),
  )
  .option('--to <format>', 'text, ktap, json or junit', 'text')
  .addOption(new Option('--guests <n>', 'guests side by side').argParser(parseCount).default(2))
  .option('--stories-only', 'only the stories of broken rules')
  .option('--seen <file>', 'write down which broken rules the kernel shows; its log beside it')
  .addOption(
    new Option(
      '--times <n>',
      'play each story of a broken rule so often, each time on a guest that is booted for it',
    )
      .argParser(parseCount)
      .default(1),
  )
  .addOption(memory())
  .option('--quiet', 'nothing on stderr but faults')
  .action(async (target, flags) =>
    done(await (await import('./commands/replay.js')).replay(target, flags)),
  );

limits(
  program
    .command('export <target>')
    .description(
      'a machine, a design or the life of a record in it, or a file (aut, promela), for other tools',
    )
    .requiredOption('--to <format>', namesIn('export/to').join(', '))
    .option('-o, --output <path>', 'the file to write, default stdout')
    .option(...scope),
).action(async (target, flags) =>
  done(await (await import('./commands/export.js')).exportAs(target, flags)),
);

limits(
  program
    .command('review [design...]')
    .description('the design review: verdicts, stories, charts and what is not said, in one file')
    .requiredOption('-o, --output <file>', 'the file to write: .html, .md or .txt')
    .option('--finding <cell>', 'only RULE@DESIGN, as a report ready to be sent (.txt)')
    .option('--fix', 'what would fix each design, too: takes minutes')
    .option(...scope),
).action(async (designs, flags) =>
  done(await (await import('./commands/review.js')).review(designs, flags)),
);

limits(
  program
    .command('explore <design>')
    .description('steps through a design in a browser: on this machine, or as a page in a file')
    .option(...scope)
    .option('-o, --output <file>', 'write the page and do not serve it')
    .addOption(
      new Option('--port <n>', 'where it is served; a port of this machine')
        .argParser(parsePort)
        .default(0, 'any')
        .conflicts('output'),
    ),
).action(async (design, flags) =>
  done(await (await import('./commands/explore.js')).explore(design, flags)),
);

program
  .command('inspect <story>')
  .description('plays a story with live actors, for clients of @statelyai/inspect to look at')
  .option('--on <target>', 'a design or a file, instead of the design that the story names')
  .addOption(
    new Option('--to <address>', 'a server to send it to, as ws://localhost:8080').conflicts(
      'port',
    ),
  )
  .addOption(
    new Option('--port <n>', 'where clients of this machine are told it')
      .argParser(parsePort)
      .default(8080),
  )
  .action(async (story, flags) =>
    done(await (await import('./commands/inspect.js')).inspect(story, flags)),
  );

program
  .command('list [what]')
  .description('designs, rules, machines, scopes, kernels, clients, client-scopes, client-rules')
  .option('--json', 'for programs')
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
