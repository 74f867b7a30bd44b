# SPDX-License-Identifier: MIT
# What an interactive zsh offers for lines.
# usage: zsh -f complete.zsh FOLDER LINE...   (the folder holds _luaheat)
# Writes for each line one that starts with ==, then the words that its last could become, a line each.
zmodload zsh/zpty
offered=$(mktemp)
zpty shell zsh -f -i
tell() { zpty -w shell "$1" }
await() { local seen; zpty -r shell seen "*$1*" }

tell "PROMPT=; unsetopt zle_bracketed_paste beep; fpath=(${(q)1} \$fpath); autoload -Uz compinit && compinit -D -u"
# What fills arrays only offers nothing.
tell 'compadd() {
  if [[ ${@[1,(i)(-|--)]} == *-(O|A|D)\ * ]]; then builtin compadd "$@"; return; fi
  local -a hits
  local -A given
  builtin compadd -A hits "$@"
  zparseopts -E -A given S: p:
  (( $#hits )) && print -rl -- $IPREFIX${given[-p]}${^hits}${given[-S]} >>'$offered'
  builtin compadd "$@"
}'
tell 'offer() { zle complete-word; zle kill-whole-line; zle -M "comp""leted" }; zle -N offer; bindkey "^T" offer; print rea""dy'
await ready
for line in "${@[2,-1]}"; do
  : >$offered
  zpty -w -n shell "$line"$'\x14'
  await completed
  print -r -- "== $line"
  sort -u $offered
done
zpty -d shell
rm -f $offered
