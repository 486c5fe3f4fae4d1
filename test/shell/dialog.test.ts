import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DialogAnswer, HostSession } from '../../src/run/ports.ts'
import { createDialog } from '../../src/run/dialog.ts'
import { localHost, processesWith, sshHost, type TestHost } from './hosts.ts'
import { type Ran, runCommand, statusOf } from './run-command.ts'

const turns = (text: string): readonly DialogAnswer[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [prompt = '', answer = ''] = line.split(/ => ?/)
      return { prompt, answer }
    })

/** As a person sees it, but with blanks at line ends. */
const seen = ({ output }: Ran): string =>
  // oxlint-disable-next-line no-control-regex -- what line editors print
  output.replaceAll('\r\n', '\n').replaceAll(/\u001b\[\?2004[hl]\r?/g, '')

describe.each([
  { kind: 'this computer', start: localHost },
  { kind: 'ssh', start: sshHost },
])('a dialog on $kind', ({ start }) => {
  let host: TestHost
  let session: HostSession
  const talk = (command: string, dialog: string, given = {}) =>
    runCommand(session, command, { dialog: turns(dialog), ...given })

  beforeAll(async () => {
    host = await start()
    session = await host.open({ waitingMs: 700 })
  })
  afterAll(async () => {
    await session.close({ keep: false })
    await host.stop()
  })

  test('answers a hidden question, and the variable stays in the shell', async () => {
    const ran = await talk('read -r -s -p "Password: " PW; echo', 'Password: => se cret')
    expect({ shown: seen(ran), status: statusOf(ran), answered: ran.answered }).toEqual({
      shown: 'Password: \n',
      status: 0,
      answered: 1,
    })
    expect((await runCommand(session, 'echo "<$PW>"')).output).toBe('<se cret>\n')
  })

  test('shows typed text if the terminal echoes it', async () => {
    const ran = await talk('read -r -p "Name? " name; echo "hello $name"', 'Name? => Ann')
    expect(seen(ran)).toBe('Name? Ann\nhello Ann\n')
  })

  test('takes its turns one after the other, the same prompt several times', async () => {
    const ran = await talk(
      'for i in 1 2 3; do read -r -p "> " x; echo "$i:$x"; done',
      '> => a\n> => > \n> => c',
    )
    expect(seen(ran)).toBe('> a\n1:a\n> > \n2:>\n> c\n3:c\n')
    expect(ran.answered).toBe(3)
  })

  test('answers several hidden questions on one line', async () => {
    const ran = await talk(
      'read -r -s -p "A: " A; read -r -s -p "A: " B; echo; echo "$A$B"',
      'A: => x1\nA: => x2',
    )
    expect(seen(ran)).toBe('A: A: \nx1x2\n')
  })

  test('talks to a program that edits its line', async () => {
    const ran = await talk('python3 -q -i 2>&1', '>>> => 6 * 7\n>>> => exit(3)')
    expect(seen(ran)).toContain('42\n')
    expect(statusOf(ran)).toBe(3)
  })

  test('talks to sqlite3', async () => {
    const ran = await talk('sqlite3', 'sqlite> => select 6 * 7;\nsqlite> => .exit')
    expect(seen(ran)).toMatch(/sqlite> select 6 \* 7;\n42\nsqlite> \.exit\n$/)
    expect(statusOf(ran)).toBe(0)
  })

  test('gives a terminal to programs that open `/dev/tty`', async () => {
    const ran = await talk(
      'rm -f key key.pub; ssh-keygen -q -t ed25519 -f key; ls key.pub; tty </dev/tty >/dev/null',
      'Enter passphrase (empty for no passphrase): => hush hush\nEnter same passphrase again: => hush hush',
    )
    expect(seen(ran)).toMatch(/key\.pub\n$/)
    expect(seen(ran)).not.toContain('hush')
    expect(statusOf(ran)).toBe(0)
  })

  test('ends at a prompt without an answer, and names it', async () => {
    const ran = await talk('read -r -p "Really? " x; echo went on', 'Sure? => yes')
    expect(ran.end).toMatchObject({ kind: 'waiting', prompt: 'Really? ' })
    expect(ran.answered).toBe(0)
  })

  test('ends at a prompt that appears more often than it has turns', async () => {
    const ran = await talk('read -r -p "> " x; read -r -p "> " x', '> => a')
    expect(ran.end).toMatchObject({ kind: 'waiting', prompt: '> ' })
    expect(ran.answered).toBe(1)
  })

  test('reports the number of unused turns', async () => {
    const ran = await talk('read -r -p "A: " x', 'A: => a\nB: => b')
    expect(statusOf(ran)).toBe(0)
    expect(ran.answered).toBe(1)
  })

  test('recognises a prompt with colours and overwritten text', async () => {
    const ran = await talk(
      String.raw`printf 'wait...\r\033[K\033[1mOK?\033[0m \033[?2004h'; read -r x; echo "<$x>"`,
      'OK? => y',
    )
    expect(seen(ran)).toContain('<y>\n')
  })

  test('does not answer in the middle of output', async () => {
    const ran = await talk(
      'printf "A: "; sleep 0.02; echo not yet; read -r -p "A: " x; echo "<$x>"',
      'A: => y',
    )
    expect(seen(ran)).toBe('A: not yet\nA: y\n<y>\n')
  })

  test('whose command exits has its status, its output and a new shell', async () => {
    const ran = await talk('read -r -p "Q: " x; echo "bye $x"; exit 4', 'Q: => z')
    expect({ shown: seen(ran), status: statusOf(ran) }).toEqual({
      shown: 'Q: z\nbye z\n',
      status: 4,
    })
    expect((await runCommand(session, 'echo next')).output).toBe('next\n')
  })

  test('leaves traps, standard input and the terminal unchanged', async () => {
    await runCommand(session, "trap 'echo hung up' HUP; sleep 300 & BG=$!")
    await talk('read -r -p "Q: " x', 'Q: => z')
    const after = await runCommand(
      session,
      'trap -p HUP; trap - HUP; cat; tty; (: </dev/tty) 2>/dev/null || echo none; kill -0 $BG && echo lives; { kill $BG; wait $BG; } 2>/dev/null',
    )
    expect(after.output).toBe("trap -- 'echo hung up' SIGHUP\nnot a tty\nnone\nlives\n")
  })

  test('prints a lot without losing output', async () => {
    const ran = await talk('seq 1 200000; read -r -p "Q: " x; seq 1 1000', 'Q: => z')
    const lines = seen(ran).split('\n')
    expect(lines.length).toBe(200000 + 1 + 1000 + 1)
    expect(lines.slice(200000, 200002)).toEqual(['Q: z', '1'])
  })

  test('that times out is killed with its descendants', async () => {
    const ran = await talk('read -r -p "Q: " x; sleep 1234', 'Q: => z', { timeoutMs: 500 })
    expect(ran.end).toMatchObject({ kind: 'timeout' })
    expect(processesWith('sleep 1234')).toEqual([])
    expect((await runCommand(session, 'echo next')).output).toBe('next\n')
  })

  test('is not disturbed by functions, aliases and options of the page', async () => {
    await runCommand(
      session,
      'setsid() { echo mine; }; python3() { echo mine; }; set -eu; PATH=/nowhere',
    )
    const ran = await talk('read -r -p "Q: " x; echo "<$x>"', 'Q: => z')
    expect(seen(ran)).toBe('Q: z\n<z>\n')
    await runCommand(session, 'set +eu; PATH=/usr/bin:/bin; unset -f setsid python3')
  })

  test('leaves no process and no file behind', async () => {
    await talk('read -r -p "Q: " x', 'Q: => z')
    await expect
      .poll(() => processesWith(host.home).filter((line) => line.includes('/terminal.p')))
      .toEqual([])
  })
})

describe('the next answer of a dialog', () => {
  test('waits until the host has typed the one before', () => {
    const dialog = createDialog(turns('> => a\n> => b'))
    dialog.push('> ')
    const first = dialog.due()
    expect(first).toEqual({ number: 1, answer: 'a' })
    if (first) dialog.send(first)
    expect(dialog.due()).toBeUndefined()
    dialog.typed(1)
    expect(dialog.underWay).toBeUndefined()
    dialog.push('a\r\n> ')
    expect(dialog.due()).toEqual({ number: 2, answer: 'b' })
  })
})
