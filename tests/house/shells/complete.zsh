# SPDX-License-Identifier: MIT
# What an interactive zsh offers for lines.
# usage: zsh -f complete.zsh FOLDER LINE...   (the folder holds _luaheat)
# Writes for each line one that starts with ==, then the words that its last could become, a line each.
zmodload zsh/zpty
scratch=$(mktemp -d) offered=$scratch/offered finished=$scratch/finished
mkfifo $finished && exec {ends}<>$finished
zpty shell zsh -f -i

tell() { zpty -w shell "$1" }

# What it shows is read, or it would wait for that.
await() {
  local shown
  read -u $ends
  while zpty -r -t shell shown; do :; done
}

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
tell 'offer() { zle complete-word; zle kill-whole-line; print >'$finished' }; zle -N offer; bindkey "^T" offer; print >'$finished
await
for line in "${@[2,-1]}"; do
  : >$offered
  zpty -w -n shell "$line"$'\x14'
  await
  print -r -- "== $line"
  sort -u $offered
done
zpty -d shell
rm -rf $scratch
