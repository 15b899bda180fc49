/** From here on a piece is worth pages of its own. */
const MUCH = 16 * 1024

/**
 * Memory that threads share. Larger pieces come straight from the system and go back to it as soon as nobody holds them:
 * such as may grow do, though this one never does. Of others the C library keeps what is given back, for years.
 */
export function sharedMemory(bytes: number): SharedArrayBuffer {
  return bytes < MUCH ? new SharedArrayBuffer(bytes) : new SharedArrayBuffer(bytes, { maxByteLength: bytes })
}
