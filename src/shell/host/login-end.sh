# shellcheck shell=bash
# What becomes of a run's shell when the login ends that started it.
#
# Where KillUserProcesses=yes is set, logind ends every process of a session with it, one that was
# detached by setsid too. A scope of the user's own manager is no part of the session; that manager
# ends soon after the user's last login, unless the user lingers. Root has the system's.

# Asks logind while the login shell answers, and only in a session of its own: elsewhere there is
# nothing to ask.
ask_login_end() {
  owner=
  while read -r x; do
    case $x in (*/user-*.slice/session-*.scope*) x=${x#*/user-} owner=${x%%.slice*} ;; esac
  done 2>/dev/null </proc/self/cgroup
  x=org.freedesktop.login1
  [ -n "$owner" ] && exec 4< <(exec busctl get-property $x /${x//.//} $x.Manager \
    KillUserProcesses KillOnlyUsers KillExcludeUsers 2>/dev/null)
}
# Prints nothing where a shell outlives the login by itself, `scope` where it does in a scope, `ended`
# where it does for some seconds only, for user $me.
login_end() {
  local all only spared name
  [ -n "$owner" ] && read -r -t 5 all <&4 && read -r -t 5 only <&4 && read -r -t 5 spared <&4 || return
  [ "$all$only" = 'b falseas 0' ] && return
  name=$(id -un "$owner")
  [ "$spared" = 'as 0' ] && spared='"root"'
  [[ $spared == *"\"$name\""* ]] && return
  [[ $only == 'as 0' || $only == *"\"$name\""* ]] || return
  if [[ $UID == 0 || -e /var/lib/systemd/linger/$me && -S /run/user/$UID/systemd/private ]]
  then printf scope
  else printf ended
  fi
}
# Fills `scope` with what starts a command outside of the session; with nothing if that fails.
leave_session() {
  scope=()
  if [ -n "$RB_SCOPE" ]; then
    x=--user y=(-u INVOCATION_ID)
    [ "$UID" = 0 ] && x=--system
    [ -n "$XDG_RUNTIME_DIR" ] || y+=(-u XDG_RUNTIME_DIR)
    scope=(env "XDG_RUNTIME_DIR=${XDG_RUNTIME_DIR:-/run/user/$UID}" systemd-run "$x" --scope -q)
    if timeout 5 "${scope[@]}" true </dev/null >/dev/null 2>&1; then scope+=(env "${y[@]}")
    else scope=()
    fi
  fi
}
