/** Codes of the system that say something of the device, and nothing of what the user typed. */
const DEVICE = ['ENOSPC', 'EDQUOT', 'EFBIG', 'EIO'];

/**
 * A disk that is full, or that fails: `message` is one line. The command line prints it and exits with 70.
 */
export class DeviceFailure extends Error {
  override readonly name = 'DeviceFailure';
  constructor(what: string, code: string | undefined) {
    super(`RW051: ${what} cannot be written (${code}); what was to be written is lost`);
  }
}

export const isOfDevice = (code: string | undefined): boolean =>
  code !== undefined && DEVICE.includes(code);
