/** Error codes that have their cause in the device, not in the user's input. */
const DEVICE = ['ENOSPC', 'EDQUOT', 'EFBIG', 'EIO'];

/** A full or failing disk (RW051). `message` is one line. The command line prints it and exits with 70. */
export class DeviceFailure extends Error {
  override readonly name = 'DeviceFailure';
  constructor(what: string, code: string | undefined) {
    super(`RW051: ${what} cannot be written (${code}); the output is lost`);
  }
}

/** Whether an error code is one of a full or failing device. */
export const isOfDevice = (code: string | undefined): boolean =>
  code !== undefined && DEVICE.includes(code);
