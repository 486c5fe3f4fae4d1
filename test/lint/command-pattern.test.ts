import { describe, expect, test } from 'vitest'
import { askingCommands } from '../../src/lint/catalogue/asking-commands.ts'
import { commandPattern, hasOneOf } from '../../src/lint/catalogue/command-pattern.ts'
import { endlessCommands } from '../../src/lint/catalogue/endless-commands.ts'
import { losingCommands } from '../../src/lint/catalogue/losing-commands.ts'
import { packageManagers } from '../../src/lint/catalogue/package-managers.ts'
import { secretShapes } from '../../src/lint/catalogue/secret-shapes.ts'

function match(notation: string, text: string) {
  const [program = '', ...words] = text.split(' ')
  return commandPattern(notation)({ program, words })
}

describe('the notation of command patterns', () => {
  test.each([
    ['vim|nano', 'nano a', undefined],
    ['mkfs|mkfs.* mark /dev/*', 'mkfs.ext4 -L x /dev/sda', '/dev/sda'],
    ['docker volume rm|prune', 'docker --debug volume prune', 'prune'],
    ['docker system prune with -*a|--all', 'docker system prune -fa', 'prune'],
    ['git push mark --force|-f', 'git push -f origin', '-f'],
    ['openssl req with -new|-x509 unless -subj', 'openssl req -x509', 'req'],
    ['npm init end', 'npm init', 'init'],
    ['tmux alone', 'tmux', undefined],
    ['bash only -i --login', 'bash -i', undefined],
    ['parted unless --script', 'parted /dev/sda', undefined],
  ])('`%s` matches `%s`, and points at %s', (notation, text, marked) => {
    expect(match(notation, text)).toMatchObject({ marked })
  })

  test.each([
    ['vim|nano', 'vimdiff a'],
    ['docker volume rm|prune', 'docker volume ls'],
    ['docker volume rm|prune', 'docker volume'],
    ['docker system prune with -*a|--all', 'docker system prune --force'],
    ['openssl req with -new unless -subj', 'openssl req -new -subj=/CN=a'],
    ['npm init end', 'npm init vite'],
    ['tmux alone', 'tmux ls'],
    ['bash only -i --login', 'bash -i script'],
    ['parted unless --script', 'parted --script /dev/sda'],
  ])('`%s` does not match `%s`', (notation, text) => {
    expect(match(notation, text)).toBeUndefined()
  })

  test('counts the words up to the last operand in the pattern', () => {
    expect(match('gh auth login', 'gh --verbose auth login --web')?.length).toBe(3)
    expect(match('gpg with --gen-key', 'gpg --gen-key')?.length).toBe(0)
  })

  test('of words alone tests whether one of them is present', () => {
    expect(hasOneOf('-*y --yes -qq*')(['-qqq'])).toBe(true)
    expect(hasOneOf('-*y --yes -qq*')(['-q', '--no'])).toBe(false)
  })
})

test('every line of a catalogue has its source', () => {
  const rows = [
    ...askingCommands,
    ...endlessCommands,
    ...losingCommands,
    ...packageManagers,
    ...secretShapes,
  ]
  expect(rows.filter(({ source }) => source === '')).toEqual([])
})
