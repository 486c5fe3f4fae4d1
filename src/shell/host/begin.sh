# shellcheck shell=bash
# Claims a command's number, so that a number runs once at most, and refuses what was sent ahead of a
# command that did not end as it should. Makes `__rb_e`, which runs the command with its streams at
# `__rb_c`, from its second word on.

[[ $__rb_n -gt $__rb_last ]] || \builtin return 1
if [[ -n $__rb_g ]]; then
  [[ $__rb_g == "$__rb_good" ]] || \builtin return 1
  # It waits for a client that has so much to read: until then nothing of that can go from the disk.
  [[ $((__rb_size - __rb_l)) -lt 8388608 ]] || {
    \builtin printf '\036RB:%s:r:%s:%s::\036' "$__rb_N" "$__rb_n" "$__rb_b" >>"$__rb_D/out"
    \builtin return 1
  }
fi
# What was read of earlier commands need not stay on the disk.
[[ -n $__rb_a ]] && for __rb_x in out err; do
  \builtin command -p fallocate -p -o 0 -l "${__rb_a%% *}" "$__rb_D/$__rb_x" >/dev/null 2>&1
  __rb_a=${__rb_a#* }
done
# Room for what we say ourselves; a command that begins on a full disk would not end.
__rb_h=
[[ -s $__rb_D/reserve ]] || \builtin printf '%065536d' 0 >|"$__rb_D/reserve" || {
  >|"$__rb_D/reserve"
  __rb_h=f __rb_t=:
} 2>/dev/null
# When it began, on the clock by which the kernel dates processes.
\builtin read -r __rb_x </proc/uptime
# The number of the last process, for `left`.
[[ -z $__rb_P ]] || \builtin read -r __rb_L <"$__rb_P"
__rb_L=${__rb_L##* }
\builtin printf '%s %s %s\n' "$__rb_n" "${__rb_x%% *}" "$__rb_b" >>"$__rb_D/seq" || \builtin return 1
__rb_last=$__rb_n __rb_k= __rb_f=$__rb_o __rb_p= __rb_j='&&'
[[ $__rb_r == 0 ]] || __rb_j='||'
# The folder that the page left the shell in is gone, and it is somewhere else: it goes back once it can. Until
# then only what says itself where it runs is run, and questions of ours (`__rb_A`).
if [[ -n $__rb_G ]]; then
  case $__rb_d in
  (/* | '~' | '~/'*) ;;
  (*)
    if [[ $__rb_G == /* ]] && CDPATH= \builtin cd -- "$__rb_G" >/dev/null 2>&1; then \builtin unset __rb_G
    else
      __rb_x=${__rb_G//[[:cntrl:]]/?} __rb_d=
      __rb_h=${__rb_h:-g:${__rb_x:0:200}}
      [[ -n $__rb_A ]] || __rb_t=:
    fi
    ;;
  esac
fi
if [[ -n $__rb_d ]]; then
  case $__rb_d in
  ('~' | '~/'*) __rb_d=$HOME${__rb_d#'~'} ;;
  esac
  __rb_p=$PWD __rb_y=$OLDPWD
  # Where there is no such folder, the command is to fail with what cd says.
  if ! CDPATH= \builtin cd -- "$__rb_d" >/dev/null 2>&1; then
    \builtin printf -v __rb_x %q "$__rb_d"
    __rb_t="\\builtin cd -- $__rb_x" __rb_p=
  fi
fi
# The command is a group, so that bash has read all of it before any of it runs; arm goes before it in
# a list, because there its status is not a failure. What the next command needs of this one is kept
# within the eval, before a trap of the page can see more of ours.
__rb_x="\\builtin . \"\$__rb_D/arm\" \"\$__rb_u\" >/dev/null 2>&1"
# Where there is nothing to arm, but for $_.
[[ $__rb_o$__rb_r == 0 && ! -s $__rb_D/traps ]] && __rb_x='\builtin : "$__rb_u"'
__rb_v="{ $__rb_x $__rb_j { $__rb_t"$'\n'"}; "
# All on the line on which the group ends: bash reads it before the command can change how it reads.
__rb_x="\\builtin set +aefkuvxCET; \\builtin trap -p DEBUG RETURN ERR >|\"\$__rb_D/traps\"; "
__rb_x=$__rb_x"\\builtin trap - DEBUG RETURN ERR; \\builtin enable eval export printf read unset; "
__rb_x=$__rb_x"\\builtin eval __rb_W=1; "
__rb_v=$__rb_v"{ __rb_k=\$? __rb_u=\$_ __rb_f=\$- __rb_W=; $__rb_x"
# Where `builtin` is another word by now, it becomes what it was: special builtins come before functions
# in posix mode, which a variable turns on.
__rb_v=$__rb_v"[[ -n \$__rb_W ]] || { \\enable builtin unset; if [[ -o posix ]]; then \\unset -f builtin; "
__rb_v=$__rb_v"else __rb_W=\$BASHOPTS; POSIXLY_CORRECT=; \\unset -f builtin; \\unset POSIXLY_CORRECT; "
__rb_v=$__rb_v"case :\$__rb_W: in (*:expand_aliases:*) \\builtin shopt -s expand_aliases ;; esac; fi; $__rb_x }; "
__rb_e=('' builtin eval "$__rb_v} >/dev/null 2>&1; } $__rb_c")
