/** Troubles that readers have, made on purpose: a page must stop at the right step and know why. */

export interface Fault {
  readonly name: string
  /** Commands on the host. */
  readonly inject: string
  readonly heal: string
  /** `09-troubleshoot.md` where nothing else is said. */
  readonly page?: string
  readonly flags?: readonly string[]
  readonly finds: { readonly step: string; readonly answer: string }
}

const env = '/home/autotp/software/autotpsite/.env'
const manage =
  'sudo -u autotp -- /home/autotp/software/djvenv/bin/python /home/autotp/software/autotpsite/manage.py'

/** Begins with port 8000 closed, as the nginx chapter leaves it; opens it for those after. */
export const faults: readonly Fault[] = [
  {
    name: 'the firewall is closed',
    inject: 'true',
    heal: 'firewall-cmd --quiet --zone=public --add-port=8000/tcp',
    finds: { step: 'firewall', answer: '09-troubleshoot.md#防火墙没有放行' },
  },
  {
    name: 'port 8000 is taken',
    inject: 'systemd-run --quiet --collect --unit=squatter python3 -m http.server 8000; sleep 1',
    heal: 'systemctl stop squatter',
    finds: { step: 'port-free', answer: '09-troubleshoot.md#端口被占用' },
  },
  {
    name: "uWSGI's port is taken",
    inject:
      'systemctl stop autotpsite; systemd-run --quiet --collect --unit=squatter python3 -m http.server 8081; sleep 1',
    // It is started before it has read its settings, which the next fault changes.
    heal: `systemctl stop squatter; systemctl start autotpsite
      timeout 30 sh -c 'until curl -sf http://127.0.0.1:8081/health/ >/dev/null; do sleep 0.2; done'`,
    page: '11-uwsgi.md',
    flags: ['--only', 'port-free'],
    finds: { step: 'port-free', answer: '11-uwsgi.md#端口被占用' },
  },
  {
    name: 'the database password is wrong',
    inject: `sed -i.good 's/^DB_PASSWORD=.*/DB_PASSWORD=not-the-password/' ${env}`,
    heal: `cat ${env}.good >${env}; rm ${env}.good`,
    finds: { step: 'db-login', answer: '09-troubleshoot.md#数据库密码不对' },
  },
  {
    name: 'the database is stopped',
    inject: 'systemctl stop mariadb',
    heal: 'systemctl start mariadb',
    finds: { step: 'database', answer: '09-troubleshoot.md#数据库没有运行' },
  },
  {
    name: 'old data of an earlier installation is left',
    inject: `systemctl stop mariadb; mv /var/lib/mysql /var/lib/mysql.kept
      mariadb-install-db --user=mysql --auth-root-authentication-method=normal >/dev/null
      systemctl start mariadb
      mysql -uroot -e "ALTER USER root@localhost IDENTIFIED BY 'of-long-ago'"`,
    heal: 'systemctl stop mariadb; rm -rf /var/lib/mysql; mv /var/lib/mysql.kept /var/lib/mysql; systemctl start mariadb',
    finds: { step: 'old-data', answer: '09-troubleshoot.md#数据库里是以前的数据' },
  },
  {
    name: 'a migration has not been run',
    inject: `${manage} migrate --fake cases zero >/dev/null`,
    heal: `${manage} migrate --fake cases >/dev/null`,
    finds: { step: 'migrations', answer: '09-troubleshoot.md#迁移没有执行' },
  },
  {
    name: 'the server listens on this host only',
    inject: 'true',
    heal: 'true',
    flags: ['--var', 'LISTEN=127.0.0.1:8000'],
    finds: { step: 'listening', answer: '09-troubleshoot.md#只监听了本机' },
  },
  {
    name: 'the name is not in ALLOWED_HOSTS',
    inject: `sed -i.good 's/^DJANGO_ALLOWED_HOSTS=.*/DJANGO_ALLOWED_HOSTS=localhost/' ${env}`,
    heal: `cat ${env}.good >${env}; rm ${env}.good`,
    finds: { step: 'visit', answer: '09-troubleshoot.md#主机名不在-allowed-hosts-里' },
  },
]
