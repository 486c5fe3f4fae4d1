/** Commands that never end by themselves, one a line, in the notation of `command-pattern.ts`. */

import { shared } from '../../diagnostic/messages.ts'
import type { Message } from '../../model/message.ts'
import { messages } from '../messages.ts'

export interface EndlessCommand {
  /** A RegExp is matched against the first 300 characters of the line. */
  readonly command: string | RegExp
  readonly instead: Message
  /** Where its words are documented. */
  readonly source: string
  /** Whether it ends with the program that it is piped into. */
  readonly endsWithPipe: boolean
}

function row(command: string | RegExp, instead: Message, source: string): EndlessCommand {
  return { command, instead, source, endsWithPipe: false }
}

function piped(command: string, instead: Message, source: string): EndlessCommand {
  return { command, instead, source, endsWithPipe: true }
}

const service = messages.readyPort
const follower = messages.stopFollowing
const started = 'unless -*v --version --help'

export const endlessCommands: readonly EndlessCommand[] = [
  // Followers.
  row('tail with -*f|-*F|--follow*', follower, 'tail(1)'),
  row('watch', messages.runItself, 'watch(1)'),
  piped('yes', follower, 'yes(1)'),
  piped('ping|ping6 * unless -*c -*w -*V', shared.write('ping -c 3 HOST'), 'ping(8)'),
  piped('tcpdump unless -*c -*D -*G', shared.write('tcpdump -c COUNT'), 'tcpdump(8)'),
  row(/^(?:docker|podman|kubectl|docker compose|docker-compose) (?:.* )?logs .*(?:-f\b|--follow\b|-[a-z]*f\b)/, follower, 'docker-logs(1), kubernetes.io/docs/reference/kubectl'),
  row(/^kubectl get .*(?:-w\b|--watch\b)/, follower, 'kubernetes.io/docs/reference/kubectl'),
  row(/^journalctl .*(?:-[a-z]*f\b|--follow\b)/, follower, 'journalctl(1)'),
  row(/^sleep inf(?:inity)?$/, follower, 'sleep(1)'),
  row(/^(?:tsc|vitest|jest|cargo|webpack) .*(?:--watch\b|-w\b|\bwatch\b)/, follower, 'typescriptlang.org/docs, vitest.dev, jestjs.io/docs'),
  row(/^inotifywait .*(?:-m\b|--monitor\b)/, follower, 'inotifywait(1)'),
  row(/^ssh .*-[A-Za-z]*N\b(?!.*-[A-Za-z]*f)/, messages.markBackground, 'ssh(1)'),

  // Servers.
  row(`uvicorn|hypercorn|daphne|waitress-serve ${started}`, service, 'uvicorn.org, github.com/django/daphne, docs.pylonsproject.org'),
  row(`mysqld_safe ${started}`, service, 'mysqld_safe(1)'),
  row(`http-server|live-server|nodemon ${started}`, service, 'npmjs.com'),
  row(`ngrok|cloudflared|frpc|frps ${started}`, service, 'ngrok.com/docs, developers.cloudflare.com, github.com/fatedier/frp'),
  row(`air|code-server ${started}`, service, 'github.com/air-verse/air, coder.com/docs/code-server'),
  row('gunicorn unless -*D --daemon --check-config', service, 'docs.gunicorn.org'),
  row('redis-server unless --daemonize -*v --version', service, 'redis.io/docs'),
  row('mongod unless --fork --version', service, 'mongodb.com/docs'),
  row(/^python[\d.]* .*-m (?:http\.server|SimpleHTTPServer)\b/, service, 'docs.python.org/3/library/http.server.html'),
  row(/\bmanage\.py runserver\b/, service, 'docs.djangoproject.com'),
  row(/^(?:npm|pnpm|yarn|bun)(?: run)? (?:start|dev|serve|watch|develop|preview|start:\w+|dev:\w+|storybook)(?: |$)/, service, 'npm-run-script(1)'),
  row(/^(?:npx |yarn |pnpm )?(?:next dev|nuxt dev|vite(?: dev| preview| --host)?$|vitepress dev|astro dev|gatsby develop|ng serve|vue-cli-service serve|webpack serve|serve -s|expo start|docusaurus start)\b/, service, 'the documentation of each'),
  row(/^flask run\b|^flask --.* run\b/, service, 'flask.palletsprojects.com'),
  row(/^(?:bin\/)?rails (?:s|server)\b/, service, 'guides.rubyonrails.org'),
  row(/^php (?:.*)-S /, service, 'php(1)'),
  row(/^php artisan (?:serve|queue:work|queue:listen)\b/, service, 'laravel.com/docs'),
  row(/^(?:hugo|mkdocs|jekyll|bundle exec jekyll|zola|mdbook|gitbook) serve(?:r)?\b/, service, 'gohugo.io, mkdocs.org, jekyllrb.com, getzola.org'),
  row(/^hugo server\b/, service, 'gohugo.io'),
  row(/^(?:streamlit run|jupyter (?:notebook|lab)|tensorboard|mlflow (?:ui|server)|celery .*\bworker\b)/, service, 'docs.streamlit.io, docs.jupyter.org, mlflow.org, docs.celeryq.dev'),
  row(/^(?:docker compose|docker-compose) (?:-\S+ \S+ )*up(?!.*(?: -d\b| --detach\b| --wait\b| --no-start\b))/, shared.write('up -d'), 'docs.docker.com/reference'),
  row(/^kubectl (?:.* )?(?:port-forward|proxy)\b/, service, 'kubernetes.io/docs/reference/kubectl'),
  row(/^(?:vault server|consul agent|caddy run|minikube (?:tunnel|dashboard)|etcd$|nomad agent)/, service, 'developer.hashicorp.com, caddyserver.com/docs, minikube.sigs.k8s.io, etcd.io'),
]
