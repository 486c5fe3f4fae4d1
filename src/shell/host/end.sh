# shellcheck shell=bash
# Says how the command ended, then saves the state.

\builtin read -r -N 11 __rb_x
__rb_r=$__rb_k __rb_x= __rb_size= __rb_good=
# Nothing ran that set it: bash could not read the command.
[[ -n $__rb_k ]] || __rb_r=2 __rb_x=p
[[ -n $__rb_h ]] && __rb_r=127 __rb_x=$__rb_h
__rb_o=
for __rb_k in a e f k u v x C E T; do
  case $__rb_f in (*"$__rb_k"*) __rb_o=$__rb_o$__rb_k ;; esac
done
[[ -n $__rb_p ]] && { CDPATH= \builtin cd -- "$__rb_p" >/dev/null 2>&1 || __rb_G=${__rb_G:-$__rb_p}; OLDPWD=$__rb_y; }
[[ -n $__rb_x ]] || case " $__rb_w " in (' any ' | *" $__rb_r "*) __rb_good=$__rb_n ;; esac
\builtin . "$__rb_D/left"
[[ -n $__rb_v && -z $__rb_x ]] && __rb_x=l
for __rb_k in err out; do
  [[ $__rb_m$__rb_k == mergederr ]] && \builtin continue
  {
    \builtin printf '\036RB:%s:e:%s:%s:%s:%s\036' "$__rb_N" "$__rb_n" "$__rb_b" "$__rb_r" "$__rb_x" &&
      # How much is there to read, where something waits that may print more.
      { [[ -z $__rb_F ]] || \builtin read -r __rb_size </proc/self/fdinfo/1; }
  } >>"$__rb_D/$__rb_k" || {
    # The disk is full; the first character ends what could be written of the marker.
    >|"$__rb_D/reserve"
    __rb_x=d __rb_good=
    \builtin printf '\036\036RB:%s:e:%s:%s:%s:d\036' "$__rb_N" "$__rb_n" "$__rb_b" "$__rb_r" >>"$__rb_D/$__rb_k"
  }
done
__rb_size=${__rb_size##*[!0-9]}
\builtin unset __rb_t __rb_e __rb_i __rb_d __rb_p __rb_f __rb_c __rb_v __rb_j __rb_k __rb_h __rb_F __rb_W __rb_a __rb_b __rb_g __rb_l __rb_w __rb_A __rb_N __rb_m __rb_y __rb_E __rb_L
\builtin . "$__rb_D/save"
