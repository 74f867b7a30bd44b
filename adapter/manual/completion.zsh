#compdef luaheat
# zsh completion for luaheat

# Each kind of value: ENDING WORDS...

_luaheat_text() { _message value }
_luaheat_word() { compadd -- "${@[2,-1]}" }
_luaheat_words() { _sequence compadd - "${@[2,-1]}" }
_luaheat_file() { _files ${1:+-g} ${1:+"*$1"} }

_luaheat_word_text() {
  if compset -P '*='; then _message value; else compadd -S = -- "${@[2,-1]}"; fi
}

_luaheat_word_file() {
  if compset -P '*='; then _luaheat_file "$1"; else compadd -S = -- "${@[2,-1]}"; fi
}

# The file of a line, whose number comes behind the colon.
_luaheat_file_of_line() {
  local found=1
  _path_files -S : -g "*$1(-.)" && found=0
  _path_files -/ && found=0
  return found
}

_luaheat_name_file() {
  if compset -P '*='; then _luaheat_file_of_line "$1"; else _message name; fi
}

_luaheat_word_or_file() {
  local found=1
  compset -P '*=' && return 1
  compadd -S = -- "${@[2,-1]}" && found=0
  _luaheat_file_of_line "$1" && found=0
  return found
}

# Sets specs to what _arguments should know of a command (luaheat: none yet), or of `commands` to what _describe should.
@TABLE@

_luaheat() {
  local curcontext=$curcontext context state state_descr line
  local -a specs
  typeset -A opt_args
  _luaheat_table luaheat
  _arguments -C $specs && return
  if [[ $state == command ]]; then
    _luaheat_table commands
    _describe command specs
  elif _luaheat_table $words[1]; then
    _arguments $specs
  else
    _message "no command $words[1]"
  fi
}

_luaheat "$@"
