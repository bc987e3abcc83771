/** One file of an initramfs. */
export interface CpioFile {
  name: string;
  mode: number;
  data: Uint8Array;
}

const REGULAR = 0o100000;

function padded(size: number): number {
  return (size + 3) & ~3;
}

function entry(file: CpioFile, inode: number): Buffer {
  const name = Buffer.from(`${file.name}\0`);
  const fields = [
    inode,
    REGULAR | file.mode,
    0, // uid
    0, // gid
    1, // links
    0, // time: constant, so that equal files give equal archives
    file.data.length,
    0, // device major
    0, // device minor
    0, // rdev major
    0, // rdev minor
    name.length,
    0, // checksum, unused in this format
  ];
  const header = `070701${fields.map((n) => n.toString(16).padStart(8, '0')).join('')}`;
  const dataAt = padded(header.length + name.length);
  const out = Buffer.alloc(dataAt + padded(file.data.length));
  out.write(header, 0, 'latin1');
  name.copy(out, header.length);
  out.set(file.data, dataAt);
  return out;
}

/** A cpio archive in the "newc" format, which the kernel unpacks as its initramfs. */
export function cpio(files: CpioFile[]): Buffer {
  const end: CpioFile = { name: 'TRAILER!!!', mode: 0, data: new Uint8Array() };
  return Buffer.concat([...files, end].map((file, at) => entry(file, at + 1)));
}
