# bash completion for luaheat

# Of a command (luaheat: none yet) and one of its options: what value that takes, as its kind, the ending of its files
# (-: any) and its words; fails if it takes none. Of a command and `options`: those. Of a command and `operands`: how many,
# then as of an option. Of a command and `hands-on`: succeeds if what follows the operands is not luaheat's.
@TABLE@

# The words up to the cursor, put together again where bash parts them, at = and :
_luaheat_split() {
    local line=${COMP_LINE:0:COMP_POINT} gap i
    words=()
    for ((i = 0; i <= COMP_CWORD; i++)); do
        gap=${line%%[![:space:]]*}
        line=${line#"$gap"}
        piece=${COMP_WORDS[i]}
        ((i < COMP_CWORD)) || piece=$line
        if [[ -n $gap || $i == 0 ]]; then words+=("$piece"); else words[-1]+=$piece; fi
        line=${line#"$piece"}
    done
}

# Each kind of value: ENDING WORDS FRONT BEGUN; what is begun stands behind the front.
_luaheat_none() { :; }
_luaheat_text() { :; }

_luaheat_word() {
    mapfile -t COMPREPLY < <(compgen -W "$2" -P "$3" -- "$4")
}

_luaheat_words() {
    compopt -o nospace 2>/dev/null
    local done=${4%"${4##*,}"}
    _luaheat_word "$1" "$2" "$3$done" "${4##*,}"
}

_luaheat_list_files() {
    if [[ $1 == - ]]; then
        compgen -f -P "$3" -- "$4"
    else
        compgen -f -X "!*$1" -P "$3" -- "$4"
        compgen -d -P "$3" -- "$4"
    fi
}

_luaheat_file() {
    compopt -o filenames -o default 2>/dev/null
    mapfile -t COMPREPLY < <(_luaheat_list_files "$@")
}

_luaheat_word_text() {
    compopt -o nospace 2>/dev/null
    [[ $4 == *=* ]] || mapfile -t COMPREPLY < <(compgen -W "$2" -P "$3" -S = -- "$4")
}

_luaheat_name_file() {
    [[ $4 != *=* ]] || _luaheat_file "$1" '' "$3${4%%=*}=" "${4#*=}"
}

_luaheat_word_file() {
    _luaheat_word_text "$@"
    _luaheat_name_file "$@"
}

# With words among them, what is quoted in the names of files must not be quoted.
_luaheat_word_or_file() {
    _luaheat_word_text "$@"
    if [[ ${#COMPREPLY[@]} == 0 && $4 != *=* ]]; then
        _luaheat_file "$@"
    elif [[ $4 != *=* ]]; then
        mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(_luaheat_list_files "$@")
    fi
}

# FRONT BEGUN KIND ENDING WORDS...
_luaheat_value() {
    "_luaheat_$3" "$4" "${*:5}" "$1" "$2"
}

# BEGUN COUNT KIND ENDING WORDS...
_luaheat_operand() {
    if ((operands < $2)); then
        _luaheat_value '' "$1" "${@:3}"
    elif _luaheat_table "$command" hands-on; then
        _luaheat_file - '' '' "$1"
    fi
}

# Follows the words in front of the cursor: which command, how many operands; whether an option waits for its value, and
# whether options are over.
_luaheat_follow() {
    local word
    for word; do
        if [[ -n $waiting ]]; then
            waiting=''
        elif [[ -z $over && $word == -- ]]; then
            over=yes
        elif [[ -z $over && $word == -?* ]]; then
            ! _luaheat_table "$command" "$word" >/dev/null || waiting=$word
        elif [[ $command == luaheat ]]; then
            command=$word
        else
            ((++operands))
            ! _luaheat_table "$command" hands-on || over=yes
        fi
    done
}

_luaheat() {
    local words piece current command=luaheat operands=0 waiting='' over=''
    COMPREPLY=()
    _luaheat_split
    current=${words[-1]}
    _luaheat_follow "${words[@]:1:${#words[@]}-2}"
    # The tables' answers are words.
    # shellcheck disable=SC2046
    if [[ -n $waiting ]]; then
        _luaheat_value '' "$current" $(_luaheat_table "$command" "$waiting")
    elif [[ -z $over && $current == --*=* ]]; then
        _luaheat_value "${current%%=*}=" "${current#*=}" $(_luaheat_table "$command" "${current%%=*}" || echo none -)
    elif [[ -z $over && $current == -* ]]; then
        _luaheat_word - "$(_luaheat_table "$command" options)" '' "$current"
    else
        _luaheat_operand "$current" $(_luaheat_table "$command" operands || echo 0 none -)
    fi
    # bash puts in the place of the piece, not of the word.
    [[ $piece == [=:] ]] || current=${current%"$piece"}
    COMPREPLY=("${COMPREPLY[@]#"$current"}")
}

complete -F _luaheat luaheat
