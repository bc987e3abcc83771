/** The kernels of a conversation, by their names in its lines. */
export const kernels = ['6.1', '6.12'] as const;
export type Kernel = (typeof kernels)[number];

interface Exchange {
  readonly call: string;
  /** The answers of the kernels that could still answer. */
  readonly answers: ReadonlyMap<Kernel, string>;
}

/** A sequence of calls in a fresh guest and their answers, as the guest wrote them. */
export interface Conversation {
  readonly title: string;
  /** The setup in the guest's form: `records=2 W:direct:willing T:tracer`. */
  readonly setup: string;
  readonly exchanges: readonly Exchange[];
  /** The call at which it ends because the model does not enable it; the kernels continued. */
  readonly notOffered: string | undefined;
}

/** Whether no answer of the kernel after this one is compared. */
const isLast = (answer: string) => /DEAD$|WARN while looking$|^lost: oops$/.test(answer);

/**
 * Reads a file of conversations, separated by blank lines. A paragraph that has only comments describes the file.
 * Throws unless each kernel answers every call up to its last compared answer or the end, and none after.
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
    const actual = answered.slice(0, last + 1);
    if (actual.includes(undefined) || answered.slice(last + 1).some((a) => a !== undefined))
      throw new Error(
        `${title}: Linux ${kernel} must answer every call until it is lost, and none after`,
      );
  }
  return { title: title.slice(2), setup: setup.slice('setup '.length), exchanges, notOffered };
}
