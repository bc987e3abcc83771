/** Main loop of the thread that LookupWorker starts. */
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { computeSleepSets, type DependencyMasks } from './computeSleepSets.js';
import { insertBatch, type LookupBatch } from './insertBatch.js';
import {
  BATCH_STATES,
  type DecisionTreeArrays,
  lookupTrees,
  PREFETCH_WIDTH,
} from './lookupTrees.js';
import {
  BATCH,
  BUSY,
  CALLED,
  CAPACITY,
  COUNT,
  DONE,
  FAILED,
  FIRST_SLEEP_SET,
  NEXT,
  type News,
  OPEN,
  POSTED,
  SENT,
  SIZE,
  SLEEP_SETS,
  WORDS,
} from './workerProtocol.js';

const SPIN_MS = 4;

const control: Int32Array = workerData;
const batches: Omit<LookupBatch, 'count'>[] = [];
const packed: Int32Array[] = [];
const parents: Int32Array[] = [];
const stimuli: (Int32Array | Uint16Array)[] = [];
const ways = new Int32Array(PREFETCH_WIDTH * 3);
let slots = control;
let blockBits = 0;
const sleepSets: (Int32Array | undefined)[] = [];
let room = ways;
let rows: DependencyMasks | undefined;
let trees: DecisionTreeArrays | undefined;
let received = 0;
const receive = () => {
  for (; received < Atomics.load(control, POSTED); received++) {
    let posted = receiveMessageOnPort(parentPort!);
    while (posted === undefined) posted = receiveMessageOnPort(parentPort!);
    const news: News = posted.message;
    if ('slots' in news) slots = news.slots;
    else if ('batch' in news) batches[news.batch] = news.arrays;
    else if ('rows' in news) {
      rows = news.rows;
      const most = rows.begins.length;
      room = new Int32Array(most * 2 + ((most + 31) >> 5));
    } else if ('trees' in news) trees = news.trees;
    else {
      blockBits = news.blockBits;
      packed.splice(news.from, packed.length, ...news.packed);
      parents.splice(news.from, parents.length, ...news.parents);
      stimuli.splice(news.from, stimuli.length, ...news.stimuli);
      sleepSets.splice(news.from, sleepSets.length, ...news.sleepSets);
    }
  }
};
const lookAll = () => {
  const held = {
    ...{ blockBits, slots, packed, parents, stimuli, sleepSets },
    firstSleepSet: control[FIRST_SLEEP_SET]!,
    words: control[WORDS]!,
    size: control[SIZE]!,
    capacity: control[CAPACITY]!,
  };
  const asked = { ...batches[control[BATCH]!]!, count: control[COUNT]! };
  const { size } = held;
  insertBatch(held, asked);
  if (control[SLEEP_SETS] === 1) computeSleepSets(held, asked, rows!, size, room);
  control[SIZE] = held.size;
};
const walkSome = () => {
  const count = trees!.root.length;
  for (let next = Atomics.add(control, NEXT, 1); next < count; next = Atomics.add(control, NEXT, 1))
    lookupTrees(trees!, next, ways, BATCH_STATES);
};
const attempt = (work: () => void) => {
  try {
    receive();
    work();
  } catch {
    control[FAILED] = 1;
  }
};
for (let called = 0; ; ) {
  // Spin before blocking: a blocked thread is woken on the processor of its waker, and the two then take turns.
  const spinUntil = performance.now() + SPIN_MS;
  while (Atomics.load(control, CALLED) === called)
    if (performance.now() > spinUntil) Atomics.wait(control, CALLED, called);
  called = Atomics.load(control, CALLED);
  if (Atomics.load(control, SENT) > Atomics.load(control, DONE)) {
    attempt(lookAll);
    Atomics.add(control, DONE, 1);
    Atomics.notify(control, DONE);
  }
  Atomics.store(control, BUSY, 1);
  if (Atomics.load(control, OPEN) === 1) attempt(walkSome);
  Atomics.store(control, BUSY, 0);
  Atomics.notify(control, BUSY);
}
