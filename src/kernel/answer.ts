/** The guest's KTAP line for one step. */
export interface Answer {
  ok: boolean;
  number: number;
  command: string;
  outcome: string;
}

/** Reads `ok N - <command> # <outcome>`; undefined for any other line. */
export function parseAnswer(line: string): Answer | undefined {
  const match = /^(not )?ok (\d+) - (.*?) # (.*)$/.exec(line);
  if (!match) return undefined;
  return { ok: !match[1], number: Number(match[2]), command: match[3]!, outcome: match[4]! };
}

/** The text of a diagnostic line (`# text`), which the guest sends for each kernel warning. */
export function parseDiagnostic(line: string): string | undefined {
  return line.startsWith('# ') ? line.slice(2) : undefined;
}

/** The line that requests one step. Without `allowed`, every outcome is ok. Throws if `command` has a line end. */
export function stepLine(command: string, allowed?: readonly string[]): string {
  const line = allowed?.length ? `step ${command} => ${allowed.join(' || ')}` : `step ${command}`;
  if (/[\r\n]/.test(line)) throw new Error(`a step is one line: ${JSON.stringify(command)}`);
  return `${line}\n`;
}
