/** Lines of Linux that Debian shipped and whose headers it has since removed: no module builds for their images. */
const HEADERS_GONE = ['6.16', '6.17', '6.18', '6.19', '7.0', '7.1'];

/** Whether `name` is a Debian kernel whose headers Debian has removed, for example debian:6.18. */
export const headersGone = (name: string): boolean =>
  HEADERS_GONE.some((line) => name === `debian:${line}`);
