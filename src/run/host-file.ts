/**
 * Reading and writing one file of a host. The scripts are constant; path, mode and text travel as
 * environment variables and standard input.
 */

import { decodeBase64 } from '../model/base64.ts'
import type { HostSession } from './ports.ts'

export interface HostFile {
  /** `undefined` where there is none. */
  readonly text: string | undefined
  /** Octal digits; empty where there is no file. */
  readonly mode: string
}

/** Why a file could not be read or written, as the host says it. */
export class HostFileError extends Error {
  override readonly name = 'HostFileError'
}

const readScript = String.raw`
case $RUNBOOK_FILE in ('~/'*) RUNBOOK_FILE=$HOME/${'$'}{RUNBOOK_FILE#??} ;; esac
if [ -d "$RUNBOOK_FILE" ]; then echo 'it is a folder' >&2; exit 3; fi
if [ ! -e "$RUNBOOK_FILE" ]; then echo missing; exit 0; fi
stat -L -c 'mode %a' -- "$RUNBOOK_FILE" && base64 <"$RUNBOOK_FILE"
`

// The new text is complete beside the old before it takes its place; owner, mode and security
// context of an old file are kept.
const writeScript = String.raw`
case $RUNBOOK_FILE in ('~/'*) RUNBOOK_FILE=$HOME/${'$'}{RUNBOOK_FILE#??} ;; esac
if [ -L "$RUNBOOK_FILE" ]; then RUNBOOK_FILE=$(readlink -f -- "$RUNBOOK_FILE") || exit; fi
umask 077
new=$RUNBOOK_FILE.runbook-new
trap 'rm -f -- "$new"' EXIT
if [ -e "$RUNBOOK_FILE" ]; then
  # Of several changes in one run the first backup is the original.
  if [ -n "$RUNBOOK_BACKUP" ] && [ ! -e "$RUNBOOK_FILE$RUNBOOK_BACKUP" ]; then
    cp -p -- "$RUNBOOK_FILE" "$RUNBOOK_FILE$RUNBOOK_BACKUP" || exit
  fi
  cp --preserve=all -- "$RUNBOOK_FILE" "$new" 2>/dev/null || cp -p -- "$RUNBOOK_FILE" "$new" || exit
  base64 -d >"$new" || exit
  if [ -n "$RUNBOOK_MODE" ]; then chmod -- "$RUNBOOK_MODE" "$new" || exit; fi
else
  base64 -d >"$new" || exit
  chmod -- "${'$'}{RUNBOOK_MODE:-0644}" "$new" || exit
fi
size=$(wc -c <"$new") && [ "$size" -eq "$RUNBOOK_SIZE" ] || { echo "only $size of $RUNBOOK_SIZE bytes were written" >&2; exit 1; }
mv -f -- "$new" "$RUNBOOK_FILE"
`

const timeoutMs = 60_000

/** @throws {HostFileError} */
export async function readHostFile(
  session: HostSession,
  path: string,
  user: string | undefined,
): Promise<HostFile> {
  const { status, stdout, stderr } = await session.probe({
    script: readScript,
    stdin: undefined,
    user,
    env: { RUNBOOK_FILE: path },
    timeoutMs,
  })
  if (status !== 0) throw new HostFileError(stderr.trim().split('\n').at(-1) ?? `status ${status}`)
  if (stdout.startsWith('missing')) return { text: undefined, mode: '' }
  const [first = '', ...encoded] = stdout.split('\n')
  const bytes = decodeBase64(encoded.join(''))
  const [, mode] = /^mode ([0-7]{1,4})$/.exec(first) ?? []
  if (!bytes || mode === undefined) {
    throw new HostFileError('what the host answers is neither the file nor why it cannot be read')
  }
  return { text: new TextDecoder().decode(bytes), mode }
}

/**
 * @param backup - What the old file's name gets at its end; empty: it is not kept.
 * @throws {HostFileError}
 */
export async function writeHostFile(
  session: HostSession,
  user: string | undefined,
  file: {
    readonly path: string
    readonly text: string
    readonly mode: string | undefined
    readonly backup: string
  },
): Promise<void> {
  const bytes = new TextEncoder().encode(file.text)
  const { status, stderr } = await session.probe({
    script: writeScript,
    stdin: encodeBase64(bytes),
    user,
    env: {
      RUNBOOK_FILE: file.path,
      RUNBOOK_SIZE: String(bytes.length),
      RUNBOOK_MODE: file.mode ?? '',
      RUNBOOK_BACKUP: file.backup,
    },
    timeoutMs,
  })
  if (status !== 0) throw new HostFileError(stderr.trim().split('\n').at(-1) ?? `status ${status}`)
}

function encodeBase64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
}
