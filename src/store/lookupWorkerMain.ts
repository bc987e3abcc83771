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
  type ArrayUpdate,
  BATCH,
  BUSY,
  CALLED,
  CAPACITY,
  COUNT,
  DONE,
  FAILED,
  FIRST_SLEEP_SET,
  NEXT,
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
const cursors = new Int32Array(PREFETCH_WIDTH * 3);
let slots = control;
let blockBits = 0;
const sleepSets: (Int32Array | undefined)[] = [];
let room = cursors;
let rows: DependencyMasks | undefined;
let trees: DecisionTreeArrays | undefined;
let received = 0;
const receive = () => {
  for (; received < Atomics.load(control, POSTED); received++) {
    let posted = receiveMessageOnPort(parentPort!);
    while (posted === undefined) posted = receiveMessageOnPort(parentPort!);
    const update: ArrayUpdate = posted.message;
    if ('slots' in update) slots = update.slots;
    else if ('batch' in update) batches[update.batch] = update.arrays;
    else if ('rows' in update) {
      rows = update.rows;
      const most = rows.begins.length;
      room = new Int32Array(most * 2 + ((most + 31) >> 5));
    } else if ('trees' in update) trees = update.trees;
    else {
      blockBits = update.blockBits;
      packed.splice(update.from, packed.length, ...update.packed);
      parents.splice(update.from, parents.length, ...update.parents);
      stimuli.splice(update.from, stimuli.length, ...update.stimuli);
      sleepSets.splice(update.from, sleepSets.length, ...update.sleepSets);
    }
  }
};
const insertSentBatch = () => {
  const store = {
    ...{ blockBits, slots, packed, parents, stimuli, sleepSets },
    firstSleepSet: control[FIRST_SLEEP_SET]!,
    words: control[WORDS]!,
    size: control[SIZE]!,
    capacity: control[CAPACITY]!,
  };
  const batch = { ...batches[control[BATCH]!]!, count: control[COUNT]! };
  const { size } = store;
  insertBatch(store, batch);
  if (control[SLEEP_SETS] === 1) computeSleepSets(store, batch, rows!, size, room);
  control[SIZE] = store.size;
};
const lookUpFreeTrees = () => {
  const count = trees!.root.length;
  for (let next = Atomics.add(control, NEXT, 1); next < count; next = Atomics.add(control, NEXT, 1))
    lookupTrees(trees!, next, cursors, BATCH_STATES);
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
  // Spin before blocking: a blocked thread may resume on its notifier's processor, and the two would then alternate.
  const spinUntil = performance.now() + SPIN_MS;
  while (Atomics.load(control, CALLED) === called)
    if (performance.now() > spinUntil) Atomics.wait(control, CALLED, called);
  called = Atomics.load(control, CALLED);
  if (Atomics.load(control, SENT) > Atomics.load(control, DONE)) {
    attempt(insertSentBatch);
    Atomics.add(control, DONE, 1);
    Atomics.notify(control, DONE);
  }
  Atomics.store(control, BUSY, 1);
  if (Atomics.load(control, OPEN) === 1) attempt(lookUpFreeTrees);
  Atomics.store(control, BUSY, 0);
  Atomics.notify(control, BUSY);
}
