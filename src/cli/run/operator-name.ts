import { userInfo } from 'node:os'

/** The login name of the person at this computer, also behind sudo; `undefined` if it has no name. */
export function operatorName(): string | undefined {
  const { SUDO_USER: behind } = process.env
  if (behind !== undefined && behind !== '') return behind
  try {
    return userInfo().username
  } catch {
    return undefined
  }
}
