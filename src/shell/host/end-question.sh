# shellcheck shell=bash
# After a question, which changes nothing and so saves nothing.

\builtin read -r -N 11 __rb_x
\builtin printf '%s\n' "$__rb_n" >>"$__rb_D/answered"
[[ -n $__rb_p ]] && { CDPATH= \builtin cd -- "$__rb_p" >/dev/null 2>&1 || __rb_G=${__rb_G:-$__rb_p}; OLDPWD=$__rb_y; }
\builtin . "$__rb_D/left"
[[ $__rb_h == g:* ]] || __rb_h=${__rb_v:+l}
\builtin printf '\036RB:%s:e:%s:%s:%s:%s\036' "$__rb_N" "$__rb_n" "$__rb_b" "$__rb_k" "$__rb_h" >>"$__rb_D/err"
\builtin printf '\036RB:%s:e:%s:%s:%s:%s\036' "$__rb_N" "$__rb_n" "$__rb_b" "$__rb_k" "$__rb_h" >>"$__rb_D/out"
\builtin unset __rb_t __rb_c __rb_i __rb_v __rb_d __rb_p __rb_j __rb_k __rb_b __rb_g __rb_l __rb_w
