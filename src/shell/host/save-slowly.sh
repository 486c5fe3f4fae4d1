# shellcheck shell=bash
# One variable at a time: where `declare -p` cannot be trusted, and where there are secrets, which are
# left out by name, and with them whatever has a secret's value in it.

__rb_l=()
for __rb_v in "${!a@}" "${!b@}" "${!c@}" "${!d@}" "${!e@}" "${!f@}" "${!g@}" "${!h@}" "${!i@}" \
  "${!j@}" "${!k@}" "${!l@}" "${!m@}" "${!n@}" "${!o@}" "${!p@}" "${!q@}" "${!r@}" \
  "${!s@}" "${!t@}" "${!u@}" "${!v@}" "${!w@}" "${!x@}" "${!y@}" "${!z@}" "${!A@}" \
  "${!B@}" "${!C@}" "${!D@}" "${!E@}" "${!F@}" "${!G@}" "${!H@}" "${!I@}" "${!J@}" \
  "${!K@}" "${!L@}" "${!M@}" "${!N@}" "${!O@}" "${!P@}" "${!Q@}" "${!R@}" "${!S@}" \
  "${!T@}" "${!U@}" "${!V@}" "${!W@}" "${!X@}" "${!Y@}" "${!Z@}" "${!_@}"; do
  case $__rb_v in
  (BASH | BASHPID | BASHOPTS | BASH_[AVCLRSX]* | EUID | UID | PPID | SHELLOPTS | DIRSTACK) continue ;;
  (FUNCNAME | GROUPS | LINENO | PIPESTATUS | RANDOM | SRANDOM | SECONDS | EPOCH* | HISTCMD) continue ;;
  (_ | __rb_*) continue ;;
  esac
  case " $__rb_s " in (*" $__rb_v "*) continue ;; esac
  \builtin eval '__rb_x="${'"$__rb_v"'[*]} ${!'"$__rb_v"'[*]}"'
  \builtin . "$__rb_D/has-secret"
  [[ -z $__rb_h ]] || continue
  __rb_l+=("$__rb_v")
done
for __rb_v in "${__rb_l[@]}"; do
  \builtin declare -p "$__rb_v"
  \builtin printf '\0'
done >|"$__rb_D/names"
__rb_i=0
while IFS= \builtin read -r -d '' __rb_x; do
  __rb_v=${__rb_l[__rb_i++]}
  __rb_x=${__rb_x#declare -}
  __rb_x=${__rb_x%%' '*}
  case $__rb_x in
  (*n*)
    # Of a reference, its target's name.
    \builtin eval '__rb_y=${!'"$__rb_v"'}'
    \builtin printf 'declare -%s %s=%q\n' "$__rb_x" "$__rb_v" "$__rb_y" ;;
  (*[aA]*)
    # One by one: bash 4.2 misreads some keys of maps within one list.
    \builtin eval '__rb_k=("${!'"$__rb_v"'[@]}") __rb_w=("${'"$__rb_v"'[@]}")'
    \builtin printf 'declare -%s %s=()\n' "${__rb_x//r}" "$__rb_v"
    for __rb_y in "${!__rb_k[@]}"; do
      \builtin printf '%s[%q]=%q\n' "$__rb_v" "${__rb_k[__rb_y]}" "${__rb_w[__rb_y]}"
    done
    \builtin printf 'declare -%s %s\n' "$__rb_x" "$__rb_v" ;;
  (*) \builtin printf 'declare -%s %s=%q\n' "$__rb_x" "$__rb_v" "${!__rb_v}" ;;
  esac
done <"$__rb_D/names"
>|"$__rb_D/names"
\builtin unset __rb_l __rb_i __rb_k __rb_w
