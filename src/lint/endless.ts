/** Commands that never end: without `background` their step ends by its timeout. */

import type { Message } from '../model/message.ts'
import { shared } from '../diagnostic/messages.ts'
import { messages } from './messages.ts'
import { type Rule, simpleCommands } from './lint-page.ts'
import { hasOption, operands, type Unwrapped, unwrap } from '../parse/unwrap.ts'

export const endless: Rule = (page, report) => {
  for (const { lint, simple } of simpleCommands(page)) {
    if (lint.step.background || simple.isBackground) continue
    const command = unwrap(simple)
    if (command.isTimed) continue
    const help = endlessHelp(command, simple.isPiped)
    if (help === undefined) continue
    const words = command.words.slice(0, 2).filter((word) => word.length < 30)
    const shown = [command.program, ...words].join(' ')
    const last = command.args[words.length - 1] ?? command.name
    const span = lint.span({ start: command.name.start, end: last.end })
    report.add('RB0805', span, messages.commandDoes(shown, messages.neverEnds), help)
  }
}

const service = messages.readyPort
const follower = messages.stopFollowing

/** Programs that only ever serve or watch. */
const servers = new Set([
  'uvicorn',
  'hypercorn',
  'daphne',
  'waitress-serve',
  'ngrok',
  'mysqld_safe',
  'http-server',
  'live-server',
  'nodemon',
  'cloudflared',
  'air',
  'frpc',
  'frps',
  'code-server',
])

/** What runs on, by program and the words after it. */
const patterns: readonly (readonly [RegExp, Message])[] = [
  [/^python[\d.]* .*-m (?:http\.server|SimpleHTTPServer)\b/, service],
  [/\bmanage\.py runserver\b/, service],
  [
    /^(?:npm|pnpm|yarn|bun)(?: run)? (?:start|dev|serve|watch|develop|preview|start:\w+|dev:\w+|storybook)(?: |$)/,
    service,
  ],
  [
    /^(?:npx |yarn |pnpm )?(?:next dev|nuxt dev|vite(?: dev| preview| --host)?$|vitepress dev|astro dev|gatsby develop|ng serve|vue-cli-service serve|webpack serve|serve -s|expo start|docusaurus start)\b/,
    service,
  ],
  [/^flask run\b|^flask --.* run\b/, service],
  [/^(?:bin\/)?rails (?:s|server)\b/, service],
  [/^php (?:.*)-S /, service],
  [/^php artisan (?:serve|queue:work|queue:listen)\b/, service],
  [/^(?:hugo|mkdocs|jekyll|bundle exec jekyll|zola|mdbook|gitbook) serve(?:r)?\b/, service],
  [/^hugo server\b/, service],
  [
    /^(?:streamlit run|jupyter (?:notebook|lab)|tensorboard|mlflow (?:ui|server)|celery .*\bworker\b)/,
    service,
  ],
  [
    /^(?:docker compose|docker-compose) (?:-\S+ \S+ )*up(?!.*(?: -d\b| --detach\b| --wait\b| --no-start\b))/,
    shared.write('up -d'),
  ],
  [
    /^(?:docker|podman|kubectl|docker compose|docker-compose) (?:.* )?logs .*(?:-f\b|--follow\b|-[a-z]*f\b)/,
    follower,
  ],
  [/^kubectl (?:.* )?(?:port-forward|proxy)\b/, service],
  [/^kubectl get .*(?:-w\b|--watch\b)/, follower],
  [/^journalctl .*(?:-[a-z]*f\b|--follow\b)/, follower],
  [/^sleep inf(?:inity)?$/, follower],
  [
    /^(?:vault server|consul agent|caddy run|minikube (?:tunnel|dashboard)|etcd$|nomad agent)/,
    service,
  ],
  [/^(?:tsc|vitest|jest|cargo|webpack) .*(?:--watch\b|-w\b|\bwatch\b)/, follower],
  [/^inotifywait .*(?:-m\b|--monitor\b)/, follower],
  [/^ssh .*-[A-Za-z]*N\b(?!.*-[A-Za-z]*f)/, messages.markBackground],
]

function endlessHelp({ program, words }: Unwrapped, isPiped: boolean): Message | undefined {
  switch (program) {
    case 'tail':
      return words.some((word) => /^-[a-zA-Z\d]*[fF]|^--follow/.test(word)) ? follower : undefined
    case 'ping':
    case 'ping6':
      return isPiped ||
        operands(words).length === 0 ||
        words.some((word) => /^-[A-Za-z]*[cwV]/.test(word))
        ? undefined
        : shared.write('ping -c 3 HOST')
    case 'watch':
      return messages.runItself
    case 'yes':
      return isPiped ? undefined : follower
    case 'gunicorn':
      return hasOption(words, 'D', '--daemon', '--check-config') ? undefined : service
    case 'redis-server':
      return words.includes('--daemonize') || hasOption(words, 'v', '--version')
        ? undefined
        : service
    case 'mongod':
      return words.includes('--fork') || hasOption(words, '', '--version') ? undefined : service
    case 'tcpdump':
      return isPiped || words.some((word) => /^-[A-Za-z]*[cDG]/.test(word))
        ? undefined
        : shared.write('tcpdump -c COUNT')
    default:
  }
  if (servers.has(program))
    return hasOption(words, 'v', '--version', '--help') ? undefined : service
  const line = [program, ...words].join(' ').slice(0, 300)
  return patterns.find(([pattern]) => pattern.test(line))?.[1]
}
