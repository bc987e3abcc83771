/** The kernels that were asked, as lines of a conversation name them. */
export const kernels = ['6.1', '6.12'] as const;
export type Kernel = (typeof kernels)[number];

interface Exchange {
  readonly call: string;
  /** What each kernel answered that could still answer. */
  readonly answers: ReadonlyMap<Kernel, string>;
}

/** Calls made one after the other in a fresh guest, and what came back, in the guest's own words. */
export interface Conversation {
  readonly title: string;
  /** As the guest takes it: `records=2 W:direct:willing T:tracer`. */
  readonly setup: string;
  readonly exchanges: readonly Exchange[];
  /** The call at which it ends because the model does not offer it; the kernels went on. */
  readonly notOffered: string | undefined;
}

/** Nothing that a kernel says after this is compared. */
const isLast = (answer: string) => /DEAD$|WARN while looking$|^lost: oops$/.test(answer);

/**
 * Reads a file of conversations, separated by blank lines; a paragraph of comments only is about
 * the file. Throws unless each kernel answers every call up to its death or the end, and none after.
 */
export function readConversations(text: string): Conversation[] {
  return text
    .split(/\n{2,}/)
    .map((paragraph) => paragraph.split('\n').filter((line) => line !== ''))
    .filter((lines) => lines.some((line) => !line.startsWith('#')))
    .map(conversation);
}

function conversation(lines: readonly string[]): Conversation {
  const [title, setup, ...rest] = lines;
  if (!title?.startsWith('# ') || !setup?.startsWith('setup '))
    throw new Error(`a conversation begins with "# title" and "setup ...", not: ${title}`);
  const exchanges: { call: string; answers: Map<Kernel, string> }[] = [];
  let notOffered: string | undefined;
  for (const line of rest) {
    const [, left, answer] = /^(.*?) => (.*)$/.exec(line) ?? [undefined, line, undefined];
    const kernel = kernels.find((k) => left === `  ${k}`);
    if (notOffered !== undefined) throw new Error(`${title}: after its end: ${line}`);
    if (line.startsWith('not offered: '))
      notOffered = line.slice('not offered: '.length).replace(/ \(.*\)$/, '');
    else if (kernel === undefined)
      exchanges.push({
        call: left!,
        answers: new Map(answer === undefined ? [] : kernels.map((k) => [k, answer])),
      });
    else exchanges.at(-1)!.answers.set(kernel, answer!);
  }
  for (const kernel of kernels) {
    const answered = exchanges.map(({ answers }) => answers.get(kernel));
    const end = answered.findIndex((answer) => answer === undefined || isLast(answer));
    const last = end < 0 ? exchanges.length - 1 : end;
    const heard = answered.slice(0, last + 1);
    if (heard.includes(undefined) || answered.slice(last + 1).some((a) => a !== undefined))
      throw new Error(
        `${title}: Linux ${kernel} must answer every call until it is lost, and none after`,
      );
  }
  return { title: title.slice(2), setup: setup.slice('setup '.length), exchanges, notOffered };
}
