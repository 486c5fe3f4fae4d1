#!/usr/bin/env node
// Plain CommonJS: loading an ES module costs more than all that is done for `--version`.
'use strict'

const words = process.argv.slice(2)

if (words.length === 1 && words[0] === '--version') {
  // A reader that is gone needs no answer.
  process.stdout.on('error', () => {})
  process.stdout.write(`${require('../package.json').version}\n`)
} else {
  require('../dist/cli.cjs').main(words)
}
