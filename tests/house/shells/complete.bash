# SPDX-License-Identifier: MIT
# What bash offers for a line: the words that the last one could become, a line each.
# usage: bash --norc complete.bash COMPLETIONS LINE PIECE...   (the pieces into which bash parts the line)
source "$1"
COMP_LINE=$2 COMP_POINT=${#2} COMP_WORDS=("${@:3}") COMP_CWORD=$(($# - 3))
spec=($(complete -p luaheat))
"${spec[-2]}" luaheat "${COMP_WORDS[-1]}" "${COMP_WORDS[-2]}"
piece=${COMP_WORDS[-1]}
[[ $piece != [=:] ]] || piece=''
word=${COMP_LINE%"$piece"}
((${#COMPREPLY[@]} == 0)) || printf -- "${word##* }%s\n" "${COMPREPLY[@]}"
