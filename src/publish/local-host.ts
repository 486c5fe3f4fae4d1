/**
 * Whether a request names this computer. Another site can give its own name our address, and would
 * then read our answers.
 */
export function isLocalHost(host: string | undefined): boolean {
  return /^(?:localhost|(?:[\w-]+\.)*localhost|\d+\.\d+\.\d+\.\d+|\[[\da-f:.]+\])(?::\d+)?$/i.test(
    host ?? '',
  )
}
