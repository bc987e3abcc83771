import { NOTHING_OBSERVED } from '../storyFormat.js';

/**
 * The source of the file that runs the paths: the interface of the system, one test for each path, and the message
 * where the system diverges. The file is beside the paths in the user's project and depends on Vitest only.
 */
export const walkText = `import { expect, test } from 'vitest';

/** A call of the model: its words, and who is told what; \`also\` is told after that, each to its receiver. */
export interface Call {
  readonly description: string;
  readonly to: string;
  readonly message: Message;
  readonly also?: readonly Message[];
}

export interface Message {
  readonly type: string;
  readonly to?: string;
  // biome-ignore lint/suspicious/noExplicitAny: messages are as different as models are
  readonly [field: string]: any;
}

/**
 * The system under test, which ../system.ts exports as its default:
 *
 *     export default {
 *       create: () => new Shop(),
 *       send: (shop: Shop, { message }: Call) => shop.handle(message),
 *       read: (shop: Shop) => [\`charges: \${shop.charges}\`],
 *     };
 */
export interface System<S, A = unknown> {
  /** A fresh one, for each path. */
  create(): S | Promise<S>;
  /** Makes a call. */
  send(system: S, call: Call): A | Promise<A>;
  /** What is seen after the call, in the parts that the paths tell; \`answer\` is what \`send\` gave. */
  read(system: S, answer: A): readonly string[] | Promise<readonly string[]>;
}

export interface Path {
  readonly description: string;
  /** Of each call its words and the parts of its outcome. */
  readonly steps: readonly (readonly [call: string, ...outcome: string[]])[];
}

/** One test for each path. */
export function walk<S, A>(
  file: string,
  system: System<S, A>,
  calls: Readonly<Record<string, Call>>,
  paths: readonly Path[],
): void {
  for (const path of paths)
    test(title(path), async () => {
      const real = await system.create();
      for (const [i, [call, ...outcome]] of path.steps.entries()) {
        let seen: readonly string[];
        try {
          seen = await system.read(real, await system.send(real, calls[call]!));
        } catch (error) {
          throw new Error(told(file, path, i, \`the system failed: \${error}\`), { cause: error });
        }
        const parts = seen.length === 0 ? ['${NOTHING_OBSERVED}'] : [...seen];
        const got = \`expected  \${outcome.join('; ')}\\n  got       \${parts.join('; ')}\`;
        expect(parts, told(file, path, i, got)).toEqual(outcome);
      }
    });
}

const LONG = 100;

/** The story in short. */
function title({ description, steps }: Path): string {
  const story = steps.map(([call]) => call).join(', ');
  const short = story.length <= LONG ? story : \`\${story.slice(0, LONG)}... (\${steps.length} calls)\`;
  return \`\${description}: \${short}\`;
}

/** What went wrong at a step, how the path went until then, and the line that walks it again. */
function told(file: string, { description, steps }: Path, step: number, what: string): string {
  const story = steps
    .slice(0, step + 1)
    .map(([call, ...outcome], i) => \`  \${i + 1}  \${call}  (\${outcome.join('; ')})\`);
  const pattern = \`\${description}:\`.replace(/[^\\w ,:-]/g, '.');
  return [
    \`\${description}, call \${step + 1} of \${steps.length}: \${steps[step]![0]}\`,
    \`  \${what}\`,
    ...story,
    \`  again: npx vitest run \${file} -t "\${pattern}"\`,
    '',
  ].join('\\n');
}
`;
