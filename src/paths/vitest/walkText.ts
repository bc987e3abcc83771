import { NOTHING_OBSERVED } from '../storyFormat.js';

/**
 * The source of the file that runs the paths: the interface of the system, one test for each path, and the message
 * where the system diverges. The file is beside the paths in the user's project and depends on Vitest only.
 */
export const walkText = `import { expect, test } from 'vitest';

/** A call of the model: its description, a message and its receiver; then each message of \`also\` goes to its own receiver. */
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
  /** Returns a fresh system; called once for each path. */
  create(): S | Promise<S>;
  /** Executes a call. */
  send(system: S, call: Call): A | Promise<A>;
  /** Returns the outcome of the call, in the parts that the paths have; \`answer\` is the result of \`send\`. */
  read(system: S, answer: A): readonly string[] | Promise<readonly string[]>;
}

export interface Path {
  readonly description: string;
  /** Each call with its description and the parts of its outcome. */
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
          throw new Error(failureMessage(file, path, i, \`the system failed: \${error}\`), { cause: error });
        }
        const parts = seen.length === 0 ? ['${NOTHING_OBSERVED}'] : [...seen];
        const got = \`expected  \${outcome.join('; ')}\\n  got       \${parts.join('; ')}\`;
        expect(parts, failureMessage(file, path, i, got)).toEqual(outcome);
      }
    });
}

const LONG = 100;

/** The story, shortened to the title of a test. */
function title({ description, steps }: Path): string {
  const story = steps.map(([call]) => call).join(', ');
  const short = story.length <= LONG ? story : \`\${story.slice(0, LONG)}... (\${steps.length} calls)\`;
  return \`\${description}: \${short}\`;
}

/** The error message: the failure at a step, the path up to it, and the command that runs the path again. */
function failureMessage(file: string, { description, steps }: Path, step: number, what: string): string {
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
