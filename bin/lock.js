import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';

/** Milliseconds after which a lock file without a readable holder counts as abandoned. */
const ABANDONED_MS = 2_000;

/**
 * Takes a lock: a file that names the process that holds it. The lock of a process that has ended for any reason is
 * free. Throws the errors of the file system.
 *
 * @param {string} file
 * @returns {{ release(): void } | { heldBy: number }}
 */
export function lock(file) {
  const mine = `${process.pid} ${startOf(process.pid)}`;
  for (;;) {
    try {
      writeFileSync(file, mine, { flag: 'wx' });
      const release = () => {
        process.off('exit', release);
        if (read(file) === mine) rmSync(file, { force: true });
      };
      process.on('exit', release);
      return { release };
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
    const holder = read(file);
    if (holder !== undefined && isHeld(file, holder))
      return { heldBy: Number.parseInt(holder, 10) };
    if (holder !== undefined) takeAway(file, holder);
  }
}

/**
 * Removes the lock of a process that has ended, unless another process has replaced it meanwhile.
 *
 * @param {string} file
 * @param {string} holder
 */
function takeAway(file, holder) {
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  const moved = read(aside);
  if (moved === undefined || moved === holder) rmSync(aside, { force: true });
  else renameSync(aside, file);
}

/**
 * @param {string} file
 * @param {string} holder
 */
function isHeld(file, holder) {
  const [pid = '', start = ''] = holder.split(' ');
  if (!/^[1-9]\d*$/.test(pid)) {
    // Its process may not have written its name yet.
    const { mtimeMs = 0 } = statSync(file, { throwIfNoEntry: false }) ?? {};
    return Date.now() - mtimeMs < ABANDONED_MS;
  }
  try {
    process.kill(Number(pid), 0);
  } catch (error) {
    if (codeOf(error) === 'ESRCH') return false;
  }
  // The system may have reused the number for another process.
  return startOf(Number(pid)) === start;
}

/**
 * The start time of a running process in clock ticks of Linux; empty if the system does not report it.
 *
 * @param {number} pid
 */
function startOf(pid) {
  const stat = read(`/proc/${pid}/stat`) ?? '';
  // The command's name, in parentheses, may contain spaces.
  const [state = '', ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // A zombie has ended; its parent has not reaped it yet.
  return state === 'Z' ? '' : (fields[18] ?? '');
}

/** @param {string} file */
function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ESRCH') return undefined;
    throw error;
  }
}

/** @param {unknown} error */
const codeOf = (error) => /** @type {NodeJS.ErrnoException} */ (error).code;
