/**
 * Whether a request's host names this computer. Otherwise another site could point its own name to
 * our address (DNS rebinding) and read our answers.
 */
export function isLocalHost(host: string | undefined): boolean {
  return /^(?:localhost|(?:[\w-]+\.)*localhost|\d+\.\d+\.\d+\.\d+|\[[\da-f:.]+\])(?::\d+)?$/i.test(
    host ?? '',
  )
}
